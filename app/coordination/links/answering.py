"""What a POST behind a link does: confirm the receipt, or answer. Nothing else is recorded through a link."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.models import AssistanceRequest
from app.casework.notices import Circle, tell_circles
from app.casework.perform import Beside, leave_marks
from app.coordination.answering import (
    Answer,
    Source,
    close_with,
    give_position,
    lock_consultation,
    mark_delivered,
    payload_of,
)
from app.coordination.links.commands import AnswerByLink, OfNotice
from app.coordination.links.models import ConsultationNotice
from app.coordination.links.sending import notice_with, reason_against
from app.coordination.models import Consultation
from app.coordination.positions import answer_of
from app.coordination.vocabulary import GIVEN_BY_PARTNERS, Came, DeliveredHow
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand, NotFound, Refused
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import BODY_OF_ROLE, ActorKind, Audience, Body, Mark

ROLE_OF: Final = {body: role for role, body in BODY_OF_ROLE.items()}


@use_case
def confirm_receipt(session: Session, actor: Actor, command: OfNotice) -> None:
    """Record that a person of the body has the notice: the delivery is proved, and the limit runs from now.

    Args:
        actor: the product, which asks nobody to sign in here.

    Raises:
        NotFound, Refused: the link is not good (any more).
    """
    case, consultation, notice = _locked(session, actor, command.key)
    notice.received_at = notice.received_at or now()
    mark_delivered(session, case, consultation, now(), DeliveredHow.OPENED)


@use_case
def answer_by_link(session: Session, actor: Actor, command: AnswerByLink, notice_key: str) -> None:
    """Close a consultation with the answer that came through its link; the link is used up with it.

    Args:
        actor: the product, which asks nobody to sign in here.
        notice_key: of the notice whose link was opened.

    Raises:
        NotFound, Refused: the link is not good (any more).
        Forbidden: the process allows no position now.
        InvalidCommand: a partner objects.
    """
    case, consultation, notice = _locked(session, actor, notice_key)
    notice.received_at = notice.received_at or now()
    notice.answered_at = now()
    mark_delivered(session, case, consultation, now(), DeliveredHow.OPENED)
    source = Source(Came.LINK, in_name_of=command.in_name_of)
    if consultation.body is Body.PARTNER:
        _take_answer_of_partner(session, case, consultation, answer_of(command), source)
    else:
        give_position(session, case, consultation, speaker_of(consultation.body), answer_of(command), source)


def _take_answer_of_partner(
    session: Session, case: AssistanceRequest, consultation: Consultation, answer: Answer, source: Source
) -> None:
    """Close `consultation` with what a partner says; the officer is told.

    Partners have no role in the process, so history notes it as a mark. It blocks nothing, and may come as long as the
    request is open.

    Args:
        case: locked with the consultation by `lock_consultation`.

    Raises:
        InvalidCommand: a partner objects to nothing.
    """
    if answer.position not in GIVEN_BY_PARTNERS:
        raise InvalidCommand(FieldError("position", "position_needed"))
    codes = {"position": answer.position.value, "came": source.came.value, "seen_by": Readership.COORDINATION.value}
    case.version += 1
    leave_marks(session, SYSTEM, [Beside(case, Mark.PARTNER_ANSWERED, payload_of(consultation, **codes))])
    close_with(session, consultation, SYSTEM, answer, source)
    tell_circles(session, case, {Circle.OFFICER}, "case.position_given", {}, Audience.COORDINATION)


def speaker_of(body: Body) -> Actor:
    """Return who acts where a body answers without an account: its role, and no person of ours.

    The history names nobody; the name that was entered stands with the position.

    Raises:
        NotFound: no liaison speaks for `body`; a partner has no role, see `_take_answer_of_partner`.
    """
    if body not in ROLE_OF:
        raise NotFound
    return Actor(user_id=None, kind=ActorKind.SYSTEM, name="", roles=frozenset({ROLE_OF[body]}), body=body)


def _locked(
    session: Session, actor: Actor, notice_key: str
) -> tuple[AssistanceRequest, Consultation, ConsultationNotice]:
    notice, asked = notice_with(session, notice_key)
    if notice is None or asked is None:
        raise NotFound
    case, consultation = lock_consultation(session, actor, asked.key)
    wanted = select(ConsultationNotice).where(ConsultationNotice.id == notice.id).with_for_update()
    notice = session.scalars(wanted.execution_options(populate_existing=True)).one()
    if (reason := reason_against(session, notice, consultation)) is not None:
        raise Refused([(f"link.{reason}", {})])
    return case, consultation, notice
