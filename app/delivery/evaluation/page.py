"""What pages show of evaluations: what the State said, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.page import CasePage
from app.delivery.evaluation.models import QUESTIONS, Evaluation
from app.delivery.evaluation.texts import GRADE_TEXTS, QUESTION_TEXTS
from app.foundation.wiring import wiring
from app.workflow.actor import Actor
from app.workflow.vocabulary import EvaluationAnswer


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """One evaluation in words.

    Attributes:
        rows: question and grade; empty where the State declined.
        counts: it is the latest one.
    """

    given: bool
    rows: Sequence[Mapping[str, Any]]
    remark: str
    lang: str
    by: str | None
    at: datetime
    counts: bool


def evaluations_of(session: Session, case_id: int) -> list[EvaluationView]:
    """Return what the State said of the delivery, the latest first: one statement.

    Args:
        case_id: a case that somebody of its State, of the Branch, or an auditor, got from `visible_cases`.
    """
    statement = select(Evaluation, User.name).outerjoin(User, User.id == Evaluation.evaluated_by_id)
    rows = session.execute(statement.where(Evaluation.case_id == case_id).order_by(Evaluation.seq.desc())).all()
    return [_view(row, name, counts=place == 0) for place, (row, name) in enumerate(rows)]


def evaluations_beside(session: Session, actor: Actor, page: CasePage) -> Mapping[str, Any]:
    """Return what stands beside a form about the evaluation of a delivery."""
    del actor
    return {"evaluations": evaluations_of(session, page.case.id)}


def closing_beside(session: Session, actor: Actor, page: CasePage) -> Mapping[str, Any]:
    """Return what stands beside the form that closes a request: the evaluations, and the money that goes back."""
    unspent = wiring().unspent
    money = unspent(session, page.case.id) if unspent is not None else ()
    return {**evaluations_beside(session, actor, page), "unspent": money}


def _view(row: Evaluation, name: str | None, *, counts: bool) -> EvaluationView:
    given = row.answer is EvaluationAnswer.GIVEN
    graded = [{"key": QUESTION_TEXTS[one], "value": str(GRADE_TEXTS[getattr(row, one)])} for one in QUESTIONS if given]
    return EvaluationView(given, graded, row.remark, row.lang, name, row.evaluated_at, counts)
