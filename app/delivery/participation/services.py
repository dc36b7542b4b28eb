"""The use cases of invitations on the side of the case: the officer puts them, the host agrees, the plan goes on."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.notices import Circle, tell_circles
from app.casework.perform import Said, lock_case, record
from app.delivery.participation.commands import Disclose, GoWithout, OfCase
from app.delivery.participation.inviting import ask_guests, close_invitations, settle_invitations
from app.delivery.participation.models import Participation
from app.delivery.participation.queries import ASKED_IN, dues_of, standing, status_of
from app.delivery.participation.vocabulary import LEAVABLE
from app.delivery.plan.drafting import newest_plan, open_draft
from app.delivery.plan.models import PlanActivity, PlanParticipation, ResponsePlan
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand, NotFound, Refused
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience, State


@use_case
def put_invitations(session: Session, actor: Actor, command: OfCase) -> None:
    """Ask the host to agree that the States in the plan are told, before the plan itself is put to it.

    Raises:
        NotFound, Forbidden: see `record`; NotFound also when there is no plan.
        Refused: the request is not being planned, or everybody whose dates are known has an invitation.
    """
    case = lock_case(session, actor, command.key)
    plan = newest_plan(session, case.id)
    if plan is None:
        raise NotFound
    if case.state is not State.PLANNING:
        raise Refused([("participation.not_now", {})])
    fresh = settle_invitations(session, case, actor)
    if not fresh:
        raise Refused([("participation.nothing_to_put", {})])
    said = Said({"plan": plan.number, "invitations": len(fresh)}, seen_by=Readership.STATE_TPB)
    record(session, case, Action.DRAFT_PLAN, actor, said, bump=True)
    host = {Circle.FOCAL_POINTS, Circle.MISSION}
    tell_circles(session, case, host, "case.invitations_to_disclose", {}, Audience.STATE_TPB)


@use_case
def disclose(session: Session, actor: Actor, command: Disclose) -> None:
    """Agree for the host that States are told, which asks them at once, or say that they are not.

    Raises:
        NotFound, Forbidden: see `record`.
        InvalidCommand: something chosen does not wait for this.
        Refused: the request is not being planned.
    """
    case = lock_case(session, actor, command.key)
    if case.state not in ASKED_IN:
        raise Refused([("participation.not_now", {})])
    undisclosed = {row.key: row for row in standing(session, case.id) if row.disclosed_at is None}
    if not set(command.participations) <= undisclosed.keys():
        raise InvalidCommand(FieldError("participations", "participation.settled_meanwhile"))
    rows = [undisclosed[key] for key in command.participations]
    action, mark = Action.GIVE_CONSENT, "disclosed"
    if not command.agree:
        action, mark = Action.WITHDRAW_CONSENT, "withheld"
        for row in rows:
            row.withheld_at = row.withheld_at or now()
            row.version += 1
    said = Said({mark: [row.key for row in rows]}, seen_by=Readership.STATE_TPB)
    record(session, case, action, actor, said, bump=True)
    if command.agree:
        ask_guests(session, case, actor, rows)
    tell_circles(session, case, {Circle.OFFICER}, "case.disclosure_answered", {}, Audience.STATE_TPB)


@use_case
def go_without(session: Session, actor: Actor, command: GoWithout) -> None:
    """Take a State that declined, did not answer in time or may not be told out of the plan: a new version begins.

    Raises:
        NotFound, Forbidden: see `record`; NotFound also when there is no such invitation.
        Refused: the State can still answer.
    """
    case = lock_case(session, actor, command.key)
    row = next((one for one in standing(session, case.id) if one.key == command.participation), None)
    newest = newest_plan(session, case.id)
    if row is None or newest is None:
        raise NotFound
    if status_of(row, dues_of(session, case).get(row.key)) not in LEAVABLE:
        raise Refused([("participation.still_waits", {})])
    plan = open_draft(session, case, newest, actor)
    _take_out(session, plan, row)
    plan.saved_at, plan.saved_by_id = now(), actor.user_id
    # The host knows whom it invited and what came of it; the draft itself stays with the Branch.
    said = Said({"plan": plan.number, "without": row.participant_id}, seen_by=Readership.TPB_ONLY)
    record(session, case, Action.DRAFT_PLAN, actor, said, bump=True)
    close_invitations(session, case, actor, [row], "participation.closed")


def _take_out(session: Session, plan: ResponsePlan, row: Participation) -> None:
    activity = session.scalars(
        select(PlanActivity).where(PlanActivity.plan_id == plan.id, PlanActivity.key == row.activity_key)
    ).first()
    if activity is None:
        return
    activity.version += 1
    session.flush()
    named = (PlanParticipation.activity_id == activity.id) & (PlanParticipation.participant_id == row.participant_id)
    session.execute(delete(PlanParticipation).where(named))
