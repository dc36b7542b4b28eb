"""Importer of holidays: the list of a calendar and year replaces the one before."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reference.importing.common import Job, refuse_duplicates
from app.reference.models import Calendar, CalendarChange, Holiday, StateRecord
from app.reference.parsing.holidays import HolidayRow, read_holidays
from app.reference.vocabulary import ChangeKind, DutyStation
from app.reference.workweek import MONDAY_TO_FRIDAY

ZONES = {DutyStation.VIENNA: "Europe/Vienna", DutyStation.NEW_YORK: "America/New_York"}


def ensure_duty_stations(session: Session) -> dict[DutyStation | str, Calendar]:
    """Return the calendars of the duty stations, made where they are missing."""
    query = select(Calendar).where(Calendar.duty_station.is_not(None))
    held = session.scalars(query).all()
    found: dict[DutyStation | str, Calendar] = {one.duty_station: one for one in held if one.duty_station}
    for station, zone in ZONES.items():
        if station not in found:
            found[station] = Calendar(duty_station=station, time_zone=zone, working_days=MONDAY_TO_FRIDAY)
            session.add(found[station])
    session.flush()
    return found


def import_holidays(job: Job, content: bytes) -> int:
    """Read holidays. Within a calendar and year, what the file does not name ends. Returns the number of rows."""
    file, rows = read_holidays(content)
    job.take_faults(file)
    refuse_duplicates(job, "date", ((line, (row.calendar, row.day)) for line, row in rows))
    pairs = job.session.execute(select(StateRecord.alpha3, StateRecord.id)).tuples()
    states: dict[str, int] = dict(pairs.all())
    for line, row in rows:
        if not isinstance(row.calendar, DutyStation) and row.calendar not in states:
            job.fault(line, "duty_station", "unknown_calendar", value=row.calendar)
    if job.errors:
        return len(file.rows)
    calendars = ensure_duty_stations(job.session) | _state_calendars(job.session, rows, states)
    by_list: dict[tuple[DutyStation | str, int], list[HolidayRow]] = {}
    for _, row in rows:
        by_list.setdefault((row.calendar, row.year), []).append(row)
    for (owner, year), days in by_list.items():
        _replace_year(job, calendars[owner], year, days)
    return len(file.rows)


def calendar_of_state(session: Session, state_id: int) -> Calendar:
    """Return the calendar row of a State, made when it has none yet."""
    found = session.scalars(select(Calendar).where(Calendar.state_id == state_id)).one_or_none()
    if found is None:
        found = Calendar(state_id=state_id)
        session.add(found)
        session.flush()
    return found


def _state_calendars(
    session: Session, rows: list[tuple[int, HolidayRow]], states: dict[str, int]
) -> dict[DutyStation | str, Calendar]:
    codes = {row.calendar for _, row in rows if not isinstance(row.calendar, DutyStation)}
    return {code: calendar_of_state(session, states[code]) for code in codes}


def _replace_year(job: Job, calendar: Calendar, year: int, days: list[HolidayRow]) -> None:
    before = job.counts.new + job.counts.changed + job.counts.removed
    replace_list(job, calendar, year, days)
    # a first load finds nothing that was counted otherwise
    if job.effective_from is not None and job.counts.new + job.counts.changed + job.counts.removed > before:
        job.pending.append(
            CalendarChange(
                calendar_id=calendar.id,
                kind=ChangeKind.LIST_READ,
                what=str(year),
                reason=days[0].source,
                counts_from=job.effective_from,
                changed_at=job.at,
            )
        )


def replace_list(job: Job, calendar: Calendar, year: int, days: list[HolidayRow]) -> None:
    """Make `days` the list of a calendar and year: others end, new ones begin, on the first day of the job."""
    ends_on = job.effective_from or job.at.date()
    query = select(Holiday).where(Holiday.calendar_id == calendar.id, Holiday.effective_to.is_(None))
    held = {one.day: one for one in job.session.scalars(query) if one.day.year == year}
    for row in days:
        old = held.pop(row.day, None)
        name = f"{row.calendar} {row.day}"
        if old is not None and (old.name, old.source) == (row.name, row.source):
            job.counts.unchanged += 1
            continue
        if old is not None:
            old.effective_to = max(ends_on, old.effective_from or ends_on)
        job.counts.note(name, old.name if old else None, row.name)
        job.pending.append(
            Holiday(
                calendar_id=calendar.id,
                day=row.day,
                name=row.name,
                source=row.source,
                effective_from=job.effective_from,
                recorded_at=job.at,
            )
        )
    for day, ended in held.items():
        ended.effective_to = max(ends_on, ended.effective_from or ends_on)
        job.counts.note(f"{days[0].calendar} {day}", ended.name, None)
