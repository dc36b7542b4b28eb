"""The decision on a request: it is put to the chief, who approves type by type, declines, or sends it back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.commands import CaseCommand
from app.casework.facts import has_part
from app.casework.models import AssistanceRequest, CaseType
from app.casework.perform import Said, lock_case, perform
from app.casework.visibility import found, visible_cases
from app.decision.commands import Approve, DecideType, Decline, PutForDecision, Reassess, SendBack
from app.decision.models import TypeDecision
from app.documents.letters import Sent, file_letter
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand, Stale
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, AssistanceType, Audience


@use_case
def put_for_decision(session: Session, actor: Actor, command: PutForDecision) -> None:
    """Give a request to the chief for decision (process, Steps).

    Raises:
        Refused: a consultation is open, an objection stands, or there is no plan.
        NotFound, Stale, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.PUT_FOR_DECISION, actor, command, Said())


@use_case
def approve(session: Session, actor: Actor, command: Approve, letter: Sent) -> None:
    """Approve a request, type by type; the State gets the letter.

    Raises:
        InvalidCommand: the decisions are not those on the types that the State asked for.
        Refused: the consultation of CTC/CTED is not closed without objection.
        NotFound, Stale, Forbidden: see `perform`; Forbidden also for a chief who is not independent.
    """
    case, involved = lock_for_chief(session, actor, command)
    if sorted(one.type for one in command.decisions) != types_of(session, case.id):
        raise InvalidCommand(FieldError("decisions", "types_changed"))
    payload = {
        "approved": [one.type.value for one in command.decisions if one.approved],
        "declined": [one.type.value for one in command.decisions if not one.approved],
        **file_letter(session, case, actor, letter),
    }
    perform(session, case, Action.APPROVE, actor, command, Said(payload), involved=involved)
    _write(session, case, actor, letter.lang, command.decisions)


def note_approval(session: Session, case: AssistanceRequest, actor: Actor, command: Approve) -> None:
    """Effect of `approve`: the case knows that it was approved, so that a hold leads back to planning."""
    del session, actor, command
    case.approved_at = now()


def forget_approval(session: Session, case: AssistanceRequest, actor: Actor, command: Reassess) -> None:
    """Effect of `reassess`: what was approved is to be decided anew, so that no hold leads past that decision."""
    del session, actor, command
    case.approved_at = None


@use_case
def decline(session: Session, actor: Actor, command: Decline, letter: Sent) -> None:
    """Decline a whole request; the State gets the letter.

    Raises:
        NotFound, Stale, Forbidden: see `perform`; Forbidden also for a chief who is not independent.
    """
    case, involved = lock_for_chief(session, actor, command)
    types = types_of(session, case.id)
    reason = command.reason.value if command.reason else None
    payload = {"reason": reason, **file_letter(session, case, actor, letter)}
    perform(session, case, Action.DECLINE, actor, command, Said(payload), involved=involved)
    each = [DecideType(type=one, approved=False, reason=command.reason, text=command.text) for one in types]
    _write(session, case, actor, letter.lang, each)


@use_case
def send_back(session: Session, actor: Actor, command: SendBack) -> None:
    """Give a request back to its officer, and say which closed consultations stay valid.

    Raises:
        NotFound, Stale, Forbidden: see `perform`; Forbidden also for a chief who is not independent.
    """
    case, involved = lock_for_chief(session, actor, command)
    said = Said(command.change, note=command.comment, audience=Audience.TPB_ONLY)
    perform(session, case, Action.SEND_BACK, actor, command, said, involved=involved)


@use_case
def reassess(session: Session, actor: Actor, command: Reassess) -> None:
    """Have a request that is being planned assessed anew, because facts changed in substance.

    Raises:
        NotFound, Stale, Forbidden: see `perform`; Forbidden also for a chief who is not independent.
    """
    case, involved = lock_for_chief(session, actor, command)
    said = Said(command.change, note=command.reason, audience=Audience.TPB_ONLY)
    perform(session, case, Action.REASSESS, actor, command, said, involved=involved)


def types_of(session: Session, case_id: int) -> list[AssistanceType]:
    """Return for which types of assistance a case asks, in their order: one statement."""
    return sorted(session.scalars(select(CaseType.type).where(CaseType.case_id == case_id)))


def lock_for_chief(session: Session, actor: Actor, command: CaseCommand) -> tuple[AssistanceRequest, bool]:
    """Lock the case; returns it, and whether the actor is not independent of it."""
    statement = (
        visible_cases(actor, AssistanceRequest, has_part(actor))
        .where(AssistanceRequest.key == command.key)
        .with_for_update(of=AssistanceRequest)
        .execution_options(populate_existing=True)
    )
    case, involved = found(session.execute(statement).first())
    if case.version != command.version:
        raise Stale(case_key=case.key, seen_version=command.version)
    return case, bool(involved)


def _write(session: Session, case: AssistanceRequest, actor: Actor, lang: str, decisions: Iterable[DecideType]) -> None:
    session.add_all(
        TypeDecision(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            type=one.type,
            approved=bool(one.approved),
            reason=one.reason,
            text=one.text,
            lang=lang,
            decided_by_id=actor.user_id,
        )
        for one in decisions
    )
