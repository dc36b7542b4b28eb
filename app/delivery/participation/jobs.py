"""Scheduled job of invitations: reminders of those that wait for an answer. It can be run again at any time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.jobs import each_case
from app.casework.models import AssistanceRequest
from app.casework.perform import lock_case
from app.delivery.participation.commands import OfCase
from app.delivery.participation.models import Participation
from app.delivery.participation.queries import ASKED_IN, dues_of, standing
from app.delivery.participation.telling import tell_guests
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.workflow.actor import Actor

#: Two reminders are two occasions to answer: after a worker's outage they do not leave together.
BETWEEN_REMINDERS = timedelta(days=2)


def remind_guests(actor: Actor) -> None:
    """Remind the States whose invitations wait for an answer (process, Limits: participation)."""
    session = read_session()
    bind_scope(session, scope_of(actor))
    keys = (
        select(AssistanceRequest.key)
        .join(Participation, Participation.case_id == AssistanceRequest.id)
        .where(AssistanceRequest.state.in_(ASKED_IN), Participation.closed_at.is_(None))
        .where(Participation.asked_at <= now() - timedelta(days=1), Participation.answered_at.is_(None))
    )
    found = session.scalars(keys.distinct().order_by(AssistanceRequest.key)).all()
    session.rollback()
    each_case(found, lambda key: remind_of_invitations(actor, OfCase(key=key)))


@use_case
def remind_of_invitations(session: Session, actor: Actor, command: OfCase) -> None:
    """Send the next reminder of each invitation of a case, if one is due and was not sent.

    Args:
        actor: the scheduler.

    Raises:
        NotFound: no such case.
    """
    case, at = lock_case(session, actor, command.key), now()
    waiting = {row.key: row for row in standing(session, case.id) if row.asked_at and row.answer is None}
    reminded = []
    for key, due in dues_of(session, case).items():
        row = waiting.get(key)
        if row is None or row.reminders >= len(due.reminders) or due.reminders[row.reminders] > at:
            continue
        if row.reminded_at is not None and row.reminded_at > at - BETWEEN_REMINDERS:
            continue
        row.reminders, row.reminded_at, row.answer_by = row.reminders + 1, at, due.due_on
        reminded.append(row)
    session.flush()
    tell_guests(session, reminded, "participation.reminder", actor)
