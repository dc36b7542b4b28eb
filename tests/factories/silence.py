"""Registered addresses, notices on their way, and proofs, for tests of silence."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import select, update

from app.accounts.models import Office
from app.coordination.links.models import ConsultationNotice
from app.coordination.links.sending import OfConsultation, send_notice
from app.coordination.links.tokens import token_of
from app.coordination.models import Consultation
from app.coordination.monthly.freezing import OfMonth, freeze_month
from app.coordination.silence.models import SilenceProof
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import MailBounce, OutboxMessage
from app.notifications.vocabulary import MessageState
from app.reference.models import BodyAgreement
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Body
from tests.factories.agreements import agree
from tests.factories.cases import Made
from tests.factories.consultations import consultation_of
from tests.factories.people import Cast

OFFICE = "cted-registry@example.org"


def register_office(app: Flask, body: Body = Body.CTC_CTED, address: str = OFFICE) -> None:
    """Name the office of a body."""
    with app.app_context(), write_transaction(None) as session:
        session.add(Office(name=f"Registry {body.value}", email=address, body=body))


def take_mail(app: Flask) -> None:
    """Let the mail server have taken, now, every mail to an office that waits."""
    with app.app_context(), write_transaction(None) as session:
        waiting = update(OutboxMessage).where(OutboxMessage.address.is_not(None), OutboxMessage.sent_at.is_(None))
        session.execute(waiting.values(state=MessageState.SENT, sent_at=now()))


def bounce(app: Flask, case: Made, *, action: str = "failed", status: str = "5.1.1") -> None:
    """Let a report about the notice of the latest consultation of CTC/CTED have come, now."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        wanted = select(ConsultationNotice.message_id).where(ConsultationNotice.case_id == case.id)
        message_id = session.scalars(wanted.order_by(ConsultationNotice.id.desc())).first()
        assert message_id is not None, "no notice was queued"
        report = {"message_id": message_id, "action": action, "status": status, "received_at": now()}
        session.add(MailBounce(**report, digest=f"{message_id}{action}".ljust(64, "0")[:64]))


def put_proof(app: Flask, case: Made) -> None:
    """Put a proof of silence beside the consultation of CTC/CTED; an agreement must be on record."""
    consultation: Consultation = consultation_of(app, case)
    days = [
        {"day": "2026-02-27", "kind": "event", "number": None, "holiday": ""},
        {"day": "2026-02-28", "kind": "weekend", "number": None, "holiday": ""},
        {"day": "2026-03-02", "kind": "counted", "number": 1, "holiday": ""},
        {"day": "2026-03-03", "kind": "holiday", "number": None, "holiday": "عيد الفطر (Eid al-Fitr)"},
        {"day": "2026-03-04", "kind": "paused", "number": None, "holiday": ""},
        {"day": "2026-03-05", "kind": "counted", "number": 2, "holiday": ""},
    ]
    due_at = datetime(2026, 3, 6, 5, tzinfo=UTC)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        agreement = session.scalars(select(BodyAgreement).order_by(BodyAgreement.id)).first()
        assert agreement is not None
        asked = datetime(2026, 2, 26, 15, tzinfo=UTC).isoformat()
        sent = {"address": "a-very-long-registry-address.of.the.committee@example.org", "message_id": 40 * "x"}
        proof = {
            "body": "ctc_cted",
            "round": 1,
            "asked_at": asked,
            "delivered_at": asked,
            "how": "relay",
            "sent": {**sent, "accepted_at": asked},
            "calendar": "new_york",
            "zone": "America/New_York",
            "amount": 2,
            "more_time": 1,
            "days": days,
            "due_on": date(2026, 3, 5).isoformat(),
            "due_at": due_at.isoformat(),
            "agreement": agreement.key,
            "letter_reference": "CTED/2026/117",
            "letter_date": "2026-02-01",
            "agreed_from": asked,
        }
        session.add(
            SilenceProof(
                case_id=case.id,
                state_id=case.state_id,
                consultation_id=consultation.id,
                agreement_id=agreement.id,
                proof=proof,
                due_at=due_at,
                deemed_at=due_at,
            )
        )


def put_month(app: Flask) -> str:
    """Make the list of the present month as if it were over; returns the month as addresses write it."""
    month = now().date().replace(day=1)
    with app.app_context():
        freeze_month(SYSTEM, OfMonth(month=month))
    return f"{month:%Y-%m}"


def keep_silence(app: Flask, cast: Cast, *cases: Made) -> None:
    """Give each case a notice and a proof of silence, and an entry in a monthly list."""
    agree(app, cast)
    for case in cases:
        put_proof(app, case)
    asked = {case.id: consultation_of(app, case).id for case in cases}
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.add_all(
            ConsultationNotice(
                case_id=case.id,
                state_id=case.state_id,
                consultation_id=asked[case.id],
                address=OFFICE,
                message_id=f"notice.{case.key}",
                queued_at=now(),
                expires_at=now(),
            )
            for case in cases
        )
    put_month(app)


def put_link(app: Flask, case: Made, body: Body = Body.CTC_CTED) -> str:
    """Write to the office of `body` about a case on which it is asked; returns the signed part of the link."""
    if body is not Body.PARTNER:
        register_office(app)
    consultation = consultation_of(app, case, body)
    with app.app_context():
        send_notice(SYSTEM, OfConsultation(key=consultation.key))
        with write_transaction(Scope(Reach.ALL)) as session:
            wanted = select(ConsultationNotice).where(ConsultationNotice.consultation_id == consultation.id)
            return token_of(session.scalars(wanted).one(), consultation.key)
