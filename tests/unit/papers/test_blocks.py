"""Markup of a page becomes blocks for paper, and no word of it is lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from markupsafe import Markup

from app.foundation.formatting import bdi, one_line, plain_text
from app.papers.blocks import blocks_of
from app.papers.cleaning import MARK, cleaned, printable

ARABIC = "طلب مراجعة القانون"


def words_of(blocks: list[dict[str, Any]]) -> str:
    """Every word in `blocks`, in their order."""
    found = []
    for block in blocks:
        if block["kind"] == "paragraph":
            found.append("".join(run["text"] for run in block["runs"]))
        elif block["kind"] == "list":
            found += [words_of(item) for item in block["items"]]
        else:
            found += [words_of(cell["blocks"]) for row in block["rows"] for cell in row]
    return " ".join(" ".join(found).split())


def test_own_words_keep_paragraphs_lines_language_and_their_own_direction() -> None:
    first, second = blocks_of(plain_text(f"Un\ndeux\n\n{ARABIC}", "fr"))
    assert [run["text"] for run in first["runs"]] == ["Un", "\n", "deux"]
    assert first["dir"] == "ltr"
    assert {run["lang"] for run in first["runs"]} == {"fr"}
    assert second["dir"] == "rtl"


def test_a_name_among_other_words_is_isolated_and_the_words_are_not() -> None:
    (block,) = blocks_of(Markup("Officer {} has it").format(bdi(ARABIC)))
    assert [(run["text"], run["own"]) for run in block["runs"]] == [
        ("Officer ", False), (ARABIC, True), (" has it", False),
    ]  # fmt: skip
    assert block["dir"] is None


def test_a_name_alone_stays_beside_its_label_whatever_its_direction() -> None:
    (block,) = blocks_of(one_line(ARABIC, "ar"))
    assert block["dir"] is None
    assert block["runs"] == [{"text": ARABIC, "lang": "ar", "own": True, "strong": False}]


def test_lists_hold_their_items_and_lists_in_lists() -> None:
    (block,) = blocks_of(Markup("<ul><li>One <b>bold</b></li><li>Two<ol><li>Three</li></ol></li></ul>"))
    assert [words_of(item) for item in block["items"]] == ["One bold", "Two Three"]
    assert block["items"][0][0]["runs"][1]["strong"]
    assert block["items"][1][1]["kind"] == "list"


def test_tables_hold_rows_of_cells_with_what_is_in_them() -> None:
    (block,) = blocks_of(
        Markup(
            "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
            "<tbody><tr><td>1</td><td><p>2</p><p>3</p></td></tr></tbody></table>"
        )
    )
    assert [[words_of(cell["blocks"]) for cell in row] for row in block["rows"]] == [["A", "B"], ["1", "2 3"]]
    assert [[cell["head"] for cell in row] for row in block["rows"]] == [[True, True], [False, False]]


@pytest.mark.parametrize(
    "markup",
    [
        Markup("<dl><dt>Term</dt><dd>Text &amp; more</dd></dl>"),
        Markup("<section><h3>Head</h3><figure>odd <em>element</em></figure></section>"),
        Markup("<p>never closed <b>bold"),
        Markup("</p>closed twice</p></ul>"),
        Markup("<td>cell without table</td><li>item without list</li>"),
        Markup("<table><td>no row</td></table>"),
        Markup("a &lt;script&gt; b"),
    ],
)
def test_every_word_arrives_whatever_the_markup(markup: Markup) -> None:
    wanted = unescape(re.sub("<[^>]*>", " ", str(markup)))
    assert words_of(blocks_of(markup)) == " ".join(wanted.split())


def test_plain_text_is_not_read_as_markup() -> None:
    assert words_of(blocks_of("<b>1 < 2</b>")) == "<b>1 < 2</b>"


@pytest.mark.parametrize("nothing", [None, "", "  ", Markup(""), Markup("<p> </p>")])
def test_nothing_is_no_block(nothing: Any) -> None:
    assert blocks_of(nothing) == []


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x1b", "\x85", "\u202e", "\u2066", "\ufeff", "\ufffe", "\ud800"])
def test_what_cannot_be_printed_is_a_visible_mark(control: str) -> None:
    assert printable(f"a{control}b") == f"a{MARK}b"
    assert cleaned({"rows": [(f"a{control}",)], "page": 1}) == {"rows": [[f"a{MARK}"]], "page": 1}


def test_a_run_without_end_may_break_and_words_and_chinese_stay_as_they_are() -> None:
    assert printable("x" * 40).split("\u200b") == ["x" * 12, "x" * 12, "x" * 12, "x" * 4]
    for same in ("Menschenrechtsverletzungen " * 3, "反" * 50, "one\ntwo\tthree", one_line("ok")):
        assert printable(str(same)) == str(same)
