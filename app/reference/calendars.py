"""Working calendars as the process counts with them, from memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reference import workweek
from app.reference.cache import cached
from app.reference.models import Calendar, CalendarWeek, Holiday
from app.reference.states import state_by_id
from app.reference.vocabulary import DutyStation
from app.workflow.workdays import Calendars, Week, WorkCalendar
from app.workflow.workdays import Holiday as DayOff

Owner = DutyStation | int
"""A duty station, or the id of a State."""


def work_calendar(session: Session, owner: Owner) -> WorkCalendar:
    """Return the calendar of a duty station or a State.

    A State without holidays of its own has its week in its zone (process page, Limits), and no list is expected of it.

    Raises:
        KeyError: there is no such State, or reference data was never loaded.
    """
    known = cached(session, "calendars", _read_calendars)
    if isinstance(owner, DutyStation):
        return known[owner]
    state = state_by_id(session, owner)
    days, years = known_days(session, owner)
    return WorkCalendar(
        name=state.alpha3,
        zone=state.time_zone,
        weekdays=workweek.weekdays(state.working_days),
        holidays=days,
        listed_years=years,
        weeks=cached(session, "state_weeks", _read_state_weeks).get(owner, ()),
    )


def case_calendars(session: Session, state_id: int, others: Mapping[str, int] | None = None) -> Calendars:
    """Return whose days count for a case: Vienna for TPB, New York for CTC/CTED and OLA, and the States'.

    Args:
        session: any.
        state_id: the filing State.
        others: ids of participating States by the subject of their participation.
    """
    return Calendars(
        tpb=work_calendar(session, DutyStation.VIENNA),
        headquarters=work_calendar(session, DutyStation.NEW_YORK),
        state=work_calendar(session, state_id),
        other_states={subject: work_calendar(session, other) for subject, other in (others or {}).items()},
    )


def missing_years(calendar: WorkCalendar, today: date) -> tuple[int, ...]:
    """Return those of this year and the next for which no list of holidays was entered although one is expected."""
    return calendar.unlisted_years(today, today.replace(year=today.year + 1, day=1))


def known_days(session: Session, state_id: int) -> tuple[tuple[DayOff, ...], frozenset[int] | None]:
    """Return the holidays entered for a State and the years listed; (), None when it has no calendar of its own."""
    return cached(session, "state_holidays", _read_state_holidays).get(state_id, ((), None))


def _read_calendars(session: Session) -> dict[DutyStation, WorkCalendar]:
    days, weeks = _days_by_calendar(session), _weeks_by_calendar(session)
    found = {}
    for row in session.execute(select(Calendar.__table__).where(Calendar.duty_station.is_not(None))):
        holidays = days.get(row.id, ())
        found[row.duty_station] = WorkCalendar(
            name=row.duty_station.value,
            zone=row.time_zone,
            weekdays=workweek.weekdays(row.working_days),
            holidays=holidays,
            listed_years=_listed(holidays),
            weeks=weeks.get(row.id, ()),
        )
    return found


def _read_state_holidays(session: Session) -> dict[int, tuple[tuple[DayOff, ...], frozenset[int] | None]]:
    days = _days_by_calendar(session)
    rows = session.execute(select(Calendar.id, Calendar.state_id).where(Calendar.state_id.is_not(None)))
    # of a State whose holidays nobody ever entered no list is expected
    return {row.state_id: (days.get(row.id, ()), _listed(days.get(row.id, ())) or None) for row in rows}


def _read_state_weeks(session: Session) -> dict[int, tuple[Week, ...]]:
    weeks = _weeks_by_calendar(session)
    rows = session.execute(select(Calendar.id, Calendar.state_id).where(Calendar.state_id.is_not(None)))
    return {row.state_id: weeks[row.id] for row in rows if row.id in weeks}


def _weeks_by_calendar(session: Session) -> dict[int, tuple[Week, ...]]:
    found: dict[int, list[Week]] = defaultdict(list)
    rows = select(CalendarWeek).where(CalendarWeek.superseded_at.is_(None)).order_by(CalendarWeek.valid_from)
    for row in session.scalars(rows):
        found[row.calendar_id].append(Week(row.valid_from, row.time_zone, workweek.weekdays(row.working_days)))
    return {calendar_id: tuple(weeks) for calendar_id, weeks in found.items()}


def _days_by_calendar(session: Session) -> dict[int, tuple[DayOff, ...]]:
    found: dict[int, list[DayOff]] = defaultdict(list)
    for row in session.execute(select(Holiday.__table__).order_by(Holiday.day, Holiday.id)):
        found[row.calendar_id].append(DayOff(row.day, row.effective_from, row.effective_to, row.name))
    return {calendar_id: tuple(days) for calendar_id, days in found.items()}


def _listed(holidays: tuple[DayOff, ...]) -> frozenset[int]:
    """A year counts as listed while at least one of its days is in effect."""
    return frozenset(one.day.year for one in holidays if one.effective_to is None)
