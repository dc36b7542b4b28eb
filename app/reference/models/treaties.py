"""Treaty status: evidence as the lists gave it, and the cell that follows from it for each State and instrument.

Nothing here is updated but `superseded_at`: an older row stays as history. Evidence names its participant by code,
because lists also name participants that are neither Member nor observer States (Cook Islands, Niue).
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db.base import Base
from app.foundation.db.types import Code, bigint_pk, code_check
from app.reference.vocabulary import ActEffect, ActKind, CellBasis, CellStatus, ListedStatus

CURRENT = text("superseded_at IS NULL")


class Sourced:
    """Columns of everything that came from a list: who says so, as of when, and when we recorded and replaced it."""

    source: Mapped[str]
    as_of: Mapped[date | None]
    """First day that `as_of_text` can mean; None when the list has no date."""
    as_of_text: Mapped[str]
    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class TreatyAct(Sourced, Base):
    """A dated act of a participant under an instrument; one current row per effect (signature, consent, exit)."""

    __tablename__ = "treaty_acts"
    __table_args__ = (
        code_check("kind", ActKind),
        code_check("effect", ActEffect),
        Index(
            "uq_treaty_acts_current",
            "instrument_id",
            "participant",
            "effect",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
    )

    id: Mapped[bigint_pk]
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    participant: Mapped[str] = mapped_column(String(3))
    state_id: Mapped[int | None] = mapped_column(ForeignKey("states.id"), index=True)
    participant_name: Mapped[str]
    """The name in the list at its date."""
    kind: Mapped[ActKind] = mapped_column(Code(ActKind))
    effect: Mapped[ActEffect] = mapped_column(Code(ActEffect))
    acted_on: Mapped[date]


class TreatyListing(Sourced, Base):
    """What a list without dates says of a participant; one current row per source."""

    __tablename__ = "treaty_listings"
    __table_args__ = (
        code_check("status", ListedStatus),
        Index(
            "uq_treaty_listings_current",
            "instrument_id",
            "participant",
            "source",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
    )

    id: Mapped[bigint_pk]
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    participant: Mapped[str] = mapped_column(String(3))
    state_id: Mapped[int | None] = mapped_column(ForeignKey("states.id"), index=True)
    status: Mapped[ListedStatus] = mapped_column(Code(ListedStatus))


class TreatyList(Sourced, Base):
    """A complete list of one instrument: a Member or observer State that it does not name is not a party."""

    __tablename__ = "treaty_lists"
    __table_args__ = (
        Index("uq_treaty_lists_current", "instrument_id", unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT),
    )

    id: Mapped[bigint_pk]
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))


class TreatyCell(Sourced, Base):
    """What is known now of one State under one instrument. No current row means: unknown, no list."""

    __tablename__ = "treaty_cells"
    __table_args__ = (
        code_check("status", CellStatus),
        code_check("basis", CellBasis),
        code_check("consent_kind", ActKind),
        Index(
            "uq_treaty_cells_current",
            "state_id",
            "instrument_id",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
        Index("ix_treaty_cells_instrument_id_status", "instrument_id", "status"),
    )

    id: Mapped[bigint_pk]
    state_id: Mapped[int] = mapped_column(ForeignKey("states.id"))
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    status: Mapped[CellStatus] = mapped_column(Code(CellStatus))
    basis: Mapped[CellBasis] = mapped_column(Code(CellBasis))
    signed_on: Mapped[date | None]
    consent_on: Mapped[date | None]
    consent_kind: Mapped[ActKind | None] = mapped_column(Code(ActKind))
