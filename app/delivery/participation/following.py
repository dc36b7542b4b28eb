"""Invitations follow what becomes of the plan: put to the host as it is proposed, asked again as activities move."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.delivery.activities.models import Activity
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.participation.inviting import ask_guests, close_invitations, settle_invitations
from app.delivery.participation.models import Participation
from app.delivery.participation.queries import standing
from app.delivery.participation.telling import tell_guests
from app.delivery.participation.terms import Terms, terms_of
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.workflow.actor import Actor


def put_with_plan(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Effect of `propose_plan`: the host reads with the plan which States are to be told."""
    del command
    settle_invitations(session, case, actor)


def announce_new_dates(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Effect of `reschedule`: who was asked and did not decline hears that the plan changes.

    An answer stays good for its terms; where they change, the State is asked again once the plan is proposed.
    """
    del command
    coming = [row for row in standing(session, case.id) if row.answer is not ParticipationAnswer.DECLINE]
    tell_guests(session, coming, "participation.rescheduled", actor)


def follow_activities(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Effect of acts that move or cancel an agreed activity: its guests are asked again, or told that it is off.

    The host agreed to the new days when it accepted them, so that nothing waits for it.
    """
    del command
    rows = [row for row in standing(session, case.id) if row.asked_at is not None]
    if not rows:
        return
    stored = {one.key: one for one in session.scalars(select(Activity).where(Activity.case_id == case.id))}
    off = [row for row in rows if _status(stored, row) is ActivityStatus.CANCELLED]
    close_invitations(session, case, actor, off, "participation.called_off")
    moved = [row for row in rows if _moved(stored, row)]
    close_invitations(session, case, actor, moved, "participation.moved")
    fresh = [_on_new_days(row, stored[row.activity_key]) for row in moved]
    session.add_all(fresh)
    session.flush()
    if fresh:
        ask_guests(session, case, actor, fresh)


def _status(stored: dict[str, Activity], row: Participation) -> ActivityStatus | None:
    return stored[row.activity_key].status if row.activity_key in stored else None


def _moved(stored: dict[str, Activity], row: Participation) -> bool:
    """Tell whether an activity that is still to come has other terms than those to which a State was invited."""
    waits = _status(stored, row) in {ActivityStatus.PLANNED, ActivityStatus.CONFIRMED}
    return waits and _terms(stored[row.activity_key]) != terms_of(row)


def _terms(one: Activity) -> Terms:
    return Terms(one.title, one.starts_on, one.ends_on, one.city, one.country)


def _on_new_days(row: Participation, activity: Activity) -> Participation:
    kept = {name: getattr(row, name) for name in ("case_id", "state_id", "activity_key", "participant_id", "lang")}
    told = {name: getattr(activity, name) for name in ("title", "starts_on", "ends_on", "city", "country")}
    return Participation(**kept, **told)
