"""What the guards ask of money: whether what is missing, of a hold or for the plan, has been allocated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, Select, String, case, func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from app.casework.costs import support_cost
from app.foundation.wiring import wiring
from app.funding.models import Allocation, Hold
from app.funding.sources.ledger import Taken
from app.funding.sources.models import ContributionLine
from app.funding.vocabulary import LineKind, SourceKind
from app.workflow.facts import CaseCore, FundingFacts
from app.workflow.vocabulary import HoldReason, State

_ALLOCATION, _PROPOSED, _HOLD, _COST = "allocation", "proposed", "hold", "cost"


@dataclass(frozen=True, slots=True)
class Given:
    """What still stands of one approved allocation, in minor units of `currency`.

    Attributes:
        total: with its support cost, less what was released and what its source no longer covers.
        minor: the share of `total` without support cost.
        seq: its entry in the history.
        lines: cost lines of the plan that it covers in kind; none for any.
    """

    total: int
    minor: int
    currency: str
    seq: int
    in_kind: bool
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost line of a plan, without support cost; `percent` is what is added."""

    what: str
    minor: int
    percent: int
    currency: str


def funding_facts(session: Session, case_id: int, core: CaseCore) -> FundingFacts:
    """Provide `Section.FUNDING`: what is missing of a hold for money, or of the plan, by one statement.

    While a request rests for money the shortfall counts that was recorded then, else what the newest version of the
    plan costs; where there is no plan, the last shortfall. Allocations in another currency do not count: no dated rate
    says what they are worth.
    """
    rests = core.state is State.ON_HOLD
    rows = session.execute(_statement(case_id)).all()
    given = sorted((_given(row) for row in rows if row.row == _ALLOCATION), key=lambda one: one.seq)
    proposed = sum(row.row == _PROPOSED and row.minor + row.support > row.gone for row in rows)
    return replace(_covered(rows, given, rests=rests), proposed=proposed)


def _covered(rows: Sequence[Row[Any]], given: Sequence[Given], *, rests: bool) -> FundingFacts:
    costs = [Cost(row.what, row.minor, row.number, row.currency) for row in rows if row.row == _COST]
    hold = next((row for row in rows if row.row == _HOLD), None)
    if costs and not rests:
        return of_plan(costs, given)
    return covered_of_hold(hold.number, hold.minor, hold.currency, given) if hold is not None else FundingFacts()


def of_plan(costs: Sequence[Cost], given: Sequence[Given]) -> FundingFacts:
    """Compare what a plan costs with what was given for it.

    What is given in kind covers cost lines, those that it names or any, and no support cost is due on them; money pays
    the rest. What is worth more than its lines does not become money.
    """
    currency, percent = costs[0].currency, costs[0].percent
    left = {index: line.minor for index, line in enumerate(costs)}
    paid = 0
    for one in given:
        if one.currency != currency:
            continue
        if not one.in_kind:
            paid += one.total
            continue
        worth = one.total
        for index, line in enumerate(costs):
            if not one.lines or line.what in one.lines:
                covered = min(worth, left[index])
                left[index] -= covered
                worth -= covered
    open_lines = sum(left.values())
    missing = max(open_lines + support_cost(open_lines, percent) - paid, 0)
    return FundingFacts(covers_plan=missing == 0, shortfall_minor=missing, currency=currency)


def covered_of_hold(seq: int, minor: int, currency: str, given: Sequence[Given]) -> FundingFacts:
    """Compare what was recorded as missing when a request was put on hold with what was given since.

    Args:
        seq: the hold's entry in the history.
        minor: what was missing, in minor units of `currency`, without support cost.
    """
    since = sum(one.minor for one in given if one.seq > seq and one.currency == currency)
    missing = max(minor - since, 0)
    return FundingFacts(covers_plan=missing == 0, shortfall_minor=missing, currency=currency)


def given_of(taken: Taken) -> Given:
    """Return what still stands of an approved allocation."""
    row = taken.row
    total = max(taken.rest - row.uncovered_minor, 0)
    in_kind = row.kind is SourceKind.IN_KIND
    minor = total * row.minor // taken.total
    return Given(total, minor, row.currency, row.seq, in_kind, tuple(row.cost_lines or ()))


def _given(row: Row[Any]) -> Given:
    taken = row.minor + row.support
    total = max(taken - row.gone, 0)
    in_kind = row.what == SourceKind.IN_KIND.value
    return Given(total, total * row.minor // taken, row.currency, row.number, in_kind, tuple(row.lines or ()))


def _statement(case_id: int) -> Any:
    """Return one statement over the allocations, the last hold for money, and the cost lines of the plan."""
    released = (
        select(func.coalesce(func.sum(ContributionLine.minor), 0))
        .where(ContributionLine.allocation_id == Allocation.id, ContributionLine.kind == LineKind.RELEASE)
        .correlate(Allocation)
        .scalar_subquery()
    )
    allocations = select(
        case((Allocation.approved_at.is_(None), _PROPOSED), else_=_ALLOCATION).label("row"),
        Allocation.__table__.c.kind.cast(String).label("what"),
        Allocation.minor.label("minor"),
        Allocation.support_minor.label("support"),
        (released + Allocation.uncovered_minor).label("gone"),
        Allocation.currency.label("currency"),
        Allocation.seq.label("number"),
        Allocation.cost_lines.label("lines"),
    ).where(Allocation.case_id == case_id)
    later = aliased(Hold)
    last = select(func.max(later.seq)).where(later.case_id == case_id, later.reason == HoldReason.MONEY)
    hold = select(
        literal(_HOLD), literal(""), Hold.shortfall_minor, literal(0), literal(0), Hold.currency, Hold.seq, null()
    ).where(Hold.case_id == case_id, Hold.seq == last.scalar_subquery())
    return union_all(allocations, hold, *_costs(case_id))


def _costs(case_id: int) -> list[Select[Any]]:
    costs_of = wiring().plan_costs
    if costs_of is None:
        return []
    cost = costs_of(case_id).subquery()
    zero = literal(0)
    return [
        select(literal(_COST), cost.c.what, cost.c.minor, zero, zero, cost.c.currency, cost.c.support_percent, null())
    ]
