"""Use cases: changes of calendars, each in the chain of settings; the scheduler counts again what follows them."""

from __future__ import annotations

from hashlib import sha256

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from app.accounts.security_history import record
from app.foundation.db import read_session, use_case
from app.foundation.errors import FieldError, InvalidCommand, NotFound
from app.reference import cache, holidays
from app.reference.circulars import store_circular
from app.reference.commands import AddHoliday, EndHoliday, OpenCalendar, ReadCircular, SetWeek
from app.reference.importing.holidays import calendar_of_state
from app.reference.models import CalendarChange
from app.reference.states import state_by_code
from app.workflow.actor import Actor


class Opened(BaseModel):
    """A calendar, by its key."""

    model_config = ConfigDict(frozen=True)

    key: str


@use_case
def enter_holiday(session: Session, actor: Actor, command: AddHoliday) -> None:
    """Enter one holiday; raises as `reference.holidays.add_holiday`."""
    _note(session, actor, holidays.add_holiday(session, actor, command))


@use_case
def end_holiday(session: Session, actor: Actor, command: EndHoliday) -> None:
    """End one holiday; raises as `reference.holidays.end_holiday`."""
    _note(session, actor, holidays.end_holiday(session, actor, command))


@use_case
def set_week(session: Session, actor: Actor, command: SetWeek) -> None:
    """Set zone and working days from a day on; raises as `reference.holidays.set_week`."""
    _note(session, actor, holidays.set_week(session, actor, command))


@use_case
def read_list(session: Session, actor: Actor, command: ReadCircular) -> None:
    """Read the list of a circular; raises as `reference.circulars.store_circular`."""
    _note(session, actor, store_circular(session, actor, command))


@use_case
def open_calendar(session: Session, actor: Actor, command: OpenCalendar) -> Opened:
    """Give a State a calendar of its own, in which nothing is entered yet.

    Raises:
        Forbidden: the actor is no administrator.
        InvalidCommand: there is no such State.
    """
    holidays.require_administrator(actor)
    try:
        state = state_by_code(read_session(), command.state)
    except NotFound:
        raise InvalidCommand(FieldError("state", "not_offered")) from None
    calendar = calendar_of_state(session, state.id)
    cache.changed(session)
    return Opened(key=calendar.key)


def _note(session: Session, actor: Actor, change: CalendarChange) -> None:
    """Add a change to the chain: codes, ids and days; of its words a digest, as they stand in the row."""
    payload = {
        "change": change.key,
        "calendar_id": change.calendar_id,
        "kind": change.kind.value,
        "counts_from": change.counts_from.isoformat() if change.counts_from else None,
        "words": sha256(f"{change.what}\n{change.reason}".encode()).hexdigest(),
    }
    record(session, actor, "calendar_changed", payload=payload)
