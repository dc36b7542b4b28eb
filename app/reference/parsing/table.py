"""Strict reading of a CSV file: UTF-8, one of the known headers, every fault named by line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from app.foundation.clock import now
from app.reference.reports import UNSHOWN, RowError

T = TypeVar("T")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Signs at the beginning of a cell that a spreadsheet takes for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@")
#: Characters of a cell; the longest in the files of the product has 213.
LONGEST_CELL = 1_000


@dataclass(slots=True)
class Row:
    """One line. A getter that finds a fault notes it and returns a value of the right type; check `ok` at the end."""

    line: int
    cells: Mapping[str, str]
    errors: list[RowError] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong so far."""
        return not self.errors

    def fault(self, column: str, code: str, **params: object) -> None:
        """Note what is wrong with a cell; of several faults of one cell, the first."""
        if any(error.column == column for error in self.errors):
            return
        self.errors.append(RowError(line=self.line, column=column, code=code, params=params))

    def text(self, column: str, *, required: bool = True) -> str:
        """Return the cell without surrounding space."""
        value = self.cells[column].strip()
        if required and not value:
            self.fault(column, "required")
        if len(value) > LONGEST_CELL:
            self.fault(column, "too_long", most=LONGEST_CELL)
        if UNSHOWN.search(value):
            self.fault(column, "control")
        if value.startswith(FORMULA_SIGNS):
            self.fault(column, "formula", value=value)
        return value

    def matching(self, column: str, form: str, shown_as: str, *, required: bool = True) -> str:
        """Return the cell when it fully matches the pattern `form`, described to people as `shown_as`."""
        value = self.text(column, required=required)
        if value and not re.fullmatch(form, value):
            self.fault(column, "pattern", value=value, form=shown_as)
        return value

    def day(self, column: str) -> date | None:
        """Return an ISO date; None for an empty cell."""
        value = self.text(column, required=False)
        if not value:
            return None
        try:
            found = date.fromisoformat(value) if ISO_DATE.fullmatch(value) else None
        except ValueError:
            found = None
        if found is None:
            self.fault(column, "date", value=value)
        return found

    def past_day(self, column: str) -> date:
        """Return a date on which something has happened; an empty cell is a fault."""
        found = self.day(column)
        if found is None:
            if self.ok:
                self.fault(column, "required")
            return date.min
        if found > now().date():
            self.fault(column, "future", value=found.isoformat())
        return found

    def flag(self, column: str) -> bool:
        """Return a cell that is 0 or 1."""
        value = self.text(column)
        if value and value not in {"0", "1"}:
            self.fault(column, "flag", value=value)
        return value == "1"

    def choice(self, column: str, words: Mapping[str, T]) -> T | None:
        """Return what the cell's word stands for; None (and a fault) when it is not among `words`."""
        value = self.text(column)
        if value and value not in words:
            self.fault(column, "choice", value=value, choices="; ".join(words))
        return words.get(value)


@dataclass(frozen=True, slots=True)
class CsvFile:
    """The rows of a file, and what is wrong with its form."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    errors: tuple[RowError, ...]


def read_csv(content: bytes, *headers: tuple[str, ...]) -> CsvFile:
    """Read a file that must have one of `headers`, in that order.

    Args:
        content: the file's bytes; a byte order mark is allowed.
        headers: the accepted header rows; the first is named in the error.

    Returns:
        the rows; none of them when the file as a whole cannot be read.
    """
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    except UnicodeDecodeError as error:
        return _refused(content[: error.start].count(b"\n") + 1, "not_utf8")
    lines: list[tuple[int, list[str]]] = []
    try:
        lines.extend((reader.line_num, cells) for cells in reader if cells)
    except csv.Error as error:
        return _refused(reader.line_num, "not_csv", reason=str(error))
    header = tuple(cell.strip() for cell in lines[0][1]) if lines else ()
    if header not in headers:
        return _refused(1, "header", expected=", ".join(headers[0]))
    if len(lines) == 1:
        return _refused(1, "empty")
    return _rows(header, lines[1:])


def _refused(line: int, code: str, **params: object) -> CsvFile:
    return CsvFile((), (), (RowError(line=line, column="", code=code, params=params),))


def _rows(header: tuple[str, ...], lines: list[tuple[int, list[str]]]) -> CsvFile:
    rows, errors = [], []
    for number, cells in lines:
        if len(cells) != len(header):
            params = {"found": len(cells), "expected": len(header)}
            errors.append(RowError(line=number, column="", code="cells", params=params))
            continue
        rows.append(Row(number, dict(zip(header, cells, strict=True))))
    return CsvFile(header, tuple(rows), tuple(errors))
