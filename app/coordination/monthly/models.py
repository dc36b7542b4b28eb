"""Monthly lists as they were sent: a list for each month, an entry for each thing that happened."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import TITLE_LENGTH, of_case
from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.workflow.vocabulary import Body


class Happened(StrEnum):
    """What a monthly list tells."""

    RECEIVED = "received"
    DECIDED = "decided"
    STARTED = "started"
    DELIVERED = "delivered"
    REFUSED = "refused"


class MonthlyList(Base):
    """The list of one month, frozen when it was sent.

    Attributes:
        month: its first day.
        frozen_at: when its entries were written and its readers told.
    """

    __tablename__ = "monthly_lists"
    __table_args__ = (code_check("body", Body), UniqueConstraint("body", "month"))

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    body: Mapped[Body] = mapped_column(Code(Body))
    month: Mapped[date]
    frozen_at: Mapped[datetime]


class MonthlyEntry(Base):
    """One entry of the history in one list. Each entry of a history stands in one list at most.

    Attributes:
        seq: number of the entry in the history of the case.
        happened_on: its day where the body works.
        number, title, lang: as they were when the list was made.
    """

    __tablename__ = "monthly_entries"
    __table_args__ = of_case(
        code_check("happened", Happened),
        UniqueConstraint("case_id", "seq"),
        Index("ix_monthly_entries_list_id", "list_id", "id"),
    )

    id: Mapped[bigint_pk]
    list_id: Mapped[int] = mapped_column(ForeignKey("monthly_lists.id"))
    case_id: Mapped[int]
    state_id: Mapped[int]
    seq: Mapped[int]
    happened: Mapped[Happened] = mapped_column(Code(Happened))
    happened_on: Mapped[date]
    number: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    lang: Mapped[str] = mapped_column(String(8))
