"""Bounces: reports of mail servers that a mail did not arrive, read and kept (RFC 3464).

The server of the sender's mailbox hands each report to `flask mail bounce`. What it says is matched by the Message-ID
that the outbox gave the mail; a report about a mail of somebody else is left alone.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.db import insert_unless_there, new_public_key, use_case
from app.notifications.models import MailBounce, OutboxMessage
from app.workflow.actor import Actor

#: What is kept of a report: that a mail failed for good, or waits. A report of success is no bounce.
KEPT: Final = frozenset({"failed", "delayed"})
_LONGEST_STATUS: Final = 20


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report says of one recipient.

    Attributes:
        message_id: of the mail that it is about, without angle brackets and domain.
        recipient: the address, in lower case.
        action: `failed`, `delayed`, or another word of the standard.
        status: enhanced status code, such as `5.1.1`; empty when the report names none.
    """

    message_id: str
    recipient: str
    action: str
    status: str


class BounceTaken(BaseModel):
    """How many recipients of a report were noted; none for what is no report, or about a mail of somebody else."""

    model_config = ConfigDict(frozen=True)

    noted: int


def read_report(content: bytes) -> list[Reported]:
    """Return what a delivery report says of each recipient; nothing when `content` is no such report."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    report = str(message.get_param("report-type") or "").lower()
    if message.get_content_type() != "multipart/report" or report != "delivery-status":
        return []
    message_id = _message_id(message)
    if message_id is None:
        return []
    return [
        Reported(message_id, _typed(fields, "Final-Recipient").lower(), action, _status(fields))
        for fields in _recipients(message)
        if (action := str(fields.get("Action", "")).strip().lower())
    ]


@use_case
def take_bounce(session: Session, actor: Actor, content: bytes) -> BounceTaken:
    """Note what a delivery report says about a mail of the outbox; the same report again changes nothing.

    Args:
        actor: the scheduler.
        content: the report as it arrived.
    """
    reported = [one for one in read_report(content) if one.action in KEPT]
    ids = {one.message_id for one in reported}
    known = set(session.scalars(select(OutboxMessage.message_id).where(OutboxMessage.message_id.in_(ids))))
    rows = [
        {
            "key": new_public_key(),
            "message_id": one.message_id,
            "action": one.action,
            "status": one.status,
            "digest": hashlib.sha256(f"{one.recipient}\0{one.action}\0".encode() + content).hexdigest(),
            "received_at": now(),
        }
        for one in reported
        if one.message_id in known
    ]
    if rows:
        session.execute(insert_unless_there(session, MailBounce).values(rows).on_conflict_do_nothing())
    return BounceTaken(noted=len(rows))


def _message_id(report: Message) -> str | None:
    """Return the Message-ID of the mail that came back, without its domain."""
    for part in report.walk():
        kind = part.get_content_type()
        named: object = None
        if kind == "message/rfc822":
            inner = part.get_payload()
            named = inner[0].get("Message-ID") if isinstance(inner, list) and isinstance(inner[0], Message) else None
        elif kind == "text/rfc822-headers":
            # As octets: a report that names an unknown character set is a report all the same.
            octets = part.get_payload(decode=True)
            named = email.message_from_bytes(octets).get("Message-ID") if isinstance(octets, bytes) else None
        if named:
            return str(named).strip().strip("<>").rpartition("@")[0] or None
    return None


def _recipients(report: Message) -> Iterator[Message]:
    """Yield the fields of each recipient; the first group of a report is about the report itself."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            if isinstance(groups, list):
                yield from (one for one in groups if isinstance(one, Message) and "Final-Recipient" in one)


def _typed(fields: Message, name: str) -> str:
    """Return a value without the kind that stands before it: `rfc822; somebody@example.org`."""
    return str(fields.get(name, "")).rpartition(";")[2].strip()


def _status(fields: Message) -> str:
    return str(fields.get("Status", "")).strip()[:_LONGEST_STATUS]
