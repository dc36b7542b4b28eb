"""When the silence of a body may count at all: what stands in the database beside the clock (Consultations 4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.casework.models import ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.coordination.links.models import ConsultationNotice
from app.coordination.models import Consultation
from app.foundation.clock import now
from app.notifications.models import MailBounce
from app.reference.agreements import silence_agreement


def came_back(consultation_id: Any) -> ColumnElement[bool]:
    """Return the condition that a notice of a consultation was reported as not arrived, whenever the report came.

    Args:
        consultation_id: column with its id.
    """
    return (
        select(ConsultationNotice.id)
        .join(MailBounce, MailBounce.message_id == ConsultationNotice.message_id)
        .where(ConsultationNotice.consultation_id == consultation_id, MailBounce.action == "failed")
        .exists()
    )


def shared_since_told() -> ColumnElement[bool]:
    """Return the condition on consultations that the State has consented to sharing since they were told, unbroken.

    While it did not, a body could neither open its link nor read anything new: that time is not to be its silence.
    """
    return (
        select(ConsentRecord.id)
        .where(
            ConsentRecord.case_id == Consultation.case_id,
            ConsentRecord.kind == ConsentKind.CTC,
            ConsentRecord.given_at <= Consultation.notice_delivered_at,
            ConsentRecord.withdrawn_at.is_(None),
        )
        .exists()
    )


def stands() -> ColumnElement[bool]:
    """Return the condition on consultations that nothing speaks against their silence: it is shared, no mail came back.

    A report that comes after the delivery was recorded takes nothing back from the history; it only keeps silence from
    counting, and the limit's end reaches the chief.
    """
    opened = Consultation.delivered_how == "opened"
    return shared_since_told() & (opened | ~came_back(Consultation.id))


def is_agreed(session: Session, consultation: Consultation, *, undisturbed: bool) -> bool:
    """Tell whether silence of this consultation would count: agreed in writing from the delivered notice until now.

    Args:
        undisturbed: what `stands` said of it.
    """
    if not consultation.open or not undisturbed or consultation.notice_delivered_at is None:
        return False
    return silence_agreement(session, consultation.body, now(), since=consultation.notice_delivered_at) is not None
