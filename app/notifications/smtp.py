"""One connection to the mail server, and what its answers mean."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

from app.notifications.vocabulary import Failure
from config.settings import Settings

PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mail.

    Attributes:
        failure: None when the server took it.
        final: trying again is of no use.
        server: the fault is the server's or ours, not this mail's; the rest of the batch would fare alike.
    """

    failure: Failure | None = None
    final: bool = False
    server: bool = False


TAKEN = Verdict()


class ServerAway(Exception):
    """There is no connection to the mail server."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


class MailServer:
    """A connection that is opened when it is first needed and again after it was lost."""

    def __init__(self, settings: Settings, timeout: float) -> None:
        self._settings = settings
        self._timeout = timeout
        self._client: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Open the connection unless it is open.

        Raises:
            ServerAway: it cannot be opened; says whether the server is silent or does not let us in.
        """
        if self._client is not None:
            return
        try:
            self._client = self._open()
        except smtplib.SMTPConnectError as problem:
            raise ServerAway(Failure.SERVER_REFUSED) from problem
        except (smtplib.SMTPServerDisconnected, OSError) as problem:
            away = isinstance(problem, smtplib.SMTPServerDisconnected) or not isinstance(problem, smtplib.SMTPException)
            raise ServerAway(Failure.SERVER_UNREACHABLE if away else Failure.SERVER_REFUSED) from problem

    def send(self, mail: EmailMessage) -> Verdict:
        """Hand over one mail to its one recipient; never raises for what a server may answer."""
        assert self._client is not None, "connect first"  # noqa: S101 - a mistake of the caller
        try:
            self._client.send_message(mail)
        except smtplib.SMTPRecipientsRefused as problem:
            code = max((code for code, _words in problem.recipients.values()), default=0)
            return self._refused(code)
        except smtplib.SMTPSenderRefused:
            return Verdict(Failure.SERVER_REFUSED, server=True)
        except smtplib.SMTPDataError as problem:
            return Verdict(Failure.CONTENT_REFUSED if problem.smtp_code >= PERMANENT else Failure.TRY_LATER)
        except (smtplib.SMTPNotSupportedError, UnicodeError):
            return Verdict(Failure.ADDRESS_UNUSABLE, final=True)
        except (smtplib.SMTPException, OSError):
            self.close()
            return Verdict(Failure.CONNECTION_LOST)
        return TAKEN

    def close(self) -> None:
        """Say goodbye, if there is anybody to say it to."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            client.quit()
        except (smtplib.SMTPException, OSError):
            client.close()

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        where = (settings.smtp_host or "localhost", settings.smtp_port)
        if settings.smtp_tls == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=self._timeout, context=ssl.create_default_context())
        else:
            client = smtplib.SMTP(*where, timeout=self._timeout)
        try:
            if settings.smtp_tls == "starttls":
                client.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                client.login(settings.smtp_user, settings.smtp_password)
        except BaseException:
            client.close()
            raise
        return client

    def _refused(self, code: int) -> Verdict:
        if code >= PERMANENT:
            return Verdict(Failure.ADDRESS_REFUSED, final=True)
        return Verdict(Failure.TRY_LATER)


@contextmanager
def mail_server(settings: Settings, timeout: float) -> Iterator[MailServer]:
    """A mail server for one batch; closed at the end."""
    server = MailServer(settings, timeout)
    try:
        yield server
    finally:
        server.close()
