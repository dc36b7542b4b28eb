"""The list of holidays of one calendar and year, from a circular."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.errors import FieldError, InvalidCommand
from app.reference.calendars import work_calendar
from app.reference.commands import ReadCircular
from app.reference.holidays import calendar_row, note_change, owner_of, require_administrator
from app.reference.importing.common import Job
from app.reference.importing.holidays import replace_list
from app.reference.models import CalendarChange, Holiday, ReferenceImport
from app.reference.parsing.circulars import CircularRow, read_circular
from app.reference.parsing.holidays import HolidayRow
from app.reference.vocabulary import ChangeKind, ImportKind
from app.workflow.actor import Actor


def store_circular(session: Session, actor: Actor, command: ReadCircular) -> CalendarChange:
    """Replace the list of a calendar and year by that of a circular; source and day of it are kept with each holiday.

    Called inside a use case.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: there is no such calendar.
        InvalidCommand: a line cannot be read.
    """
    require_administrator(actor)
    calendar = calendar_row(session, command.calendar_key)
    rows, errors = read_circular(command.text, command.year)
    if errors:
        raise InvalidCommand(FieldError("text", "circular_rows"))
    log = _log(actor, command, rows)
    session.add(log)
    session.flush()
    job = Job(session, log.id, effective_from=command.counts_from)
    owner = owner_of(calendar)
    name = str(owner) if isinstance(owner, str) else work_calendar(session, owner).name
    replace_list(job, calendar, command.year, [_holiday(name, row, command) for row in rows])
    counts = job.counts
    log.new, log.changed, log.unchanged, log.removed = counts.new, counts.changed, counts.unchanged, counts.removed
    job.settle()
    session.execute(
        update(Holiday)
        .where(Holiday.calendar_id == calendar.id, Holiday.recorded_at == job.at, Holiday.source == command.source)
        .values(source_dated=command.source_dated, recorded_by=actor.user_id)
    )
    return note_change(
        session, actor, calendar, ChangeKind.LIST_READ, str(command.year), command.source, command.counts_from
    )


def _holiday(name: str, row: CircularRow, command: ReadCircular) -> HolidayRow:
    return HolidayRow(name, command.year, row.day, row.name, command.source)


def _log(actor: Actor, command: ReadCircular, rows: Sequence[CircularRow]) -> ReferenceImport:
    return ReferenceImport(
        kind=ImportKind.HOLIDAYS,
        file_name=command.source,
        digest=hashlib.sha256(command.text.encode()).hexdigest(),
        rows=len(rows),
        new=0,
        changed=0,
        unchanged=0,
        removed=0,
        imported_at=now(),
        imported_by=actor.user_id,
    )
