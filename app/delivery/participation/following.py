"""Invitations follow what becomes of the plan: put to the host as it is proposed, told as it is taken up again."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.delivery.participation.inviting import settle_invitations
from app.delivery.participation.queries import standing
from app.delivery.participation.telling import tell_guests
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
