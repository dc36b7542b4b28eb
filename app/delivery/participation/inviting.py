"""Invitations as the plan changes: put to the host, asked once it agrees, closed when their terms are given up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.models import AssistanceRequest
from app.casework.perform import Beside, leave_marks
from app.delivery.participation.models import Participation
from app.delivery.participation.queries import dues_of, named_in_plan, standing, unmatched
from app.delivery.participation.telling import tell_guests
from app.delivery.participation.terms import terms_of
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.foundation.clock import now
from app.workflow.actor import Actor
from app.workflow.vocabulary import Mark


def settle_invitations(session: Session, case: AssistanceRequest, actor: Actor) -> list[Participation]:
    """Bring the invitations in line with the newest version of the plan; returns those that the host is to agree to.

    Unchanged terms keep their answer. What the plan no longer says is closed, and a State that was asked is told.

    Args:
        case: locked by the caller.
    """
    named, rows = named_in_plan(session, case.id), standing(session, case.id)
    wanted = {(one.activity.key, one.participant_id): terms_of(one.activity) for one in named}
    gone = [row for row in rows if wanted.get((row.activity_key, row.participant_id)) != terms_of(row)]
    moved = [row for row in gone if (row.activity_key, row.participant_id) in wanted]
    close_invitations(session, case, actor, moved, "participation.changed")
    close_invitations(session, case, actor, [row for row in gone if row not in moved], "participation.closed")
    fresh = [
        Participation(
            case_id=case.id,
            state_id=case.state_id,
            activity_key=one.activity.key,
            participant_id=one.participant_id,
            title=one.activity.title,
            lang=one.lang,
            starts_on=one.activity.starts_on,
            ends_on=one.activity.ends_on,
            city=one.activity.city,
            country=one.activity.country,
        )
        for one in unmatched(named, rows)
    ]
    session.add_all(fresh)
    session.flush()
    return fresh


def ask_guests(session: Session, case: AssistanceRequest, actor: Actor, rows: Sequence[Participation]) -> None:
    """Ask States to whose being told the host has just agreed; the limit of each runs from now."""
    at = now()
    for row in rows:
        row.disclosed_at = row.asked_at = at
        row.withheld_at = None
        row.version += 1
    session.flush()
    leave_marks(session, actor, [_mark(case, row, Mark.PARTICIPATION_ASKED) for row in rows])
    dues = dues_of(session, case)
    for row in rows:
        row.answer_by = dues[row.key].due_on if row.key in dues else None
    tell_guests(session, rows, "participation.asked", actor)


def close_invitations(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    rows: Iterable[Participation],
    code: str,
    *,
    marked: bool = True,
) -> None:
    """Give up the terms of invitations, and tell the States that were asked and did not decline.

    Args:
        code: of what they are told.
        marked: the case goes on, so that its history says so and the limit ends; where the case itself ends its
            limits end with it.
    """
    closed = list(rows)
    for row in closed:
        row.closed_at = now()
        row.version += 1
    session.flush()
    asked = [row for row in closed if row.asked_at is not None]
    if marked and asked:
        leave_marks(session, actor, [_mark(case, row, Mark.PARTICIPATION_CLOSED) for row in asked])
    coming = [row for row in asked if row.answer is not ParticipationAnswer.DECLINE]
    tell_guests(session, coming, code, actor)


def _mark(case: AssistanceRequest, row: Participation, mark: Mark) -> Beside:
    said = {"subject": row.key, "participant": row.participant_id, "seen_by": Readership.STATE_TPB.value}
    return Beside(case, mark, said)
