"""Figures are counted once for all who see the same cases and ask the same, and used again for some minutes.

What is kept says when it was counted; the lists behind the numbers are always read anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from flask import current_app
from pydantic import BaseModel, ConfigDict
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.casework.visibility import sight_of
from app.dashboards.frame import Frame
from app.dashboards.measures.base import Tallies, Tally
from app.dashboards.models import KeptFigures
from app.dashboards.pages import DashboardPage
from app.foundation.clock import now
from app.foundation.db import insert_unless_there, use_case
from app.workflow.actor import Actor

K = KeptFigures
#: Whoever asks to count again sooner than this after the last count reads that one: nobody keeps the database busy.
COUNTED_JUST_NOW: Final = timedelta(minutes=1)


class Counted(BaseModel):
    """The figures of a page as they were counted: number and amount by figure and part."""

    model_config = ConfigDict(frozen=True)

    subject: str
    asked: str
    counted_at: datetime
    figures: Mapping[str, Mapping[str, tuple[int, int]]]


def kept_for() -> timedelta:
    """Return how long figures are used again; nothing is kept when it is zero."""
    return timedelta(minutes=current_app.extensions["settings"].figures_kept_minutes)


def figures_of(
    session: Session, frame: Frame, page: DashboardPage, oldest: timedelta | None = None
) -> tuple[Frame, Mapping[str, Tallies]]:
    """Return the figures of a page, and the frame of the instant at which they were counted.

    One statement looks for kept ones; where there are none, one counts and one keeps what was counted.

    Args:
        oldest: how long ago they may have been counted; as long as figures are kept unless given.
    """
    found = _kept(session, frame, page, kept_for() if oldest is None else min(oldest, kept_for()))
    return found or (frame, count_figures(session, frame, page))


def count_figures(session: Session, frame: Frame, page: DashboardPage) -> Mapping[str, Tallies]:
    """Count the figures of a page at the instant of `frame` and keep them."""
    figures = page.count(session, frame, page.codes)
    if kept_for():
        plain = {
            code: {part: (one.number, one.amount) for part, one in parts.items()} for code, parts in figures.items()
        }
        told = Counted(subject=page.name, asked=_asked(frame), counted_at=frame.at, figures=plain)
        keep_figures(frame.actor, told)
    return figures


@use_case
def keep_figures(session: Session, actor: Actor, counted: Counted) -> None:
    """Keep what was counted in the place of what was counted before with the same sight; older figures never win."""
    values = {"sight": sight_of(actor), **counted.model_dump(mode="json", exclude={"counted_at"})}
    statement = insert_unless_there(session, K).values(**values, counted_at=counted.counted_at)
    fresh = {name: statement.excluded[name] for name in ("counted_at", "figures")}
    older = K.counted_at <= statement.excluded.counted_at
    session.execute(
        statement.on_conflict_do_update(index_elements=["sight", "subject", "asked"], set_=fresh, where=older)
    )


@use_case
def forget_figures(session: Session, actor: Actor) -> None:
    """Delete the figures that nobody is shown any more."""
    del actor
    session.execute(delete(K).where(K.counted_at <= now() - kept_for()))


def _kept(
    session: Session, frame: Frame, page: DashboardPage, oldest: timedelta
) -> tuple[Frame, Mapping[str, Tallies]] | None:
    if not oldest:
        return None
    mine = (K.sight == sight_of(frame.actor), K.subject == page.name, K.asked == _asked(frame))
    statement = select(K.counted_at, K.figures).where(*mine, K.counted_at > frame.at - oldest)
    row = session.execute(statement).first()
    if row is None or not set(page.codes) <= set(row.figures):
        return None
    return replace(frame, at=row.counted_at), {code: _tallies(parts) for code, parts in row.figures.items()}


def _tallies(parts: Mapping[str, Any]) -> Tallies:
    return {part: Tally(number, amount) for part, (number, amount) in parts.items()}


def _asked(frame: Frame) -> str:
    return "&".join(f"{name}={value}" for name, value in frame.asked.address().items())
