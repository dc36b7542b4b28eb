"""What the nightly comparison of histories and projections found."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, bigint_pk, public_key


class HistoryCheck(Base):
    """One run of the comparison.

    Attributes:
        started_at: when it began.
        finished_at: when it ended.
        histories: how many it read.
        entries: how many entries they had.
        faults: how many cases have a fault.
    """

    __tablename__ = "history_checks"
    __table_args__ = (CheckConstraint("finished_at >= started_at", name="ends_after_start"),)

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    histories: Mapped[int]
    entries: Mapped[int]
    faults: Mapped[int]


class HistoryFault(Base):
    """What one run found about one case; the case is named by its public key, so that a fault outlives everything.

    Attributes:
        check_id: which run.
        case_key: of the case.
        seq: the entry of its history, 0 for the row of the case itself.
        code: what is wrong, see `casework.verify.Finding`; `projection` when what is kept differs from history.
        names: the projections that differ, separated by commas.
    """

    __tablename__ = "history_faults"

    id: Mapped[bigint_pk]
    check_id: Mapped[int] = mapped_column(ForeignKey("history_checks.id"), index=True)
    case_key: Mapped[str] = mapped_column(String(12))
    seq: Mapped[int]
    code: Mapped[str] = mapped_column(String(40))
    names: Mapped[str] = mapped_column(String(200), default="")
