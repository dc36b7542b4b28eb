"""Earlier assistance of a State that is on record: its other requests, and events that published sources report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from app.assessment.scoring import LOOK_BACK_MONTHS
from app.casework.models import AssistanceRequest, CaseType
from app.casework.texts import TYPE_TEXTS, state_text
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.foundation.formatting import listed
from app.reference.events import EventInfo, events_of
from app.reference.states import state_by_id
from app.workflow.actor import Actor
from app.workflow.vocabulary import AssistanceType, State
from app.workflow.workdays import add_months

#: So many requests and events are listed; the page of the State has all of them.
MOST = 10
#: In these states assistance was given.
GIVEN = frozenset({State.IN_DELIVERY, State.DELIVERED, State.EVALUATION, State.CLOSED})
#: Such a request says nothing about assistance.
NOTHING_GIVEN = (State.MERGED, State.DISCARDED)

C = AssistanceRequest


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Another request of the State; `similar` when it asks for a type of this one."""

    key: str
    number: str
    title: str | None
    lang: str
    status: str
    types: str
    submitted_at: datetime
    similar: bool
    given_lately: bool


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the Branch has on record.

    Attributes:
        similar_lately: assistance of a type of this request was given, or an event was held, in the last 24 months.
    """

    cases: Sequence[EarlierCase]
    events: Sequence[EventInfo]
    similar_lately: bool


def on_record(session: Session, actor: Actor, case: AssistanceRequest, types: frozenset[AssistanceType]) -> OnRecord:
    """Return earlier assistance of the State of `case`: one statement besides reference data.

    Args:
        session: any.
        actor: who looks.
        case: the request that is assessed.
        types: what it asks for.
    """
    since = add_months(now().date(), -LOOK_BACK_MONTHS)
    cases = _cases(session, actor, case, types, datetime.combine(since, time.min, UTC))
    events = events_of(session, state_by_id(session, case.state_id).alpha3)
    lately = any(one.given_lately for one in cases) or any(
        one.ended_on is not None and one.ended_on >= since for one in events
    )
    return OnRecord(cases[:MOST], events[:MOST], lately)


def _cases(
    session: Session, actor: Actor, case: AssistanceRequest, types: frozenset[AssistanceType], since: datetime
) -> list[EarlierCase]:
    columns = (C.id, C.key, C.number, C.title, C.lang, C.state, C.state_since, C.submitted_at, CaseType.type)
    statement = (
        visible_cases(actor, *columns)
        .outerjoin(CaseType, CaseType.case_id == C.id)
        .where(C.state_id == case.state_id, C.id != case.id, C.state.not_in(NOTHING_GIVEN))
        .order_by(C.submitted_at.desc(), C.id.desc(), CaseType.type)
    )
    held: dict[int, Any] = {}
    asked: dict[int, list[AssistanceType]] = defaultdict(list)
    for row in session.execute(statement):
        held[row.id] = row
        asked[row.id] += [row.type] if row.type is not None else []
    return [_view(row, asked[row.id], types, since) for row in held.values()]


def _view(row: Any, asked: Sequence[AssistanceType], types: frozenset[AssistanceType], since: datetime) -> EarlierCase:
    similar = not types.isdisjoint(asked)
    return EarlierCase(
        key=row.key,
        number=row.number,
        title=row.title,
        lang=row.lang,
        status=state_text(row.state),
        types=listed(TYPE_TEXTS[one] for one in asked),
        submitted_at=row.submitted_at,
        similar=similar,
        given_lately=similar and row.state in GIVEN and row.state_since >= since,
    )
