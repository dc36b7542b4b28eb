"""What the Branch records: a position that came by mail or telephone, and that it goes on without an answer."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User, UserRole
from app.casework.audiences import Readership
from app.casework.facts import core_of_seen
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, lock_case, record
from app.coordination.answering import Source, give_position, payload_of
from app.coordination.commands import ProceedWithout, RecordPosition
from app.coordination.facts import consultations_facts, is_latest
from app.coordination.models import Consultation
from app.coordination.positions import answer_of
from app.coordination.texts import body_text
from app.coordination.vocabulary import GIVEN_BY_PARTNERS, ClosedHow
from app.documents.services import file_document
from app.documents.vocabulary import DocumentKind
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand, Refused
from app.reference import cache
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation
from app.workflow.actor import Actor
from app.workflow.definition import PROCESS
from app.workflow.guards.coordination import may_proceed_without
from app.workflow.refusals import RefusalCode
from app.workflow.vocabulary import Action, Audience, Body, Position, Section, Window
from app.workflow.workdays import window_end

CORRECTABLE = dict(PROCESS.windows)[Window.CORRECT_POSITION]


@use_case
def record_position(session: Session, actor: Actor, command: RecordPosition) -> None:
    """Record what a body said by mail or telephone, with the original; its liaisons get a receipt (process, Acts).

    Raises:
        InvalidCommand: no consultation of this case that waits for an answer is chosen, or an objection of a partner.
        NotFound, Stale, Forbidden, Refused: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    consultation = _chosen(session, case, command.consultation)
    if consultation.body is Body.PARTNER and command.position not in GIVEN_BY_PARTNERS:
        raise InvalidCommand(FieldError("position", "partner_objects_not"))
    if command.came is None:
        raise TypeError("a command without its channel was not validated")
    document = None
    if command.file is not None:
        document = file_document(
            session,
            case,
            actor,
            command.file,
            kind=DocumentKind.LETTER,
            lang=command.lang.value,
            title=_("Position of %(body)s", body=consultation.partner or body_text(consultation.body))[:200],
            audience=Audience.COORDINATION,
        )
    liaison = consultation.body is not Body.PARTNER
    source = Source(
        command.came,
        in_name_of=command.in_name_of,
        document_id=document.id if document else None,
        note=command.note,
        correctable_until=correctable_until(session) if liaison else None,
    )
    people = frozenset(liaisons_of(session, {consultation.body}))
    give_position(session, case, consultation, actor, answer_of(command), source, people)


@use_case
def proceed_without(session: Session, actor: Actor, command: ProceedWithout) -> None:
    """Close an escalated consultation past its last limit: no answer, never a consent (process, Acts).

    Raises:
        InvalidCommand: no consultation of this case that waits for an answer is chosen.
        Refused: it did not escalate, its last limit has not passed, or it is CTC/CTED's.
        NotFound, Stale, Forbidden: see `record`; Forbidden also for a chief who is not independent.
    """
    case = lock_case(session, actor, command.key, command.version)
    consultation = _chosen(session, case, command.consultation)
    said = Said(
        payload_of(consultation, position=Position.NO_ANSWER.value),
        note=command.reason,
        audience=Audience.COORDINATION,
        seen_by=Readership.COORDINATION,
        also=frozenset(liaisons_of(session, {consultation.body})),
    )
    known = consultations_facts(session, case.id, core_of_seen(case, actor))
    this = next(one for one in known.latest if one.key == consultation.key)
    if not may_proceed_without(this, now=now()):
        raise Refused([(f"refusal.{RefusalCode.NOT_PAST_LAST_LIMIT.value}", {})])
    record(session, case, Action.PROCEED_WITHOUT, actor, said, bump=True, known={Section.CONSULTATIONS: known})
    consultation.position, consultation.closed_how = Position.NO_ANSWER, ClosedHow.PROCEEDED
    consultation.closed_at = now()
    consultation.version += 1


def correctable_until(session: Session) -> datetime:
    """Return until when what is recorded now may be corrected, by the calendar of New York (UTC)."""
    return window_end(now(), CORRECTABLE, work_calendar(session, DutyStation.NEW_YORK))


def liaisons_of(session: Session, bodies: set[Body]) -> set[int]:
    """Return the ids of the active liaisons of `bodies`: one statement, none where no body has liaisons."""
    theirs = sorted(bodies - {Body.PARTNER})
    if not theirs:
        return set()
    holds = (UserRole.user_id == User.id) & UserRole.ended_at.is_(None)
    statement = select(User.id).join(UserRole, holds).where(User.active, User.body.in_(theirs))
    return set(session.scalars(statement))


def _chosen(session: Session, case: AssistanceRequest, key: str) -> Consultation:
    statement = select(Consultation, cache.token_column()).where(
        Consultation.case_id == case.id, Consultation.key == key, Consultation.closed_at.is_(None), is_latest()
    )
    row = session.execute(statement).first()
    if row is None:
        raise InvalidCommand(FieldError("consultation", "consultation_needed"))
    consultation, token = row
    # says whether the calendars in memory are still right
    cache.trust(session, token)
    return cast("Consultation", consultation)
