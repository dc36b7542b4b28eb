"""Tables as files: nothing in them calculates, hides or breaks; what was written is read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from app.foundation import formatting
from app.foundation.export import Cell, Export, FileKind, export_answer, safe_text
from app.foundation.export.cells import GUARD, csv_value
from app.foundation.export.csv_file import PIECE, csv_pieces
from app.foundation.export.xlsx_file import LONGEST_TEXT, xlsx_pieces
from app.foundation.i18n import init_babel

AT = datetime(2026, 11, 20, 23, 12, 30, tzinfo=UTC)
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.fixture(autouse=True)
def _in_a_request() -> Iterator[None]:
    app = Flask(__name__, static_folder=None)
    init_babel(app)
    formatting.init_formatting(app)
    with app.test_request_context():
        yield


def export(rows: Any, columns: Sequence[str] = ("Value",), **changes: Any) -> Export:
    given: dict[str, Any] = {"name": "queue", "title": "Queue: all open", "columns": columns, "rows": rows}
    given |= {"filters": [("State", "Norway")], "as_of": AT, "readers": "Staff of the Branch"}
    return Export(**(given | changes))


def csv_lines(made: Export) -> list[list[str]]:
    text = b"".join(csv_pieces(made)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def csv_rows(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    return csv_lines(export(rows))[6:]


def workbook(made: Export) -> Any:
    return load_workbook(io.BytesIO(b"".join(xlsx_pieces(made))))


def xlsx_values(rows: Sequence[Sequence[Cell]]) -> list[Any]:
    sheet = workbook(export(rows))["Data"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [row[0].value for row in sheet.iter_rows(min_row=2)]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", '"', " '", "\u201c", "\u200b", "\ufeff", "\n"])
def test_text_that_would_be_calculated_has_an_apostrophe_before_it(before: str, sign: str) -> None:
    text = f"{before}{sign}1+1"
    assert safe_text(text) == GUARD + text
    assert csv_rows([[text]])[0][0].startswith(GUARD)
    assert str(xlsx_values([[text]])[0]).startswith(GUARD)


@pytest.mark.parametrize("text", ["\tx", "\rx", " \tx", "\t"])
def test_text_behind_a_tab_or_carriage_return_is_guarded(text: str) -> None:
    assert safe_text(text).startswith(GUARD)


@pytest.mark.parametrize("text", ["a;=1", "a;\t+1", "a\n@x", "a; -1", "a\t=1", 'a;"=1'])
def test_text_does_not_calculate_where_programs_split_cells(text: str) -> None:
    assert GUARD in csv_rows([[text]])[0][0]


@pytest.mark.parametrize(
    "text", ["Review of the law", "a-b", "1 = 1", "é", "قانون", "反恐", "\U0001f54a", "", "O'Neil;x"]
)
def test_other_text_stays_as_it_was_typed(text: str) -> None:
    assert csv_rows([[text]]) == [[text]]
    assert csv_value(text) == text


def test_numbers_days_and_instants_stay_what_they_are() -> None:
    vienna = AT.astimezone(timezone(timedelta(hours=1)))
    cells: list[Cell] = [-5, 2.5, Decimal("-1.10"), date(2026, 3, 2), vienna, True, None]
    written = [row[0] for row in csv_rows([[cell] for cell in cells])]
    assert written == ["-5", "2.5", "-1.10", "2026-03-02", "2026-11-20T23:12:30Z", "TRUE", ""]
    read = xlsx_values([[cell] for cell in cells])
    assert read[:3] == [-5, 2.5, -1.1]
    assert [read[3].date(), read[4]] == [date(2026, 3, 2), AT.replace(tzinfo=None)]
    # an empty cell at the end is not written at all
    assert read[5:] == [True]


def test_what_a_workbook_cannot_hold_is_text() -> None:
    cells: list[Cell] = [date(1899, 12, 31), datetime(1850, 1, 1, tzinfo=UTC), 10**17 + 1, float("nan"), 10**20]
    assert xlsx_values([[cell] for cell in cells]) == [
        "1899-12-31", "1850-01-01T00:00:00Z", "100000000000000001", "nan", 10**20,
    ]  # fmt: skip


@pytest.mark.parametrize("control", CONTROLS)
def test_a_bidirectional_control_is_shown_and_not_obeyed(control: str) -> None:
    shown = safe_text(f"abc{control}def")
    assert control not in shown
    assert shown.startswith("abc\u27e6")
    assert shown.endswith("\u27e7def")


def test_controls_and_half_characters_become_marks() -> None:
    assert safe_text("a\x00b\x1f\x7f\x85\ud800\uffff") == "a\u2400b\u241f\u2421\ufffd\ufffd\ufffd"
    assert safe_text("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"


@given(st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_text_comes_back_from_csv_without_power(texts: list[str]) -> None:
    for (read,), text in zip(csv_rows([[text] for text in texts]), texts, strict=True):
        assert not set(read) & {*CONTROLS, "\x00", "\r"}
        assert not read.lstrip(" \u00a0\"'").startswith(tuple(SIGNS)) or read.startswith(GUARD)
        assert read == csv_value(text)


@given(st.text(st.characters(exclude_categories=()), min_size=1))
@settings(max_examples=60, deadline=None)
def test_any_text_is_text_in_a_workbook(text: str) -> None:
    assert xlsx_values([[text]]) == [safe_text(text)]


def test_text_that_is_too_long_for_a_cell_ends_with_an_ellipsis() -> None:
    read = xlsx_values([["a" * 40_000], ["\U0001f54a" * 20_000], ["a" * LONGEST_TEXT]])
    assert [len(text.encode("utf-16-le")) // 2 for text in read] == [LONGEST_TEXT, LONGEST_TEXT, LONGEST_TEXT]
    assert [text[-1] for text in read] == ["\u2026", "\u2026", "a"]


def test_both_files_say_what_they_are() -> None:
    made = export([["x"]], title="=Queue")
    about = [
        ["Contents", "'=Queue"],
        ["State", "Norway"],
        ["Data as of", "20 November 2026, 23:12 UTC"],
        ["Who may read it", "Staff of the Branch"],
    ]
    assert csv_lines(made) == [*about, [], ["Value"], ["x"]]
    book = workbook(made)
    assert book.sheetnames == ["About", "Data"]
    assert [[cell.value for cell in row] for row in book["About"].iter_rows()] == about
    assert [cell.value for cell in book["Data"][1]] == ["Value"]


def test_without_filters_it_says_so() -> None:
    assert ["Filters", "None"] in csv_lines(export([], filters=()))


def test_more_rows_than_a_sheet_holds_go_on_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.foundation.export.xlsx_file.MOST_ROWS", 3)
    book = workbook(export([[number] for number in range(5)]))
    assert book.sheetnames == ["About", "Data", "Data 2", "Data 3"]
    assert [[cell.value for (cell,) in book[name].iter_rows()] for name in book.sheetnames[1:]] == [
        ["Value", 0, 1], ["Value", 2, 3], ["Value", 4],
    ]  # fmt: skip


def test_csv_is_sent_while_rows_are_still_read() -> None:
    read = 0

    def rows() -> Iterator[list[str]]:
        nonlocal read
        for _number in range(2000):
            read += 1
            yield ["x" * 1000]

    pieces = csv_pieces(export(rows()))
    assert len(next(pieces)) < 2 * PIECE
    assert read < 100
    assert sum(1 for _piece in pieces) > 20


@pytest.mark.parametrize("kind", FileKind)
def test_the_answer_is_a_file_with_its_day_in_utc(kind: FileKind) -> None:
    tokyo = AT.astimezone(timezone(timedelta(hours=9)))
    answer = export_answer(export([["x"]], as_of=tokyo), kind)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="accede-queue-2026-11-20.{kind}"'
    assert answer.get_data()[:2] == (b"PK" if kind is FileKind.XLSX else b"\xef\xbb")


def test_rows_that_fail_at_once_make_no_file() -> None:
    def broken() -> Iterator[list[str]]:
        raise LookupError
        yield []

    with pytest.raises(LookupError):
        export_answer(export(broken()), FileKind.CSV)


def test_what_looks_like_an_escape_of_the_format_is_text() -> None:
    read = xlsx_values([["_x0041_"], ["<b>&amp;</b>"]])
    assert [unescape(text) for text in read] == ["_x0041_", "<b>&amp;</b>"]
