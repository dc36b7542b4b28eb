"""Workshops and conferences on record, from memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reference.cache import cached
from app.reference.models import HistoricalEvent


@dataclass(frozen=True, slots=True)
class EventInfo:
    """One event as pages need it."""

    code: str
    title: str
    kind: str
    scope: str
    city: str
    host: str
    started_on: date | None
    ended_on: date | None
    participants: tuple[str, ...]
    observers: tuple[str, ...]
    partners: str
    outcome: str
    source: str

    def concerns(self, alpha3: str) -> bool:
        """Whether a State held it, took part or observed."""
        return alpha3 in (self.host, *self.participants, *self.observers)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The parts of the source, such as several addresses."""
        return tuple(part.strip() for part in self.source.split(" ; "))


def events_of(session: Session, alpha3: str) -> tuple[EventInfo, ...]:
    """Return the events that concern a State, the latest first, those without a date last."""
    found = [one for one in cached(session, "events", _read_events) if one.concerns(alpha3)]
    return tuple(sorted(found, key=lambda one: (one.started_on or date.min, one.code), reverse=True))


def all_events(session: Session) -> tuple[EventInfo, ...]:
    """Return every event on record, in the order of their codes."""
    return tuple(sorted(cached(session, "events", _read_events), key=lambda one: one.code))


def _read_events(session: Session) -> tuple[EventInfo, ...]:
    rows = session.execute(select(HistoricalEvent.__table__)).mappings()
    lists = ("participants", "observers")
    plain = [name for name in EventInfo.__slots__ if name not in lists]
    return tuple(
        EventInfo(**{name: row[name] for name in plain} | {name: tuple(row[name]) for name in lists}) for row in rows
    )
