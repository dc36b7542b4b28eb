"""Confirming that a dated event makes a request urgent: the shorter limits hold only then (process, Limits)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.assessment.commands import ConfirmUrgency
from app.casework.content.labels import Row, label_of, value_of
from app.casework.facts import load_facts
from app.casework.page import CasePage
from app.casework.perform import Said, lock_case, record
from app.casework.queries import latest_revision
from app.casework.texts import refusal_texts
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import Forbidden
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action

#: What the State says about it.
PATHS = ("need.urgency", "need.urgency_trigger", "need.urgency_date", "drafting.bill_date")


@dataclass(frozen=True, slots=True)
class UrgencyShown:
    """What the page shows: what the State says, and why the event cannot be confirmed now."""

    rows: Sequence[Row]
    reasons: Sequence[str]


@use_case
def confirm_urgency(session: Session, actor: Actor, command: ConfirmUrgency) -> None:
    """Confirm the dated event: limits that begin from now on are the urgent ones; those that run stay as they are.

    Raises:
        Refused: the State named no dated event, or it was confirmed already.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    record(session, case, Action.CONFIRM_URGENCY, actor, Said(), bump=True)
    case.urgent_since = now()


def urgency_shown(session: Session, actor: Actor, page: CasePage) -> UrgencyShown:
    """Return what stands beside the button: two statements.

    Raises:
        Forbidden: this actor may not confirm it in the state of the case.
    """
    facts = load_facts(session, page.core, policy.sections_for(Action.CONFIRM_URGENCY, page.core.state))
    offers = policy.actions_open_to(actor, facts, {Action.CONFIRM_URGENCY})
    if not offers:
        raise Forbidden
    revision = latest_revision(session, page.case.id)
    data = revision.data if revision is not None else {}
    rows = [Row(str(label_of(path)), value, path) for path in PATHS if (value := value_of(data, path))]
    return UrgencyShown(rows, refusal_texts(offers[0].refusals))
