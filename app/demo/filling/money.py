"""Money of filled cases: sources, what cases got of them, what was spent and what went back.

Each batch brings what it takes: a receipt of its own, from before the first allocation. So never more is allocated of a
source than was received, whichever batches are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.costs import support_cost
from app.demo.filling.contents import phrases
from app.funding.models import Allocation
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind, SourceKind
from app.workflow.vocabulary import State

if TYPE_CHECKING:
    from app.demo.filling.cast import Person
    from app.demo.filling.record import Record

#: How long before the first allocation of a batch its money was received.
_BEFORE: Final = timedelta(days=20)
#: Months of contributions: as far back as anything is allocated.
_MONTHS: Final = 30
_SUPPORT: Final = 13


@dataclass(frozen=True, slots=True)
class Fund:
    """A source of which filled cases get money; its columns as `Contribution` names them."""

    id: int
    kind: SourceKind
    title: str
    budget_line: str
    year: int | None
    support_percent: int


#: By kind and first day: of the month of a contribution, of the year of a budget.
Funds = Mapping[tuple[SourceKind, date], Fund]


def open_funds(session: Session, recorder: Person, today: date) -> Funds:
    """Return the sources of filled cases; those that an earlier run has recorded are used again.

    Args:
        session: one that writes.
        recorder: who keeps their ledgers; others allocate.
        today: the last day on which anything is allocated.
    """
    wanted = {(SourceKind.EXISTING_REGULAR_BUDGET, date(year, 1, 1)) for year in range(today.year - 3, today.year + 1)}
    month = today.replace(day=1)
    for _ in range(_MONTHS):
        wanted.add((SourceKind.EXTRABUDGETARY, month))
        month = (month - timedelta(days=1)).replace(day=1)
    there = {one.title: one for one in session.scalars(select(Contribution))}
    rows = {which: there.get(_title(*which)) or _recorded(*which, recorder) for which in sorted(wanted)}
    session.add_all(rows.values())
    session.flush()
    return {
        which: Fund(one.id, one.kind, one.title, one.budget_line, one.year, one.support_percent)
        for which, one in rows.items()
    }


def _title(kind: SourceKind, first: date) -> str:
    name: str = phrases()["sources"][kind.value]
    return f"{name} {first.year}" if kind is SourceKind.EXISTING_REGULAR_BUDGET else f"{name} {first:%Y-%m}"


def _recorded(kind: SourceKind, first: date, recorder: Person) -> Contribution:
    regular = kind is SourceKind.EXISTING_REGULAR_BUDGET
    return Contribution(
        kind=kind,
        donor=phrases()["donors"][kind.value],
        title=_title(kind, first),
        budget_line=phrases()["budget_line"] if regular else "",
        year=first.year if regular else None,
        currency="USD",
        support_percent=0 if regular else _SUPPORT,
        recorded_by_id=recorder.id,
    )


def allocate(record: Record, at: datetime, who: Person, *, proposed: bool) -> SourceKind:
    """Write an allocation that covers the plan, or what is missing; returns of which kind of source.

    Args:
        record: the case.
        at: when.
        who: allocates it.
        proposed: it counts only once a second person approved it, see `approve`.
    """
    chance = record.sketch.chance
    kinds = (SourceKind.EXTRABUDGETARY, SourceKind.EXISTING_REGULAR_BUDGET)
    kind = chance.choices(kinds, (4, 1))[0]
    regular = kind is SourceKind.EXISTING_REGULAR_BUDGET
    fund = record.company.funds[kind, date(at.year, 1 if regular else at.month, 1)]
    rests = record.state is State.ON_HOLD and record.shortfall > 0
    cost = record.shortfall if rests else record.plan_cost or 2_500_000
    minor = cost if regular else cost * 100 // (100 + fund.support_percent) + 1
    row = record.rows.add_named(
        Allocation,
        chance,
        **record.of_case,
        seq=record.next_seq,
        contribution_id=fund.id,
        kind=kind,
        source=fund.title,
        budget_line=fund.budget_line,
        year=fund.year,
        minor=minor,
        support_minor=support_cost(minor, fund.support_percent),
        currency="USD",
        allocated_by_id=who.id,
        allocated_at=at,
        approved_by_id=None if proposed else who.id,
        approved_at=None if proposed else at,
    )
    record.allocated.append(row)
    _receive(record, row, at)
    return kind


def _receive(record: Record, allocation: dict[str, Any], at: datetime) -> None:
    """Let the receipt of this batch cover the allocation as well; turns come in the order of time."""
    source: int = allocation["contribution_id"]
    if source not in record.rows.receipts:
        record.rows.receipts[source] = _line(record, source, LineKind.RECEIPT, at - _BEFORE)
    record.rows.receipts[source]["minor"] += _total(allocation)


def approve(record: Record, at: datetime, who: Person) -> None:
    """Let the last allocation count, by a second person."""
    record.allocated[-1] |= {"approved_by_id": who.id, "approved_at": at}


def settle(record: Record, at: datetime, *, closed: bool) -> None:
    """Write what became of allocations when the case ends: spent where it was delivered, else given back."""
    kind = LineKind.SPENDING if closed else LineKind.RELEASE
    for one in record.allocated:
        line = _line(record, one["contribution_id"], kind, at)
        line |= {"minor": _total(one), "allocation_id": one["id"]}
    record.allocated = []


def _line(record: Record, source: int, kind: LineKind, at: datetime) -> dict[str, Any]:
    by = record.sketch.recorder.id
    of = {"contribution_id": source, "kind": kind, "minor": 0, "on_date": at.date()}
    return record.rows.add(ContributionLine, record.sketch.chance, **of, by_id=by, at=at)


def _total(allocation: dict[str, Any]) -> int:
    total: int = allocation["minor"] + allocation["support_minor"]
    return total
