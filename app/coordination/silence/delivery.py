"""Whether a notice was provably delivered (process, Consultations 4; docs/decisions/0018).

Opened by the body: a person signed in, or through the link, pressed "I have received this" or answered. Or taken by the
relay of the registered address, and no report that it did not arrive came in 24 hours. A link that was merely opened
proves nothing: scanners of mail open links.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.jobs import each_case
from app.coordination.answering import lock_consultation, mark_delivered
from app.coordination.links.models import ConsultationNotice
from app.coordination.links.sending import OfConsultation
from app.coordination.models import Consultation
from app.coordination.vocabulary import DeliveredHow
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.notifications.models import MailBounce, OutboxMessage
from app.workflow.actor import Actor

#: How long a report that a mail did not arrive may take.
WAITS: Final = timedelta(hours=24)
#: For how long such reports are taken over.
LOOKED_FOR: Final = timedelta(days=90)
MOST: Final = 500


def settle_deliveries(actor: Actor) -> int:
    """Take over what became of the mails of notices, and record deliveries that are proved by now.

    Returns:
        How many consultations were looked at.
    """
    session = read_session()
    bind_scope(session, scope_of(actor))
    keys = session.scalars(to_settle().limit(MOST)).all()
    session.rollback()
    each_case(keys, lambda key: settle_delivery(actor, OfConsultation(key=key)))
    return len(keys)


@use_case
def settle_delivery(session: Session, actor: Actor, command: OfConsultation) -> None:
    """Take over what became of the notices of one consultation; mark it as delivered once that is proved.

    Running it again changes nothing. A report may come long after a later round was opened: it is kept all the same.

    Args:
        actor: the scheduler.
    """
    case, consultation = lock_consultation(session, actor, command.key, any_round=True)
    for notice, sent_at, bounce_at, status in session.execute(_ways_of(consultation.id)).all():
        notice.accepted_at = notice.accepted_at or sent_at
        if notice.bounced_at is None and bounce_at is not None:
            notice.bounced_at, notice.bounce_status = bounce_at, status
        if notice.accepted_at is not None and notice.bounced_at is None and notice.accepted_at + WAITS <= now():
            mark_delivered(session, case, consultation, notice.accepted_at + WAITS, DeliveredHow.RELAY)


def notices_of(session: Session, consultation_id: int) -> list[ConsultationNotice]:
    """Return the notices of one consultation, the first first."""
    statement = select(ConsultationNotice).where(ConsultationNotice.consultation_id == consultation_id)
    return list(session.scalars(statement.order_by(ConsultationNotice.id)))


def to_settle() -> Any:
    """Return the select of the keys of consultations about whose mails something is to be taken over."""
    bounced = (
        select(MailBounce.id)
        .where(MailBounce.message_id == ConsultationNotice.message_id, MailBounce.action == "failed")
        .exists()
    )
    left = select(OutboxMessage.id).where(
        OutboxMessage.message_id == ConsultationNotice.message_id, OutboxMessage.sent_at.is_not(None)
    )
    waits = Consultation.closed_at.is_(None) & Consultation.notice_delivered_at.is_(None)
    proved = ConsultationNotice.accepted_at.is_not(None) & (ConsultationNotice.accepted_at <= now() - WAITS) & waits
    fresh = ConsultationNotice.accepted_at.is_(None) & left.exists()
    came = ConsultationNotice.bounced_at.is_(None) & bounced
    recent = ConsultationNotice.queued_at > now() - LOOKED_FOR
    return (
        select(Consultation.key)
        .join(ConsultationNotice, ConsultationNotice.consultation_id == Consultation.id)
        .where(recent, came | (ConsultationNotice.bounced_at.is_(None) & (fresh | proved)))
        .distinct()
        .order_by(Consultation.key)
    )


def _ways_of(consultation_id: int) -> Any:
    failed = (
        select(MailBounce)
        .where(MailBounce.message_id == ConsultationNotice.message_id, MailBounce.action == "failed")
        .order_by(MailBounce.id)
        .limit(1)
    )
    sent = select(OutboxMessage.sent_at).where(OutboxMessage.message_id == ConsultationNotice.message_id)
    return (
        select(
            ConsultationNotice,
            sent.scalar_subquery(),
            failed.with_only_columns(MailBounce.received_at).scalar_subquery(),
            failed.with_only_columns(MailBounce.status).scalar_subquery(),
        )
        .where(ConsultationNotice.consultation_id == consultation_id)
        .order_by(ConsultationNotice.id)
    )
