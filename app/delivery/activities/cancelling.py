"""An agreed activity is cancelled, with its reason and what that costs (process, Acts: record_activity)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.notices import Circle, tell_circles
from app.casework.perform import Said, lock_case, record
from app.delivery.activities.moving import activity_ahead, close_moves
from app.delivery.activities.moving_commands import CancelActivity
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.participation.endings import call_off_activity
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience

#: Who hears of it beside the invited States.
_TOLD = {Circle.FOCAL_POINTS, Circle.MISSION, Circle.PROGRAMME_SUPPORT}


@use_case
def cancel_activity(session: Session, actor: Actor, command: CancelActivity) -> None:
    """Cancel an activity; the State, programme support and the States that were invited to it are told.

    Raises:
        InvalidCommand: it was held or cancelled before.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    activity = activity_ahead(session, case, command.activity or "")
    payload = {"activity": activity.key if activity else "", "activity_cancelled": True}
    said = Said(payload, note=command.reason, audience=Audience.STATE_TPB)
    record(session, case, Action.RECORD_ACTIVITY, actor, said, bump=True)
    if activity is None:
        raise InvalidCommand(FieldError("activity", "not_offered"))
    close_moves(session, case, activity)
    activity.status, activity.cancelled_at, activity.cancel_reason = ActivityStatus.CANCELLED, now(), command.reason
    activity.cancel_minor, activity.currency = command.minor, command.currency
    activity.version += 1
    session.flush()
    call_off_activity(session, case, actor, activity.key)
    tell_circles(session, case, _TOLD, "case.activity_cancelled", {}, Audience.STATE_TPB, but=actor.person_ids)
