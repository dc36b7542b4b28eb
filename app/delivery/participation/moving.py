"""Invitations to an activity whose dates were moved: what was answered, was answered to other dates."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.delivery.activities.models import Activity, ActivityState
from app.delivery.participation.inviting import ask_guests, close_invitations
from app.delivery.participation.models import Participation
from app.delivery.participation.queries import standing
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.workflow.actor import Actor


def invite_again(session: Session, case: AssistanceRequest, actor: Actor, activity: Activity) -> None:
    """Ask the States that were invited to an activity, and did not decline, anew for its moved dates.

    The host accepted the dates, and had agreed before that these States are told.

    Args:
        case: locked by the caller.
        activity: with its moved dates.
    """
    theirs = [
        row
        for row in standing(session, case.id)
        if row.activity_key == activity.key
        and row.asked_at is not None
        and row.answer is not ParticipationAnswer.DECLINE
    ]
    if not theirs:
        return
    close_invitations(session, case, actor, theirs, "participation.moved")
    fresh = [
        Participation(
            case_id=case.id,
            state_id=case.state_id,
            activity_key=activity.key,
            participant_id=row.participant_id,
            title=row.title,
            lang=row.lang,
            starts_on=activity.starts_on,
            ends_on=activity.ends_on,
            city=row.city,
            country=row.country,
        )
        for row in theirs
    ]
    session.add_all(fresh)
    # Who said yes to other days takes part again once it says yes to these.
    again = ActivityState.participant_id.in_([row.participant_id for row in theirs])
    session.execute(delete(ActivityState).where(ActivityState.activity_id == activity.id, again))
    session.flush()
    ask_guests(session, case, actor, fresh)
