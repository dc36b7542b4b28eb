"""Workshops and conferences of the Branch that published sources report."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db.base import Base
from app.foundation.db.types import bigint_pk


class HistoricalEvent(Base):
    """One event before this service began; what was not published is empty. States stand by their codes."""

    __tablename__ = "historical_events"
    __table_args__ = (
        CheckConstraint(
            "(started_on IS NULL) = (ended_on IS NULL) AND (started_on IS NULL OR started_on <= ended_on)", name="dates"
        ),
    )

    id: Mapped[bigint_pk]
    code: Mapped[str] = mapped_column(String(8), unique=True)
    title: Mapped[str]
    kind: Mapped[str]
    scope: Mapped[str]
    city: Mapped[str]
    host: Mapped[str] = mapped_column(String(3))
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    participants: Mapped[list[str]]
    observers: Mapped[list[str]]
    participants_text: Mapped[str]
    """How many took part, as published."""
    partners: Mapped[str]
    funding: Mapped[str]
    outcome: Mapped[str]
    source: Mapped[str]
    """Where it is reported: one or more addresses."""
    note: Mapped[str]
