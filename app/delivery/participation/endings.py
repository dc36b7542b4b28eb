"""What ends invitations because nothing takes place any more: invited States are told that it is over."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.delivery.participation.inviting import close_invitations
from app.delivery.participation.queries import standing
from app.workflow.actor import Actor


def call_off_invitations(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Effect of steps that end a plan: close what stands."""
    del command
    close_invitations(session, case, actor, standing(session, case.id), "participation.called_off", marked=False)


def call_off_activity(session: Session, case: AssistanceRequest, actor: Actor, activity_key: str) -> None:
    """Close the invitations to one activity that will not be held.

    Args:
        case: locked by the caller.
    """
    theirs = [row for row in standing(session, case.id) if row.activity_key == activity_key]
    close_invitations(session, case, actor, theirs, "participation.called_off")
