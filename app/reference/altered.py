"""What a calendar would be after a change: pure, so that its consequences can be looked at before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from app.workflow.workdays import Holiday, Week, WorkCalendar


def with_holiday(calendar: WorkCalendar, day: date, name: str, counts_from: date | None) -> WorkCalendar:
    """With one more holiday, for stays that begin from `counts_from` (None: all)."""
    return replace(calendar, holidays=(*calendar.holidays, Holiday(day, counts_from, None, name)))


def without_holiday(calendar: WorkCalendar, day: date, until: date) -> WorkCalendar:
    """Without the holiday `day`, for stays that begin on `until` or later."""
    return _ended(calendar, {day}, until)


def with_list(calendar: WorkCalendar, year: int, names: Mapping[date, str], counts_from: date) -> WorkCalendar:
    """With the holidays of a year replaced, for stays that begin from `counts_from`."""
    held = {row.day for row in calendar.holidays if row.effective_to is None and row.day.year == year}
    ended = _ended(calendar, held - names.keys(), counts_from)
    fresh = tuple(Holiday(day, counts_from, None, name) for day, name in names.items() if day not in held)
    return replace(ended, holidays=(*ended.holidays, *fresh))


def with_week(calendar: WorkCalendar, week: Week) -> WorkCalendar:
    """With another zone or other working days, for stays that begin there on the week's first day or later."""
    others = tuple(one for one in calendar.weeks if one.valid_from != week.valid_from)
    return replace(calendar, weeks=(*others, week))


def _ended(calendar: WorkCalendar, days: Iterable[date], until: date) -> WorkCalendar:
    gone = set(days)
    rows = (
        replace(row, effective_to=max(until, row.effective_from or until))
        if row.day in gone and row.effective_to is None
        else row
        for row in calendar.holidays
    )
    return replace(calendar, holidays=tuple(rows))
