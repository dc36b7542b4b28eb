"""The use cases of a draft plan: what it says as a whole, its activities, a new version of one that was proposed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.models import AssistanceRequest
from app.casework.notices import Circle, tell_circles
from app.casework.perform import Beside, Said, leave_marks, lock_case, record
from app.delivery.plan.commands import MOST_ACTIVITIES, PlanCommand, RemoveActivity, SaveActivity, SaveDraft
from app.delivery.plan.models import PlanActivity, PlanCost, PlanParticipation, ResponsePlan
from app.delivery.plan.queries import activities_of
from app.foundation.clock import now
from app.foundation.db import new_public_key, use_case
from app.foundation.errors import FieldError, InvalidCommand, NotFound, Stale
from app.reference.settings import SUPPORT_COST_PERCENT, setting
from app.reference.states import all_states
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience, Mark, State

#: What passes between the Branch and the State before they agree is no matter of the bodies consulted.
FOR_STATE = {"seen_by": Readership.STATE_TPB.value}
#: Columns that one version hands on to the next.
_OF_PLAN = ("summary", "expected_results", "lang", "currency", "support_percent")
_OF_ACTIVITY = (
    *("key", "place", "version", "type", "title", "starts_on", "ends_on", "modality", "city", "country", "scope"),
    *("results", "justice_markers", "crime_links", "paragraphs", "partners"),
)


@use_case
def save_draft(session: Session, actor: Actor, command: SaveDraft) -> None:
    """Save what the plan says as a whole; the first time begins it (process, Acts: draft_plan).

    Raises:
        Stale: somebody saved it after the page was shown.
        NotFound, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key)
    found = newest_plan(session, case.id)
    _not_stale(case, command, found.version if found is not None else 0)
    said = command.model_dump(include={"summary", "expected_results", "currency"})
    percent = setting(session, SUPPORT_COST_PERCENT)
    said |= {"lang": command.lang.value, "support_percent": percent}
    if found is None:
        of_case = {"case_id": case.id, "state_id": case.state_id}
        plan = ResponsePlan(**of_case, **said, drafted_by_id=actor.user_id, saved_by_id=actor.user_id)
        session.add(plan)
        session.flush()
    else:
        plan = open_draft(session, case, found, actor)
        for name, value in said.items():
            setattr(plan, name, value)
        plan.version += 1
    session.execute(delete(PlanCost).where(PlanCost.plan_id == plan.id))
    lines = [{"place": place, **line.model_dump()} for place, line in enumerate(command.costs)]
    _insert(session, PlanCost, plan, lines)
    _record(session, case, plan, actor)


@use_case
def save_activity(session: Session, actor: Actor, command: SaveActivity) -> None:
    """Add an activity to the draft, or change one.

    Raises:
        Stale: somebody changed or removed it after the page was shown.
        InvalidCommand: the State that asked, or no State, stands among the participants.
        NotFound: there is no plan; also as `record`, and Forbidden as there.
    """
    case, plan = _open(session, actor, command)
    participants = _participants(session, case, command.participants)
    said = command.model_dump(include=set(_OF_ACTIVITY) - {"key", "place", "version"})
    said |= {"country": command.country or "", "partners": [one.model_dump(mode="json") for one in command.partners]}
    if command.activity is None:
        activity = _begun(session, plan, said)
    else:
        activity = _activity(session, case, plan, command.activity, command)
        for name, value in said.items():
            setattr(activity, name, value)
        activity.version += 1
    session.flush()
    session.execute(delete(PlanParticipation).where(PlanParticipation.activity_id == activity.id))
    _take_part(session, plan, [(activity.id, state_id) for state_id in participants])
    _record(session, case, plan, actor, {"activity": activity.key})


@use_case
def remove_activity(session: Session, actor: Actor, command: RemoveActivity) -> None:
    """Take an activity out of the draft.

    Raises:
        Stale: somebody changed or removed it after the page was shown.
        NotFound, Forbidden: see `save_activity`.
    """
    case, plan = _open(session, actor, command)
    activity = _activity(session, case, plan, command.activity, command)
    session.delete(activity)
    _record(session, case, plan, actor, {"activity": activity.key, "removed": True})


def newest_plan(session: Session, case_id: int) -> ResponsePlan | None:
    """Return the newest version of the plan of a case: one statement."""
    statement = select(ResponsePlan).where(ResponsePlan.case_id == case_id).order_by(ResponsePlan.number.desc())
    return session.scalars(statement.limit(1)).first()


def open_draft(session: Session, case: AssistanceRequest, plan: ResponsePlan, actor: Actor) -> ResponsePlan:
    """Return the draft that may be changed; a version that lies with the State is taken back for it.

    Nobody agrees to what is being changed: the plan is the Branch's turn again, and the State is told.

    Args:
        plan: the newest version, of a case that the caller has locked.
    """
    if plan.is_draft or plan.answered_at is not None or case.state is not State.PLANNING:
        return draft_of(session, plan, actor)
    plan.answered_at = now()
    leave_marks(session, actor, [Beside(case, Mark.PLAN_TAKEN_BACK, {"plan": plan.number, **FOR_STATE})])
    circles = {Circle.FOCAL_POINTS, Circle.MISSION}
    tell_circles(session, case, circles, "case.plan_taken_back", {}, Audience.STATE_TPB)
    return draft_of(session, plan, actor)


def draft_of(session: Session, plan: ResponsePlan, actor: Actor) -> ResponsePlan:
    """Return the draft that may be changed: `plan` itself, or a new version of one that was proposed.

    Activities keep their keys, participations get new ones: what a State answered, it answered to its version.

    Args:
        plan: the newest version, of a case that the caller has locked.
    """
    if plan.is_draft:
        return plan
    fresh = ResponsePlan(
        case_id=plan.case_id,
        state_id=plan.state_id,
        number=plan.number + 1,
        version=plan.version,
        drafted_by_id=actor.user_id,
        saved_by_id=actor.user_id,
        **{name: getattr(plan, name) for name in _OF_PLAN},
    )
    session.add(fresh)
    session.flush()
    costs = session.scalars(select(PlanCost).where(PlanCost.plan_id == plan.id))
    _insert(session, PlanCost, fresh, [{"place": one.place, "what": one.what, "minor": one.minor} for one in costs])
    for planned in activities_of(session, plan.id):
        copied = {name: getattr(planned.activity, name) for name in _OF_ACTIVITY}
        activity = PlanActivity(plan_id=fresh.id, case_id=fresh.case_id, state_id=fresh.state_id, **copied)
        session.add(activity)
        session.flush()
        _take_part(session, fresh, [(activity.id, state_id) for state_id in planned.participants])
    return fresh


def _open(session: Session, actor: Actor, command: PlanCommand) -> tuple[AssistanceRequest, ResponsePlan]:
    """Lock the case; returns it with the draft of its plan."""
    case = lock_case(session, actor, command.key)
    plan = newest_plan(session, case.id)
    if plan is None:
        raise NotFound
    return case, open_draft(session, case, plan, actor)


def _not_stale(case: AssistanceRequest, command: PlanCommand, version: int) -> None:
    if command.seen != version:
        raise Stale(case_key=case.key, seen_version=command.version)


def _activity(
    session: Session, case: AssistanceRequest, plan: ResponsePlan, key: str, command: PlanCommand
) -> PlanActivity:
    statement = select(PlanActivity).where(PlanActivity.plan_id == plan.id, PlanActivity.key == key)
    activity = session.scalars(statement).first()
    _not_stale(case, command, activity.version if activity is not None else 0)
    if activity is None:
        raise NotFound
    return activity


def _begun(session: Session, plan: ResponsePlan, said: dict[str, Any]) -> PlanActivity:
    places = session.scalars(select(PlanActivity.place).where(PlanActivity.plan_id == plan.id)).all()
    if len(places) >= MOST_ACTIVITIES:
        raise InvalidCommand(FieldError("", "plan.too_many_activities", {"most": MOST_ACTIVITIES}))
    activity = PlanActivity(
        key=new_public_key(),
        plan_id=plan.id,
        case_id=plan.case_id,
        state_id=plan.state_id,
        place=max(places, default=-1) + 1,
        **said,
    )
    session.add(activity)
    return activity


def _participants(session: Session, case: AssistanceRequest, codes: Iterable[str]) -> list[int]:
    ids = {state.alpha3: state.id for state in all_states(session, include_demo=True)}
    wanted = list(dict.fromkeys(codes))
    if any(code not in ids for code in wanted):
        raise InvalidCommand(FieldError("participants", "not_offered"))
    if case.state_id in {ids[code] for code in wanted}:
        raise InvalidCommand(FieldError("participants", "plan.host_among_participants"))
    return [ids[code] for code in wanted]


def _take_part(session: Session, plan: ResponsePlan, pairs: Iterable[tuple[int, int]]) -> None:
    rows = [
        {"key": new_public_key(), "activity_id": activity_id, "participant_id": state_id}
        for activity_id, state_id in pairs
    ]
    _insert(session, PlanParticipation, plan, rows)


def _insert(session: Session, model: Any, plan: ResponsePlan, rows: list[dict[str, Any]]) -> None:
    if rows:
        of_plan = {"plan_id": plan.id, "case_id": plan.case_id, "state_id": plan.state_id}
        session.execute(insert(model).values([{**of_plan, **row} for row in rows]))


def _record(
    session: Session,
    case: AssistanceRequest,
    plan: ResponsePlan,
    actor: Actor,
    payload: dict[str, Any] | None = None,
) -> None:
    """Record the act; a draft is the Branch's own until it is put to the State."""
    plan.saved_at, plan.saved_by_id = now(), actor.user_id
    said = Said({"plan": plan.number, **(payload or {})}, seen_by=Readership.TPB_ONLY)
    record(session, case, Action.DRAFT_PLAN, actor, said, bump=True)
