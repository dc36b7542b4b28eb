"""Indicator 23: what was pledged, received, allocated and spent by donor and year, and what lacks money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select

from app.dashboards.frame import C, Frame, within
from app.dashboards.measures.base import Kind, Measure, record
from app.dashboards.sql import day_in, joined
from app.delivery.plan.models import PlanCost, ResponsePlan
from app.funding.models import Allocation
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind, SourceKind
from app.workflow.vocabulary import State

_YEAR: Final = 4
#: States in which an approved request waits for its money.
WAITING: Final = (State.PLANNING, State.ON_HOLD)


def _lines(*kinds: LineKind, in_kind: bool = False) -> Callable[[Frame], Select[Any]]:
    """Return the lines of ledgers dated in the period; a reduction counts against its pledge."""

    def rows(frame: Frame) -> Select[Any]:
        line, asked = ContributionLine, frame.asked
        gift = Contribution.kind == SourceKind.IN_KIND
        amount = case((line.kind == LineKind.REDUCTION, -line.minor), else_=line.minor)
        part = joined(Contribution.donor, func.substr(joined(line.on_date), 1, _YEAR), Contribution.currency)
        return (
            select(*record(line.id, part, amount))
            .join(Contribution, Contribution.id == line.contribution_id)
            .where(line.kind.in_(kinds), line.on_date >= asked.since, line.on_date < asked.until)
            .where(gift if in_kind else ~gift)
        )

    return rows


def _allocations(amount: Any) -> Callable[[Frame], Select[Any]]:
    """Return the allocations of money approved in the period, by the donor of their source."""

    def rows(frame: Frame) -> Select[Any]:
        one = Allocation
        donor = func.coalesce(Contribution.donor, one.source)
        part = joined(donor, func.substr(day_in(one.approved_at, "UTC"), 1, _YEAR), one.currency)
        return (
            frame.cases(*record(one.id, part, amount))
            .join(one, one.case_id == C.id)
            .outerjoin(Contribution, Contribution.id == one.contribution_id)
            .where(within(one.approved_at, frame.asked), one.kind != SourceKind.IN_KIND)
        )

    return rows


def _unfunded(frame: Frame) -> Select[Any]:
    """Return the approved requests whose plan is not paid for, by currency, with what is missing."""
    costs = _plan_costs()
    missing = missing_of(costs.c.lines, costs.c.support_percent, costs.c.currency)
    waits = (C.state.in_(WAITING), C.approved_at.is_not(None), missing > 0)
    rows = frame.cases(*record(C.id, costs.c.currency, missing))
    return rows.join(costs, costs.c.case_id == C.id).where(*waits)


def _waiting(frame: Frame) -> Select[Any]:
    """Return the same requests by the day on which they were approved."""
    costs = _plan_costs()
    missing = missing_of(costs.c.lines, costs.c.support_percent, costs.c.currency)
    waits = (C.state.in_(WAITING), C.approved_at.is_not(None), missing > 0)
    rows = frame.cases(*record(C.id, day_in(C.approved_at, "UTC")))
    return rows.join(costs, costs.c.case_id == C.id).where(*waits)


def _plan_costs() -> Any:
    """Return what the newest version of each plan costs, without support cost."""
    newer = ResponsePlan.__table__.alias("newer")
    newest = select(func.max(newer.c.number)).where(newer.c.case_id == ResponsePlan.case_id).scalar_subquery()
    return (
        select(
            ResponsePlan.case_id,
            ResponsePlan.support_percent,
            ResponsePlan.currency,
            func.sum(PlanCost.minor).label("lines"),
        )
        .join(PlanCost, PlanCost.plan_id == ResponsePlan.id)
        .where(ResponsePlan.number == newest)
        .group_by(ResponsePlan.case_id, ResponsePlan.support_percent, ResponsePlan.currency)
        .subquery()
    )


def missing_of(lines: Any, percent: Any, currency: Any) -> ColumnElement[int]:
    """Return what a plan lacks: what is given in kind covers its lines, money the rest with the support cost on it."""
    left = lines - _given(currency, in_kind=True)
    uncovered = case((left > 0, left), else_=0)
    lacks = uncovered + (uncovered * percent + 50) // 100 - _given(currency, in_kind=False)
    return case((lacks > 0, lacks), else_=0)


def _given(currency: Any, *, in_kind: bool) -> ColumnElement[int]:
    one = Allocation
    gift = one.kind == SourceKind.IN_KIND
    released = (
        select(func.coalesce(func.sum(ContributionLine.minor), 0))
        .where(ContributionLine.allocation_id == one.id, ContributionLine.kind == LineKind.RELEASE)
        .scalar_subquery()
    )
    stands = one.minor + one.support_minor - one.uncovered_minor - released
    return (
        select(func.coalesce(func.sum(case((stands > 0, stands), else_=0)), 0))
        .where(one.case_id == C.id, one.approved_at.is_not(None), one.currency == currency)
        .where(gift if in_kind else ~gift)
        .correlate(C, currency.table)
        .scalar_subquery()
    )


def _days_waiting(_session: Any, frame: Frame) -> Callable[[str], str]:
    return lambda day: str((frame.at.date() - date.fromisoformat(day)).days)


#: Figures of money by donor, year and currency.
BY_DONOR: Final[Sequence[str]] = (
    *("money-pledged", "money-received", "money-allocated", "money-support", "money-spent", "money-released"),
    "money-in-kind",
)
MEASURES: Final = (
    Measure("money-pledged", 23, Kind.LINES, _lines(LineKind.PLEDGE, LineKind.REDUCTION), summed=True),
    Measure("money-received", 23, Kind.LINES, _lines(LineKind.RECEIPT), summed=True),
    Measure("money-allocated", 23, Kind.ALLOCATIONS, _allocations(Allocation.minor), summed=True),
    Measure("money-support", 23, Kind.ALLOCATIONS, _allocations(Allocation.support_minor), summed=True),
    Measure("money-spent", 23, Kind.LINES, _lines(LineKind.SPENDING), summed=True),
    Measure("money-released", 23, Kind.LINES, _lines(LineKind.RELEASE), summed=True),
    Measure("money-in-kind", 23, Kind.LINES, _lines(LineKind.RECEIPT, in_kind=True), summed=True),
    Measure("unfunded", 23, Kind.CASES, _unfunded, summed=True),
    Measure("unfunded-days", 23, Kind.CASES, _waiting, _days_waiting),
)
