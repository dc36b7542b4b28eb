"""The cells of the matrix (State x instrument) follow from the evidence; a changed cell keeps its predecessor."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reference.evidence import evidence_by_state
from app.reference.models import Instrument, StateRecord, TreatyCell
from app.reference.treaty_rules import NO_LIST, Cell, derive


def refresh_cells(session: Session, at: datetime) -> int:
    """Compute every cell again and write those that became another.

    Args:
        session: of the running import.
        at: the instant from which the new cells hold.

    Returns:
        how many cells changed, new ones included.
    """
    session.flush()
    held = {
        (cell.state_id, cell.instrument_id): cell
        for cell in session.scalars(select(TreatyCell).where(TreatyCell.superseded_at.is_(None)))
    }
    evidence = evidence_by_state(session)
    state_ids = list(session.scalars(select(StateRecord.id)))
    instrument_ids = list(session.scalars(select(Instrument.id)))
    changed: list[tuple[tuple[int, int], dict[str, Any]]] = []
    for key in ((state_id, instrument_id) for state_id in state_ids for instrument_id in instrument_ids):
        found = derive(evidence[key]) if key in evidence else NO_LIST
        old = held.get(key)
        if _columns(found) != (_held_columns(old) if old is not None else _columns(NO_LIST)):
            changed.append((key, _columns(found)))
            if old is not None:
                old.superseded_at = at
    session.flush()
    for (state_id, instrument_id), columns in changed:
        if columns["source"] is not None:
            session.add(TreatyCell(state_id=state_id, instrument_id=instrument_id, recorded_at=at, **columns))
    return len(changed)


def _columns(cell: Cell) -> dict[str, Any]:
    values = asdict(cell)
    said_by = values.pop("said_by") or {"source": None, "as_of": None, "as_of_text": None}
    return values | said_by


def _held_columns(cell: TreatyCell) -> dict[str, Any]:
    return {name: getattr(cell, name) for name in _columns(NO_LIST)}
