"""Due dates that move because a calendar changes: looked at before it counts, counted again afterwards.

The history of a case is the truth and stays as it is; its projection changes because the calendar did. What moved is a
row of its own and a line in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import structlog
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.casework.commands import CountAgain
from app.casework.models import AssistanceRequest, DueMove
from app.casework.perform import lock_case
from app.casework.projection import project_cases, projections_of, shown_due
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.reference import cache
from app.reference.calendars import Owner, case_calendars
from app.reference.models import Calendar, CalendarChange
from app.reference.vocabulary import DutyStation
from app.workflow.actor import SYSTEM, Actor
from app.workflow.states import ENDED
from app.workflow.vocabulary import LimitKey
from app.workflow.workdays import Calendars, WorkCalendar

log = structlog.get_logger(__name__)

#: Cases read at a time.
BATCH = 200
CalendarsOf = Callable[[int], Calendars]


@dataclass(frozen=True, slots=True)
class Moved:
    """A due date before and after; `number` is None for what the State has not submitted."""

    case_key: str
    number: str | None
    before_key: LimitKey | None
    before_on: date | None
    after_key: LimitKey | None
    after_on: date | None


def moves_with(actor: Actor, owner: Owner, altered: WorkCalendar) -> tuple[int, tuple[Moved, ...]]:
    """Return at how many requests was looked, and whose due date would move if `owner` had the calendar `altered`.

    An administrator sees no case: only numbers, limits and days come back, read as the scheduler reads.

    Args:
        actor: whose reading session is lent for it.
        owner: a duty station, or the id of a State.
        altered: its calendar after the change.
    """
    session = read_session()
    bind_scope(session, scope_of(SYSTEM))
    try:
        looked, moved = 0, list[Moved]()
        for many, some in _differing(session, _of(owner), lambda state_id: _with(session, state_id, owner, altered)):
            looked += many
            moved += some
    finally:
        session.expunge_all()
        bind_scope(session, scope_of(actor))
    return looked, tuple(moved)


def count_again(actor: Actor) -> None:
    """Count the due dates again that follow a calendar which changed; can be run again at any time.

    Args:
        actor: the scheduler.
    """
    waiting = select(CalendarChange.key).where(CalendarChange.counted_at.is_(None)).order_by(CalendarChange.id)
    keys = read_session().scalars(waiting).all()
    # what is in memory here may be older than the changes that were just found
    cache.forget()
    for key in keys:
        looked = 0
        for many, moved in _after(actor, key):
            looked += many
            for one in moved:
                move_due(actor, CountAgain(change=key, key=one.case_key))
        end_count(actor, CountAgain(change=key, looked=looked))


@use_case
def move_due(session: Session, actor: Actor, command: CountAgain) -> None:
    """Count one case again and note how its due date moved; nothing when somebody acted on it meanwhile.

    Raises:
        NotFound: no such case.
    """
    change = session.scalars(select(CalendarChange).where(CalendarChange.key == command.change)).one()
    case = lock_case(session, actor, command.key)
    before = (case.due_key, case.due_on)
    project_cases(session, [case])
    if before == (case.due_key, case.due_on):
        return
    session.add(
        DueMove(
            case_id=case.id,
            state_id=case.state_id,
            change_id=change.id,
            before_key=before[0],
            before_on=before[1],
            after_key=case.due_key,
            after_on=case.due_on,
            moved_at=now(),
        )
    )
    log.info("due_date_moved", case_key=case.key, code=str(case.due_key))


@use_case
def end_count(session: Session, actor: Actor, command: CountAgain) -> None:
    """Note that everything that follows a changed calendar was counted again."""
    del actor
    change = session.scalars(select(CalendarChange).where(CalendarChange.key == command.change)).one()
    moved = session.scalar(select(func.count()).where(DueMove.change_id == change.id)) or 0
    change.counted_at, change.looked, change.moved = now(), command.looked, moved
    log.info("calendar_counted_again", code=change.kind.value, count=moved)


def _after(actor: Actor, key: str) -> Iterator[tuple[int, list[Moved]]]:
    """Yield, batch by batch, what no longer is as the calendar says; no reading transaction stays open meanwhile."""
    session = read_session()
    bind_scope(session, scope_of(actor))
    changed = select(Calendar).join(CalendarChange, CalendarChange.calendar_id == Calendar.id)
    calendar = session.scalars(changed.where(CalendarChange.key == key)).one()
    owner = calendar.duty_station if calendar.duty_station is not None else calendar.state_id
    assert owner is not None, "a check constraint gives every calendar an owner"  # noqa: S101
    yield from _differing(session, _of(owner), lambda state_id: case_calendars(session, state_id))


def _differing(
    session: Session, condition: ColumnElement[bool], calendars: CalendarsOf
) -> Iterator[tuple[int, list[Moved]]]:
    last = 0
    while True:
        batch = select(AssistanceRequest).where(
            condition, AssistanceRequest.state.not_in(ENDED), AssistanceRequest.id > last
        )
        cases = session.scalars(batch.order_by(AssistanceRequest.id).limit(BATCH)).all()
        if not cases:
            return
        found = projections_of(session, cases, calendars)
        dues = {case_id: shown_due(projection) for case_id, projection in found.items()}
        moved = [_moved(case, dues[case.id]) for case in cases if _differs(case, dues[case.id])]
        many, last = len(cases), cases[-1].id
        session.expunge_all()
        session.rollback()
        yield many, moved


def _differs(case: AssistanceRequest, due: object) -> bool:
    return (case.due_key, case.due_on) != (getattr(due, "key", None), getattr(due, "due_on", None))


def _moved(case: AssistanceRequest, due: object) -> Moved:
    after = (getattr(due, "key", None), getattr(due, "due_on", None))
    return Moved(case.key, case.number, case.due_key, case.due_on, *after)


def _of(owner: Owner) -> ColumnElement[bool]:
    """Whose cases follow the calendar: all of a duty station's, those that a State files."""
    if isinstance(owner, DutyStation):
        return AssistanceRequest.id.is_not(None)
    return AssistanceRequest.state_id == owner


def _with(session: Session, state_id: int, owner: Owner, altered: WorkCalendar) -> Calendars:
    calendars = case_calendars(session, state_id)
    if owner is DutyStation.VIENNA:
        return replace(calendars, tpb=altered)
    if owner is DutyStation.NEW_YORK:
        return replace(calendars, headquarters=altered)
    return replace(calendars, state=altered)
