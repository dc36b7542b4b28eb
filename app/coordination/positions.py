"""What the liaisons of a body do: answer, ask for more time, take an objection back, correct what was recorded."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from app.casework.facts import core_of_seen
from app.coordination.answering import (
    Answer,
    Source,
    correct_position,
    latest_position,
    lock_own,
    mark_delivered,
    record_own,
)
from app.coordination.answering import give_position as close_with
from app.coordination.commands import Acknowledge, AskMoreTime, CorrectPosition, GivePosition, WithdrawObjection
from app.coordination.models import ConsultationPosition
from app.coordination.vocabulary import Came, DeliveredHow
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import Forbidden, Refused
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


class PositionGiven(BaseModel):
    """A position that is on record now.

    Attributes:
        key: its public key, for the receipt.
    """

    model_config = ConfigDict(frozen=True)

    key: str


@use_case
def give_position(session: Session, actor: Actor, command: GivePosition) -> PositionGiven:
    """Answer the consultation of the actor's own body (process, Acts).

    Raises:
        Refused: it is closed.
        NotFound, Stale, Forbidden: see `lock_own` and `record`.
    """
    case, consultation = lock_own(session, actor, command, command.seen)
    row = close_with(session, case, consultation, actor, answer_of(command), Source(Came.INBOX))
    session.flush()
    return PositionGiven(key=row.key)


@use_case
def acknowledge(session: Session, actor: Actor, command: Acknowledge) -> None:
    """Say that the notice arrived: a delivery that somebody of the body proves (Consultations 4). Once for each round.

    Raises:
        Forbidden: positions are not given in the state of the case.
        NotFound, Stale: see `lock_own`.
    """
    case, consultation = lock_own(session, actor, command, command.seen)
    if not policy.may(actor, Action.GIVE_POSITION, core_of_seen(case, actor)):
        raise Forbidden
    mark_delivered(session, case, consultation, now(), DeliveredHow.OPENED)


@use_case
def ask_more_time(session: Session, actor: Actor, command: AskMoreTime) -> None:
    """Ask for more time, once in each round; the limit is lengthened at once (Consultations 2).

    Who asks has read the notice: where no delivery was proved before, this is the proof.

    Raises:
        Refused: more time was asked before, or the consultation is closed.
        NotFound, Stale, Forbidden: see `lock_own` and `record`.
    """
    case, consultation = lock_own(session, actor, command, command.seen)
    mark_delivered(session, case, consultation, now(), DeliveredHow.OPENED)
    record_own(session, case, consultation, Action.ASK_MORE_TIME, actor)
    consultation.more_time_at = now()
    consultation.version += 1


@use_case
def withdraw_objection(session: Session, actor: Actor, command: WithdrawObjection) -> None:
    """Take back the objection of the actor's own body (Consultations 5).

    Raises:
        Refused: no objection of this body stands.
        NotFound, Stale, Forbidden: see `lock_own` and `record`.
    """
    case, consultation = lock_own(session, actor, command, command.seen)
    record_own(session, case, consultation, Action.WITHDRAW_OBJECTION, actor)
    consultation.objection_withdrawn_at = now()
    consultation.version += 1


@use_case
def correct(session: Session, actor: Actor, command: CorrectPosition) -> PositionGiven:
    """Correct what an officer recorded, within the window of the process; what was recorded stays on record.

    Raises:
        Refused: nothing was recorded for this body, or the window has closed.
        NotFound, Stale, Forbidden: see `lock_own` and `record`.
    """
    case, consultation = lock_own(session, actor, command, command.seen)
    former = latest_position(session, consultation)
    if former is None or not may_correct(former):
        raise Refused([("not_correctable", {})])
    row = correct_position(session, case, consultation, actor, answer_of(command), former)
    session.flush()
    return PositionGiven(key=row.key)


def may_correct(position: ConsultationPosition) -> bool:
    """Tell whether the body may still correct `position`."""
    return position.correctable_until is not None and now() < position.correctable_until


def answer_of(command: GivePosition) -> Answer:
    """Return what a command says, complete by its rules."""
    if command.position is None:
        raise TypeError("a command without a position was not validated")
    return Answer(command.position, command.ground, command.text, command.lang.value)
