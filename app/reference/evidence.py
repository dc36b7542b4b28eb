"""Reading the evidence of treaty status out of the tables, three statements in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.reference.models import StateRecord, TreatyAct, TreatyList, TreatyListing
from app.reference.treaty_rules import ActFact, Evidence, ListingFact, Provenance
from app.reference.vocabulary import StateStatus

Key = tuple[int, str]
"""Instrument id and the participant's code."""


@dataclass(frozen=True, slots=True)
class EvidenceBook:
    """Acts, listings and complete lists of some instruments, as recorded at one instant."""

    acts: dict[Key, list[ActFact]]
    listings: dict[Key, list[ListingFact]]
    complete: dict[int, Provenance]

    def of(self, instrument_id: int, participant: str, *, covered: bool) -> Evidence:
        """Return the evidence for one participant; `covered`: a complete list would name it."""
        key = (instrument_id, participant)
        return Evidence(
            tuple(self.acts.get(key, ())),
            tuple(self.listings.get(key, ())),
            self.complete.get(instrument_id) if covered else None,
        )


def read_evidence(
    session: Session,
    *,
    instrument_ids: Iterable[int] | None = None,
    participant: str | None = None,
    known_at: datetime | None = None,
) -> EvidenceBook:
    """Read evidence.

    Args:
        session: any.
        instrument_ids: only of these; None for all.
        participant: only of this one (code of three letters).
        known_at: as recorded at that instant; None for now.
    """
    wanted = None if instrument_ids is None else list(instrument_ids)
    acts: dict[Key, list[ActFact]] = defaultdict(list)
    for act in session.execute(_rows(TreatyAct, wanted, participant, known_at)):
        fact = ActFact(act.kind, act.effect, act.acted_on, Provenance(act.source, act.as_of, act.as_of_text))
        acts[act.instrument_id, act.participant].append(fact)
    listings: dict[Key, list[ListingFact]] = defaultdict(list)
    for one in session.execute(_rows(TreatyListing, wanted, participant, known_at)):
        said_by = Provenance(one.source, one.as_of, one.as_of_text)
        listings[one.instrument_id, one.participant].append(ListingFact(one.status, said_by))
    lists = session.execute(_rows(TreatyList, wanted, None, known_at))
    complete = {one.instrument_id: Provenance(one.source, one.as_of, one.as_of_text) for one in lists}
    return EvidenceBook(dict(acts), dict(listings), complete)


def evidence_by_state(session: Session) -> dict[tuple[int, int], Evidence]:
    """Return the evidence of each State and instrument for which there is any, by their ids."""
    book = read_evidence(session)
    instrument_ids = {key[0] for key in (*book.acts, *book.listings)} | book.complete.keys()
    states = session.execute(select(StateRecord.id, StateRecord.alpha3, StateRecord.status)).all()
    found = {}
    for state_id, alpha3, status in states:
        for instrument_id in instrument_ids:
            evidence = book.of(instrument_id, alpha3, covered=covered_by_lists(status))
            if evidence != Evidence():
                found[state_id, instrument_id] = evidence
    return found


def covered_by_lists(status: StateStatus) -> bool:
    """Whether a complete list would name a State of this status: a depositary knows no invented States."""
    return status is not StateStatus.DEMO


def _rows(model: Any, instrument_ids: list[int] | None, participant: str | None, known_at: datetime | None) -> Any:
    table = model.__table__
    query = select(table).order_by(table.c.id)
    if known_at is None:
        query = query.where(table.c.superseded_at.is_(None))
    else:
        still = or_(table.c.superseded_at.is_(None), table.c.superseded_at > known_at)
        query = query.where(table.c.recorded_at <= known_at, still)
    if instrument_ids is not None:
        query = query.where(table.c.instrument_id.in_(instrument_ids))
    return query.where(table.c.participant == participant) if participant is not None else query
