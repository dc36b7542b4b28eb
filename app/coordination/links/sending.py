"""Notices to registered addresses: queued once for each consultation and address, withheld when there is no consent.

Both are idempotent, so that a worker may be killed at any point.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.accounts.models import Office
from app.casework.jobs import each_case
from app.casework.models import AssistanceRequest
from app.casework.sharing import consents_to_sharing
from app.casework.vocabulary import ConsentKind
from app.coordination.answering import lock_consultation
from app.coordination.facts import LIMIT_OF
from app.coordination.links.models import ConsultationNotice
from app.coordination.links.tokens import token_of
from app.coordination.models import Consultation
from app.foundation.clock import now
from app.foundation.db import new_public_key, read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.notifications.services import queue_to_address
from app.reference.calendars import work_calendar
from app.reference.limits import limits_in_force
from app.reference.vocabulary import DutyStation
from app.workflow.actor import Actor
from app.workflow.calendar import in_force
from app.workflow.model import Span
from app.workflow.states import ENDED
from app.workflow.vocabulary import Body
from app.workflow.workdays import window_end

NOTICE: Final = "body.consultation"
#: What is shared with whom hangs on which consent of the State; the Office of Legal Affairs advises the Secretariat.
CONSENT_TO: Final = {Body.CTC_CTED: ConsentKind.CTC, Body.PARTNER: ConsentKind.PARTNERS}
#: For how long a link outlives the latest end of the limit: an answer that comes late is still an answer.
GRACE: Final = timedelta(days=10)
#: A notice that must wait for its relay and its 24 hours begins the limit later than it was queued.
BEFORE_THE_LIMIT: Final = timedelta(days=4)
#: Notices queued in one run; the rest follow a minute later.
MOST: Final = 200


class OfConsultation(BaseModel):
    """Names a consultation by its public key."""

    model_config = ConfigDict(frozen=True)

    key: str


def send_notices(actor: Actor) -> int:
    """Queue the notices that are missing; returns how many consultations were looked at.

    Args:
        actor: the scheduler.
    """
    session = read_session()
    bind_scope(session, scope_of(actor))
    keys = session.scalars(without_notice().limit(MOST)).all()
    session.rollback()
    each_case(keys, lambda key: send_notice(actor, OfConsultation(key=key)))
    return len(keys)


def without_notice() -> Any:
    """Return the select of the keys of open consultations that never went to the address that is registered now."""
    office = select(Office.email).where(Office.body == Consultation.body).correlate(Consultation).scalar_subquery()
    sent = select(ConsultationNotice.id).where(ConsultationNotice.consultation_id == Consultation.id)
    to_office = (Consultation.body != Body.PARTNER) & office.is_not(None)
    to_partner = (Consultation.body == Body.PARTNER) & (Consultation.address != "")
    shared = and_(
        *(
            (Consultation.body != body) | consents_to_sharing(Consultation.case_id, kind)
            for body, kind in CONSENT_TO.items()
        )
    )
    already = sent.where(
        (ConsultationNotice.address == office) | (ConsultationNotice.address == Consultation.address)
    ).exists()
    return (
        select(Consultation.key)
        .join(AssistanceRequest, AssistanceRequest.id == Consultation.case_id)
        .where(Consultation.closed_at.is_(None), AssistanceRequest.state.not_in(ENDED), shared, ~already)
        .where(to_office | to_partner)
        .order_by(Consultation.id)
    )


@use_case
def send_notice(session: Session, actor: Actor, command: OfConsultation) -> None:
    """Queue the notice of one consultation to the address that is registered now; once for each address.

    Args:
        actor: the scheduler.
    """
    case, consultation = lock_consultation(session, actor, command.key)
    address = consultation.address or session.scalar(select(Office.email).where(Office.body == consultation.body))
    held = select(ConsultationNotice.id).where(
        ConsultationNotice.consultation_id == consultation.id, ConsultationNotice.address == address
    )
    if not consultation.open or not address or session.scalars(held).first() is not None:
        return
    key = new_public_key()
    params = {"number": case.number, "key": key}
    message_id = queue_to_address(session, address, NOTICE, params, case_key=case.key)
    session.add(
        ConsultationNotice(
            key=key,
            case_id=case.id,
            state_id=case.state_id,
            consultation_id=consultation.id,
            address=address,
            message_id=message_id,
            queued_at=now(),
            expires_at=_expiry(session, consultation.body),
        )
    )


def _expiry(session: Session, body: Body) -> datetime:
    """Return until when a link is good: the latest end that the limit can have when it begins late, and some days."""
    key, begins = LIMIT_OF[body], now() + BEFORE_THE_LIMIT
    calendar = work_calendar(session, DutyStation.NEW_YORK)
    line = in_force([one for one in limits_in_force(session) if one.key is key], calendar.local_day(begins))
    assert line is not None, "the process has a line for each limit"  # noqa: S101
    longest = (line.last or line.span).amount + (line.more_time.amount if line.more_time else 0)
    return window_end(begins, Span(longest, line.span.unit), calendar) + GRACE


def mail_params(session: Session, code: str, params: Mapping[str, Any]) -> dict[str, str] | None:
    """Return the link of a notice when its mail leaves; None when there is nothing to answer any more, or no consent.

    Args:
        session: a transaction of the worker, which sees every case.
        code: of the message.
        params: what was stored with it.
    """
    if code != NOTICE:
        return None
    notice, consultation = notice_with(session, str(params.get("key")))
    if notice is None or consultation is None or reason_against(session, notice, consultation) is not None:
        return None
    return {"link": f"/answer/{token_of(notice, consultation.key)}"}


def notice_with(session: Session, key: str) -> tuple[ConsultationNotice | None, Consultation | None]:
    """Return a notice and its consultation: one statement."""
    wanted = (
        select(ConsultationNotice, Consultation)
        .join(Consultation, Consultation.id == ConsultationNotice.consultation_id)
        .where(ConsultationNotice.key == key)
    )
    row = session.execute(wanted).first()
    return (row[0], row[1]) if row else (None, None)


def reason_against(session: Session, notice: ConsultationNotice, consultation: Consultation) -> str | None:
    """Return why a link is not good any more, as a code; None while it is good."""
    if notice.revoked_at is not None:
        return "revoked"
    if notice.answered_at is not None:
        return "answered"
    if not consultation.open:
        return "closed"
    if notice.expires_at <= now():
        return "expired"
    kind = CONSENT_TO.get(consultation.body)
    shared = kind is None or session.scalar(select(consents_to_sharing(consultation.case_id, kind)))
    return None if shared else "not_shared"
