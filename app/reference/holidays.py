"""Holidays that an administrator enters or ends by hand, and the pages' view of calendars."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound
from app.reference import cache
from app.reference.calendars import missing_years, work_calendar
from app.reference.commands import AddHoliday, EndHoliday
from app.reference.models import Calendar, Holiday, ReferenceImport
from app.reference.vocabulary import DutyStation
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role

IMPORTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar as its page shows it; `missing` are this year and the next where a list is expected and missing."""

    key: str
    duty_station: DutyStation | None
    state_id: int | None
    time_zone: str
    weekdays: frozenset[int]
    listed_years: tuple[int, ...]
    missing: tuple[int, ...]


@use_case
def add_holiday(session: Session, actor: Actor, command: AddHoliday) -> None:
    """Enter a holiday, counted for stays that begin from today on (process page, Limits).

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: there is no such calendar.
        InvalidCommand: the day is entered already.
    """
    _require_administrator(actor)
    calendar = _calendar(session, command.calendar_key)
    query = select(Holiday.id).where(
        Holiday.calendar_id == calendar.id, Holiday.day == command.day, Holiday.effective_to.is_(None)
    )
    if session.scalars(query).first() is not None:
        raise InvalidCommand(FieldError("day", "holiday_exists"))
    session.add(
        Holiday(
            calendar_id=calendar.id,
            day=command.day,
            name=command.name,
            source=command.source,
            effective_from=now().date(),
            recorded_at=now(),
        )
    )
    cache.changed(session)


@use_case
def end_holiday(session: Session, actor: Actor, command: EndHoliday) -> None:
    """End a holiday: stays that begin from today on are counted without it; the row stays.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: there is no such holiday, or it has ended.
    """
    _require_administrator(actor)
    query = (
        select(Holiday)
        .join(Calendar, Calendar.id == Holiday.calendar_id)
        .where(Holiday.key == command.key, Calendar.key == command.calendar_key, Holiday.effective_to.is_(None))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    found.effective_to = now().date()
    cache.changed(session)


def calendar_views(session: Session) -> list[CalendarView]:
    """Return every calendar: duty stations first, then States with holidays of their own."""
    rows = session.scalars(select(Calendar).order_by(Calendar.duty_station.is_(None), Calendar.id))
    return [_view(session, row) for row in rows]


def calendar_view(session: Session, key: str) -> CalendarView:
    """Return one calendar.

    Raises:
        NotFound: there is none with that key.
    """
    return _view(session, _calendar(session, key))


def holidays_of(session: Session, key: str, year: int) -> list[Holiday]:
    """Return the holidays of a calendar and year, ended ones too, by day."""
    query = (
        select(Holiday)
        .join(Calendar, Calendar.id == Holiday.calendar_id)
        .where(Calendar.key == key, Holiday.day.between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(Holiday.day, Holiday.id)
    )
    return list(session.scalars(query))


def recent_imports(session: Session) -> list[ReferenceImport]:
    """Return the latest files that were read, newest first."""
    return list(session.scalars(select(ReferenceImport).order_by(ReferenceImport.id.desc()).limit(IMPORTS_SHOWN)))


def _view(session: Session, row: Calendar) -> CalendarView:
    owner = row.duty_station if row.duty_station is not None else row.state_id
    assert owner is not None, "a check constraint gives every calendar an owner"  # noqa: S101
    rules = work_calendar(session, owner)
    return CalendarView(
        key=row.key,
        duty_station=row.duty_station,
        state_id=row.state_id,
        time_zone=rules.zone,
        weekdays=rules.weekdays,
        listed_years=tuple(sorted(rules.listed_years or ())),
        missing=missing_years(rules, rules.local_day(now())),
    )


def _calendar(session: Session, key: str) -> Calendar:
    found = session.scalars(select(Calendar).where(Calendar.key == key)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _require_administrator(actor: Actor) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise Forbidden
