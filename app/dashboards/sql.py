"""Days and seconds, counted by both databases alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, DateTime, String, case, cast, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

#: Years for which SQLite, which knows no zones, is told when the clocks are changed.
_YEARS: Final = range(2015, 2046)
#: Between the parts of a text that stands for several values.
BETWEEN: Final = "|"


class local_day(FunctionElement[str]):  # noqa: N801 - reads as a function of SQL
    """The date of an instant in a zone, as text such as 2026-03-02."""

    type = String()
    name = "local_day"
    inherit_cache = True


class seconds_of(FunctionElement[int]):  # noqa: N801
    """Whole seconds of an instant since 1970; differences of them add up without a rest."""

    type = BigInteger()
    name = "seconds_of"
    inherit_cache = True


@compiles(local_day, "postgresql")
def _local_day_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    at, zone = element.clauses
    return f"to_char(timezone({compiler.process(zone, **more)}, {compiler.process(at, **more)}), 'YYYY-MM-DD')"


@compiles(local_day, "sqlite")
def _local_day_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    at, zone = element.clauses
    return str(compiler.process(_shifted(at, str(zone.value)), **more))


@compiles(seconds_of, "postgresql")
def _seconds_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(floor(extract(epoch FROM {compiler.process(element.clauses, **more)})) AS BIGINT)"


@compiles(seconds_of, "sqlite")
def _seconds_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    # without the fraction, which SQLite would round up
    return f"CAST(strftime('%s', substr({compiler.process(element.clauses, **more)}, 1, 19)) AS INTEGER)"


def day_in(at: Any, zone: str) -> ColumnElement[str]:
    """Return the date of the instant `at` in `zone`, as text."""
    return local_day(at, literal(zone, String(), literal_execute=True))


def seconds_between(start: Any, end: Any) -> ColumnElement[int]:
    """Return the whole seconds between two instants."""
    return seconds_of(end) - seconds_of(start)


def joined(*parts: Any) -> ColumnElement[str]:
    """Return `parts` as one text with a bar between them; what is NULL is empty."""
    text: Any = func.coalesce(cast(parts[0], String), "")
    for part in parts[1:]:
        text = text + BETWEEN + func.coalesce(cast(part, String), "")
    return cast(text, String)


def _shifted(at: Any, zone: str) -> ColumnElement[Any]:
    """Return the local date as SQLite finds it: UTC moved by the offset that held then."""
    return _halved(at, _changes(zone))


def _halved(at: Any, changes: tuple[tuple[datetime, float], ...]) -> ColumnElement[Any]:
    """Look the offset up among `changes` by halves: a few comparisons for each row instead of one for each change."""
    if len(changes) == 1:
        return _moved(at, changes[0][1])
    middle = len(changes) // 2
    until = literal(changes[middle - 1][0], DateTime())
    return case((at < until, _halved(at, changes[:middle])), else_=_halved(at, changes[middle:]))


def _moved(at: Any, hours: float) -> ColumnElement[Any]:
    return func.date(func.substr(at, 1, 19), literal(f"{round(hours * 60):+d} minutes"))


@cache
def _changes(zone: str) -> tuple[tuple[datetime, float], ...]:
    """Return until when (UTC, without a zone) which offset in hours holds, in order; the last holds for good."""
    here = ZoneInfo(zone)
    found: list[tuple[datetime, float]] = []
    at = datetime(_YEARS.start, 1, 1, tzinfo=UTC)
    end = datetime(_YEARS.stop, 1, 1, tzinfo=UTC)
    offset = _hours(at, here)
    while at < end:
        step = at + timedelta(days=1)
        if _hours(step, here) != offset:
            while _hours(at, here) == offset:
                at += timedelta(minutes=30)
            found.append((at.replace(tzinfo=None), offset))
            offset = _hours(at, here)
        at = step
    return (*found, (end.replace(tzinfo=None), offset))


def _hours(at: datetime, zone: ZoneInfo) -> float:
    offset = at.astimezone(zone).utcoffset() or timedelta()
    return offset.total_seconds() / 3600
