"""The PDF itself: what a person wrote is printed letter by letter, whatever it is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader

from app.foundation import clock
from app.foundation.formatting import one_line, plain_text
from app.foundation.i18n import init_babel
from app.papers import Letter, Line, Part, document, letter
from app.papers.cleaning import MARK

DAY = date(2026, 11, 24)
NUMBER = "TPB-2026-0001"
HOSTILE = r"""#import "x" $x^2$ ] } \ // /* @a <b> *c* _d_ `e` #{ panic(1) } = h ~ -- ''"""
CHINESE = "关于修订司法协助法的请求"
ARABIC = "طلب مراجعة قانون"


@pytest.fixture(autouse=True)
def _in_a_request() -> Iterator[None]:
    app = Flask(__name__, static_folder=None)
    init_babel(app)
    with app.test_request_context(), clock.frozen(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        yield


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The words of a PDF with single spaces and without the marks of places to break."""
    pages = (page.extract_text() for page in read(pdf).pages)
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def printed(value: str, lang: str | None = None) -> bytes:
    """A document of one row that says `value`."""
    part = Part("Part", rows=[("Label", plain_text(value, lang))])
    return document("Title", [part], kind="Kind", reference=NUMBER, dated=DAY).pdf()


def test_hostile_text_is_printed_literally() -> None:
    text = text_of(printed(HOSTILE))
    assert HOSTILE in text


@pytest.mark.parametrize("template", ["row", "title", "reference", "mark", "line"])
def test_no_place_of_a_document_reads_markup(template: str) -> None:
    evil = {"row": "r", "title": "t", "reference": "n", "mark": "m", "line": "l", template: HOSTILE}
    parts = [Part("P", rows=[(evil["row"], "v")], lines=[Line(evil["line"], evil["line"])])]
    paper = document(evil["title"], parts, kind="K", reference=evil["reference"], dated=DAY, mark=evil["mark"])
    assert HOSTILE in text_of(paper.pdf())


def test_controls_are_printed_as_marks_and_change_no_order() -> None:
    assert f"a{MARK}b {MARK}{MARK} c" in text_of(printed("a\x00b \u202e\u2066 c"))


def test_a_very_long_text_is_printed_to_its_end_within_the_page() -> None:
    pdf = printed("x" * 50_000 + "END " + "word " * 10_000 + "LAST")
    assert text_of(pdf).count("word") == 10_000
    assert "END" in text_of(pdf)
    assert text_of(pdf).replace(" ", "").count("x") >= 50_000
    assert "LAST" in text_of(pdf)


def test_a_character_without_a_shape_does_not_stop_the_document() -> None:
    assert "before" in text_of(printed("before \U0001f600 after"))


def test_chinese_and_arabic_arrive_in_every_language_of_the_document() -> None:
    for locale in ("en", "ar", "zh"):
        with force_locale(locale):
            pdf = printed(f"{CHINESE}\n\n{ARABIC}", "zh")
        assert CHINESE in text_of(pdf)
        fonts = {str(font["/BaseFont"]) for page in read(pdf).pages for font in fonts_of(page)}
        assert any("NotoSansArabic" in font for font in fonts), fonts
        assert any("NotoSansCJKsc" in font for font in fonts), fonts


def fonts_of(page: object) -> list[dict[str, object]]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]


def test_each_page_has_reference_date_and_its_number() -> None:
    part = Part("P", rows=[("Label", plain_text("word " * 3000))])
    reader = read(document("T", [part], kind="K", reference=NUMBER, dated=DAY, mark="Draft, not submitted").pdf())
    total = len(reader.pages)
    assert total > 2
    for place, page in enumerate(reader.pages, 1):
        text = page.extract_text()
        for wanted in (NUMBER, "24 November 2026", f"Page {place} of {total}", "Draft, not submitted"):
            assert wanted in text, f"{wanted} on page {place}"


@pytest.mark.parametrize(("locale", "direction"), [("en", "L2R"), ("ar", "R2L")])
def test_the_document_says_title_language_and_that_it_is_tagged(locale: str, direction: str) -> None:
    with force_locale(locale):
        words = Letter(["Permanent Mission"], one_line(f"Your request {NUMBER}"), ["Dear"], signed=["The chief"])
        reader = read(letter(words, reference=NUMBER, dated=DAY).pdf())
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Your request {NUMBER}"
    assert root["/Lang"] == locale
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"].get("/Direction", "/L2R") == f"/{direction}"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    printed("nothing stays")
    assert list(tmp_path.iterdir()) == []


def test_the_same_words_give_the_same_bytes() -> None:
    assert printed("the same") == printed("the same")


def test_memory_is_given_back() -> None:
    """Typst remembers its last compilations; papers are never alike, so nothing is to be kept of them."""
    for page in range(3):
        printed(f"{page} " * 20_000)
    before = resident()
    for page in range(6):
        printed(f"{page}{page} " * 20_000)
    assert resident() - before < 60


def resident() -> int:
    """Memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20
