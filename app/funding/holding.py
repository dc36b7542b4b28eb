"""Holds: a request rests, goes on, or is kept by its State though it has been resting for long."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest, CaseReminder
from app.casework.notices import Circle, tell_circles
from app.casework.perform import Said, lock_case, perform, record
from app.documents.letters import correspondence_of
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, Refused
from app.funding.commands import KeepRequest, PutOnHold, Resume
from app.funding.models import Hold
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience, LimitKey, State


@use_case
def hold(session: Session, actor: Actor, command: PutOnHold) -> None:
    """Let a request rest (process, Steps); the clocks stand still, and the State reads the kind of reason.

    Raises:
        InvalidCommand: a reason that is not the actor's to hold for.
        NotFound, Stale, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    reason = command.reason
    # Any chief may hold, and programme support for money: nobody's independence is asked for.
    allowed = policy.hold_reasons(actor, core_of(session, case, actor, involved=True))
    if not allowed:
        raise Forbidden
    if reason is None or reason not in allowed:
        raise InvalidCommand(FieldError("reason", "hold_reason_not_yours"))
    lang = correspondence_of(session, case)
    said = Said({"hold_reason": reason.value}, note=command.text, audience=Audience.TPB_ONLY)
    perform(session, case, Action.HOLD, actor, command, said, involved=True)
    session.add(
        Hold(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            reason=reason,
            text=command.text,
            for_state=command.for_state,
            lang=lang,
            shortfall_minor=command.minor,
            currency=command.currency,
            held_by_id=actor.user_id,
        )
    )


def note_reason(session: Session, case: AssistanceRequest, actor: Actor, command: PutOnHold) -> None:
    """Effect of `hold`: the case knows why it rests."""
    del session, actor
    case.hold_reason = command.reason


@use_case
def resume_planning(session: Session, actor: Actor, command: Resume) -> None:
    """Go on with planning once the cause of the hold has gone.

    Raises:
        Refused: the request was not approved before, or money is still missing.
        NotFound, Stale, Forbidden: see `perform`.
    """
    _resume(session, actor, command, Action.RESUME_PLANNING)


@use_case
def resume_review(session: Session, actor: Actor, command: Resume) -> None:
    """Go on with the review once the cause of the hold has gone.

    Raises:
        Refused: the request was approved before, or money is still missing.
        NotFound, Stale, Forbidden: see `perform`.
    """
    _resume(session, actor, command, Action.RESUME_REVIEW)


@use_case
def ask_whether_kept(session: Session, actor: Actor, key: str) -> None:
    """Ask the State, once in each hold, whether it keeps a request that has been resting for the limit `hold_ask`.

    Args:
        actor: the scheduler.
        key: public key of the case.

    Raises:
        NotFound: no such case.
    """
    case = lock_case(session, actor, key)
    if case.state is not State.ON_HOLD or asked_in_this_hold(session, case):
        return
    tell_circles(session, case, {Circle.FOCAL_POINTS, Circle.MISSION}, "case.keep_or_withdraw", {})
    session.add(
        CaseReminder(
            case_id=case.id,
            state_id=case.state_id,
            limit_key=LimitKey.HOLD_ASK,
            starts_at=case.state_since,
            number=1,
            code="case.keep_or_withdraw",
            sent_at=now(),
        )
    )


@use_case
def keep(session: Session, actor: Actor, command: KeepRequest) -> None:
    """Say that the State keeps the request; whoever can end the hold is told.

    Raises:
        Refused: the State was not asked.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    if not actor.is_state_side:
        raise Forbidden
    if case.state is not State.ON_HOLD or not asked_in_this_hold(session, case):
        raise Refused([("nothing_to_keep", {})])
    record(session, case, Action.WRITE, actor, Said({"hold_kept": True}, seen_by=Readership.ALL), bump=True)
    circles = {Circle.OFFICER, Circle.CHIEF, Circle.PROGRAMME_SUPPORT}
    tell_circles(session, case, circles, "case.hold_kept", {})


def asked_in_this_hold(session: Session, case: AssistanceRequest) -> bool:
    """Tell whether the State was asked, since the request rests, if it keeps it: one statement."""
    return bool(session.scalar(select(was_asked(case))))


def was_asked(case: AssistanceRequest) -> ColumnElement[bool]:
    """Return whether the State of a case that rests was asked if it keeps it, as a column."""
    asked = select(CaseReminder.id).where(
        CaseReminder.case_id == case.id,
        CaseReminder.limit_key == LimitKey.HOLD_ASK,
        CaseReminder.starts_at == case.state_since,
    )
    return asked.exists()


def _resume(session: Session, actor: Actor, command: Resume, action: Action) -> None:
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.text, audience=Audience.TPB_ONLY)
    perform(session, case, action, actor, command, said)
