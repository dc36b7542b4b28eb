"""What becomes of activities that are planned when a request ends early, and the day on which the last one is over."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.casework.jobs import each_case
from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.casework.perform import Beside, leave_marks, lock_case
from app.delivery.activities.commands import MarkEnded
from app.delivery.activities.models import Activity
from app.delivery.activities.vocabulary import ActivityStatus
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.workflow.actor import Actor
from app.workflow.vocabulary import Mark, State

_WAITING: Final = (ActivityStatus.PLANNED, ActivityStatus.CONFIRMED)
_WHY: Final = _l("The request ended before it took place.")
_MOST: Final = 500


def cancel_planned(session: Session, case: AssistanceRequest, actor: Actor, command: object) -> None:
    """Effect of steps that end a request early: what was not held does not take place, and the reason is kept."""
    del actor, command
    waiting = select(Activity).where(Activity.case_id == case.id, Activity.status.in_(_WAITING))
    for activity in session.scalars(waiting):
        with force_locale(activity.lang):
            activity.cancel_reason = str(_WHY)
        activity.status, activity.cancelled_at = ActivityStatus.CANCELLED, now()
        activity.version += 1


def note_ended_activities(actor: Actor) -> None:
    """Set the mark from which the limit `report` runs, where the last activity of a delivery is over.

    Args:
        actor: the scheduler.
    """
    session = read_session()
    bind_scope(session, scope_of(actor))
    keys = session.scalars(over().limit(_MOST)).all()
    session.rollback()
    each_case(keys, lambda key: mark_ended(actor, MarkEnded(key=key)))


def over() -> Select[tuple[str]]:
    """Return the select of the keys of cases in delivery whose last activity is over."""
    return (
        select(AssistanceRequest.key)
        .join(Activity, Activity.case_id == AssistanceRequest.id)
        .where(AssistanceRequest.state == State.IN_DELIVERY, Activity.status != ActivityStatus.CANCELLED)
        .group_by(AssistanceRequest.id, AssistanceRequest.key)
        .having(func.max(Activity.ends_on) < now().date())
        .order_by(AssistanceRequest.id)
    )


@use_case
def mark_ended(session: Session, actor: Actor, command: MarkEnded) -> None:
    """Note in the history of one case that its last activity is over, once for each last day and each delivery.

    Args:
        actor: the scheduler.

    Raises:
        NotFound: no such case.
    """
    case = lock_case(session, actor, command.key)
    counted = Activity.status != ActivityStatus.CANCELLED
    last: date | None = session.scalar(select(func.max(Activity.ends_on)).where(Activity.case_id == case.id, counted))
    if case.state is not State.IN_DELIVERY or last is None or last >= now().date():
        return
    if last.isoformat() not in _marked(session, case):
        leave_marks(session, actor, [Beside(case, Mark.ACTIVITY_ENDED, {"ended_on": last.isoformat()})])


def _marked(session: Session, case: AssistanceRequest) -> set[Any]:
    """Return the last days that were noted since the delivery began, or began once more."""
    of_entry = (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
    statement = select(HistoryPayload.payload).join(HistoryEntry, of_entry)
    marks = statement.where(
        HistoryEntry.case_id == case.id,
        HistoryEntry.action == Mark.ACTIVITY_ENDED.value,
        HistoryEntry.at >= case.state_since,
    )
    return {(payload or {}).get("ended_on") for payload in session.scalars(marks)}
