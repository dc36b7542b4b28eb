"""The holidays of a circular as people copy them: a date and a name on each line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.reference.reports import UNSHOWN, RowError

MOST_LINES: Final = 400
LONGEST_NAME: Final = 160
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS: Final = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_ISO: Final = re.compile(r'^"?(\d{4})-(\d{2})-(\d{2})"?')
_WORDS: Final = re.compile(rf'^"?(?:(?:{_WEEKDAYS}),?\s+)?(\d{{1,2}})\s+([a-z]+)(?:,?\s+(\d{{4}}))?"?', re.IGNORECASE)
#: What may stand between date and name.
_BETWEEN: Final = " \t,;:|–—-"


@dataclass(frozen=True, slots=True)
class CircularRow:
    """One holiday of a circular, and the line on which it stands."""

    line: int
    day: date
    name: str


def read_circular(text: str, year: int) -> tuple[list[CircularRow], list[RowError]]:
    """Read the holidays of `year`: "2027-01-01, New Year's Day" or "Friday, 1 January New Year's Day" on each line.

    Returns:
        the good rows, and everything wrong with the others, line by line.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    filled = [(number, line) for number, line in lines if line and not _is_header(line)]
    if not filled:
        return [], [RowError(line=0, column="", code="nothing_read")]
    if len(filled) > MOST_LINES:
        return [], [RowError(line=0, column="", code="too_many_lines", params={"most": MOST_LINES})]
    rows: list[CircularRow] = []
    errors: list[RowError] = []
    seen: dict[date, int] = {}
    for number, line in filled:
        found = _row(number, line, year)
        if isinstance(found, CircularRow) and found.day in seen:
            found = RowError(line=number, column="date", code="duplicate", params={"first": seen[found.day]})
        if isinstance(found, RowError):
            errors.append(found)
            continue
        seen[found.day] = number
        rows.append(found)
    return rows, errors


def _is_header(line: str) -> bool:
    return re.fullmatch(r'"?date"?\s*[,;\t]\s*"?name"?', line, re.IGNORECASE) is not None


def _row(number: int, line: str, year: int) -> CircularRow | RowError:
    matched = _ISO.match(line) or _WORDS.match(line)
    day = _day(matched, year) if matched else None
    if matched is None or day is None:
        return RowError(line=number, column="date", code="circular_date", params={"value": line})
    if day.year != year:
        return RowError(line=number, column="date", code="other_year", params={"value": day.isoformat(), "year": year})
    name = line[matched.end() :].strip(_BETWEEN).strip('"').strip()
    code = _fault_of(name)
    if code is not None:
        return RowError(line=number, column="name", code=code, params={"most": LONGEST_NAME, "value": name})
    return CircularRow(number, day, name)


def _day(matched: re.Match[str], year: int) -> date | None:
    first, second, third = matched.groups()
    try:
        if len(first) == len("2027"):
            return date(int(first), int(second), int(third))
        return date(int(third or year), MONTHS.index(second.lower()) + 1, int(first))
    except ValueError:
        return None


def _fault_of(name: str) -> str | None:
    if not name:
        return "required"
    if len(name) > LONGEST_NAME:
        return "too_long"
    return "control" if UNSHOWN.search(name) else None
