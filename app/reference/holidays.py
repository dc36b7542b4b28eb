"""What administrators change in calendars, each with the day from which it counts, and the pages' view of them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound
from app.reference import cache
from app.reference.calendars import missing_years, work_calendar
from app.reference.commands import AddHoliday, EndHoliday, SetWeek
from app.reference.models import Calendar, CalendarChange, CalendarWeek, Holiday, ReferenceImport
from app.reference.vocabulary import ChangeKind, DutyStation
from app.reference.workweek import pattern_of
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role

IMPORTS_SHOWN = 50
CHANGES_SHOWN = 20


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


def add_holiday(session: Session, actor: Actor, command: AddHoliday) -> CalendarChange:
    """Enter a holiday (process page, Limits); the scheduler counts again what follows it. Called inside a use case.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: there is no such calendar.
        InvalidCommand: the day is entered already, or was until after the day from which it is to count.
    """
    require_administrator(actor)
    calendar = calendar_row(session, command.calendar_key)
    counts_from = command.counts_from or now().date()
    held = session.execute(
        select(Holiday.effective_to).where(Holiday.calendar_id == calendar.id, Holiday.day == command.day)
    ).all()
    if any(row.effective_to is None for row in held):
        raise InvalidCommand(FieldError("day", "holiday_exists"))
    if any(row.effective_to > counts_from for row in held):
        raise InvalidCommand(FieldError("counts_from", "holiday_overlaps"))
    session.add(
        Holiday(
            calendar_id=calendar.id,
            day=command.day,
            name=command.name,
            source=command.source,
            source_dated=command.source_dated,
            effective_from=counts_from,
            recorded_at=now(),
            recorded_by=actor.user_id,
        )
    )
    what = f"{command.day.isoformat()} {command.name}"
    return note_change(session, actor, calendar, ChangeKind.HOLIDAY_ENTERED, what, command.source, counts_from)


def end_holiday(session: Session, actor: Actor, command: EndHoliday) -> CalendarChange:
    """End a holiday: stays that begin from the named day on are counted without it; the row stays.

    Called inside a use case.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: there is no such holiday, or it has ended.
        InvalidCommand: it would end before it counts.
    """
    require_administrator(actor)
    calendar = calendar_row(session, command.calendar_key)
    found, until = current_holiday(session, command), command.until or now().date()
    if found.effective_from is not None and until < found.effective_from:
        raise InvalidCommand(FieldError("until", "ends_before_it_counts"))
    found.effective_to = until
    what = f"{found.day.isoformat()} {found.name}"
    return note_change(session, actor, calendar, ChangeKind.HOLIDAY_ENDED, what, found.source, until)


def current_holiday(session: Session, command: EndHoliday) -> Holiday:
    """Return the holiday that is to end.

    Raises:
        NotFound: there is none, or it has ended.
    """
    query = (
        select(Holiday)
        .join(Calendar, Calendar.id == Holiday.calendar_id)
        .where(Holiday.key == command.key, Calendar.key == command.calendar_key, Holiday.effective_to.is_(None))
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def set_week(session: Session, actor: Actor, command: SetWeek) -> CalendarChange:
    """Give a calendar another zone or other working days from a day on. Called inside a use case.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: there is no such calendar.
    """
    require_administrator(actor)
    calendar = calendar_row(session, command.calendar_key)
    query = select(CalendarWeek).where(
        CalendarWeek.calendar_id == calendar.id,
        CalendarWeek.valid_from == command.valid_from,
        CalendarWeek.superseded_at.is_(None),
    )
    if (held := session.scalars(query).one_or_none()) is not None:
        held.superseded_at = now()
        session.flush()
    pattern = pattern_of(command.weekdays)
    session.add(
        CalendarWeek(
            calendar_id=calendar.id,
            valid_from=command.valid_from,
            time_zone=command.time_zone,
            working_days=pattern,
            reason=command.reason,
            set_at=now(),
            set_by=actor.user_id,
        )
    )
    what = f"{command.time_zone} {pattern}"
    return note_change(session, actor, calendar, ChangeKind.WEEK, what, command.reason, command.valid_from)


def note_change(
    session: Session, actor: Actor, calendar: Calendar, kind: ChangeKind, what: str, reason: str, counts_from: date
) -> CalendarChange:
    """Write down that a calendar changed, for the job that counts the cases again."""
    change = CalendarChange(
        calendar_id=calendar.id,
        kind=kind,
        what=what[:200],
        reason=reason,
        counts_from=counts_from,
        changed_at=now(),
        changed_by=actor.user_id,
    )
    session.add(change)
    session.flush()
    cache.changed(session)
    return change


def owner_of(calendar: Calendar) -> DutyStation | int:
    """Return the duty station, or the id of the State, whose calendar it is."""
    owner = calendar.duty_station if calendar.duty_station is not None else calendar.state_id
    assert owner is not None, "a check constraint gives every calendar an owner"  # noqa: S101
    return owner


def recent_changes(session: Session, key: str) -> list[CalendarChange]:
    """Return the latest changes of a calendar, newest first."""
    query = select(CalendarChange).join(Calendar, Calendar.id == CalendarChange.calendar_id)
    return list(
        session.scalars(query.where(Calendar.key == key).order_by(CalendarChange.id.desc()).limit(CHANGES_SHOWN))
    )


def calendar_views(session: Session) -> list[CalendarView]:
    """Return every calendar: duty stations first, then States with holidays of their own."""
    rows = session.scalars(select(Calendar).order_by(Calendar.duty_station.is_(None), Calendar.id))
    return [_view(session, row) for row in rows]


def calendar_view(session: Session, key: str) -> CalendarView:
    """Return one calendar.

    Raises:
        NotFound: there is none with that key.
    """
    return _view(session, calendar_row(session, key))


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
    rules = work_calendar(session, owner_of(row)).as_of(now())
    return CalendarView(
        key=row.key,
        duty_station=row.duty_station,
        state_id=row.state_id,
        time_zone=rules.zone,
        weekdays=rules.weekdays,
        listed_years=tuple(sorted(rules.listed_years or ())),
        missing=missing_years(rules, rules.local_day(now())),
    )


def calendar_row(session: Session, key: str) -> Calendar:
    """Return the row of a calendar.

    Raises:
        NotFound: there is none with that key.
    """
    found = session.scalars(select(Calendar).where(Calendar.key == key)).one_or_none()
    if found is None:
        raise NotFound
    return found


def require_administrator(actor: Actor) -> None:
    """Raise Forbidden when the actor is no administrator."""
    if not actor.has(Role.ADMINISTRATOR):
        raise Forbidden
