"""What a file of text says, whatever encoding and separator the spreadsheet that wrote it prefers."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Separators that spreadsheets write, in the order in which they are tried.
SEPARATORS: Final = (",", ";", "\t", "|")
#: First line with which a spreadsheet names its separator.
_NAMED: Final = "sep="
#: Octets that are looked at to find out whether a file without a mark has two octets a character.
_LOOKED_AT: Final = 4000


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the file; `number` is the line on which it begins, as an editor counts."""

    number: int
    cells: Sequence[str]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


def decoded(content: bytes) -> str:
    """Return the text of a file: by its mark, else as UTF-16 or UTF-8 if it can be that, else as Windows-1252.

    Args:
        content: of the file; that of no file of text comes back as nonsense, in which no heading is found.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for encoding in (*_two_octets(content), "utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _two_octets(content: bytes) -> Iterator[str]:
    """Yield UTF-16 where every second octet is often empty, as it is in tables of Latin text."""
    start = content[:_LOOKED_AT]
    if len(start) < 4 or b"\0" not in start:
        return
    even, odd = start[::2].count(0), start[1::2].count(0)
    yield "utf-16-le" if odd > even else "utf-16-be"


def lines_of(text: str, is_heading: Callable[[str], bool]) -> list[Line]:
    """Return the records of a table, its headings first.

    The separator is the one with which the first line holds most known headings: what a list of judges holds says less
    about it than what its author called the columns.

    Args:
        text: of the whole file.
        is_heading: tells whether a cell names a column that is known.

    Raises:
        csv.Error: the file is no table.
    """
    rest, skipped = text.lstrip("\ufeff"), 0
    first = rest.split("\n", 1)[0].strip()
    if first.lower().startswith(_NAMED) and len(first) == len(_NAMED) + 1:
        rest, skipped = rest.partition("\n")[2], 1
        return _read(rest, first[-1], skipped)
    head = next((line for line in rest.splitlines() if line.strip()), "")
    best = max(SEPARATORS, key=lambda one: sum(map(is_heading, _cells(head, one))))
    return _read(rest, best, skipped)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _read(text: str, separator: str, skipped: int) -> list[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found, before = [], 0
    for cells in reader:
        found.append(Line(before + 1 + skipped, cells))
        before = reader.line_num
    return [line for line in found if not line.is_blank]
