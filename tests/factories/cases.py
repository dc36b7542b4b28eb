"""Cases in any state, quickly: written with the product's own history and projections, without its guards.

States whose pages come later are reached on the shortest way of the process; each step is in the history, so that the
chain is right. What a guard or a page reads of a state (questions, checks, consent) is there as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.casework.content import SCHEMA_NUMBER
from app.casework.history import Entry, append
from app.casework.models import (
    AssistanceRequest,
    CaseBody,
    CaseQuestion,
    CaseRevision,
    CaseType,
    ConsentRecord,
    DraftTask,
)
from app.casework.models.case import WITH_OFFICER
from app.casework.numbers import next_number
from app.casework.projection import rebuild_case
from app.casework.questions import NewQuestion, ask
from app.casework.vocabulary import ConsentKind
from app.decision.models import OutcomeProposal
from app.decision.vocabulary import OutcomeReason
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.triage.models import CaseMerge, ScreeningCheck
from app.workflow.actor import SYSTEM, Actor
from app.workflow.definition import PROCESS
from app.workflow.model import Step
from app.workflow.states import ENDED
from app.workflow.timeline import QUESTION_STATES
from app.workflow.vocabulary import (
    Action,
    AssistanceType,
    Body,
    EligibilityCheck,
    HoldReason,
    Mark,
    OutcomeKind,
    Position,
    Role,
    State,
    Urgency,
)
from tests.factories.answers import TYPE, answers
from tests.factories.consultations import answer_as, ask_bodies
from tests.factories.decisions import NEW_FACT, decide_types, hold
from tests.factories.people import Cast, Member

WHY = "It asks for vans and radios."
REMEDY = "A request for the training of those who use them."
NOTE = "The ministry was told so twice by telephone."
HELD_FOR = HoldReason.SECURITY
_USUAL = {
    OutcomeKind.INELIGIBLE: OutcomeReason.EQUIPMENT,
    OutcomeKind.REFER: OutcomeReason.BETTER_PLACED,
    OutcomeKind.DISCONTINUE: OutcomeReason.SECURITY,
}
_NEW_FACT = {"note": NEW_FACT, "audience": "state_tpb"}
PROVIDER = "International Centre for Asset Recovery"
QUESTION = "Which authority answers requests for assistance?"


@dataclass(frozen=True, slots=True)
class Made:
    """A case as a test names it, as it was when it was made."""

    id: int
    key: str
    state: State
    state_id: int
    version: int
    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a case should be.

    Attributes:
        drafter: who drafts it and acts for its State; its State is the case's.
        mission: who confirms it.
        officer: who owns it; needed from review on.
        types: of assistance that it asks for; every answer that they need is there.
        assigned: the officer has it from the beginning.
        judged: the eight checks pass.
        asked: the officer has asked a question for which nothing waits; from review on.
        bodies: who is consulted.
        independent: the chief had no part; else the chief signed an assessment.
        urgent: the State asks for urgent treatment because of a dated event.
        proposed: the officer proposed the outcome that can be proposed where the case stands.
        outcome: which one; None for the usual.
        second_look: the State asked for reconsideration.
        approved: the chief had approved it before it came to rest.
        positions: what the bodies answered, of a case in consultation; later on CTC/CTED does not object.
        told: the notices of the consultations were opened.
        says: what the State answers besides, by task.
    """

    drafter: Member
    mission: Member
    officer: Member | None = None
    title: str = "Review of the law on mutual legal assistance"
    types: tuple[AssistanceType, ...] = (TYPE,)
    assigned: bool = False
    judged: bool = False
    asked: bool = False
    bodies: tuple[Body, ...] = ()
    independent: bool = True
    urgent: bool = False
    proposed: bool = False
    outcome: OutcomeKind | None = None
    second_look: bool = False
    approved: bool = False
    positions: Mapping[Body, Position] = field(default_factory=dict)
    told: bool = True
    says: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def at_home(cast: Cast, **changes: Any) -> Plan:
    """The usual case of the State at home."""
    return replace(Plan(cast.focal_point, cast.mission, cast.case_officer), **changes)


def away(cast: Cast, **changes: Any) -> Plan:
    """The usual case of the other State."""
    return replace(Plan(cast.away_focal_point, cast.away_mission, cast.case_officer), **changes)


def make_case(app: Flask, cast: Cast, state: State, plan: Plan | None = None) -> Made:
    """Make one case in `state`, in a transaction of its own."""
    return make_cases(app, cast, [(state, plan or at_home(cast))])[0]


def make_cases(app: Flask, cast: Cast, wanted: Iterable[tuple[State, Plan]]) -> list[Made]:
    """Make several cases in one transaction."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        return [_make(session, cast, state, plan) for state, plan in wanted]


def pass_checks(app: Flask, cast: Cast, case: Made) -> None:
    """Judge the eight checks of a case that came through its pages; a request is judged after it was submitted."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.add_all(_judged(case, cast, check) for check in EligibilityCheck)


@cache
def way_to(state: State) -> tuple[Step, ...]:
    """The steps of the shortest way from a draft to `state`, by the mission; without the fast lane."""
    ways: dict[State, tuple[Step, ...]] = {State.DRAFT: ()}
    waiting = deque(ways)
    while waiting:
        here = waiting.popleft()
        for step in PROCESS.steps:
            if here in step.sources and step.target not in ways and step.action is not Action.SUPPLY:
                ways[step.target] = (*ways[here], step)
                waiting.append(step.target)
    return ways[state]


def _way(state: State, plan: Plan) -> tuple[Step, ...]:
    if not plan.approved or state is not State.ON_HOLD:
        return way_to(state)
    return (*way_to(State.PLANNING), next(step for step in PROCESS.steps if step.action is Action.HOLD))


def _make(session: Session, cast: Cast, state: State, plan: Plan) -> Made:
    written = written_by(plan)
    urgency = Urgency(written["need"]["urgency"])
    case = AssistanceRequest(
        state_id=plan.drafter.actor.state_id,
        drafted_by_id=plan.drafter.id,
        title=plan.title,
        version=1,
        urgency=urgency,
    )
    session.add(case)
    session.flush()
    children = {"case_id": case.id, "state_id": case.state_id}
    session.add_all(
        DraftTask(**children, task=task, data=data, saved_by_id=plan.drafter.id) for task, data in written.items()
    )
    session.add_all(CaseType(**children, type=kind) for kind in plan.types)
    session.add(ConsentRecord(**children, kind=ConsentKind.CTC, given_by_id=plan.drafter.id))
    session.add_all(CaseBody(**children, body=body) for body in plan.bodies)
    _enter(session, case, plan.drafter.actor, Action.DRAFT_REQUEST, None)
    for step in _way(state, plan):
        _take(session, case, cast, plan, step)
    if state is State.DISCARDED:
        _forget(session, case)
    if plan.judged:
        session.add_all(_judged(case, cast, check) for check in EligibilityCheck)
    if plan.asked and plan.officer and state in QUESTION_STATES:
        _ask(session, case, plan.officer)
    if not plan.independent:
        _enter(session, case, cast.branch_chief.actor, Action.ASSESS, case.state)
    if plan.proposed:
        _propose(session, case, cast, plan.outcome)
    if plan.second_look:
        _enter(session, case, plan.mission.actor, Action.ASK_RECONSIDERATION, case.state, _NEW_FACT)
    if state is State.MERGED:
        _merge(session, case, cast, plan)
    rebuild_case(session, case)
    session.flush()
    return Made(case.id, case.key, case.state, case.state_id, case.version, case.number, plan.title)


def written_by(plan: Plan) -> dict[str, dict[str, Any]]:
    """What the State writes into the request."""
    written = answers(plan.title, plan.types)
    for task, said in plan.says.items():
        written[task] |= said
    if plan.urgent:
        written["need"] |= {"urgency": "urgent", "urgency_trigger": "The bill is read.", "urgency_date": "2027-02-01"}
    return written


def _take(session: Session, case: AssistanceRequest, cast: Cast, plan: Plan, step: Step) -> None:
    before = case.state
    at = now()
    if step.target is State.SUBMITTED:
        number = next_number(session, at)
        session.add(_revision(case, plan, at))
        case.number, case.submitted_at = number, at
    if (step.target in WITH_OFFICER or plan.assigned) and case.officer_id is None:
        assert plan.officer is not None, "from review on a case needs an officer"
        case.officer_id = plan.officer.id
    case.state, case.version, case.state_since, case.touched_at = step.target, case.version + 1, at, at
    case.ended_at = at if step.target in ENDED else None
    if step.action is Action.APPROVE:
        case.approved_at = at
    case.hold_reason = HELD_FOR if step.target is State.ON_HOLD else None
    payload: dict[str, Any] = {"hold_reason": HELD_FOR.value} if step.action is Action.HOLD else {}
    if step.action is Action.RETURN_FOR_INFORMATION:
        question = _question(case, cast)
        session.add(question)
        session.flush()
        payload = {"questions": [{"key": question.key, "field_path": question.field_path, "text": question.text}]}
    if step.action is Action.PUT_FOR_DECISION:
        for body in _asked(plan):
            if body not in plan.positions:
                answer_as(session, case, cast, body)
    _enter(session, case, _who(cast, plan, step), step.action, before, payload)
    _leave_rows(session, case, plan, step, _who(cast, plan, step))
    if step.action is Action.CONSULT:
        ask_bodies(session, case, _asked(plan), asked_by=_who(cast, plan, step), delivered=plan.told)
        for body, position in plan.positions.items():
            answer_as(session, case, cast, body, position)


def _asked(plan: Plan) -> tuple[Body, ...]:
    return tuple(sorted({Body.CTC_CTED, *plan.bodies, *plan.positions}))


def _leave_rows(session: Session, case: AssistanceRequest, plan: Plan, step: Step, actor: Actor) -> None:
    """Write what a decision or a hold leaves beside its entry in the history."""
    if step.action in (Action.APPROVE, Action.DECLINE):
        approved = step.action is Action.APPROVE
        decide_types(session, case, plan.types, approved=approved, by_id=actor.user_id)
    if step.action is Action.HOLD:
        hold(session, case, HELD_FOR, by_id=actor.user_id)


def _who(cast: Cast, plan: Plan, step: Step) -> Actor:
    roles = [who.role for who in step.people]
    if Role.SYSTEM in roles:
        return SYSTEM
    if Role.FOCAL_POINT in roles and step.action is not Action.SUBMIT:
        return plan.drafter.actor
    if Role.MISSION in roles:
        return plan.mission.actor
    if Role.CASE_OFFICER in roles and plan.officer is not None:
        return plan.officer.actor
    return cast.of(roles[0]).actor


def _enter(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    action: Action,
    before: State | None,
    payload: dict[str, Any] | None = None,
) -> None:
    """Write an entry; what follows from the history is computed once, when the case is whole."""
    append(session, [(case, Entry(actor, action, before, case.state, payload or {}))])


def _revision(case: AssistanceRequest, plan: Plan, at: datetime) -> CaseRevision:
    return CaseRevision(
        case_id=case.id,
        state_id=case.state_id,
        revision=1,
        schema_number=SCHEMA_NUMBER,
        lang="en",
        data=written_by(plan),
        written_by_id=plan.drafter.id,
        written_at=at,
    )


def _ask(session: Session, case: AssistanceRequest, officer: Member) -> None:
    due_on = now().date() + timedelta(days=28)
    asked = ask(session, case, officer.actor, [NewQuestion("need.problem", QUESTION)], blocking=False, due_on=due_on)
    payload = {"subject": asked.subject, "blocking": False, "questions": asked.questions}
    case.version += 1
    _enter(session, case, officer.actor, Action.ASK_STATE, case.state, payload)


def _question(case: AssistanceRequest, cast: Cast) -> CaseQuestion:
    return CaseQuestion(
        case_id=case.id,
        state_id=case.state_id,
        round=1,
        field_path="need.problem",
        text=QUESTION,
        asked_by_id=cast.intake_officer.id,
        revision=1,
    )


def _judged(case: AssistanceRequest | Made, cast: Cast, check: EligibilityCheck) -> ScreeningCheck:
    return ScreeningCheck(
        case_id=case.id, state_id=case.state_id, check=check, passed=True, judged_by_id=cast.intake_officer.id
    )


def _forget(session: Session, case: AssistanceRequest) -> None:
    for model in (DraftTask, CaseType, ConsentRecord):
        session.execute(delete(model).where(model.case_id == case.id))
    case.title = None


def _propose(session: Session, case: AssistanceRequest, cast: Cast, outcome: OutcomeKind | None) -> None:
    """As the case officer would: not eligible before the assistance is agreed, an early end afterwards."""
    early = case.state in (State.SCREENING, State.IN_REVIEW)
    kind = outcome or (OutcomeKind.INELIGIBLE if early else OutcomeKind.DISCONTINUE)
    reason = _USUAL[kind]
    _enter(
        session,
        case,
        cast.case_officer.actor,
        Action.PROPOSE_OUTCOME,
        case.state,
        {"outcome": kind.value, "seen_by": "tpb_only"},
    )
    session.add(
        OutcomeProposal(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            kind=kind,
            reason=reason,
            proposed_in=case.state,
            text=WHY,
            remedy=REMEDY if kind is OutcomeKind.INELIGIBLE else "",
            account="One course of two." if kind is OutcomeKind.DISCONTINUE else "",
            provider=PROVIDER if kind is OutcomeKind.REFER else "",
            state_agreed=kind is OutcomeKind.REFER,
            note=NOTE,
            lang="en",
            officer_id=case.officer_id,
            proposed_by_id=cast.case_officer.id,
        )
    )


def _merge(session: Session, case: AssistanceRequest, cast: Cast, plan: Plan) -> None:
    """Give a merged case the request under which it goes on."""
    made = _make(session, cast, State.SUBMITTED, replace(plan, title=f"{plan.title}, the other"))
    session.add(CaseMerge(case_id=case.id, state_id=case.state_id, target_id=made.id))
    target = session.get_one(AssistanceRequest, made.id)
    at = case.submitted_at
    assert at is not None
    payload = {"subject": case.key, "case_id": case.id, "counts_from": at.isoformat()}
    append(session, [(target, Entry(cast.intake_officer.actor, Mark.MERGED_IN, None, None, payload))])
    rebuild_case(session, target)
