"""Sources of money and what was allocated of them, put into the tables as if everybody had done their part."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.casework.costs import support_cost
from app.casework.models import AssistanceRequest
from app.delivery.plan.costs import plan_costs
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.funding.models import Allocation
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.vocabulary import LineKind, SourceKind
from tests.factories.cases import Made
from tests.factories.decisions import SHORTFALL
from tests.factories.people import Cast

#: Key of the source of `put_known_source`, which tests of every action allocate from.
SOURCE: Final = "s0urce000001"
DONOR: Final = "Donor of the Tests"
SUPPORT_PERCENT: Final = 13


def put_source(app: Flask, *, pledged: int = 0, received: int = 0, by: int | None = None, **changes: Any) -> str:
    """Put a source with its first lines into the tables; returns its key.

    Args:
        pledged: minor units of its currency, US dollars unless `changes` says otherwise.
        received: the same.
        by: id of who recorded it.
        changes: of its columns.
    """
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        return _source(session, pledged, received, by, changes).key


def put_sources(app: Flask, number: int, *, received: int) -> list[str]:
    """Put so many sources that hold the same; returns their keys."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        return [_source(session, 0, received, None, {}).key for _ in range(number)]


def put_known_source(app: Flask) -> None:
    """Put the source `SOURCE` into the tables, unless it is there; it holds enough for many."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        if session.scalars(select(Contribution.id).where(Contribution.key == SOURCE)).first() is None:
            _source(session, 0, 10**11, None, {"key": SOURCE})


def put_treasury(app: Flask, cast: Cast, case: Made) -> dict[str, str]:
    """Sources of every kind with allocations to a case, one of them no longer covered, one that waits; keys by name."""
    put_source(app, received=5_000_000, donor="اليابان", title="مساهمة لتدريب القضاة")
    budget = {"kind": SourceKind.EXISTING_REGULAR_BUDGET, "budget_line": "16 Crime prevention", "year": 2026}
    put_source(app, received=9_000_000, title="Regular budget " + 40 * "x", **budget)
    thing = {"kind": SourceKind.IN_KIND, "what": "An expert for two weeks", "support_percent": 0}
    in_kind = put_source(app, received=400_000, title="Expert of Ruritania", donor="Ruritania", **thing)
    earmarked = {"regions": ["african"], "types": ["legislative_drafting"], "expires_on": date(2030, 12, 31)}
    source = put_source(app, pledged=300_000, by=cast.other_support.id, **earmarked)
    fund(app, case, minor=400_000, source=in_kind)
    fund(app, case, minor=100_000, source=source, seq=10_001, uncovered_minor=13_000)
    fund(
        app,
        case,
        minor=150_000,
        source=source,
        seq=10_002,
        approved_at=None,
        allocated_by_id=cast.other_support.id,
    )
    return {"source": source, "in_kind": in_kind}


def fund(app: Flask, case: Made, *, minor: int | None = None, source: str | None = None, **changes: Any) -> str:
    """Allocate money to a case, approved and backed by a receipt; returns the key of the allocation.

    Args:
        minor: without support cost, in cents; what the newest plan costs where it is not said, else `SHORTFALL`.
        source: key of a source; a new one that holds just enough where it is not said.
        changes: of the columns of the allocation.
    """
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        cost = plan_costs(case.id).subquery()
        wanted = minor or session.scalar(select(func.sum(cost.c.minor))) or SHORTFALL
        support = support_cost(wanted, SUPPORT_PERCENT)
        if source is None:
            given = _source(session, 0, wanted + support, None, {})
        else:
            given = session.scalars(select(Contribution).where(Contribution.key == source)).one()
        made: dict[str, Any] = {
            "kind": given.kind,
            "source": given.title,
            "budget_line": given.budget_line,
            "year": given.year,
            "minor": wanted,
            "support_minor": 0 if given.kind is SourceKind.IN_KIND else support,
            "currency": given.currency,
            "approved_at": now(),
            "seq": row.history_seq + 1,
        }
        allocation = Allocation(case_id=case.id, state_id=case.state_id, contribution_id=given.id, **(made | changes))
        session.add(allocation)
        session.flush()
        return allocation.key


def _source(session: Session, pledged: int, received: int, by: int | None, changes: dict[str, Any]) -> Contribution:
    columns = {"kind": SourceKind.EXTRABUDGETARY, "donor": DONOR, "title": "Contribution of 2026", "currency": "USD"}
    source = Contribution(**(columns | {"support_percent": SUPPORT_PERCENT, "recorded_by_id": by} | changes))
    session.add(source)
    session.flush()
    for kind, minor in ((LineKind.PLEDGE, pledged), (LineKind.RECEIPT, received)):
        if minor:
            line = {"kind": kind, "minor": minor, "on_date": date(2026, 1, 15), "by_id": by}
            session.add(ContributionLine(contribution_id=source.id, **line))
    return source
