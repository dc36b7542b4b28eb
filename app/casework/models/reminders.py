"""Which reminders of a running limit were sent, and which of them reached somebody."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.db import Base, Code, bigint_pk, code_check
from app.workflow.vocabulary import LimitKey

#: Written as text so that PostgreSQL recognises the partial index also in a prepared statement.
UNDELIVERED = text("delivered_at IS NULL")


class CaseReminder(Base):
    """One reminder of one limit of a case: the `number`-th since the limit began to run.

    Some steps are only taken after reminders that were delivered (process, Steps: purge, lapse_unanswered). A reminder
    counts as delivered once the mail of at least one recipient was accepted, or the notice was read in the product.

    Attributes:
        limit_key: the limit of which it reminds.
        starts_at: when that limit began to run; a limit that begins anew has reminders of its own.
        number: 1 for the first.
        code: code of the notice.
        sent_at: when it was queued.
        due_at: the end that it named.
        delivered_at: when it was found to have reached somebody; None until then.
    """

    __tablename__ = "case_reminders"
    __table_args__ = of_case(
        UniqueConstraint("case_id", "limit_key", "starts_at", "number"),
        code_check("limit_key", LimitKey),
        CheckConstraint("number > 0", name="number"),
        Index("ix_case_reminders_undelivered", "id", postgresql_where=UNDELIVERED, sqlite_where=UNDELIVERED),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    limit_key: Mapped[LimitKey] = mapped_column(Code(LimitKey))
    starts_at: Mapped[datetime]
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(60))
    sent_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
