"""From the report to the end: a State confirms, contests or keeps silent, evaluates, and a request is closed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.perform import Said, lock_case, perform, record
from app.delivery.evaluation.commands import Close, ConfirmDelivery, ContestDelivery, DeemDelivered, Evaluate, Reopen
from app.delivery.evaluation.models import QUESTIONS, Evaluation
from app.foundation.db import use_case
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience


@use_case
def confirm_delivery(session: Session, actor: Actor, command: ConfirmDelivery) -> None:
    """Confirm for the State that what was reported was delivered (process, Steps).

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.remark, audience=Audience.STATE_TPB)
    perform(session, case, Action.CONFIRM_DELIVERY, actor, command, said)


@use_case
def contest_delivery(session: Session, actor: Actor, command: ContestDelivery) -> None:
    """Say for the State what is missing; the delivery goes on.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.missing, audience=Audience.STATE_TPB)
    perform(session, case, Action.CONTEST_DELIVERY, actor, command, said)


@use_case
def deem_delivery_confirmed(session: Session, actor: Actor, command: DeemDelivered) -> None:
    """Take the silence of a State as its confirmation, once its time has passed and two reminders were delivered.

    Args:
        actor: the scheduler.

    Raises:
        NotFound, Forbidden: see `lock_case` and `perform`.
        Refused: its time has not passed, or the reminders were not delivered.
    """
    case = lock_case(session, actor, command.key)
    perform(session, case, Action.DEEM_DELIVERY_CONFIRMED, actor, command, Said())


@use_case
def evaluate(session: Session, actor: Actor, command: Evaluate) -> None:
    """Keep what the State says of the delivery; said again, the latest counts.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said({"answer": command.answer.value}, seen_by=Readership.STATE_TPB)
    record(session, case, Action.EVALUATE, actor, said, bump=True)
    session.add(
        Evaluation(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            answer=command.answer,
            remark=command.remark,
            lang=case.lang,
            evaluated_by_id=actor.user_id,
            **{name: getattr(command, name) for name in QUESTIONS},
        )
    )


@use_case
def close(session: Session, actor: Actor, command: Close) -> None:
    """Close a request that was evaluated, or whose State let the time for it pass.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Refused: nobody evaluated in time yet, or a recommendation lacks its owner or date.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.remark, audience=Audience.STATE_TPB)
    perform(session, case, Action.CLOSE, actor, command, said)


@use_case
def reopen(session: Session, actor: Actor, command: Reopen) -> None:
    """Open a closed request again, within thirty days.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Refused: the thirty days have passed.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.reason, audience=Audience.STATE_TPB)
    perform(session, case, Action.REOPEN, actor, command, said)
