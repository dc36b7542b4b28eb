"""Cases in any state, quickly: written with the product's own history and projections, without its guards.

States whose pages come later are reached on the shortest way of the process; each step is in the history, so that the
chain is right. What a guard or a page reads of a state (questions, checks, consent) is there as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

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
from app.casework.projection import project_case
from app.casework.vocabulary import ConsentKind
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.triage.models import ScreeningCheck
from app.workflow.actor import SYSTEM, Actor
from app.workflow.definition import PROCESS
from app.workflow.model import Step
from app.workflow.states import ENDED
from app.workflow.vocabulary import Action, Body, EligibilityCheck, Role, State
from tests.factories.answers import TYPE, answers
from tests.factories.people import Cast, Member

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
        judged: the eight checks pass.
        bodies: who is consulted.
        independent: the chief had no part; else the chief signed an assessment.
    """

    drafter: Member
    mission: Member
    officer: Member | None = None
    title: str = "Review of the law on mutual legal assistance"
    judged: bool = False
    bodies: tuple[Body, ...] = ()
    independent: bool = True


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


def _make(session: Session, cast: Cast, state: State, plan: Plan) -> Made:
    written = answers(plan.title)
    case = AssistanceRequest(
        state_id=plan.drafter.actor.state_id, drafted_by_id=plan.drafter.id, title=plan.title, version=1
    )
    session.add(case)
    session.flush()
    children = {"case_id": case.id, "state_id": case.state_id}
    session.add_all(
        DraftTask(**children, task=task, data=data, saved_by_id=plan.drafter.id) for task, data in written.items()
    )
    session.add(CaseType(**children, type=TYPE))
    session.add(ConsentRecord(**children, kind=ConsentKind.CTC, given_by_id=plan.drafter.id))
    session.add_all(CaseBody(**children, body=body) for body in plan.bodies)
    _enter(session, case, plan.drafter.actor, Action.DRAFT_REQUEST, None)
    for step in way_to(state):
        _take(session, case, cast, plan, step)
    if state is State.DISCARDED:
        _forget(session, case)
    if plan.judged:
        session.add_all(_judged(case, cast, check) for check in EligibilityCheck)
    if not plan.independent:
        _enter(session, case, cast.branch_chief.actor, Action.ASSESS, case.state)
    session.flush()
    return Made(case.id, case.key, case.state, case.state_id, case.version, case.number, plan.title)


def _take(session: Session, case: AssistanceRequest, cast: Cast, plan: Plan, step: Step) -> None:
    before = case.state
    at = now()
    if step.target is State.SUBMITTED:
        number = next_number(session, at)
        session.add(_revision(case, plan, at))
        case.number, case.submitted_at = number, at
    if step.target in WITH_OFFICER and case.officer_id is None:
        assert plan.officer is not None, "from review on a case needs an officer"
        case.officer_id = plan.officer.id
    case.state, case.version, case.state_since, case.touched_at = step.target, case.version + 1, at, at
    case.ended_at = at if step.target in ENDED else None
    payload = {}
    if step.action is Action.RETURN_FOR_INFORMATION:
        question = _question(case, cast)
        session.add(question)
        session.flush()
        payload = {"questions": [{"key": question.key, "field_path": question.field_path, "text": question.text}]}
    _enter(session, case, _who(cast, plan, step), step.action, before, payload)


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
    append(session, case, Entry(actor, action, before, case.state, payload or {}))
    project_case(session, case)
    session.flush()


def _revision(case: AssistanceRequest, plan: Plan, at: datetime) -> CaseRevision:
    return CaseRevision(
        case_id=case.id,
        state_id=case.state_id,
        revision=1,
        schema_number=1,
        lang="en",
        data=answers(plan.title),
        written_by_id=plan.drafter.id,
        written_at=at,
    )


def _question(case: AssistanceRequest, cast: Cast) -> CaseQuestion:
    return CaseQuestion(
        case_id=case.id,
        state_id=case.state_id,
        round=1,
        field_path="need.problem",
        text=QUESTION,
        asked_by_id=cast.intake_officer.id,
    )


def _judged(case: AssistanceRequest, cast: Cast, check: EligibilityCheck) -> ScreeningCheck:
    return ScreeningCheck(
        case_id=case.id, state_id=case.state_id, check=check, passed=True, judged_by_id=cast.intake_officer.id
    )


def _forget(session: Session, case: AssistanceRequest) -> None:
    for model in (DraftTask, CaseType, ConsentRecord):
        session.execute(delete(model).where(model.case_id == case.id))
    case.title = None
