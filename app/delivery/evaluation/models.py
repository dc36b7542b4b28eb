"""Evaluations: five answers from 1 to 5, or that the State does not want to evaluate. Written once.

Look-backs: what had become of the assistance half a year and a year after its request was closed.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check
from app.workflow.vocabulary import EvaluationAnswer

#: The five questions (requests, "The five evaluation questions"), in their order.
QUESTIONS = ("relevance", "quality", "timeliness", "use", "cooperation")


def _graded(question: str) -> CheckConstraint:
    return CheckConstraint(
        f"(answer = 'given') = ({question} IS NOT NULL) AND ({question} IS NULL OR {question} BETWEEN 1 AND 5)",
        name=question,
    )


class Evaluation(Base):
    """What the State said of one delivery; after a case was reopened it may say it again, the latest counts.

    Attributes:
        seq: number of its entry in the history of the case.
        relevance: to the need, 1 to 5.
        quality: of what was delivered.
        timeliness: of it.
        use: for the next step.
        cooperation: with TPB.
        remark: the State's own words.
    """

    __tablename__ = "evaluations"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "seq"),
        code_check("answer", EvaluationAnswer),
        *(_graded(question) for question in QUESTIONS),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    answer: Mapped[EvaluationAnswer] = mapped_column(Code(EvaluationAnswer))
    relevance: Mapped[int | None]
    quality: Mapped[int | None]
    timeliness: Mapped[int | None]
    use: Mapped[int | None]
    cooperation: Mapped[int | None]
    remark: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8))
    evaluated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    evaluated_at: Mapped[datetime] = mapped_column(default=now)


class LookBack(Base):
    """One time that the State was asked what became of the assistance (process, Limits: look_back).

    Attributes:
        since: when the case was closed; a case that was reopened and closed again is asked anew.
        number: 1 after half a year, 2 after a year.
        due_on: the day from which it is asked.
        measures: what became of it, for each type of assistance: `{"type", "answer", "number", "words"}`.
        remark: the State's own words.
    """

    __tablename__ = "look_backs"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "since", "number"),
        CheckConstraint("number IN (1, 2)", name="number"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    since: Mapped[datetime]
    number: Mapped[int]
    due_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    measures: Mapped[list[Any]] = mapped_column(default=list)
    remark: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8))
