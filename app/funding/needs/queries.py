"""Which approved requests lack money, how much, since when; five statements however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseType, ConsentRecord
from app.casework.visibility import visible_cases
from app.casework.vocabulary import ConsentKind
from app.foundation.clock import now
from app.foundation.wiring import wiring
from app.funding.facts import Cost, covered_of_hold, given_of, of_plan
from app.funding.models import Allocation, Hold
from app.funding.sources.ledger import Taken, select_taken
from app.reference.states import StateInfo, state_by_id
from app.workflow.actor import Actor
from app.workflow.facts import FundingFacts
from app.workflow.vocabulary import AssistanceType, HoldReason, State

#: Requests that are looked at, those approved first.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Need:
    """One request for which money is missing.

    Attributes:
        minor: what is missing, support cost included, in minor units of `currency`.
        days: since it was approved.
        named: the State agreed to be named to possible donors.
    """

    key: str
    number: str
    title: str
    lang: str
    state: StateInfo
    types: tuple[AssistanceType, ...]
    minor: int
    currency: str
    days: int
    named: bool


def unfunded_needs(session: Session, actor: Actor) -> list[Need]:
    """Return the approved requests that lack money, the one that has waited longest first."""
    wanted = (
        visible_cases(actor)
        .where(AssistanceRequest.approved_at.is_not(None))
        .where(
            (AssistanceRequest.state == State.PLANNING)
            | ((AssistanceRequest.state == State.ON_HOLD) & (AssistanceRequest.hold_reason == HoldReason.MONEY))
        )
        .order_by(AssistanceRequest.approved_at, AssistanceRequest.id)
        .limit(MOST)
    )
    cases = session.scalars(wanted).all()
    lacking = _lacking(session, cases)
    cases = [case for case in cases if case.id in lacking]
    types, named = _types(session, cases), _named(session, cases)
    return [
        Need(
            key=case.key,
            number=case.number or "",
            title=case.title,
            lang=case.lang,
            state=state_by_id(session, case.state_id),
            types=tuple(types[case.id]),
            minor=lacking[case.id].shortfall_minor,
            currency=lacking[case.id].currency or "",
            days=_days(case.approved_at),
            named=case.id in named,
        )
        for case in cases
    ]


def _days(since: datetime | None) -> int:
    return (now() - since).days if since is not None else 0


def _lacking(session: Session, cases: Sequence[AssistanceRequest]) -> dict[int, FundingFacts]:
    """Return by case what `funding_facts` would say, where money is missing: three statements."""
    ids = [case.id for case in cases]
    costs, given, holds = _costs(session, ids), _given(session, ids), _holds(session, ids)
    found = {}
    for case in cases:
        if case.id in costs and case.state is not State.ON_HOLD:
            facts = of_plan(costs[case.id], given[case.id])
        elif case.id in holds:
            facts = covered_of_hold(*holds[case.id], given[case.id])
        else:
            continue
        if facts.shortfall_minor:
            found[case.id] = facts
    return found


def _costs(session: Session, ids: Sequence[int]) -> dict[int, list[Cost]]:
    costs_of = wiring().plan_costs
    found: dict[int, list[Cost]] = defaultdict(list)
    if costs_of is not None:
        statement = costs_of(AssistanceRequest.id).add_columns(AssistanceRequest.id.label("case_id"))
        for row in session.execute(statement.where(AssistanceRequest.id.in_(ids))):
            found[row.case_id].append(Cost(row.what, row.minor, row.support_percent, row.currency))
    return found


def _given(session: Session, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    statement = select_taken().where(Allocation.case_id.in_(ids), Allocation.approved_at.is_not(None))
    for row, released, spent in session.execute(statement.order_by(Allocation.seq)):
        found[row.case_id].append(given_of(Taken(row, int(released), int(spent))))
    return found


def _holds(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int, str]]:
    """Return the last shortfall of each case: the hold's entry, what was missing, its currency."""
    last = (
        select(Hold.case_id, func.max(Hold.seq).label("seq"))
        .where(Hold.case_id.in_(ids), Hold.reason == HoldReason.MONEY)
        .group_by(Hold.case_id)
        .subquery()
    )
    statement: Select[Any] = select(Hold).join(last, (last.c.case_id == Hold.case_id) & (last.c.seq == Hold.seq))
    return {row.case_id: (row.seq, row.shortfall_minor, row.currency) for row in session.scalars(statement)}


def _types(session: Session, cases: Sequence[AssistanceRequest]) -> dict[int, list[AssistanceType]]:
    """Return what was approved of each case."""
    found: dict[int, list[AssistanceType]] = defaultdict(list)
    statement = select(CaseType.case_id, CaseType.type).where(CaseType.case_id.in_([case.id for case in cases]))
    if (declined := wiring().declined_type) is not None:
        statement = statement.where(~declined(CaseType.case_id, CaseType.type))
    for case_id, kind in session.execute(statement.order_by(CaseType.type)):
        found[case_id].append(kind)
    return found


def _named(session: Session, cases: Sequence[AssistanceRequest]) -> frozenset[int]:
    """Return the cases whose State agreed, and still agrees, to be named."""
    statement = select(ConsentRecord.case_id).where(
        ConsentRecord.case_id.in_([case.id for case in cases]),
        ConsentRecord.kind == ConsentKind.NAME_IN_UNFUNDED_NEEDS,
        ConsentRecord.withdrawn_at.is_(None),
    )
    return frozenset(session.scalars(statement))
