"""One batch of filled cases: built in memory turn by turn, written in one transaction."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.demo.filling.cast import Company
from app.demo.filling.following import follow_or_begin
from app.demo.filling.merging import merge_or_else
from app.demo.filling.numbering import Numbers
from app.demo.filling.record import Record
from app.demo.filling.requesting import keep_draft
from app.demo.filling.rows import Rows, new_key
from app.demo.filling.sketch import Sketch, sketch
from app.demo.filling.storing import ids_from, store
from app.demo.filling.telling import tell_turn
from app.demo.filling.walk import Turn
from app.foundation.db import write_transaction
from app.foundation.db.scope import scope_of
from app.workflow.actor import SYSTEM


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What all batches share.

    Attributes:
        company: who acts.
        seed: of everything that is drawn.
        today: the instant after which nothing happens (UTC).
    """

    company: Company
    seed: str
    today: datetime

    def sketch(self, place: int) -> Sketch:
        """Return the sketch of the case at `place`; the same each time."""
        return sketch(self.company, self.seed, place, self.today)


@dataclass(frozen=True, slots=True)
class Batch:
    """Cases that are written together.

    Attributes:
        number: 0 for the first batch.
        places: of its cases, in the order of their numbers.
        before: the last number of each year that was given before.
        ids: primary keys of its cases, where they were taken beforehand.
    """

    number: int
    places: Sequence[int]
    before: Mapping[int, int]
    ids: Sequence[int]


def write_batch(undertaking: Undertaking, batch: Batch, wait: Callable[[], None]) -> int:
    """Write a batch in a transaction of its own; returns how many rows.

    Args:
        undertaking: what all batches share.
        batch: the cases.
        wait: called when all rows are written: it returns when the batch before has ended.

    Raises:
        NumbersTaken: somebody submitted a request meanwhile.
    """
    with _uncollected(), write_transaction(scope_of(SYSTEM)) as session:
        _prefer_indexes(session)
        numbers = Numbers(batch.before)
        rows = Rows(ids_from(session, {AssistanceRequest.__table__: batch.ids}))  # type: ignore[dict-item]
        _build(session, undertaking, rows, numbers, [undertaking.sketch(place) for place in batch.places])
        written = store(session, rows.by_table)
        wait()
        numbers.keep(session)
    return written


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let nobody look for cycles among the rows while they grow: there are none, and it takes half of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _prefer_indexes(session: Session) -> None:
    """Let keys be looked up by index: a check that was planned while its table was empty would read all of it."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))
        # what is left to be read from end to end counts as dear by that, and is not worth compiling
        session.execute(text("SET LOCAL jit = off"))


def _build(
    session: Session, undertaking: Undertaking, rows: Rows, numbers: Numbers, sketches: Sequence[Sketch]
) -> None:
    records = [_begun(rows, undertaking.company, one, numbers) for one in sketches]
    for record, turn, at in _in_time(records):
        taken = follow_or_begin(records, record, turn)
        tell_turn(record, merge_or_else(records, record, taken, at), at)
    for record in records:
        keep_draft(record)
        record.close(session, undertaking.today)


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
