"""Questions about treaty status: who was a party on a day, and what is known of one State."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reference.evidence import covered_by_lists, read_evidence
from app.reference.models import TreatyCell
from app.reference.states import InstrumentInfo, StateInfo, all_states, instrument_by_code, instruments, state_by_id
from app.reference.treaty_rules import NO_LIST, Cell, Provenance, derive
from app.reference.vocabulary import ActKind, CellBasis, CellStatus, StateStatus


class Participants(StrEnum):
    """Whom a count of parties takes in; invented States are in none of these."""

    MEMBERS = "members"
    """Member States of today, "the 193"."""
    ALL = "all"
    """Also the observer States, Cook Islands and Niue, as the depositary counts."""


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties to an instrument on a day.

    `undated` of them are known as parties from a list without dates that is not later than the day. `as_of` is the date
    of the complete list, None when there is none; `complete` says that this list is not older than the day, so that
    nobody is missing.
    """

    instrument_code: str
    on: date
    codes: frozenset[str]
    state_ids: frozenset[int]
    undated: int
    as_of: date | None
    complete: bool

    @property
    def count(self) -> int:
        """How many parties."""
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class StatusCell:
    """What is known of one State under one instrument; `as_of_text` and `source` are empty where there is no list.

    `adopted` is False for a day before the instrument was adopted.
    """

    instrument_code: str
    instrument_seq: int
    status: CellStatus
    basis: CellBasis
    signed_on: date | None
    consent_on: date | None
    consent_kind: ActKind | None
    source: str
    as_of_text: str
    recorded_at: datetime | None = None
    superseded_at: datetime | None = None
    adopted: bool = True


def parties_on(
    session: Session,
    instrument_code: str,
    day: date,
    *,
    participants: Participants = Participants.MEMBERS,
    known_at: datetime | None = None,
) -> Parties:
    """Return who was a party on `day`.

    A consent to be bound (ratification, accession, acceptance, approval, succession) counts from its own date, also
    before the instrument entered into force; a signature or a succession to signature does not count.

    Args:
        session: any.
        instrument_code: such as "FINANCING_1999".
        day: the day.
        participants: Member States only, or all participants but invented States.
        known_at: as recorded here at that instant; None for now.

    Raises:
        NotFound: there is no such instrument.
    """
    instrument_id = instrument_by_code(session, instrument_code).id
    book = read_evidence(session, instrument_ids=[instrument_id], known_at=known_at)
    by_code = {state.alpha3: state for state in all_states(session, include_demo=True)}
    found: dict[str, Cell] = {}
    for code in {participant for _, participant in (*book.acts, *book.listings)}:
        if _wanted(by_code.get(code), participants):
            cell = derive(book.of(instrument_id, code, covered=True), day)
            if cell.status is CellStatus.PARTY:
                found[code] = cell
    said_by = book.complete.get(instrument_id)
    as_of = said_by.as_of if said_by else None
    return Parties(
        instrument_code=instrument_code,
        on=day,
        codes=frozenset(found),
        state_ids=frozenset(by_code[code].id for code in found if code in by_code),
        undated=sum(cell.consent_on is None for cell in found.values()),
        as_of=as_of,
        complete=as_of is not None and day <= as_of,
    )


def status_of(session: Session, state_id: int, on: date | None = None) -> tuple[StatusCell, ...]:
    """Return one cell per instrument for a State, in the order of the instruments.

    Args:
        session: any.
        state_id: the State.
        on: the status on that day; None for the latest that is known.

    Raises:
        KeyError: there is no such State.
    """
    state = state_by_id(session, state_id)
    if on is None:
        query = select(TreatyCell).where(TreatyCell.state_id == state_id, TreatyCell.superseded_at.is_(None))
        held = {cell.instrument_id: cell for cell in session.scalars(query)}
        return tuple(
            _stored(one.code, one.seq, held[one.id]) if one.id in held else cell_of(one, NO_LIST)
            for one in instruments(session)
        )
    book = read_evidence(session, participant=state.alpha3)
    covered = covered_by_lists(state.status)
    return tuple(
        cell_of(one, derive(book.of(one.id, state.alpha3, covered=covered), on)) for one in instruments(session)
    )


def history_of(session: Session, state_id: int, instrument_code: str) -> tuple[StatusCell, ...]:
    """Return every cell ever held for a State and an instrument, the oldest first."""
    instrument = instrument_by_code(session, instrument_code)
    query = (
        select(TreatyCell)
        .where(TreatyCell.state_id == state_id, TreatyCell.instrument_id == instrument.id)
        .order_by(TreatyCell.id)
    )
    return tuple(_stored(instrument.code, instrument.seq, cell) for cell in session.scalars(query))


def _wanted(state: StateInfo | None, participants: Participants) -> bool:
    """Whether a participant counts; `state` is None for one that is no State of ours (Cook Islands, Niue)."""
    if participants is Participants.MEMBERS:
        return state is not None and state.status is StateStatus.MEMBER
    return state is None or not state.is_demo


def _stored(code: str, seq: int, cell: TreatyCell) -> StatusCell:
    return StatusCell(
        instrument_code=code,
        instrument_seq=seq,
        status=cell.status,
        basis=cell.basis,
        signed_on=cell.signed_on,
        consent_on=cell.consent_on,
        consent_kind=cell.consent_kind,
        source=cell.source,
        as_of_text=cell.as_of_text,
        recorded_at=cell.recorded_at,
        superseded_at=cell.superseded_at,
    )


def cell_of(instrument: InstrumentInfo, cell: Cell) -> StatusCell:
    """Return what follows from the lists as a cell of `instrument`."""
    said_by = cell.said_by or Provenance("", None, "")
    return StatusCell(
        instrument_code=instrument.code,
        instrument_seq=instrument.seq,
        status=cell.status,
        basis=cell.basis,
        signed_on=cell.signed_on,
        consent_on=cell.consent_on,
        consent_kind=cell.consent_kind,
        source=said_by.source,
        as_of_text=said_by.as_of_text,
    )
