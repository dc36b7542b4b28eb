"""A plan before the State: proposed, sent back with what should change, agreed, unanswered, taken up again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, lock_case, perform, record, run_effects
from app.delivery.plan.drafting import newest_plan
from app.delivery.plan.models import ResponsePlan
from app.delivery.plan.step_commands import AgreePlan, LapsePlan, OfVersion, ProposePlan, RequestChanges, Reschedule
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import Stale
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience


@use_case
def propose_plan(session: Session, actor: Actor, command: ProposePlan) -> None:
    """Put the draft to the State; from now on this version stays as it is (process, Acts: propose_plan).

    Raises:
        Refused: it is not complete, or this version was put to the State before.
        Stale: somebody changed it after the page was shown.
        NotFound, Forbidden: see `record`.
    """
    case, plan = _open(session, actor, command)
    said = Said({"plan": plan.number if plan else 0}, seen_by=Readership.STATE_TPB)
    record(session, case, Action.PROPOSE_PLAN, actor, said, bump=True)
    if plan is not None:
        plan.proposed_at = now()
    run_effects(session, case, Action.PROPOSE_PLAN, actor, command)


@use_case
def request_plan_changes(session: Session, actor: Actor, command: RequestChanges) -> None:
    """Say what should change; the officers then begin a new version (process, Acts: request_plan_changes).

    Raises:
        Refused: no version of the plan lies with the State.
        Stale, NotFound, Forbidden: see `propose_plan`.
    """
    case, plan = _open(session, actor, command)
    payload = {"plan": plan.number if plan else 0}
    said = Said(payload, note=command.comment, audience=Audience.STATE_TPB, seen_by=Readership.STATE_TPB)
    record(session, case, Action.REQUEST_PLAN_CHANGES, actor, said, bump=True)
    if plan is not None:
        plan.answered_at = now()
    run_effects(session, case, Action.REQUEST_PLAN_CHANGES, actor, command)


@use_case
def agree_plan(session: Session, actor: Actor, command: AgreePlan) -> None:
    """Agree to the plan; its activities stand from now on (process, Steps: agree_plan).

    Raises:
        Refused: it is not funded, a State or a visit lacks its consent, an answer is missing.
        Stale, NotFound, Forbidden: see `propose_plan`.
    """
    case, plan = _open(session, actor, command)
    perform(session, case, Action.AGREE_PLAN, actor, plan, Said({"plan": plan.number if plan else 0}))


@use_case
def lapse_plan(session: Session, actor: Actor, command: LapsePlan) -> None:
    """End a request whose plan the State did not answer in spite of two reminders (process, Steps: lapse_plan).

    Raises:
        Refused: the limit has not passed, or the reminders were not delivered.
        Stale, NotFound, Forbidden: see `propose_plan`.
    """
    case, plan = _open(session, actor, command)
    perform(session, case, Action.LAPSE_PLAN, actor, command, Said({"plan": plan.number if plan else 0}))


@use_case
def reschedule(session: Session, actor: Actor, command: Reschedule) -> None:
    """Take an agreed plan up again: what is planned changes in substance (process, Steps: reschedule).

    Raises:
        Stale, NotFound, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.what_changed, audience=Audience.STATE_TPB)
    perform(session, case, Action.RESCHEDULE, actor, command, said)


def close_version(session: Session, case: AssistanceRequest, actor: Actor, command: object) -> None:
    """Effect of what takes a proposed plan out of the State's hands: `lapse_plan`, `reassess`."""
    del actor, command
    plan = newest_plan(session, case.id)
    if plan is not None and not plan.is_draft and plan.answered_at is None:
        plan.answered_at = now()


def _open(session: Session, actor: Actor, command: OfVersion) -> tuple[AssistanceRequest, ResponsePlan | None]:
    """Lock the case; returns it with the version that the page showed, None where there is no plan.

    Raises:
        Stale: the case changed, or another version is the newest.
    """
    case = lock_case(session, actor, command.key, command.version)
    plan = newest_plan(session, case.id)
    if plan is not None and plan.number != command.plan:
        raise Stale(case_key=case.key, seen_version=command.version)
    return case, plan
