"""One cell of an export: typed values stay what they are, text can neither calculate nor hide anything.

A program for tables runs text that begins with `=`, `+`, `-` or `@`, also after blanks and quotes, and obeys
bidirectional controls, so that a cell can read otherwise than it is (security.md, Exports).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

#: What a row holds. Text may come from anybody; numbers, days and instants are written as such.
Cell = str | int | float | Decimal | bool | date | datetime | None

#: Put before text that would be calculated: programs then show the rest as it was typed.
GUARD: Final = "'"
#: What may stand before a sign without keeping a program from calculating: blanks, quotes, invisible characters.
_BEFORE = r"[\s'\"`\u2018-\u201f\u00ab\u00bb\u200b-\u200d\u2060\ufeff\u00ad]*"
#: The signs, with their full-width, small and mathematical variants.
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]"
_CALCULATES: Final = re.compile(rf"{_BEFORE}(?:{_SIGNS}|(?<=[\t\r]))")
#: Where some programs begin a new cell inside quoted text: they split at semicolons and at line ends.
_SPLITS: Final = re.compile(rf"([;\t\n])(?={_BEFORE}{_SIGNS})")
#: Bidirectional controls by their names in Unicode, so that they are read instead of obeyed.
_BIDI: Final = {
    0x061C: "ALM", 0x200E: "LRM", 0x200F: "RLM",
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
    0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
}  # fmt: skip
_PICTURES: Final = 0x2400
_REPLACEMENT: Final = "\ufffd"
_SHOWN: Final[dict[int, str]] = {
    **{code: chr(_PICTURES + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **{code: f"\u27e6{name}\u27e7" for code, name in _BIDI.items()},
    **dict.fromkeys((0xFFFE, 0xFFFF), _REPLACEMENT),
}
_TO_SHOW: Final = re.compile("[" + "".join(map(re.escape, map(chr, _SHOWN))) + "\ud800-\udfff]")


def safe_text(value: str) -> str:
    """Return `value` so that no program for tables calculates it, obeys its controls or fails to read it.

    Controls are shown as marks (NUL as U+2400, a right-to-left override as its name in brackets), half characters as
    U+FFFD, and text that would be calculated has an apostrophe before it.
    """
    if not value:
        return value
    if _TO_SHOW.search(value):
        value = _TO_SHOW.sub(lambda found: _SHOWN.get(ord(found[0]), _REPLACEMENT), value)
    if _CALCULATES.match(value):
        value = GUARD + value
    return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value


def csv_value(value: Cell) -> str | int | float | Decimal:
    """Return a cell as it stands in CSV: days as 2026-03-02, instants as 2026-03-02T09:00:00Z, nothing as empty."""
    if isinstance(value, str):
        # most text is of this kind, and a look at it costs a tenth of the expressions
        if value.isascii() and value.isprintable() and value[:1].isalnum() and ";" not in value:
            return value
        return _SPLITS.sub(rf"\1{GUARD}", safe_text(value))
    if value is None:
        return ""
    if isinstance(value, datetime):
        return utc(value).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value


def utc(value: datetime) -> datetime:
    """Return an instant in UTC.

    Raises:
        ValueError: it has no time zone.
    """
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value if value.tzinfo is UTC else value.astimezone(UTC)
