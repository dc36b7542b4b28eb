"""What officers found about a request: assessments with their parts, the rights review, and the score as it was signed.

All of it is for the Branch and auditors (`tpb_only`). Nothing is overwritten: a part that changes keeps its earlier
row, and a second look is a row of its own.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.assessment.vocabulary import Finding, Part, Priority, RightsQuestion, ScorePart
from app.casework.models.case import of_case
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check

_IN_PLACE = text("closed_at IS NULL")
_IN_FORCE = text("superseded_at IS NULL")


class Assessment(Base):
    """One look at a request; the current one of a case is not closed.

    What stands from `signed_at` to `cost_currency` is written by the signature and never changes again.

    Attributes:
        number: the first look is 1, a second look 2.
        version: rises with every part that is saved, so that a person signs what the page showed.
        closed_at: since when another look has taken its place.
        signed_seq: number of the signature's entry in the history of the case.
        priority: what the signer decided.
        advised: what the score advised.
        score: the sum of `ScoreRow.points`.
        cost_minor: estimated cost in minor units of `cost_currency`.
    """

    __tablename__ = "assessments"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "number"),
        UniqueConstraint("id", "case_id"),
        code_check("priority", Priority),
        code_check("advised", Priority),
        CheckConstraint("version > 0 AND number > 0", name="counted"),
        CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL) AND (signed_at IS NULL) = (signed_seq IS NULL)"
            " AND (signed_at IS NULL) = (priority IS NULL) AND (signed_at IS NULL) = (advised IS NULL)"
            " AND (signed_at IS NULL) = (score IS NULL) AND (signed_at IS NULL) = (cost_minor IS NULL)"
            " AND (signed_at IS NULL) = (cost_currency IS NULL)",
            name="signed_as_a_whole",
        ),
        CheckConstraint("score IS NULL OR score >= 0", name="score"),
        CheckConstraint("cost_minor IS NULL OR cost_minor >= 0", name="cost"),
        Index("uq_assessments_current", "case_id", unique=True, sqlite_where=_IN_PLACE, postgresql_where=_IN_PLACE),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    number: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_seq: Mapped[int | None]
    priority: Mapped[Priority | None] = mapped_column(Code(Priority))
    advised: Mapped[Priority | None] = mapped_column(Code(Priority))
    score: Mapped[int | None]
    cost_minor: Mapped[int | None]
    cost_currency: Mapped[str | None] = mapped_column(String(3))


class SavedPart(Base):
    """One part as it was saved; the latest is in force, earlier ones stay to be read.

    Attributes:
        complete: nothing that the part needs is open.
        data: the answers, see `answers.MODELS`; those of the six questions stand in `RightsReview`.
    """

    __tablename__ = "assessment_parts"
    __table_args__ = of_case(
        ForeignKeyConstraint(["assessment_id", "case_id"], ["assessments.id", "assessments.case_id"]),
        UniqueConstraint("id", "case_id"),
        UniqueConstraint("assessment_id", "part", "version"),
        code_check("part", Part),
        CheckConstraint("version > 0", name="version"),
        Index(
            "uq_assessment_parts_in_force",
            "assessment_id",
            "part",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    assessment_id: Mapped[int]
    part: Mapped[Part] = mapped_column(Code(Part))
    version: Mapped[int]
    complete: Mapped[bool]
    data: Mapped[dict[str, Any]]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    saved_at: Mapped[datetime] = mapped_column(default=now)
    superseded_at: Mapped[datetime | None]


class RightsReview(Base):
    """The finding of the Branch on one of the six questions; written with its part, never changed."""

    __tablename__ = "rights_reviews"
    __table_args__ = of_case(
        ForeignKeyConstraint(["part_id", "case_id"], ["assessment_parts.id", "assessment_parts.case_id"]),
        UniqueConstraint("part_id", "question"),
        code_check("question", RightsQuestion),
        code_check("finding", Finding),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    part_id: Mapped[int]
    question: Mapped[RightsQuestion] = mapped_column(Code(RightsQuestion))
    finding: Mapped[Finding | None] = mapped_column(Code(Finding))
    remark: Mapped[str] = mapped_column(default="")


class ScoreRow(Base):
    """One part of the priority score as the signer saw it: points, the weight in force, and why."""

    __tablename__ = "score_parts"
    __table_args__ = of_case(
        ForeignKeyConstraint(["assessment_id", "case_id"], ["assessments.id", "assessments.case_id"]),
        UniqueConstraint("assessment_id", "part"),
        code_check("part", ScorePart),
        CheckConstraint("points BETWEEN 0 AND most", name="points"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    assessment_id: Mapped[int]
    part: Mapped[ScorePart] = mapped_column(Code(ScorePart))
    points: Mapped[int]
    most: Mapped[int]
    why: Mapped[dict[str, Any]]
