"""The eight eligibility checks of a screening: every judgement, the earlier ones closed by a later one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.clock import now
from app.foundation.db import Base, Code, bigint_pk, code_check
from app.triage.vocabulary import ReasonCode
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
