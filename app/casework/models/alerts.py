"""What the Branch was told about limits that came near or passed, each once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.casework.vocabulary import AlertKind
from app.foundation.db import Base, Code, bigint_pk, code_check
from app.workflow.vocabulary import LimitKey


class CaseAlert(Base):
    """One moment of one run of a limit that was acted on: a warning, a breach or an escalation.

    A row is written also where a later moment of the same run was told in its place, so that nobody is told of it late.
    The rows are TPB's own: no page of the State or of a body shows them.

    Attributes:
        limit_key: which limit.
        subject: key of the question, consultation or participation; empty for a limit of the case.
        starts_at: when that run of the limit began; one that begins anew has alerts of its own.
        round: of a limit that repeats; 1 for the others.
        kind: which moment.
        due_at: the end of the limit as it stood then.
        raised_at: when the scheduler found it.
        told: how many people a notice was queued for.
    """

    __tablename__ = "case_alerts"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "limit_key", "subject", "starts_at", "round", "kind"),
        code_check("limit_key", LimitKey),
        code_check("kind", AlertKind),
        CheckConstraint("round > 0", name="round"),
        CheckConstraint("told >= 0", name="told"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    limit_key: Mapped[LimitKey] = mapped_column(Code(LimitKey))
    subject: Mapped[str] = mapped_column(String(80), default="")
    starts_at: Mapped[datetime]
    round: Mapped[int] = mapped_column(default=1)
    kind: Mapped[AlertKind] = mapped_column(Code(AlertKind))
    due_at: Mapped[datetime | None]
    raised_at: Mapped[datetime]
    told: Mapped[int] = mapped_column(default=0)
