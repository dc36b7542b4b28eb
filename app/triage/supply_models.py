"""What was supplied in the fast lane, and under which standing no-objection of CTC/CTED."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.casework.models.case import of_case
from app.foundation.clock import now
from app.foundation.db import Base, bigint_pk

COURSE_LENGTH = 200
ADDRESS_LENGTH = 500


class Supply(Base):
    """One supply, written once: a request goes the fast lane once at most.

    Standing consultations are told apart from others (indicator 10): a request that stands here was not consulted on,
    but told of the same day.

    Attributes:
        items: the files of the library that the State gets: `{"tool", "lang"}`, the tool by its public key.
        course: the online course, as the letter names it; empty without one.
        copies: printed copies of each, 0 for none; `address` is where they go.
        words: to the State, in `lang`.
        cost_minor: the estimate in US cents, below the limit of the fast lane.
        agreements: public keys of the standing no-objections that covered its types.
    """

    __tablename__ = "supplies"
    __table_args__ = of_case(
        UniqueConstraint("case_id"),
        CheckConstraint("copies >= 0", name="copies"),
        CheckConstraint("copies = 0 OR address <> ''", name="printed_copies_go_somewhere"),
        CheckConstraint("cost_minor >= 0", name="cost_minor"),
    )

    id: Mapped[bigint_pk]
    case_id: Mapped[int]
    state_id: Mapped[int]
    items: Mapped[list[Any]]
    course: Mapped[str] = mapped_column(String(COURSE_LENGTH), default="")
    copies: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), default="")
    words: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(String(8))
    cost_minor: Mapped[int]
    agreements: Mapped[list[str]]
    supplied_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    supplied_at: Mapped[datetime] = mapped_column(default=now)
