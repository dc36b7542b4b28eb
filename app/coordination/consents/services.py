"""Giving and withdrawing consents, in every state (process, Acts)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.models import AssistanceRequest, ConsentRecord
from app.casework.models.case import UNSENT
from app.casework.notices import Circle, tell_circles
from app.casework.perform import Said, lock_case, record
from app.casework.vocabulary import ConsentKind
from app.coordination.consents.commands import GiveConsent, WithdrawConsent
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand, NotFound, Stale
from app.foundation.wiring import wiring
from app.workflow.actor import Actor
from app.workflow.states import ENDED
from app.workflow.vocabulary import Action, State


@use_case
def give_consent(session: Session, actor: Actor, command: GiveConsent) -> None:
    """Give a consent for the actor's State, dated now; what is in force already stays.

    Raises:
        NotFound, Forbidden: see `record`.
        InvalidCommand: the request is a draft, whose consents are part of it, or names no such visit.
    """
    case = _lock(session, actor, command.key)
    held = select(ConsentRecord.id).where(
        ConsentRecord.case_id == case.id,
        ConsentRecord.kind == command.kind,
        ConsentRecord.subject == command.subject,
        ConsentRecord.withdrawn_at.is_(None),
    )
    if session.scalars(held).first() is not None:
        return
    if command.kind is ConsentKind.VISIT and command.subject not in _visits(session, case):
        raise InvalidCommand(FieldError("subject", "not_offered"))
    consent = ConsentRecord(
        case_id=case.id,
        state_id=case.state_id,
        kind=command.kind,
        subject=command.subject,
        given_by_id=actor.user_id,
        given_at=now(),
    )
    session.add(consent)
    session.flush()
    record(session, case, Action.GIVE_CONSENT, actor, _said(consent), bump=True)


@use_case
def withdraw_consent(session: Session, actor: Actor, command: WithdrawConsent) -> None:
    """Withdraw a consent of the actor's State; without that for CTC/CTED the chief is asked to hold the request.

    Raises:
        NotFound, Forbidden: see `record`; NotFound also when the case has no such consent.
        Stale: somebody withdrew it before.
    """
    case = _lock(session, actor, command.key)
    wanted = select(ConsentRecord).where(ConsentRecord.case_id == case.id, ConsentRecord.key == command.consent)
    consent = session.scalars(wanted.with_for_update()).one_or_none()
    if consent is None:
        raise NotFound
    if consent.withdrawn_at is not None:
        raise Stale(case_key=case.key, seen_version=max(case.version - 1, 0))
    consent.withdrawn_at, consent.withdrawn_by_id = now(), actor.user_id
    record(session, case, Action.WITHDRAW_CONSENT, actor, _said(consent), bump=True)
    if consent.kind is ConsentKind.CTC and case.state not in ENDED:
        tell_circles(session, case, {Circle.CHIEF, Circle.OFFICER}, "case.ctc_consent_withdrawn", {})


def _lock(session: Session, actor: Actor, key: str) -> AssistanceRequest:
    """Lock the case; in a draft the consents are part of the draft, and a discarded one keeps nothing."""
    case = lock_case(session, actor, key)
    if case.state in UNSENT or case.state is State.DISCARDED:
        raise InvalidCommand(FieldError("kind", "consent.in_draft"))
    return case


def _visits(session: Session, case: AssistanceRequest) -> set[str]:
    planned = wiring().joint_visits
    return set() if planned is None else {row.key for row in session.execute(planned(case.id))}


def _said(consent: ConsentRecord) -> Said:
    """What history keeps, for the State and TPB: what was not shared is nobody else's affair."""
    codes = {"kind": consent.kind.value, "consent": consent.key}
    return Said({**codes, "visit": consent.subject} if consent.subject else codes, seen_by=Readership.STATE_TPB)
