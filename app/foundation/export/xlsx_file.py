"""An export as a workbook: written row by row into a temporary file, then sent piece by piece."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from flask_babel import gettext as _
from xlsxwriter import Workbook

from app.foundation.export.cells import Cell, safe_text, utc
from app.foundation.export.sheet import Export

#: Limits of the format: characters of a cell, rows of a sheet, digits of a number, first day.
LONGEST_TEXT: Final = 32_767
MOST_ROWS: Final = 1_048_576
MOST_DIGITS: Final = 15
_FIRST_DAY: Final = date(1900, 3, 1)
_PIECE: Final = 64 * 1024
_CUT: Final = "\u2026"
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}
#: Width of a column, in characters, and of the column of labels.
_WIDTH: Final = 22
_LABEL_WIDTH: Final = 26
_VALUE_WIDTH: Final = 90


def xlsx_pieces(export: Export) -> Iterator[bytes]:
    """Yield the file in pieces. The sheet "About" stands first, then the table, on further sheets when it is long.

    Text stays text; days and instants (UTC) are dates of the format. What the format cannot hold is written as text;
    text beyond 32,767 characters ends with an ellipsis.
    """
    with tempfile.TemporaryFile() as file:
        with Workbook(file, _OPTIONS) as book:
            book.set_properties({"title": safe_text(export.title), "created": utc(export.as_of)})
            _write_about(book, export)
            _Table(book, export).write()
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _write_about(book: Any, export: Export) -> None:
    sheet = book.add_worksheet(str(_("About"))[:31])
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _VALUE_WIDTH)
    for place, (label, value) in enumerate(export.about()):
        sheet.write_string(place, 0, _text(label), bold)
        sheet.write_string(place, 1, _text(value), wrapped)


class _Table:
    """Writes the rows; each kind of value has its writer."""

    def __init__(self, book: Any, export: Export) -> None:
        self._book = book
        self._export = export
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._writers: Mapping[type, Callable[..., None]] = {
            str: lambda sheet, row, column, value: sheet.write_string(row, column, _text(value)),
            bool: lambda sheet, row, column, value: sheet.write_boolean(row, column, value),
            int: _write_number,
            float: _write_number,
            Decimal: _write_number,
            date: self._write_day,
            datetime: self._write_instant,
        }

    def write(self) -> None:
        """Write all rows, with the headings on top of each sheet."""
        sheet, place, number = self._sheet(1), 1, 1
        for row in self._export.rows:
            if place == MOST_ROWS:
                number += 1
                sheet, place = self._sheet(number), 1
            self._write_row(sheet, place, row)
            place += 1

    def _sheet(self, number: int) -> Any:
        sheet = self._book.add_worksheet(_("Data") if number == 1 else f"{_('Data')} {number}")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(self._export.columns) - 1, _WIDTH)
        for column, heading in enumerate(self._export.columns):
            sheet.write_string(0, column, _text(heading), self._bold)
        return sheet

    def _write_row(self, sheet: Any, place: int, row: Sequence[Cell]) -> None:
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            writer = self._writers.get(type(value)) or self._writers[_base(value)]
            writer(sheet, place, column, value)

    def _write_day(self, sheet: Any, row: int, column: int, value: date) -> None:
        if value < _FIRST_DAY:
            sheet.write_string(row, column, value.isoformat())
        else:
            sheet.write_datetime(row, column, value, self._day)

    def _write_instant(self, sheet: Any, row: int, column: int, value: datetime) -> None:
        instant = utc(value).replace(tzinfo=None)
        if instant.date() < _FIRST_DAY:
            sheet.write_string(row, column, f"{instant.isoformat()}Z")
        else:
            sheet.write_datetime(row, column, instant, self._instant)


def _base(value: Cell) -> type:
    """Return the kind of a value whose class is derived from it (a code of a vocabulary is text)."""
    return next(kind for kind in (str, datetime, date, bool, int, float, Decimal) if isinstance(value, kind))


def _write_number(sheet: Any, row: int, column: int, value: int | float | Decimal) -> None:
    if not math.isfinite(value) or (
        not isinstance(value, float) and len(Decimal(value).normalize().as_tuple().digits) > MOST_DIGITS
    ):
        sheet.write_string(row, column, str(value))
    else:
        sheet.write_number(row, column, value)


def _text(value: str) -> str:
    shown = safe_text(value)
    return shown if len(shown.encode("utf-16-le")) // 2 <= LONGEST_TEXT else _shortened(shown)


def _shortened(text: str) -> str:
    """Cut text to what a cell holds; the format counts a character beyond U+FFFF twice."""
    kept = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT
