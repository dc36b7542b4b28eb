"""What a case needs before one action can be done on it: its plan, and rows beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Flask

from app.casework.models import AssistanceRequest
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.plan.proposing import propose_plan
from app.delivery.plan.step_commands import ProposePlan
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import Action, Body, OutcomeKind, Position
from tests.factories.activities import Held, put_activity, put_evaluation, put_look_back, put_move
from tests.factories.assessment import assessed
from tests.factories.beginnings import recommended
from tests.factories.cases import Made, Plan
from tests.factories.money import fund, put_known_source
from tests.factories.people import Cast
from tests.factories.plans import put_plan

_PROPOSED: Final = {
    Action.FIND_INELIGIBLE: OutcomeKind.INELIGIBLE,
    Action.RETURN_PROPOSAL: None,
    Action.REFER: OutcomeKind.REFER,
    Action.DISCONTINUE: OutcomeKind.DISCONTINUE,
}


#: What every body has answered where it is taken back, or calls for a revision.
_SAID = {Action.REVISE: Position.COMMENT, Action.WITHDRAW_OBJECTION: Position.OBJECTION}


#: Acts about a plan, and whether it lies with the State.
WITH_PLAN: Final = {
    Action.PUT_FOR_DECISION: False,
    Action.PROPOSE_PLAN: False,
    Action.REQUEST_PLAN_CHANGES: True,
    Action.AGREE_PLAN: True,
    Action.LAPSE_PLAN: True,
    Action.RESCHEDULE: True,
    Action.ANSWER_MOVE: True,
}
#: Acts about an activity that is still to come.
AHEAD: Final = {Action.RECORD_ACTIVITY, Action.MOVE_ACTIVITY, Action.ANSWER_MOVE}


def ready_for(action: Action, plan: Plan) -> Plan:
    """The plan of a case on which `action` can be done."""
    if action is Action.CONFIRM_URGENCY:
        return replace(plan, urgent=True)
    if action in _PROPOSED:
        return replace(plan, proposed=True, outcome=_PROPOSED[action])
    if action is Action.PUT_FOR_DECISION:
        return replace(plan, positions={Body.CTC_CTED: Position.NO_OBJECTION})
    if action in _SAID:
        return replace(plan, positions=dict.fromkeys(Body, _SAID[action]))
    if action is Action.RESUME_PLANNING:
        return replace(plan, approved=True)
    return replace(plan, second_look=True) if action is Action.RECONSIDER else plan


def furnish(app: Flask, cast: Cast, action: Action, case: Made) -> None:
    """Give a case the rows that `action` needs beside those of its plan."""
    if action in AHEAD:
        ahead = put_activity(app, case, Held(status=ActivityStatus.PLANNED))
        if action is Action.ANSWER_MOVE:
            put_move(app, case, ahead)
    if action in {Action.START_DELIVERY, Action.REPORT_DELIVERED, Action.CORRECT_COUNT}:
        put_activity(app, case)
    if action in {Action.REPORT_DELIVERED, Action.FOLLOW_RECOMMENDATION}:
        recommended(app, case, "Name a central authority.")
    if action is Action.ANSWER_LOOK_BACK:
        put_look_back(app, case)
    if action is Action.CLOSE:
        put_evaluation(app, case)
    if action in WITH_PLAN:
        proposed = WITH_PLAN[action] and action is not Action.LAPSE_PLAN
        number = put_plan(app, case, cast.case_officer, proposed=proposed)
        if action is Action.LAPSE_PLAN:
            _propose(app, cast, case, number)
    _give_money(app, action, case)
    if action in {Action.ASSESS, Action.CONSULT}:
        assessed(app, case, signed=action is Action.CONSULT)


def _propose(app: Flask, cast: Cast, case: Made, number: int) -> None:
    """Put the plan to the State as its officer does, so that the limit of its answer runs."""
    with app.app_context():
        with write_transaction(Scope(Reach.ALL)) as session:
            version = session.get_one(AssistanceRequest, case.id).version
        propose_plan(cast.case_officer.actor, ProposePlan(key=case.key, version=version, plan=number))


def _give_money(app: Flask, action: Action, case: Made) -> None:
    if action is Action.ALLOCATE:
        put_known_source(app)
    if action in {Action.AGREE_PLAN, Action.APPROVE_ALLOCATION}:
        fund(app, case, **({"approved_at": None} if action is Action.APPROVE_ALLOCATION else {}))
