"""What happens to activities: they begin, are held, and somebody writes down what came of them (process, Acts)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, lock_case, perform, record
from app.delivery.activities.commands import (
    BeginActivity,
    CountParticipants,
    HoldActivity,
    NoteActivity,
    OfActivity,
    ReportDelivered,
    StartDelivery,
)
from app.delivery.activities.models import Activity, ActivityEntry, ActivityState, ParticipantCount
from app.delivery.activities.vocabulary import ActivityStatus
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound
from app.reference.states import all_states
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience

#: What an activity must be before it can begin, and before it can be held or corrected.
EXPECTED = frozenset({ActivityStatus.PLANNED, ActivityStatus.CONFIRMED})
HOLDABLE = EXPECTED | {ActivityStatus.HELD}


@use_case
def begin_activity(session: Session, actor: Actor, command: BeginActivity) -> None:
    """Record on which day an activity began.

    Raises:
        InvalidCommand: no such activity, it began before, or no day.
        NotFound, Stale, Forbidden: see `lock_case` and `record`.
    """
    case = _open(session, actor, command)
    activity = _chosen(session, case, command)
    if activity.status not in EXPECTED or activity.begun_at is not None:
        raise InvalidCommand(FieldError("activity", "activity.begun_already"))
    began_on = _day(command.began_on, "began_on")
    activity.starts_on, activity.ends_on = began_on, max(began_on, activity.ends_on)
    activity.begun_at = now()
    _recorded(session, case, actor, activity, {"began_on": began_on.isoformat()})


@use_case
def hold_activity(session: Session, actor: Actor, command: HoldActivity) -> None:
    """Record that an activity was held, from when until when and what came of it; said again, it is corrected.

    Raises:
        InvalidCommand: it was cancelled, or a day is missing.
        NotFound, Stale, Forbidden: see `lock_case` and `record`; also NotFound where there is no such activity.
    """
    case = _open(session, actor, command)
    activity = _of_case(session, case, command)
    if activity.status not in HOLDABLE:
        raise InvalidCommand(FieldError("", "activity.was_cancelled"))
    first, last = _day(command.began_on, "began_on"), _day(command.ended_on, "ended_on")
    activity.starts_on, activity.ends_on, activity.outcome = first, last, command.outcome
    activity.status = ActivityStatus.HELD
    activity.held_at = now()
    activity.begun_at = activity.begun_at or now()
    _recorded(session, case, actor, activity, {"held_from": first.isoformat(), "held_until": last.isoformat()})


@use_case
def note_activity(session: Session, actor: Actor, command: NoteActivity) -> None:
    """Write a line into the log of an activity.

    Raises:
        InvalidCommand: no day.
        NotFound, Stale, Forbidden: see `lock_case` and `record`; also NotFound where there is no such activity.
    """
    case = _open(session, actor, command)
    activity = _of_case(session, case, command)
    session.add(
        ActivityEntry(
            activity_id=activity.id,
            case_id=case.id,
            state_id=case.state_id,
            happened_on=_day(command.happened_on, "happened_on"),
            text=command.text,
            lang=case.lang if command.audience is Audience.STATE_TPB else activity.lang,
            audience=command.audience,
            written_by_id=actor.user_id,
        )
    )
    readers = Readership(command.audience.value)
    said = Said({"activity": activity.key, "noted": True}, seen_by=readers)
    record(session, case, Action.RECORD_ACTIVITY, actor, said, bump=False)


@use_case
def count_participants(session: Session, actor: Actor, command: CountParticipants) -> None:
    """Count the people who came to an activity, by State, profession and gender; names are never kept.

    Raises:
        InvalidCommand: it has not begun, a State takes no part in it, a row stands twice, or nobody was counted.
        NotFound, Stale, Forbidden: see `lock_case` and `record`; also NotFound where there is no such activity.
    """
    case = _open(session, actor, command)
    activity = _of_case(session, case, command)
    if activity.begun_at is None:
        raise InvalidCommand(FieldError("", "participants.not_begun"))
    rows = counted_rows(session, case, activity, command)
    people = replace_counts(session, activity, rows)
    activity.counted_at = now()
    _recorded(session, case, actor, activity, {"counted": people}, seen_by=Readership.STATE_TPB)


@use_case
def start_delivery(session: Session, actor: Actor, command: StartDelivery) -> None:
    """Start the delivery (process, Steps); the State is told.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Refused: no activity has begun.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.START_DELIVERY, actor, command, Said())


@use_case
def report_delivered(session: Session, actor: Actor, command: ReportDelivered) -> None:
    """Report the assistance as delivered; the State is asked to confirm it.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Refused: an activity is open or nobody counted its people, or recommendations are not listed.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.remark, audience=Audience.STATE_TPB)
    perform(session, case, Action.REPORT_DELIVERED, actor, command, said)


def open_to_record(session: Session, actor: Actor, key: str, version: int) -> AssistanceRequest:
    """Lock the case of an activity for somebody who may record what happens to it.

    Raises:
        NotFound, Stale: see `lock_case`.
        Forbidden: the actor may not record anything of this case where it stands.
    """
    case = lock_case(session, actor, key, version)
    if not policy.may(actor, Action.RECORD_ACTIVITY, core_of(session, case, actor, involved=True)):
        raise Forbidden
    return case


def _open(session: Session, actor: Actor, command: OfActivity) -> AssistanceRequest:
    return open_to_record(session, actor, command.key, command.version)


def activity_in(session: Session, case_id: int, key: str) -> Activity | None:
    """Return the activity with `key` of a case: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
    """
    return session.scalars(select(Activity).where(Activity.case_id == case_id, Activity.key == key)).first()


def _of_case(session: Session, case: AssistanceRequest, command: OfActivity) -> Activity:
    activity = activity_in(session, case.id, command.activity)
    if activity is None:
        raise NotFound
    return activity


def _chosen(session: Session, case: AssistanceRequest, command: OfActivity) -> Activity:
    activity = activity_in(session, case.id, command.activity)
    if activity is None:
        raise InvalidCommand(FieldError("activity", "activity.choose"))
    return activity


def _day(value: date | None, name: str) -> date:
    if value is None:
        raise InvalidCommand(FieldError(name, "activity.day_needed"))
    return value


def replace_counts(session: Session, activity: Activity, rows: Sequence[Mapping[str, Any]]) -> int:
    """Put `rows` in the place of what was counted of an activity; returns how many people they are."""
    session.execute(delete(ParticipantCount).where(ParticipantCount.activity_id == activity.id))
    if rows:
        session.execute(insert(ParticipantCount).values(rows))
    return sum(row["number"] for row in rows)


def counted_rows(
    session: Session, case: AssistanceRequest, activity: Activity, command: CountParticipants
) -> list[dict[str, Any]]:
    """Return what was counted as rows of the table: one statement.

    Raises:
        InvalidCommand: a State takes no part in the activity, a row stands twice, or nobody was counted.
    """
    if not command.rows and not command.nobody:
        raise InvalidCommand(FieldError("rows", "participants.none_counted"))
    if command.rows and command.nobody:
        raise InvalidCommand(FieldError("nobody", "participants.some_counted"))
    ids = coming_from(session, activity)
    errors = list(_faults(command, ids))
    if errors:
        raise InvalidCommand(*errors)
    of_activity = {"activity_id": activity.id, "case_id": case.id, "state_id": case.state_id}
    return [
        {
            **of_activity,
            "from_state_id": ids[row.state] if row.state else None,
            "profession": row.profession,
            "gender": row.gender,
            "number": row.number,
        }
        for row in command.rows
    ]


def _faults(command: CountParticipants, ids: dict[str, int]) -> Iterable[FieldError]:
    seen: set[Any] = set()
    for place, row in enumerate(command.rows):
        if row.state is not None and row.state not in ids:
            yield FieldError(f"rows.{place}.state", "participants.no_part")
        elif row.group in seen:
            yield FieldError(f"rows.{place}.number", "participants.twice")
        seen.add(row.group)


def coming_from(session: Session, activity: Activity) -> dict[str, int]:
    """Return the States from which people can have come, by code: the host and those that take part; one statement."""
    guests = set(session.scalars(select(ActivityState.participant_id).where(ActivityState.activity_id == activity.id)))
    wanted = guests | {activity.state_id}
    return {state.alpha3: state.id for state in all_states(session, include_demo=True) if state.id in wanted}


def _recorded(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    activity: Activity,
    payload: dict[str, Any],
    seen_by: Readership | None = None,
) -> None:
    activity.version += 1
    said = Said({"activity": activity.key, **payload}, seen_by=seen_by)
    record(session, case, Action.RECORD_ACTIVITY, actor, said, bump=True)
