"""What the pages of calendars show: the calendar itself, and whose due dates a change would move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.casework.moving import moves_with
from app.casework.texts import limit_text
from app.foundation.db import read_session
from app.foundation.i18n import current_locale
from app.reference.calendars import work_calendar
from app.reference.holidays import CalendarView, calendar_row, owner_of
from app.reference.states import state_by_id, state_name
from app.reference.texts import DUTY_STATIONS, WEEKDAYS
from app.workflow.actor import Actor
from app.workflow.workdays import WorkCalendar

#: Due dates listed; their number is complete.
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One due date that would move: number of the request, limit and days, nothing of its content."""

    number: str
    limit: str
    before_on: date | None
    after_on: date | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change of a calendar would move.

    Attributes:
        looked: at how many requests was looked.
        moved: how many due dates would become another.
        rows: those with a number, the first of them.
    """

    looked: int
    moved: int
    rows: Sequence[MovedRow]


def preview_of(actor: Actor, key: str, alter: Callable[[WorkCalendar], WorkCalendar]) -> Preview:
    """Return what would move if the calendar `key` were altered: one statement for each 200 requests.

    Raises:
        NotFound: there is no such calendar.
    """
    session = read_session()
    owner = owner_of(calendar_row(session, key))
    looked, moved = moves_with(actor, owner, alter(work_calendar(session, owner)))
    rows = [
        MovedRow(one.number, limit_text(limit), one.before_on, one.after_on)
        for one in moved
        if one.number is not None and (limit := one.after_key or one.before_key) is not None
    ]
    return Preview(looked, len(moved), rows[:MOST_SHOWN])


def shown(session: Session, view: CalendarView) -> dict[str, Any]:
    """Return a calendar in the reader's words."""
    if view.duty_station is not None:
        name = str(DUTY_STATIONS[view.duty_station])
    else:
        name = state_name(state_by_id(session, view.state_id or 0), current_locale())
    return {
        "key": view.key,
        "name": name,
        "zone": view.time_zone,
        "week": [WEEKDAYS[day] for day in sorted(view.weekdays)],
        "listed": view.listed_years,
        "missing": view.missing,
    }
