"""Fills the demo with cases in bulk: the one other writer of cases beside `casework.perform`.

It uses the same pure functions: the definition of the process, the hash chain, the projection of due dates, the score,
the rules of consultation. What differs is only that rows are written many at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.demo.filling.cast import Company, company_of
from app.demo.filling.merging import merge_or_else
from app.demo.filling.numbering import Numbers
from app.demo.filling.record import Record
from app.demo.filling.requesting import keep_draft
from app.demo.filling.rows import Rows, new_key
from app.demo.filling.sketch import Sketch, sketch
from app.demo.filling.storing import ids_from, store
from app.demo.filling.telling import tell_turn
from app.demo.filling.walk import Turn
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import scope_of
from app.workflow.actor import SYSTEM

#: Cases of one transaction.
BATCH: Final = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written."""

    cases: int
    rows: int


def fill(cases: int, seed: int, progress: Progress, batch: int = BATCH) -> Filled:
    """Write `cases` more cases, a transaction for each batch: what was committed is whole whatever happens then.

    Args:
        cases: how many.
        seed: the same seed writes the same cases into the same database on the same day.
        progress: told how many of how many are written.
        batch: how many in one transaction.

    Raises:
        NobodyThere: the demo was not loaded.
    """
    today = now()
    with write_transaction(scope_of(SYSTEM)) as session:
        company = company_of(session)
        before = session.scalar(select(func.count()).select_from(AssistanceRequest)) or 0
    drawn = f"{seed}/{before}"
    order = sorted(range(cases), key=lambda place: _first(sketch(company, drawn, place, today), today))
    written = rows = 0
    for places in (order[first : first + batch] for first in range(0, cases, batch)):
        with write_transaction(scope_of(SYSTEM)) as session:
            rows += _write(session, company, [sketch(company, drawn, place, today) for place in places], today)
        written += len(places)
        progress(written, cases)
    return Filled(written, rows)


def _first(one: Sketch, today: datetime) -> datetime:
    """Return by what cases are put in order: when they got their number; those without come last."""
    return one.submitted_at or today


def _write(session: Session, company: Company, sketches: Sequence[Sketch], today: datetime) -> int:
    rows = Rows(ids_from(session))
    numbers = Numbers(session)
    records = [_begun(rows, company, one, numbers) for one in sketches]
    for record, turn, at in _in_time(records):
        tell_turn(record, merge_or_else(records, record, turn, at), at)
    for record in records:
        keep_draft(record)
        record.close(session, today)
    numbers.keep()
    return store(session, rows.by_table)


def _begun(rows: Rows, company: Company, one: Sketch, numbers: Numbers) -> Record:
    key = new_key(one.chance)
    record = Record(one, company, rows, rows.next_id(AssistanceRequest.__table__), key)  # type: ignore[arg-type]
    if one.submitted_at is not None:
        record.number = numbers.take(one.submitted_at)
    return record


def _in_time(records: Sequence[Record]) -> Iterator[tuple[Record, Turn, datetime]]:
    """Yield every turn of every case in the order of time: a merge meets the other case as it then was."""
    turns = [
        (at, place, number, record, turn)
        for place, record in enumerate(records)
        for number, (turn, at) in enumerate(zip(record.sketch.turns, record.sketch.moments, strict=True))
    ]
    turns.sort(key=lambda one: one[:3])
    for at, _place, _number, record, turn in turns:
        yield record, turn, at
