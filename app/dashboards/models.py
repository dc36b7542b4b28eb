"""Figures that are kept for some minutes, with the instant at which they were counted."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, bigint_pk


class KeptFigures(Base):
    """The figures of one page of the dashboard as one sight of the cases counted them; never a name, never a text.

    Only sums by part stand here: whoever has another sight has a row of its own (`casework.visibility.sight_of`).
    """

    __tablename__ = "kept_figures"
    __table_args__ = (UniqueConstraint("sight", "subject", "asked"), Index("ix_kept_figures_counted_at", "counted_at"))

    id: Mapped[bigint_pk]
    sight: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    asked: Mapped[str] = mapped_column(String(200))
    """Period and filters, in the order in which the address has them."""
    counted_at: Mapped[datetime]
    figures: Mapped[dict[str, Any]]
    """Number and amount by figure and part."""
