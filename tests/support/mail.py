"""A mail server on loopback that keeps what it is given."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """Collects delivered messages; can be told to refuse.

    Attributes:
        messages: delivered, oldest first.
        refusal: an SMTP answer such as "451 try again later" given to every message instead of accepting it, or None.
    """

    def __init__(self, port: int) -> None:
        self.messages: list[EmailMessage] = []
        self.refusal: str | None = None
        self._controller = Controller(self, hostname="127.0.0.1", port=port, ready_timeout=10)
        self.host = "127.0.0.1"
        self.port = port

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one message."""
        if self.refusal is not None:
            return self.refusal
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The messages whose envelope names `address`."""
        return [message for message in self.messages if address in str(message["X-Envelope-To"]).split(", ")]

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Close; the messages stay."""
        self._controller.stop()
