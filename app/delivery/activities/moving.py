"""An agreed activity gets other dates once the State accepts them (process, Acts: move_activity, answer_move)."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, lock_case, record, run_effects
from app.delivery.activities.models import Activity
from app.delivery.activities.moves import AHEAD, ActivityMove, waiting_moves
from app.delivery.activities.moving_commands import AnswerMove, MoveActivity
from app.delivery.participation.moving import invite_again
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand, Stale
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience


@use_case
def move_activity(session: Session, actor: Actor, command: MoveActivity) -> None:
    """Propose other dates to the State; one that waits for the same activity is overtaken.

    Raises:
        InvalidCommand: the activity is over, the dates are the same, lie in the past, or it has begun already.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    activity = activity_ahead(session, case, command.activity or "")
    said = Said(
        {"activity": activity.key if activity else ""},
        note=command.reason,
        audience=Audience.STATE_TPB,
        seen_by=Readership.STATE_TPB,
    )
    record(session, case, Action.MOVE_ACTIVITY, actor, said, bump=True)
    if activity is None or command.starts_on is None or command.ends_on is None:
        _not_offered()
    _check_dates(session, activity, command.starts_on, command.ends_on)
    close_moves(session, case, activity)
    move = ActivityMove(
        activity_id=activity.id,
        case_id=case.id,
        state_id=case.state_id,
        from_starts_on=activity.starts_on,
        from_ends_on=activity.ends_on,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        reason=command.reason,
        proposed_by_id=actor.user_id,
    )
    session.add(move)


@use_case
def answer_move(session: Session, actor: Actor, command: AnswerMove) -> None:
    """Accept other dates, or keep the agreed ones; by which day it is on time was agreed first (indicator 18).

    Raises:
        Refused: no move waits.
        Stale: another one waits by now.
        NotFound, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    move = session.scalars(waiting_moves(case.id).where(ActivityMove.key == command.move)).first()
    answer = "move_accepted" if command.accepted else "move_refused"
    said = Said({answer: True}, note=command.remark, audience=Audience.STATE_TPB, seen_by=Readership.STATE_TPB)
    record(session, case, Action.ANSWER_MOVE, actor, said, bump=True)
    if move is None:
        raise Stale(case_key=case.key, seen_version=command.version)
    move.accepted, move.remark = bool(command.accepted), command.remark
    move.answered_at, move.answered_by_id = now(), actor.user_id
    if move.accepted:
        activity = session.get_one(Activity, move.activity_id)
        activity.starts_on, activity.ends_on = move.starts_on, move.ends_on
        activity.version += 1
        session.flush()
        invite_again(session, case, actor, activity)
    run_effects(session, case, Action.ANSWER_MOVE, actor, command)


def activity_ahead(session: Session, case: AssistanceRequest, key: str) -> Activity | None:
    """Return the activity with `key` if it can still be moved or cancelled: one statement."""
    statement = select(Activity).where(Activity.case_id == case.id, Activity.key == key, Activity.status.in_(AHEAD))
    return session.scalars(statement).first()


def close_moves(session: Session, case: AssistanceRequest, activity: Activity | None = None) -> None:
    """Close what waits for an answer: of one activity, else of all of the case."""
    waits = (
        ActivityMove.case_id == case.id,
        ActivityMove.accepted.is_(None),
        ActivityMove.closed_at.is_(None),
    )
    of_one = () if activity is None else (ActivityMove.activity_id == activity.id,)
    session.execute(update(ActivityMove).where(*waits, *of_one).values(closed_at=now()))


def _check_dates(session: Session, activity: Activity, starts_on: date, ends_on: date) -> None:
    if (starts_on, ends_on) == (activity.starts_on, activity.ends_on):
        raise InvalidCommand(FieldError("starts_on", "move.same_dates"))
    if activity.begun_at is not None and starts_on != activity.starts_on:
        raise InvalidCommand(FieldError("starts_on", "move.begun"))
    vienna = work_calendar(session, DutyStation.VIENNA)
    today = vienna.as_of(now()).local_day(now())
    first_possible = ends_on if activity.begun_at is not None else starts_on
    if first_possible < today:
        where = "ends_on" if activity.begun_at is not None else "starts_on"
        raise InvalidCommand(FieldError(where, "move.past"))


def _not_offered() -> NoReturn:
    raise InvalidCommand(FieldError("activity", "not_offered"))
