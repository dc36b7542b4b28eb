"""Scheduled jobs of this part: silences that count as a confirmation, and what a State is asked after closure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from app.casework.jobs import each_case
from app.casework.models import AssistanceRequest
from app.casework.notices import Circle, tell_circles
from app.casework.perform import lock_case
from app.casework.projection import projection_of
from app.casework.visibility import visible_cases
from app.delivery.evaluation.closing import deem_delivery_confirmed
from app.delivery.evaluation.commands import AskLookBack, DeemDelivered
from app.delivery.evaluation.models import LookBack
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.reference.limits import limits_in_force
from app.workflow.actor import Actor
from app.workflow.vocabulary import LimitKey, State

#: Cases looked at in one run; the next goes on.
_MOST: Final = 500
#: After a year the last look-back was due; of what was closed earlier nothing is asked.
_LONGEST: Final = timedelta(days=460)
#: Not much less than half a year; which day it is exactly says the limit.
_SOONEST: Final = timedelta(days=150)
#: What was due longer ago is not asked any more: nobody asks for half a year after a whole one.
_OVERDUE: Final = timedelta(days=120)


def deem_deliveries(actor: Actor) -> None:
    """Take silences as confirmations, where the time has passed and two reminders were delivered (process, Steps).

    Args:
        actor: the scheduler.
    """
    each_case(
        _keys(actor, silent_deliveries(actor)), lambda key: deem_delivery_confirmed(actor, DeemDelivered(key=key))
    )


def ask_look_backs(actor: Actor) -> None:
    """Ask States half a year and a year after closure what became of the assistance (process, Limits: look_back).

    Args:
        actor: the scheduler.
    """
    each_case(_keys(actor, closed_for_long(actor)), lambda key: ask_look_back(actor, AskLookBack(key=key)))


def silent_deliveries(actor: Actor) -> Select[Any]:
    """Return the select of the keys of cases whose State may have kept silent for the whole limit."""
    limit = min(one.span.amount for one in limits_in_force(read_session()) if one.key is LimitKey.CONFIRM)
    since = now() - timedelta(days=limit - 1)
    silent = (AssistanceRequest.state == State.DELIVERED) & (AssistanceRequest.state_since <= since)
    return visible_cases(actor, AssistanceRequest.key).where(silent).order_by(AssistanceRequest.state_since)


def closed_for_long(actor: Actor) -> Select[Any]:
    """Return the select of the keys of closed cases of which a look-back may be due."""
    closed = AssistanceRequest.state == State.CLOSED
    some_time_ago = AssistanceRequest.state_since.between(now() - _LONGEST, now() - _SOONEST)
    keys = visible_cases(actor, AssistanceRequest.key).where(closed, some_time_ago, _not_asked())
    return keys.order_by(AssistanceRequest.state_since)


@use_case
def ask_look_back(session: Session, actor: Actor, command: AskLookBack) -> None:
    """Ask the State of one closed case, where a look-back is due and it was not asked for it.

    Args:
        actor: the scheduler.

    Raises:
        NotFound: no such case.
    """
    case = lock_case(session, actor, command.key)
    if case.state is not State.CLOSED:
        return
    of_case = (LookBack.case_id == case.id) & (LookBack.since == case.state_since)
    asked = set(session.scalars(select(LookBack.number).where(of_case)))
    for due in projection_of(session, case).open_due:
        if due.key is LimitKey.LOOK_BACK and due.number not in asked and _has_come(due.due_at):
            row = LookBack(case_id=case.id, state_id=case.state_id, since=case.state_since, number=due.number)
            row.due_on, row.lang = due.due_on or now().date(), case.lang
            session.add(row)
            tell_circles(session, case, {Circle.FOCAL_POINTS, Circle.MISSION}, "case.look_back", {})


def _has_come(due_at: datetime | None) -> bool:
    return due_at is not None and now() - _OVERDUE <= due_at <= now()


def _not_asked() -> ColumnElement[bool]:
    """Return the condition that one of the two look-backs of a case was not asked."""
    of_case = (LookBack.case_id == AssistanceRequest.id) & (LookBack.since == AssistanceRequest.state_since)
    second = select(LookBack.id).where(of_case, LookBack.number == 2)
    return ~second.correlate(AssistanceRequest).exists()


def _keys(actor: Actor, wanted: Select[Any]) -> list[str]:
    session = read_session()
    bind_scope(session, scope_of(actor))
    keys = list(session.scalars(wanted.limit(_MOST)))
    session.rollback()
    return keys
