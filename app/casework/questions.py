"""Questions to the State: asked in rounds, open until they are answered or the request goes on without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, update
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseQuestion, CaseRevision
from app.foundation.clock import now
from app.foundation.db import new_public_key
from app.workflow.actor import Actor
from app.workflow.guards.intake import every_question_answered
from app.workflow.model import Step
from app.workflow.states import PAUSED
from app.workflow.timeline import QUESTION_STATES
from app.workflow.vocabulary import State

#: While the case is here a question can wait for its answer.
WAITING = QUESTION_STATES | PAUSED


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """What is asked, and about which field (or "other")."""

    field_path: str
    text: str


@dataclass(frozen=True, slots=True)
class Round:
    """Questions that were asked together.

    Attributes:
        subject: what tells the clock of this round from that of another: the key of its first question.
        questions: key, path and text of each, as history keeps them.
    """

    subject: str
    questions: Sequence[dict[str, str]]


def is_open() -> ColumnElement[bool]:
    """Return the condition on `case_questions` that somebody waits for the answer."""
    return and_(CaseQuestion.answered_at.is_(None), CaseQuestion.closed_at.is_(None))


def ask(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    asked: Sequence[NewQuestion],
    *,
    blocking: bool,
    due_on: date | None = None,
) -> Round:
    """Write one more round of questions about `case`, whose row the caller has locked: two statements.

    Args:
        blocking: the work stands still until the answers are given.
        due_on: by when they are asked for, where no limit of the process says it.
    """
    rounds = select(func.max(CaseQuestion.round)).where(CaseQuestion.case_id == case.id).scalar_subquery()
    revisions = select(func.max(CaseRevision.revision)).where(CaseRevision.case_id == case.id).scalar_subquery()
    before, revision = session.execute(select(rounds, revisions)).one()
    same: dict[str, Any] = {
        "case_id": case.id,
        "state_id": case.state_id,
        "round": (before or 0) + 1,
        "blocking": blocking,
        "asked_by_id": actor.user_id,
        "asked_at": now(),
        "answer": "",
        "cannot_answer": "",
        "revision": revision,
        "due_on": due_on,
    }
    rows = [{"key": new_public_key(), "field_path": one.field_path, "text": one.text} for one in asked]
    session.execute(insert(CaseQuestion).values([{**same, **row} for row in rows]))
    return Round(rows[0]["key"], rows)


def leaves_questions(step: Step, before: State) -> bool:
    """Tell whether after `step` nobody waits for an answer that is still missing.

    A step that demands every answer leaves none behind.
    """
    return before in WAITING and step.target not in WAITING and every_question_answered not in step.guards


def close_open_questions(session: Session, case: AssistanceRequest) -> None:
    """Close what the State did not answer: the request goes on, or ends, without it. One statement."""
    left = update(CaseQuestion).where(CaseQuestion.case_id == case.id, is_open())
    session.execute(left.values(closed_at=now()), execution_options={"synchronize_session": False})
