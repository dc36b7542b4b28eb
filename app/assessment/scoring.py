"""What the priority score is computed from: what the system knows, and what the officer judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.assessment.answers import EarlierAssistance, Prioritized
from app.assessment.score import Score, ScoreFacts, score_of
from app.casework.content.labels import raw_value
from app.casework.models import AssistanceRequest, CaseType
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.reference.models import StateRecord
from app.reference.settings import PRIORITY_WEIGHTS, setting
from app.reference.states import StateInfo, state_by_id
from app.reference.treaty_matrix import status_on
from app.reference.vocabulary import CellStatus, StateStatus
from app.workflow.actor import Actor
from app.workflow.vocabulary import State, Urgency
from app.workflow.workdays import add_months

#: "No similar assistance", and what other States asked for, look back so far.
LOOK_BACK_MONTHS = 24
#: A request that ended so says nothing about what a region needs, or counts as another one.
NOT_COUNTED = (State.MERGED, State.WITHDRAWN, State.NOT_ELIGIBLE, State.DISCARDED)
#: Unlike UNKNOWN, both say that the State is not bound.
_GAPS = (CellStatus.NOT_PARTY, CellStatus.SIGNATORY)

C = AssistanceRequest


def score_now(
    session: Session,
    actor: Actor,
    case: AssistanceRequest,
    data: Mapping[str, Any],
    earlier: EarlierAssistance,
    judged: Prioritized,
) -> Score:
    """Return the score as it stands now, with the weights in force: one statement besides reference data.

    Args:
        session: any.
        actor: who looks; the cases of the region are those that they may see.
        case: the request.
        data: what it holds.
        earlier: the officer's answer about earlier assistance.
        judged: what else the score asks of the officer.
    """
    state = state_by_id(session, case.state_id)
    today = now().date()
    (row,) = status_on(session, [state])
    facts = ScoreFacts(
        today=today,
        instruments=len(row.cells),
        gaps=sum(cell.status in _GAPS for cell in row.cells),
        unknown=sum(cell.status is CellStatus.UNKNOWN for cell in row.cells),
        trigger_on=trigger_of(data, today),
        cted=judged.cted,
        groups=groups_of(state, today),
        similar=earlier.similar,
        states_alike=_states_alike(session, actor, case, state, add_months(today, -LOOK_BACK_MONTHS)),
        ready={"text": judged.text_ready, "host": judged.host_named, "counterpart": judged.counterpart_named},
    )
    weights: dict[str, int] = setting(session, PRIORITY_WEIGHTS)
    return score_of(facts, weights)


def trigger_of(data: Mapping[str, Any], today: date) -> date | None:
    """Return the dated event of a request: the next of the target date of the bill and what makes it urgent.

    When all of them have passed, the last one.
    """
    urgent = raw_value(data, "need.urgency") == Urgency.URGENT.value
    written = [raw_value(data, "drafting.bill_date"), raw_value(data, "need.urgency_date") if urgent else None]
    days = [date.fromisoformat(day) for day in written if day]
    ahead = [day for day in days if day >= today]
    return min(ahead) if ahead else max(days, default=None)


def groups_of(state: StateInfo, today: date) -> tuple[str, ...]:
    """Return which of LDC, LLDC and SIDS a State is, by their codes."""
    held = {"ldc": state.ldc_on(today), "lldc": state.lldc, "sids": state.sids}
    return tuple(code for code, is_one in held.items() if is_one)


def suggested(data: Mapping[str, Any]) -> dict[str, bool | None]:
    """Return what the request itself says about the questions that the score asks of the officer.

    A yes where something is named; what is not named is left to the officer.
    """
    named = {
        "cted": raw_value(data, "need.cted_recommendation") or raw_value(data, "visit.report"),
        "text_ready": raw_value(data, "drafting.texts"),
        "host_named": raw_value(data, "results.place.city"),
        "counterpart_named": raw_value(data, "who.contact.name"),
    }
    return {name: True if value else None for name, value in named.items()}


def _states_alike(session: Session, actor: Actor, case: AssistanceRequest, state: StateInfo, since: date) -> int:
    """Return how many States of the region asked for a type of this request since: one statement.

    An invented State never counts among real ones.
    """
    if state.regional_group is None:
        return 0
    other = aliased(CaseType)
    ours = select(other.type).where(other.case_id == case.id)
    statement = (
        visible_cases(actor, func.count(C.state_id.distinct()))
        .join(CaseType, CaseType.case_id == C.id)
        .join(StateRecord, StateRecord.id == C.state_id)
        .where(
            StateRecord.regional_group == state.regional_group,
            (StateRecord.status == StateStatus.DEMO) == state.is_demo,
            CaseType.type.in_(ours),
            C.submitted_at >= datetime.combine(since, time.min, UTC),
            C.state.not_in(NOT_COUNTED),
        )
    )
    return int(session.execute(statement).scalar_one())
