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
        connections: how many clients have introduced themselves.
    """

    def __init__(self, port: int) -> None:
        self.messages: list[EmailMessage] = []
        self.refusal: str | None = None
        self.connections = 0
        self._refused_recipients: dict[str, str] = {}
        self._refused_sender: str | None = None
        self._controller = Controller(self, hostname="127.0.0.1", port=port, ready_timeout=10)
        self.host = "127.0.0.1"
        self.port = port

    def refuse_recipient(self, address: str, answer: str) -> None:
        """Give `answer` whenever a mail for `address` comes."""
        self._refused_recipients[address] = answer

    def refuse_sender(self, answer: str) -> None:
        """Give `answer` to whoever begins a mail."""
        self._refused_sender = answer

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count the client."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Begin a mail."""
        if self._refused_sender is not None:
            return self._refused_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take one address."""
        if address in self._refused_recipients:
            return self._refused_recipients[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

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
