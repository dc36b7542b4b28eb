"""What was decided on each type of assistance, for everybody who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from app.casework.audiences import readable_by
from app.casework.clock_facts import clock_facts
from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.casework.texts import TYPE_TEXTS
from app.decision.models import TypeDecision
from app.foundation.texts import text
from app.reference.calendars import case_calendars
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.states import PHASE_OF
from app.workflow.vocabulary import Action, Audience, Phase, State, Window

T = TypeDecision
#: States that a case reaches before anybody can have decided on its types.
UNDECIDED = frozenset(
    state for state in State if PHASE_OF[state] in (Phase.PREPARING, Phase.WITH_MISSION, Phase.RECEIVED)
)


@dataclass(frozen=True, slots=True)
class DecidedType:
    """The decision on one type of assistance, in words.

    Attributes:
        reason: why not; None where it was approved, and for those who do not read what is said to the State.
        text: why not, in the chief's words, in the language `lang`; empty like `reason`.
    """

    title: str
    approved: bool
    reason: str | None
    text: str
    lang: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class NewFact:
    """What a State named when it asked for reconsideration."""

    words: str
    at: datetime


def decisions_on(session: Session, actor: Actor, case: AssistanceRequest) -> Sequence[DecidedType]:
    """Return the decisions that count: those of the last approval or decline; at most one statement.

    Bodies consulted read what was decided; why something was declined is between the State and the Branch.

    Args:
        case: one that the caller got from `visible_cases`.
    """
    # a supplied tool was never decided on; what was declined and taken up again waits for its decision
    if case.state in UNDECIDED or (case.approved_at is None and case.state is not State.DECLINED):
        return ()
    any_of_case = aliased(T)
    newest = select(func.max(any_of_case.seq)).where(any_of_case.case_id == case.id).scalar_subquery()
    rows = session.scalars(select(T).where(T.case_id == case.id, T.seq == newest).order_by(T.type))
    told = Audience.STATE_TPB in readable_by(actor)
    return [_shown(row, told=told) for row in rows]


def declined_type(case_id: Any, kind: Any) -> ColumnElement[bool]:
    """Return the condition that the decision that counts declined a type of assistance.

    Args:
        case_id: column with the id of the case.
        kind: column with the type.
    """
    any_of_case = aliased(T)
    newest = select(func.max(any_of_case.seq)).where(any_of_case.case_id == case_id).scalar_subquery()
    return select(T.id).where(T.case_id == case_id, T.type == kind, T.seq == newest, ~T.approved).exists()


def _shown(row: TypeDecision, *, told: bool) -> DecidedType:
    reason = text(f"decline_reason.{row.reason.value}") if row.reason is not None and told else None
    return DecidedType(
        title=str(TYPE_TEXTS[row.type]),
        approved=row.approved,
        reason=reason,
        text=row.text if told else "",
        lang=row.lang,
        decided_at=row.decided_at,
    )


def new_fact_of(session: Session, case: AssistanceRequest) -> NewFact | None:
    """Return what the State named when it asked for reconsideration; one statement where it can have asked."""
    if case.state in UNDECIDED:
        return None
    statement = (
        select(HistoryPayload.payload, HistoryEntry.at)
        .join(HistoryEntry, (HistoryEntry.case_id == HistoryPayload.case_id) & (HistoryEntry.seq == HistoryPayload.seq))
        .where(HistoryEntry.case_id == case.id, HistoryEntry.action == Action.ASK_RECONSIDERATION.value)
        .order_by(HistoryEntry.seq.desc())
    )
    row = session.execute(statement.limit(1)).first()
    return NewFact(str((row.payload or {}).get("note", "")), row.at) if row is not None else None


def asked_until(session: Session, core: CaseCore) -> date | None:
    """Return the last day on which a State may ask for reconsideration, where it works; None where it never could."""
    closes = clock_facts(session, core.case_id, core).windows.get(Window.RECONSIDER)
    if closes is None:
        return None
    # A window ends with its last day: the instant itself belongs to the next.
    return case_calendars(session, core.state_id).state.local_day(closes - timedelta(microseconds=1))
