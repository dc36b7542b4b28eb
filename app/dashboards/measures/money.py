"""Indicator 23: what was pledged, received, allocated and spent by donor and year, and what lacks money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, func, select
from sqlalchemy.orm import Session

from app.dashboards.frame import C, Frame, within
from app.dashboards.measures.base import Found, Kind, Measure, record
from app.dashboards.sql import day_in, joined
from app.funding.models import Allocation
from app.funding.needs.queries import days_waiting, lacking_money, may_lack_money
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind, SourceKind
from app.workflow.facts import FundingFacts

_YEAR: Final = 4


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


def _allocations(amount: Callable[[], Any]) -> Callable[[Frame], Select[Any]]:
    """Return what stands of the allocations of money approved in the period, by the donor of their source.

    Of what was released each share gave its part, as `funding.facts.given_of` has it.
    """

    def rows(frame: Frame) -> Select[Any]:
        one = Allocation
        donor = func.coalesce(Contribution.donor, one.source)
        part = joined(donor, func.substr(day_in(one.approved_at, "UTC"), 1, _YEAR), one.currency)
        return (
            frame.cases(*record(one.id, part, amount()))
            .join(one, one.case_id == C.id)
            .outerjoin(Contribution, Contribution.id == one.contribution_id)
            .where(within(one.approved_at, frame.asked), one.kind != SourceKind.IN_KIND)
        )

    return rows


def _rest() -> ColumnElement[int]:
    released = select(func.coalesce(func.sum(ContributionLine.minor), 0)).where(
        ContributionLine.allocation_id == Allocation.id, ContributionLine.kind == LineKind.RELEASE
    )
    # whole: the sum of PostgreSQL is a decimal number, and would be divided as one
    gone = cast(released.correlate(Allocation).scalar_subquery(), BigInteger)
    rest = Allocation.minor + Allocation.support_minor - gone
    return case((rest > 0, rest), else_=0)


def _without_support() -> ColumnElement[int]:
    return _rest() * Allocation.minor // (Allocation.minor + Allocation.support_minor)


def _support() -> ColumnElement[int]:
    return _rest() - _without_support()


def _lacking(session: Session, frame: Frame) -> Sequence[tuple[int, FundingFacts, int]]:
    """Return the approved requests whose money is looked for: id, what is missing, days since the approval.

    Computed as the list of unfunded needs computes it; three statements, once for all figures of a page.
    """
    if "lacking" not in frame.memo:
        cases = session.execute(frame.cases(C.id, C.state, C.approved_at).where(may_lack_money())).all()
        facts = lacking_money(session, cases)
        frame.memo["lacking"] = [
            (one.id, facts[one.id], days_waiting(one.approved_at, frame.at)) for one in cases if one.id in facts
        ]
    found: Sequence[tuple[int, FundingFacts, int]] = frame.memo["lacking"]
    return found


def _unfunded(session: Session, frame: Frame) -> list[Found]:
    return [(key, facts.currency or "", facts.shortfall_minor) for key, facts, _days in _lacking(session, frame)]


def _waiting(session: Session, frame: Frame) -> list[Found]:
    return [(key, str(days), 0) for key, _facts, days in _lacking(session, frame)]


#: Figures of money by donor, year and currency.
BY_DONOR: Final[Sequence[str]] = (
    *("money-pledged", "money-received", "money-allocated", "money-support", "money-spent", "money-released"),
    "money-in-kind",
)
MEASURES: Final = (
    Measure("money-pledged", 23, Kind.LINES, _lines(LineKind.PLEDGE, LineKind.REDUCTION), summed=True),
    Measure("money-received", 23, Kind.LINES, _lines(LineKind.RECEIPT), summed=True),
    Measure("money-allocated", 23, Kind.ALLOCATIONS, _allocations(_without_support), summed=True),
    Measure("money-support", 23, Kind.ALLOCATIONS, _allocations(_support), summed=True),
    Measure("money-spent", 23, Kind.LINES, _lines(LineKind.SPENDING), summed=True),
    Measure("money-released", 23, Kind.LINES, _lines(LineKind.RELEASE), summed=True),
    Measure("money-in-kind", 23, Kind.LINES, _lines(LineKind.RECEIPT, in_kind=True), summed=True),
    Measure("unfunded", 23, Kind.CASES, found=_unfunded, summed=True),
    Measure("unfunded-days", 23, Kind.CASES, found=_waiting),
)
