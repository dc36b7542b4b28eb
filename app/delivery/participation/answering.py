"""How an invited State answers: on its own row under its own eyes, and into a history that it never sees.

The database lets a State read and answer what it was asked, and nothing else of the case. The lock on the case, its
history and the notices need the host's rows, so the session is bound to the host for exactly those moments; nothing
that is read there reaches the invited State.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, record
from app.casework.visibility import found, visible_cases
from app.delivery.activities.models import Activity, ActivityState
from app.delivery.participation.commands import AnswerInvitation
from app.delivery.participation.models import Participation
from app.delivery.participation.queries import ASKED_IN, begun, invited
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.db.scope import Reach, Scope, bind_scope, scope_of
from app.foundation.errors import Refused, Stale
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import Action, Audience


@use_case
def answer_invitation(session: Session, actor: Actor, command: AnswerInvitation) -> None:
    """Consent or decline for the actor's State, or change what it answered before the activity begins.

    Raises:
        NotFound: the actor's State was not asked this.
        Stale: somebody answered after the page was shown.
        Refused: the invitation was given up, the activity began, or no answer is taken now.
    """
    asked = _own(session, actor, command.key)
    with _as_host(session, actor, asked):
        case = _lock(session, asked)
    row = _own(session, actor, command.key, locked=True)
    if row.version != command.seen:
        raise Stale
    if row.closed_at is not None or begun(session, row) or case.state not in ASKED_IN:
        raise Refused([("participation.no_answer_taken", {})])
    row.answer, row.answered_at, row.answered_by_id = command.answer, now(), actor.user_id
    row.remark = command.remark
    row.nominees = [one.model_dump() for one in command.nominees]
    row.version += 1
    session.flush()
    with _as_host(session, actor, row):
        _take_part(session, row)
        record(session, case, Action.ANSWER_PARTICIPATION, actor, _said(row), bump=True, tied=True)


def _own(session: Session, actor: Actor, key: str, *, locked: bool = False) -> Participation:
    statement = invited(actor).where(Participation.key == key)
    if locked:
        statement = statement.with_for_update(of=Participation).execution_options(populate_existing=True)
    row: Participation = found(session.scalars(statement).first())
    return row


@contextmanager
def _as_host(session: Session, actor: Actor, row: Participation) -> Iterator[None]:
    """Let the session see what the host sees, for the block."""
    bind_scope(session, Scope(Reach.STATE, row.state_id))
    yield
    session.flush()
    bind_scope(session, scope_of(actor))


def _lock(session: Session, row: Participation) -> AssistanceRequest:
    statement = visible_cases(SYSTEM).where(AssistanceRequest.id == row.case_id)
    locked = statement.with_for_update(of=AssistanceRequest).execution_options(populate_existing=True)
    case: AssistanceRequest = session.scalars(locked).one()
    return case


def _take_part(session: Session, row: Participation) -> None:
    """Keep the States of an agreed activity in step with a changed answer."""
    agreed = select(Activity.id).where(Activity.case_id == row.case_id, Activity.key == row.activity_key)
    activity_id = session.scalar(agreed)
    if activity_id is None:
        return
    theirs = (ActivityState.activity_id == activity_id) & (ActivityState.participant_id == row.participant_id)
    session.execute(delete(ActivityState).where(theirs))
    if row.answer is ParticipationAnswer.CONSENT:
        of_case = {"case_id": row.case_id, "state_id": row.state_id}
        session.add(ActivityState(activity_id=activity_id, participant_id=row.participant_id, **of_case))


def _said(row: Participation) -> Said:
    """What history keeps, for the host and the Branch: who is invited elsewhere is nobody else's affair."""
    answer = row.answer.value if row.answer is not None else ""
    codes = {"subject": row.key, "participant": row.participant_id, "answer": answer}
    return Said(codes, note=row.remark, audience=Audience.STATE_TPB, seen_by=Readership.STATE_TPB)
