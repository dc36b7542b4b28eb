"""How a source stands: what its ledger and its allocations add up to, read under a lock where something depends on it.

Whoever allocates, or writes a line, holds the lock of the source's row until the end of the transaction, so that two at
once see each other's sums. Cases are locked before sources, sources in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.foundation.errors import NotFound, Stale
from app.funding.models import Allocation
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind
from app.workflow.actor import Actor

#: What puts something into a source: whoever recorded one of these does not allocate it alone.
_FILLING = (LineKind.PLEDGE, LineKind.RECEIPT)
_ALLOCATED = "allocated"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a source adds up to, in minor units of its currency.

    Attributes:
        sums: by kind of line.
        allocated: everything that allocations took, support cost and proposals included.
        firm: a pledge counts before it is received.
    """

    sums: dict[LineKind, int] = field(default_factory=dict)
    allocated: int = 0
    firm: bool = True

    def of(self, kind: LineKind) -> int:
        """Return the sum of the lines of one kind, corrections included."""
        return self.sums.get(kind, 0)

    @property
    def pledged(self) -> int:
        """What is pledged after reductions."""
        return self.of(LineKind.PLEDGE) - self.of(LineKind.REDUCTION)

    @property
    def outstanding(self) -> int:
        """What is pledged and was not received yet."""
        return max(self.pledged - self.of(LineKind.RECEIPT), 0)

    @property
    def behind(self) -> int:
        """What counts: received, or firmly pledged where that is more."""
        received = self.of(LineKind.RECEIPT)
        return max(received, self.pledged) if self.firm else received

    @property
    def committed(self) -> int:
        """What allocations still hold."""
        return self.allocated - self.of(LineKind.RELEASE)

    @property
    def available(self) -> int:
        """What can be allocated; never below nothing."""
        return max(self.behind - self.committed, 0)

    @property
    def uncovered(self) -> int:
        """What allocations hold and nothing is behind any more."""
        return max(self.committed - self.behind, 0)


@dataclass(frozen=True, slots=True)
class Taken:
    """One allocation with what became of it, in minor units."""

    row: Allocation
    released: int
    spent: int

    @property
    def total(self) -> int:
        """What it took, support cost included."""
        return self.row.minor + self.row.support_minor

    @property
    def rest(self) -> int:
        """What it still holds, spent or not."""
        return self.total - self.released

    @property
    def unspent(self) -> int:
        """What it holds and was not spent."""
        return self.rest - self.spent

    @property
    def proposed(self) -> bool:
        """Whether it waits for a second person."""
        return self.row.approved_at is None and self.rest > 0


def standings(session: Session, sources: Iterable[Contribution]) -> dict[int, Standing]:
    """Return how each of `sources` stands, by its id: one statement."""
    known = {one.id: one for one in sources}
    lines = (
        select(ContributionLine.contribution_id.label("id"), cast(ContributionLine.kind, String).label("what"))
        .add_columns(func.sum(ContributionLine.minor).label("minor"))
        .where(ContributionLine.contribution_id.in_(known))
        .group_by(ContributionLine.contribution_id, ContributionLine.kind)
    )
    taken = (
        select(Allocation.contribution_id, literal(_ALLOCATED))
        .add_columns(func.sum(Allocation.minor + Allocation.support_minor))
        .where(Allocation.contribution_id.in_(known))
        .group_by(Allocation.contribution_id)
    )
    found: dict[int, dict[str, int]] = {id_: {} for id_ in known}
    for row in session.execute(union_all(lines, taken)):
        found[row.id][row.what] = int(row.minor)
    return {id_: _standing(known[id_], sums) for id_, sums in found.items()}


def _standing(source: Contribution, sums: dict[str, int]) -> Standing:
    by_kind = {kind: sums[kind.value] for kind in LineKind if kind.value in sums}
    return Standing(by_kind, sums.get(_ALLOCATED, 0), source.firm and not source.from_host)


def standing_of(session: Session, source: Contribution) -> Standing:
    """Return how `source` stands: one statement."""
    session.flush()
    return standings(session, [source])[source.id]


def lock_source(session: Session, key: str, version: int | None = None) -> Contribution:
    """Lock the row of a source for the rest of the transaction; each write raises its version.

    Args:
        version: what the page showed; None where nothing on the page depends on it.

    Raises:
        NotFound: there is none.
        Stale: something was recorded or allocated since the page was shown.
    """
    source = _locked(session, Contribution.key == key)
    if version is not None and source.version - 1 != version:
        raise Stale(seen_version=version)
    return source


def lock_source_of(session: Session, allocation: Allocation) -> Contribution:
    """Lock the source of an allocation, see `lock_source`."""
    return _locked(session, Contribution.id == allocation.contribution_id)


def _locked(session: Session, which: ColumnElement[bool]) -> Contribution:
    statement = select(Contribution).where(which).with_for_update()
    source = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if source is None:
        raise NotFound
    source.version += 1
    return source


def sum_of(kind: LineKind) -> ScalarSelect[Any]:
    """Return the sum of the lines of one kind of an allocation, correlated with `allocations`."""
    return (
        select(func.coalesce(func.sum(ContributionLine.minor), 0))
        .where(ContributionLine.allocation_id == Allocation.id, ContributionLine.kind == kind)
        .correlate(Allocation)
        .scalar_subquery()
    )


def select_taken(*more: Any) -> Select[Any]:
    """Return the select of allocations with what was released and spent of them, and with `more` columns."""
    return select(Allocation, sum_of(LineKind.RELEASE), sum_of(LineKind.SPENDING), *more)


def taken_of(session: Session, source: Contribution) -> Sequence[Taken]:
    """Return the allocations of a source, the newest first: one statement.

    Args:
        source: locked where something depends on it; the reader sees all cases.
    """
    session.flush()
    statement = select_taken().where(Allocation.contribution_id == source.id).order_by(Allocation.id.desc())
    return [Taken(row, int(released), int(spent)) for row, released, spent in session.execute(statement)]


def flag(session: Session, source: Contribution) -> list[Allocation]:
    """Mark the allocations that a locked source no longer covers, the newest first; two statements.

    Returns:
        Those of which more is uncovered than before.
    """
    left = standing_of(session, source).uncovered
    worse = []
    for one in taken_of(session, source):
        lacks = min(left, one.rest)
        left -= lacks
        if lacks > one.row.uncovered_minor:
            worse.append(one.row)
        if lacks != one.row.uncovered_minor:
            one.row.uncovered_minor = lacks
    return worse


def fillers_of(session: Session, source: Contribution) -> frozenset[int]:
    """Return who recorded a pledge or a receipt of a source, and for whom they stood in: one statement."""
    people = select(ContributionLine.by_id, ContributionLine.for_id).where(
        ContributionLine.contribution_id == source.id, ContributionLine.kind.in_(_FILLING)
    )
    return frozenset(person for row in session.execute(people) for person in row if person is not None)


def absent(actor: Actor) -> int | None:
    """Return for whom `actor` stands in, as rows keep it."""
    return actor.on_behalf_of.user_id if actor.on_behalf_of else None


def written_by(actor: Actor) -> dict[str, int | None]:
    """Return the columns of a line that say who wrote it, and in whose place."""
    return {"by_id": actor.user_id, "for_id": absent(actor)}
