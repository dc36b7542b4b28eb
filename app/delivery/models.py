"""What a delivered case recommended, that it recommended nothing, and which of it a later request takes up again."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.delivery.vocabulary import RecommendationStatus
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key

OWNER_LENGTH = 200


class Recommendation(Base):
    """One thing that is to be done after a delivery (requests, Other records): what, by whom, until when.

    Attributes:
        lang: language of text and owner.
    """

    __tablename__ = "recommendations"
    __table_args__ = of_case(
        UniqueConstraint("id", "state_id"),
        code_check("status", RecommendationStatus),
        CheckConstraint("text <> ''", name="text"),
        Index("ix_recommendations_case_id", "case_id", "status"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    case_id: Mapped[int]
    state_id: Mapped[int]
    text: Mapped[str]
    lang: Mapped[str] = mapped_column(String(8), default="en")
    owner: Mapped[str] = mapped_column(String(OWNER_LENGTH), default="")
    due_on: Mapped[date | None]
    status: Mapped[RecommendationStatus] = mapped_column(Code(RecommendationStatus), default=RecommendationStatus.OPEN)
    created_at: Mapped[datetime] = mapped_column(default=now)


class RecommendationChange(Base):
    """What somebody said of a recommendation since: what became of it, who has it, until when. Written once.

    Attributes:
        status: as it stands since.
        note: in the words of who changed it; empty when they added none.
    """

    __tablename__ = "recommendation_changes"
    __table_args__ = of_case(
        ForeignKeyConstraint(
            ["recommendation_id", "state_id"],
            ["recommendations.id", "recommendations.state_id"],
            name="fk_recommendation_changes_recommendation",
            ondelete="RESTRICT",
        ),
        code_check("status", RecommendationStatus),
        Index("ix_recommendation_changes_recommendation_id", "recommendation_id"),
    )

    id: Mapped[bigint_pk]
    recommendation_id: Mapped[int]
    case_id: Mapped[int]
    state_id: Mapped[int]
    status: Mapped[RecommendationStatus] = mapped_column(Code(RecommendationStatus))
    owner: Mapped[str] = mapped_column(String(OWNER_LENGTH), default="")
    due_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(default=now)


class NoRecommendations(Base):
    """An officer said that a delivery recommends nothing; a recommendation that is added takes the row away."""

    __tablename__ = "no_recommendations"
    __table_args__ = of_case()

    case_id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int]
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    said_at: Mapped[datetime] = mapped_column(default=now)


class Renewal(Base):
    """A recommendation of an earlier case that a follow-up takes up again; both belong to the same State."""

    __tablename__ = "recommendation_renewals"
    __table_args__ = of_case(
        ForeignKeyConstraint(
            ["recommendation_id", "state_id"],
            ["recommendations.id", "recommendations.state_id"],
            name="fk_recommendation_renewals_recommendation",  # the usual name is longer than PostgreSQL takes
            ondelete="RESTRICT",
        ),
        Index("ix_recommendation_renewals_recommendation_id", "recommendation_id"),
    )

    case_id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(primary_key=True)
    state_id: Mapped[int]
