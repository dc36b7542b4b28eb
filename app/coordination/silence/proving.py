"""What a proof of silence holds: codes, dates and instants, so that each reader gets it in their language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from app.coordination.links.models import ConsultationNotice
from app.coordination.models import Consultation
from app.reference.agreements import Agreement
from app.workflow.explain import Explanation
from app.workflow.workdays import DayKind


class Day(BaseModel):
    """One local day of the count.

    Attributes:
        kind: why it counts or does not, a `DayKind`.
        number: which counted day it is; None for a day that does not count.
        holiday: its name.
    """

    model_config = ConfigDict(frozen=True)

    day: date
    kind: str
    number: int | None = None
    holiday: str = ""


class Sent(BaseModel):
    """The mail whose delivery counts.

    Attributes:
        message_id: Message-ID without its domain.
    """

    model_config = ConfigDict(frozen=True)

    address: str
    message_id: str
    accepted_at: datetime


class Proof(BaseModel):
    """Why one silence counted.

    Attributes:
        asked_at, delivered_at: instants (UTC).
        how: a `DeliveredHow`; `sent` is the mail, where its delivery is the proof.
        zone: of the calendar in which the days were counted.
        amount: working days of the limit as it was counted, with `more_time` and in its `round`.
        due_on, due_at: the last day, and its 24:00 in UTC.
        agreement: public key of the agreement, with its letter and the instant from which it is in force.
    """

    model_config = ConfigDict(frozen=True)

    body: str
    round: int
    asked_at: datetime
    delivered_at: datetime
    how: str
    sent: Sent | None
    calendar: str
    zone: str
    amount: int
    more_time: int
    days: tuple[Day, ...]
    due_on: date
    due_at: datetime
    agreement: str
    letter_reference: str
    letter_date: date
    agreed_from: datetime


def proof_of(
    consultation: Consultation, explained: Explanation, agreement: Agreement, notices: Sequence[ConsultationNotice]
) -> Proof:
    """Return the proof of a silence that counts.

    Args:
        consultation: told and open, past its limit.
        explained: how its limit was counted.
        agreement: in force from the delivery on.
        notices: those of the consultation.

    Raises:
        ValueError: something that a proof needs is not known; then nothing is deemed.
    """
    due, delivered_at = explained.due, consultation.notice_delivered_at
    if delivered_at is None or consultation.delivered_how is None or due.due_at is None or due.due_on is None:
        raise ValueError("not delivered, or the limit stands")
    if agreement.letter_reference is None or agreement.letter_date is None:
        raise ValueError("the silence rule is agreed in a letter")
    accepted = [one for one in notices if one.accepted_at is not None and one.bounced_at is None]
    sent = min(accepted, key=lambda one: one.accepted_at or one.queued_at, default=None)
    return Proof(
        body=consultation.body.value,
        round=consultation.round,
        asked_at=consultation.asked_at,
        delivered_at=delivered_at,
        how=consultation.delivered_how.value,
        sent=Sent(address=sent.address, message_id=sent.message_id, accepted_at=sent.accepted_at)
        if sent is not None and sent.accepted_at is not None
        else None,
        calendar=explained.calendar,
        zone=explained.zone,
        amount=explained.span.amount,
        more_time=explained.more_time,
        days=tuple(
            Day(day=one.day, kind=one.kind.name.lower(), number=one.number, holiday=one.holiday)
            for one in explained.days
            if one.day <= due.due_on
        ),
        due_on=due.due_on,
        due_at=due.due_at,
        agreement=agreement.key,
        letter_reference=agreement.letter_reference,
        letter_date=agreement.letter_date,
        agreed_from=agreement.valid_from,
    )


def not_counted(proof: Proof) -> list[Day]:
    """Return the days between delivery and end that did not count, but for weekends: holidays and pauses."""
    plain = {DayKind.EVENT.name.lower(), DayKind.COUNTED.name.lower()}
    return [one for one in proof.days if one.kind not in plain and (one.holiday or one.kind == _PAUSED)]


_PAUSED = DayKind.PAUSED.name.lower()
