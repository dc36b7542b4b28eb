"""What an agreed plan leads to: activities that stand for themselves, and a draft of what changes later."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.delivery.activities.models import Activity, ActivityState
from app.delivery.activities.moving import close_moves
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.participation.models import Participation
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.drafting import draft_of, newest_plan
from app.delivery.plan.models import PlanActivity, ResponsePlan
from app.delivery.plan.queries import Planned, activities_of
from app.foundation.clock import now
from app.workflow.actor import Actor

#: What an activity takes over from the plan as it stands there.
_TAKEN = (
    *("place", "type", "title", "scope", "modality", "city", "country", "results"),
    *("justice_markers", "crime_links", "paragraphs", "partners"),
)
#: What has happened to these is not agreed anew.
_OVER = frozenset({ActivityStatus.HELD, ActivityStatus.CANCELLED})


def put_activities(session: Session, case: AssistanceRequest, actor: Actor, command: object) -> None:
    """Effect of `agree_plan`: what the agreed version plans are activities from now on.

    After a `reschedule` those that stay keep the dates that were agreed first, by which "on time" is measured
    (indicator 18); those that were held or cancelled stay as they are, those left out are cancelled.

    Args:
        command: the version, where the use case has read it; else the newest counts.
    """
    del actor
    plan = command if isinstance(command, ResponsePlan) else newest_plan(session, case.id)
    if plan is None:
        return
    plan.answered_at = now()
    stored = {one.key: one for one in session.scalars(select(Activity).where(Activity.case_id == case.id))}
    known = [one.id for one in stored.values() if one.status not in _OVER]
    planned = activities_of(session, plan.id)
    for one in planned:
        _put(session, plan, one.activity, stored)
    kept = {one.activity.key for one in planned}
    for key, activity in stored.items():
        if key not in kept and activity.status not in _OVER:
            _leave_out(activity, plan)
    session.flush()
    if known:
        session.execute(delete(ActivityState).where(ActivityState.activity_id.in_(known)))
    if any(one.participants for one in planned):
        _take_part(session, case, planned, stored)


def begin_anew(session: Session, case: AssistanceRequest, actor: Actor, command: object) -> None:
    """Effect of `reschedule`: the next version begins with what was agreed, as it stands today.

    Dates that were moved since are those of the draft, and what was cancelled is no part of it. Moves that wait are
    overtaken: a new plan says when activities are held.
    """
    del command
    plan = newest_plan(session, case.id)
    if plan is None:
        return
    close_moves(session, case)
    draft = draft_of(session, plan, actor)
    stored = {one.key: one for one in session.scalars(select(Activity).where(Activity.case_id == case.id))}
    for planned in activities_of(session, draft.id):
        row = planned.activity
        standing = stored.get(row.key)
        if standing is None:
            continue
        if standing.status is ActivityStatus.CANCELLED:
            session.delete(row)
        else:
            row.starts_on, row.ends_on = standing.starts_on, standing.ends_on


def _put(session: Session, plan: ResponsePlan, row: PlanActivity, stored: dict[str, Activity]) -> None:
    taken: dict[str, Any] = {name: getattr(row, name) for name in _TAKEN}
    taken |= {"lang": plan.lang, "ends_on": row.ends_on}
    activity = stored.get(row.key)
    if activity is None:
        first = {"agreed_starts_on": row.starts_on, "agreed_ends_on": row.ends_on, "starts_on": row.starts_on}
        activity = Activity(key=row.key, case_id=plan.case_id, state_id=plan.state_id, **taken, **first)
        session.add(activity)
        stored[row.key] = activity
    elif activity.status not in _OVER:
        for name, value in taken.items():
            setattr(activity, name, value)
        if activity.begun_at is None and row.starts_on is not None:
            activity.starts_on = row.starts_on
        # one that began keeps its first day, and cannot end before it
        activity.ends_on = max(activity.starts_on, activity.ends_on)
        activity.version += 1


def _leave_out(activity: Activity, plan: ResponsePlan) -> None:
    with force_locale(plan.lang):
        reason = _("Left out of version %(number)s of the plan, to which the State agreed.", number=plan.number)
    activity.status, activity.cancelled_at, activity.cancel_reason = ActivityStatus.CANCELLED, now(), reason
    activity.version += 1


def _take_part(session: Session, case: AssistanceRequest, planned: list[Planned], stored: dict[str, Activity]) -> None:
    """Note which other States take part: those that the version names and that consented."""
    consented = select(Participation.activity_key, Participation.participant_id).where(
        Participation.case_id == case.id,
        Participation.answer == ParticipationAnswer.CONSENT,
        Participation.closed_at.is_(None),
    )
    named = {(one.activity.key, state_id) for one in planned for state_id in one.participants}
    rows = [
        {
            "activity_id": stored[key].id,
            "participant_id": state_id,
            "case_id": case.id,
            "state_id": case.state_id,
        }
        for key, state_id in session.execute(consented).tuples()
        if (key, state_id) in named and stored[key].status not in _OVER
    ]
    if rows:
        session.execute(insert(ActivityState).values(rows))
