"""Deemed no objection: the silence of CTC/CTED, when everything that makes it count is there (Consultations 4).

What is missing is never guessed: without agreement, proved delivery or consent, on an urgent request and for every
other body nothing is deemed, and the alerts of the limit reach the chief instead.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.casework.facts import core_of
from app.casework.jobs import each_case
from app.casework.models import AssistanceRequest
from app.casework.projection import explanations_of
from app.coordination.answering import close_as_deemed, lock_consultation
from app.coordination.facts import LIMIT_OF, consultations_facts
from app.coordination.links.sending import OfConsultation
from app.coordination.models import Consultation
from app.coordination.silence.delivery import notices_of
from app.coordination.silence.models import SilenceProof
from app.coordination.silence.proving import proof_of
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.reference.agreements import silence_agreed, silence_agreement
from app.reference.models import BodyAgreement
from app.workflow.actor import Actor
from app.workflow.guards.coordination import is_deemed_silent
from app.workflow.vocabulary import Body, State

#: No limit of CTC/CTED is shorter, so that nothing told since is looked at.
SHORTEST: Final = timedelta(days=1)
MOST: Final = 500


def deem_silences(actor: Actor) -> int:
    """Record the silences that count by now; returns how many. What happens to one keeps no other waiting.

    Args:
        actor: the scheduler.

    Raises:
        Exception: the first unexpected failure, once every one had its turn.
    """
    session = read_session()
    bind_scope(session, scope_of(actor))
    if not silence_agreed(session, Body.CTC_CTED, now()):
        return 0
    keys = session.scalars(silent().limit(MOST)).all()
    session.rollback()
    recorded: list[str] = []

    def deem(key: str) -> None:
        if deem_silence(actor, OfConsultation(key=key)).recorded:
            recorded.append(key)

    each_case(keys, deem)
    return len(recorded)


def silent() -> Select[tuple[str]]:
    """Return the select of the keys of consultations whose silence may count by now."""
    return (
        select(Consultation.key)
        .join(AssistanceRequest, AssistanceRequest.id == Consultation.case_id)
        .where(
            Consultation.body == Body.CTC_CTED,
            Consultation.closed_at.is_(None),
            Consultation.notice_delivered_at <= now() - SHORTEST,
            AssistanceRequest.state == State.IN_COORDINATION,
            AssistanceRequest.urgent_since.is_(None),
        )
        .order_by(Consultation.id)
    )


class Deemed(BaseModel):
    """Whether a silence was recorded."""

    model_config = ConfigDict(frozen=True)

    recorded: bool


@use_case
def deem_silence(session: Session, actor: Actor, command: OfConsultation) -> Deemed:
    """Close one consultation as deemed no objection, with its proof, if its silence counts; else change nothing.

    Args:
        actor: the scheduler.

    Raises:
        NotFound, Stale: see `lock_consultation`.
    """
    case, consultation = lock_consultation(session, actor, command.key)
    core = core_of(session, case, actor)
    known = {one.key: one for one in consultations_facts(session, case.id, core).latest}
    one = known.get(consultation.key)
    if one is None or case.state is not State.IN_COORDINATION:
        return Deemed(recorded=False)
    if not is_deemed_silent(one, urgent=core.urgent, now=now()):
        return Deemed(recorded=False)
    agreement = silence_agreement(session, consultation.body, now(), since=one.delivered_at)
    clocks = explanations_of(session, case, LIMIT_OF[consultation.body])
    explained = next((found for found in clocks if found.due.subject == consultation.key and found.due.open), None)
    if agreement is None or explained is None:
        return Deemed(recorded=False)
    proof = proof_of(consultation, explained, agreement, notices_of(session, consultation.id))
    close_as_deemed(session, case, consultation, agreement=agreement.key)
    session.add(
        SilenceProof(
            case_id=case.id,
            state_id=case.state_id,
            consultation_id=consultation.id,
            agreement_id=session.scalars(select(BodyAgreement.id).where(BodyAgreement.key == agreement.key)).one(),
            proof=proof.model_dump(mode="json"),
            due_at=proof.due_at,
            deemed_at=now(),
        )
    )
    return Deemed(recorded=True)
