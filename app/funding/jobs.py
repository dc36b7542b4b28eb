"""Scheduled job of this slice; composition lists it. It can be run again at any time."""

from __future__ import annotations

from datetime import timedelta

import structlog
from sqlalchemy import select

from app.casework.models import AssistanceRequest, CaseReminder
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.foundation.errors import AccedeError
from app.funding.holding import ask_whether_kept
from app.reference.limits import limits_in_force
from app.workflow.actor import Actor
from app.workflow.vocabulary import LimitKey, State

log = structlog.get_logger(__name__)
#: Requests asked about in one run; the next goes on.
BATCH = 200


def ask_about_holds(actor: Actor) -> None:
    """Ask the States whose requests have been resting for the limit `hold_ask` whether they keep them.

    Raises:
        Exception: the first unexpected failure, once every case had its turn.
    """
    failure: Exception | None = None
    for key in _resting(actor):
        try:
            ask_whether_kept(actor, key)
        except AccedeError:
            continue  # it changed meanwhile: the next run looks again
        except Exception as error:
            log.exception("job failed for one case", case_key=key)
            failure = failure or error
    if failure is not None:
        raise failure


def _resting(actor: Actor) -> list[str]:
    session = read_session()
    bind_scope(session, scope_of(actor))
    days = min(limit.span.amount for limit in limits_in_force(session) if limit.key is LimitKey.HOLD_ASK)
    asked = select(CaseReminder.id).where(
        CaseReminder.case_id == AssistanceRequest.id,
        CaseReminder.limit_key == LimitKey.HOLD_ASK,
        CaseReminder.starts_at == AssistanceRequest.state_since,
    )
    wanted = visible_cases(actor, AssistanceRequest.key).where(
        AssistanceRequest.state == State.ON_HOLD,
        AssistanceRequest.state_since <= now() - timedelta(days=days),
        ~asked.exists(),
    )
    keys = list(session.scalars(wanted.order_by(AssistanceRequest.state_since).limit(BATCH)))
    session.rollback()
    return keys
