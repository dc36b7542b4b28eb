"""The eight eligibility checks of a screening, every judgement of them; merges; own views of the queue."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.casework.vocabulary import ReasonCode
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.workflow.vocabulary import EligibilityCheck

_IN_FORCE = text("superseded_at IS NULL")


class ScreeningCheck(Base):
    """One judgement of one check: yes or no, by whom, when, and the reason of a no.

    A judgement that changes keeps its row, closed by `superseded_at`: who first said what stays to be read.
    """

    __tablename__ = "screening_checks"
    __table_args__ = of_case(
        code_check("eligibility_check", EligibilityCheck),
        code_check("reason_code", ReasonCode),
        CheckConstraint("passed OR (remark <> '' AND reason_code IS NOT NULL)", name="no_needs_a_reason"),
        CheckConstraint("NOT passed OR reason_code IS NULL", name="yes_has_no_reason"),
        CheckConstraint("version > 0", name="version"),
        Index(
            "uq_screening_checks_in_force",
            "case_id",
            "eligibility_check",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    check: Mapped[EligibilityCheck] = mapped_column("eligibility_check", Code(EligibilityCheck))
    passed: Mapped[bool]
    remark: Mapped[str] = mapped_column(default="")
    reason_code: Mapped[ReasonCode | None] = mapped_column(Code(ReasonCode))
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    judged_at: Mapped[datetime] = mapped_column(default=now)
    superseded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class CaseMerge(Base):
    """One merge of a request into another of the same State; the latest counts while the request is merged."""

    __tablename__ = "case_merges"
    __table_args__ = of_case(
        ForeignKeyConstraint(["target_id", "state_id"], ["cases.id", "cases.state_id"], ondelete="RESTRICT"),
        CheckConstraint("target_id <> case_id", name="not_into_itself"),
        Index("ix_case_merges_case_id", "case_id", "id"),
        Index("ix_case_merges_target_id", "target_id", "case_id"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    target_id: Mapped[int]
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    merged_at: Mapped[datetime] = mapped_column(default=now)


class SavedView(Base):
    """A list of the queue that a person gave a name: theirs alone.

    `address` holds the parameters of the list's address, as `QueueQuery.address` gives them.
    """

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("user_id", "name", name="uq_saved_views_user_id_name"),)

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    address: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
