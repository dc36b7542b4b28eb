"""Due dates that moved because a calendar changed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.db import Base, Code, bigint_pk, code_check
from app.workflow.vocabulary import LimitKey


class DueMove(Base):
    """The due date of a case before and after a change of a calendar.

    It is no entry of the history, which is as it was: only what is counted from it became another.

    Attributes:
        change_id: the change of the calendar.
        before_key: the limit that was shown before; None when none was.
        before_on: its last day.
        after_key: the limit that is shown since.
        after_on: its last day.
    """

    __tablename__ = "case_due_moves"
    __table_args__ = of_case(
        code_check("before_key", LimitKey),
        code_check("after_key", LimitKey),
        Index("ix_case_due_moves_case_id", "case_id", "id"),
        Index("ix_case_due_moves_change_id", "change_id"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    change_id: Mapped[int] = mapped_column(ForeignKey("calendar_changes.id"))
    before_key: Mapped[LimitKey | None] = mapped_column(Code(LimitKey))
    before_on: Mapped[date | None]
    after_key: Mapped[LimitKey | None] = mapped_column(Code(LimitKey))
    after_on: Mapped[date | None]
    moved_at: Mapped[datetime]
