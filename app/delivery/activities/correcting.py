"""Numbers of participants that are corrected after the report: the record keeps who said so, when, why, old and new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, and_, func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.audiences import Readership
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.casework.perform import Said, lock_case, record
from app.delivery.activities.commands import CorrectCount
from app.delivery.activities.models import Activity, ParticipantCount
from app.delivery.activities.recording import activity_in, counted_rows, replace_counts
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction, as the page of the activity shows it."""

    at: datetime
    by: str | None
    was: int
    now: int
    reason: str


@use_case
def correct_count(session: Session, actor: Actor, command: CorrectCount) -> None:
    """Correct how many people came, after the delivery was reported; the State is told.

    The rows of the table are replaced, so that every figure that is drawn from them is the right one; what they were
    stands in the history, which is only ever added to.

    Raises:
        InvalidCommand: nothing changes, a State takes no part, a row stands twice, or nobody was counted.
        NotFound, Stale, Forbidden: see `lock_case` and `record`; also NotFound where no such activity was counted.
    """
    case = lock_case(session, actor, command.key, command.version)
    if not policy.may(actor, Action.CORRECT_COUNT, core_of(session, case, actor, involved=True)):
        raise Forbidden
    activity = activity_in(session, case.id, command.activity)
    if activity is None or activity.counted_at is None:
        raise NotFound
    rows = counted_rows(session, case, activity, command)
    before = _stored(session, activity)
    after = [[row["from_state_id"], row["profession"].value, row["gender"].value, row["number"]] for row in rows]
    if sorted(before, key=str) == sorted(after, key=str):
        raise InvalidCommand(FieldError("rows", "participants.same"))
    people = replace_counts(session, activity, rows)
    activity.version += 1
    was = sum(row[-1] for row in before)
    payload = {"activity": activity.key, "was": was, "corrected_to": people, "rows_were": before, "rows": after}
    said = Said(payload, note=command.reason, audience=Audience.STATE_TPB, seen_by=Readership.STATE_TPB)
    record(session, case, Action.CORRECT_COUNT, actor, said, bump=True)


def _stored(session: Session, activity: Activity) -> list[list[Any]]:
    """Return the rows of a count as the history keeps them: State, profession, gender, number."""
    counts = select(ParticipantCount).where(ParticipantCount.activity_id == activity.id)
    rows = session.scalars(counts.order_by(ParticipantCount.id))
    return [[one.from_state_id, one.profession.value, one.gender.value, one.number] for one in rows]


def corrections_of(session: Session, activity: Activity) -> Sequence[Correction]:
    """Return the corrections of the count of an activity, the latest first: one statement.

    Args:
        activity: of a case that somebody of its State, of the Branch, or an auditor, got from `visible_cases`.
    """
    payload = and_(HistoryPayload.case_id == HistoryEntry.case_id, HistoryPayload.seq == HistoryEntry.seq)
    statement = (
        select(HistoryEntry.at, User.name, HistoryPayload.payload)
        .join(HistoryPayload, payload)
        .outerjoin(User, User.id == HistoryEntry.actor_id)
        .where(HistoryEntry.case_id == activity.case_id, HistoryEntry.action == Action.CORRECT_COUNT.value)
        .order_by(HistoryEntry.seq.desc())
    )
    return [
        Correction(at, by, said["was"], said["corrected_to"], said.get("note", ""))
        for at, by, said in session.execute(statement)
        if said and said.get("activity") == activity.key
    ]


def counted_in(session: Session, case_id: int) -> Sequence[Activity]:
    """Return the activities of a case whose participants were counted, in their order: one statement."""
    counted_ones = select(Activity).where(Activity.case_id == case_id, Activity.counted_at.is_not(None))
    return session.scalars(counted_ones.order_by(Activity.place, Activity.id)).all()


def counted() -> ScalarSelect[Any]:
    """Return how many activities of a case were counted, as a column of a select of cases."""
    of_case = (Activity.case_id == AssistanceRequest.id, Activity.counted_at.is_not(None))
    return select(func.count(Activity.id)).where(*of_case).correlate(AssistanceRequest).scalar_subquery()
