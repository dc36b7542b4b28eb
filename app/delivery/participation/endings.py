"""Effects of steps on invitations: when the assistance ends or is planned anew, invited States are told."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.delivery.participation.inviting import close_invitations
from app.delivery.participation.queries import standing
from app.delivery.participation.telling import tell_guests
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.workflow.actor import Actor


def call_off_invitations(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Effect of steps after which nothing is planned any more: close what stands."""
    del command
    close_invitations(session, case, actor, standing(session, case.id), "participation.called_off", marked=False)


def call_off_activity(session: Session, case: AssistanceRequest, actor: Actor, activity_key: str) -> None:
    """Close the invitations to one activity that will not be held.

    Args:
        case: locked by the caller.
    """
    theirs = [row for row in standing(session, case.id) if row.activity_key == activity_key]
    close_invitations(session, case, actor, theirs, "participation.called_off")


def announce_new_dates(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Effect of `reschedule`: who was asked and did not decline hears that the plan changes.

    An answer stays good for its terms; where they change, the State is asked again once the plan is proposed.
    """
    del command
    coming = [row for row in standing(session, case.id) if row.answer is not ParticipationAnswer.DECLINE]
    tell_guests(session, coming, "participation.rescheduled", actor)
