"""Names of uploaded files: what is kept of them, and what they must not hide."""

from __future__ import annotations

import pytest

from app.documents.checks import Unfit
from app.documents.checks.names import clean_name, kind_by_name
from app.documents.models import FILE_NAME_LENGTH
from app.documents.vocabulary import FILE_KINDS


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("law.pdf", "law.pdf"),
        ("C:\\Users\\me\\law.pdf", "law.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("  draft \u00a0  law.pdf ", "draft law.pdf"),
        ("...hidden.pdf", "hidden.pdf"),
        ("مشروع قانون مكافحة الإرهاب.docx", "مشروع قانون مكافحة الإرهاب.docx"),
        ("反恐怖主义法草案.pdf", "反恐怖主义法草案.pdf"),
        ("Cafe\u0301.pdf", "Caf\u00e9.pdf"),
        ("", ""),
    ],
)
def test_a_name_is_kept_as_it_was_given_without_its_path(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = clean_name("ق" * 400 + ".docx")
    assert len(kept) == FILE_NAME_LENGTH
    assert kept.endswith("ق.docx")
    assert len(clean_name("x" * 400)) == FILE_NAME_LENGTH


@pytest.mark.parametrize("hidden", ["\u202e", "\u202d", "\u2066", "\u2067", "\u200e", "\u200f", "\u061c"])
def test_a_name_that_turns_its_letters_round_is_refused(hidden: str) -> None:
    with pytest.raises(Unfit) as refused:
        clean_name(f"law{hidden}fdp.docx")
    assert refused.value.code == "document.name_direction"


@pytest.mark.parametrize("hidden", ["\0", "\n", "\x1b", "\x7f", "\ud800"])
def test_a_name_with_control_characters_is_refused(hidden: str) -> None:
    with pytest.raises(Unfit) as refused:
        clean_name(f"law{hidden}.pdf")
    assert refused.value.code == "document.name_control"


@pytest.mark.parametrize("name", ["law.pdf", "LAW.PDF", "law 12.3.pdf", "draft.v2.docx", "v1.final.2026.odt"])
def test_an_ending_that_is_taken(name: str) -> None:
    ending, kind = kind_by_name(name)
    assert kind is FILE_KINDS[ending]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("law", "no_ending"),
        ("", "no_ending"),
        (".pdf", "no_ending"),
        ("law.", "no_ending"),
        ("law.exe", "kind"),
        ("law.html", "kind"),
        ("law.svg", "kind"),
        ("law.zip", "kind"),
        ("law.docm", "macros"),
        ("law.xlsm", "macros"),
        ("law.doc", "old_format"),
        ("law.XLS", "old_format"),
        ("law.pdf.exe", "kind"),
        ("law.exe.pdf", "two_endings"),
        ("law.docx.pdf", "two_endings"),
        ("law.docm.pdf", "two_endings"),
    ],
)
def test_an_ending_that_is_not_taken(name: str, code: str) -> None:
    with pytest.raises(Unfit) as refused:
        kind_by_name(name)
    assert refused.value.code == f"document.{code}"
