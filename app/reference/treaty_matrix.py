"""The treaty picture: every instrument for many States, as known on a day, from evidence that is kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.reference.cache import cached
from app.reference.evidence import EvidenceBook, covered_by_lists, read_evidence
from app.reference.states import InstrumentInfo, StateInfo, all_states, instruments
from app.reference.treaties import StatusCell, cell_of
from app.reference.treaty_rules import Cell, Provenance, derive
from app.reference.vocabulary import ActKind, CellBasis, CellStatus

#: Each of the five conventions deposited with the Secretary-General enters into force for a State on the thirtieth day
#: after the deposit of its instrument, and not before the convention itself (Protected Persons, article 17; Hostages,
#: 18; Terrorist Bombings, 22; Terrorist Financing, 26; Nuclear Terrorism, 25).
DAYS_AFTER_DEPOSIT = timedelta(days=30)
#: A State that succeeds is bound from a day that the list does not give.
DEPOSITED = frozenset({ActKind.RATIFICATION, ActKind.ACCESSION, ActKind.ACCEPTANCE, ActKind.APPROVAL})


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What is known of one State: a cell for each instrument, in the order of the instruments."""

    state: StateInfo
    cells: tuple[StatusCell, ...]


def status_on(session: Session, states: Iterable[StateInfo], on: date | None = None) -> tuple[StatusRow, ...]:
    """Return the cells of each State, in the order given; three statements, none while reference data is in memory.

    Args:
        session: any.
        states: whose cells.
        on: as known of that day; None for the latest that is known. Before an instrument was adopted nobody is a party
            to it, which is certain without any list.
    """
    if on is None:
        latest = cached(session, "treaty status", _latest)
        return tuple(StatusRow(state, latest[state.id]) for state in states)
    return tuple(_rows(session, states, on))


def lists_held(session: Session) -> dict[str, Provenance]:
    """Return the complete list of each instrument that has one, by the instrument's code."""
    book = cached(session, "treaty evidence", read_evidence)
    return {one.code: book.complete[one.id] for one in instruments(session) if one.id in book.complete}


def in_force_for(instrument: InstrumentInfo, cell: StatusCell) -> date | None:
    """Return since when `instrument` is in force for the State of `cell`; None where that does not follow.

    It follows for a party whose deposit is dated, under the conventions deposited with the Secretary-General.
    """
    if not instrument.un_depositary or instrument.in_force_on is None or cell.status is not CellStatus.PARTY:
        return None
    if cell.consent_on is None or cell.consent_kind not in DEPOSITED:
        return None
    return max(instrument.in_force_on, cell.consent_on + DAYS_AFTER_DEPOSIT)


def _latest(session: Session) -> Mapping[int, tuple[StatusCell, ...]]:
    """Return the latest that is known of every State, by its id: what most readers ask for is derived once."""
    return {row.state.id: row.cells for row in _rows(session, all_states(session, include_demo=True), None)}


def _rows(session: Session, states: Iterable[StateInfo], on: date | None) -> Iterator[StatusRow]:
    book = cached(session, "treaty evidence", read_evidence)
    columns = instruments(session)
    for state in states:
        yield StatusRow(state, tuple(_cell(book, state, one, on) for one in columns))


def _cell(book: EvidenceBook, state: StateInfo, instrument: InstrumentInfo, on: date | None) -> StatusCell:
    if on is not None and on < instrument.adopted_on:
        return replace(cell_of(instrument, Cell(CellStatus.NOT_PARTY, CellBasis.DATED_ACT)), adopted=False)
    evidence = book.of(instrument.id, state.alpha3, covered=covered_by_lists(state.status))
    return cell_of(instrument, derive(evidence, on))
