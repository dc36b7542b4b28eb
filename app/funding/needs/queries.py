"""Which approved requests lack money, how much, since when; five statements however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, null, select, union_all
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
    wanted = visible_cases(actor).where(may_lack_money())
    cases = session.scalars(wanted.order_by(AssistanceRequest.approved_at, AssistanceRequest.id).limit(MOST)).all()
    lacking = lacking_money(session, cases)
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
            days=days_waiting(case.approved_at, now()),
            named=case.id in named,
        )
        for case in cases
    ]


def may_lack_money() -> ColumnElement[bool]:
    """Return the condition on `cases` that a request was approved and its money is still looked for."""
    rests = (AssistanceRequest.state == State.ON_HOLD) & (AssistanceRequest.hold_reason == HoldReason.MONEY)
    return AssistanceRequest.approved_at.is_not(None) & ((AssistanceRequest.state == State.PLANNING) | rests)


def days_waiting(since: datetime | None, at: datetime) -> int:
    """Return for how many days, counted in UTC, a request that was approved at `since` has waited."""
    return (at.date() - since.date()).days if since is not None else 0


def lacking_money(session: Session, cases: Sequence[Any]) -> dict[int, FundingFacts]:
    """Return by case what `funding_facts` would say, where money is missing: two statements.

    Args:
        cases: with `id` and `state`, of those for which `may_lack_money` holds.
    """
    ids = [case.id for case in cases]
    (costs, holds), given = _needed(session, ids), _given(session, ids)
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


def _needed(session: Session, ids: Sequence[int]) -> tuple[dict[int, list[Cost]], dict[int, tuple[int, int, str]]]:
    """Return what the plan of each case costs, and its last shortfall: the hold's entry, what was missing, currency."""
    costs: dict[int, list[Cost]] = defaultdict(list)
    holds: dict[int, tuple[int, int, str]] = {}
    for row in session.execute(union_all(_last_holds(ids), *_plan_costs(ids))):
        if row.what is None:
            holds[row.case_id] = (row.number, row.minor, row.currency)
        else:
            costs[row.case_id].append(Cost(row.what, row.minor, row.number, row.currency))
    return costs, holds


def _plan_costs(ids: Sequence[int]) -> list[Select[Any]]:
    costs_of = wiring().plan_costs
    if costs_of is None:
        return []
    cost = costs_of(AssistanceRequest.id).add_columns(AssistanceRequest.id.label("case_id"))
    line = cost.where(AssistanceRequest.id.in_(ids)).subquery().c
    return [select(line.case_id, line.what, line.support_percent, line.minor, line.currency)]


def _given(session: Session, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    statement = select_taken().where(Allocation.case_id.in_(ids), Allocation.approved_at.is_not(None))
    for row, released, spent in session.execute(statement.order_by(Allocation.seq)):
        found[row.case_id].append(given_of(Taken(row, int(released), int(spent))))
    return found


def _last_holds(ids: Sequence[int]) -> Select[Any]:
    last = (
        select(Hold.case_id, func.max(Hold.seq).label("seq"))
        .where(Hold.case_id.in_(ids), Hold.reason == HoldReason.MONEY)
        .group_by(Hold.case_id)
        .subquery()
    )
    what = cast(null(), String).label("what")
    columns = (Hold.case_id, what, Hold.seq.label("number"), Hold.shortfall_minor.label("minor"), Hold.currency)
    return select(*columns).join(last, (last.c.case_id == Hold.case_id) & (last.c.seq == Hold.seq))


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
