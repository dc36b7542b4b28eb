"""Fills the demo with cases in bulk: the one other writer of cases beside `casework.perform`.

It uses the same pure functions: the definition of the process, the hash chain, the projection of due dates, the score,
the rules of consultation. What differs is only that rows are written many at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func, select

from app.casework.models import AssistanceRequest
from app.demo.filling.batches import Batch, Undertaking
from app.demo.filling.cast import company_of
from app.demo.filling.crew import crew_of
from app.demo.filling.money import open_funds
from app.demo.filling.numbering import after, last_numbers
from app.demo.filling.storing import case_ids
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


def fill(cases: int, seed: int, progress: Progress, batch: int = BATCH, processes: int = 1) -> Filled:
    """Write `cases` more cases, a transaction for each batch: what was committed is whole whatever happens then.

    Args:
        cases: how many.
        seed: the same seed writes the same cases into the same database on the same day.
        progress: told how many of how many are written.
        batch: how many in one transaction.
        processes: how many share the work; a database with one writer has one.

    Raises:
        NobodyThere: the demo was not loaded.
        NumbersTaken: somebody submitted a request meanwhile.
    """
    with write_transaction(scope_of(SYSTEM)) as session:
        present = session.scalar(select(func.count()).select_from(AssistanceRequest)) or 0
        company, today = company_of(session), now()
        company = replace(company, funds=open_funds(session, company.recorder, today.date()))
        undertaking = Undertaking(company, f"{seed}/{present}", today)
        if session.get_bind().dialect.name != "postgresql":
            processes = 1
        ids, before = case_ids(session, cases), last_numbers(session)
    written = rows = 0
    with crew_of(undertaking, min(processes, -(-cases // batch))) as crew:
        batches = _batches(crew.submissions(cases), batch, before, ids)
        for one, many in zip(batches, crew.write(batches), strict=True):
            written, rows = written + len(one.places), rows + many
            progress(written, cases)
    return Filled(written, rows)


def _batches(
    submissions: Sequence[datetime | None], size: int, before: dict[int, int], ids: Sequence[int]
) -> list[Batch]:
    """Put the cases in the order of their numbers; those without come last."""
    last = datetime.max.replace(tzinfo=UTC)
    places = sorted(range(len(submissions)), key=lambda place: submissions[place] or last)
    batches = list[Batch]()
    for first in range(0, len(places), size):
        some = places[first : first + size]
        batches.append(Batch(len(batches), some, before, ids[first : first + size]))
        before = after(before, (submissions[place] for place in some))
    return batches
