"""Sending what is due: lease and commit, send without a transaction, note (security.md, Outbox)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import structlog

from app.notifications.leases import new_owner
from app.notifications.outbox import begin_try, give_back, lease_batch, note
from app.notifications.parts import DeliveryPolicy, parts
from app.notifications.smtp import MailServer, ServerAway, Verdict, mail_server

log = structlog.get_logger(__name__)
#: One sender per process: a second thread would only wait for the same mail server.
_sending = threading.Lock()
_stopping = threading.Event()


def stop_sending() -> None:
    """Let the mail that is being sent end and return the rest of its batch (the worker ends)."""
    _stopping.set()


def deliver_due() -> int:
    """Send every mail that is due; returns how many were taken by the mail server.

    Does nothing when another thread of this process is at it; the mails queued since are found by the next look.
    """
    if not _sending.acquire(blocking=False):
        return 0
    try:
        return _deliver(new_owner(), parts().policy, _stopping.is_set)
    finally:
        _sending.release()


def _deliver(owner: str, policy: DeliveryPolicy, is_stopping: Callable[[], bool]) -> int:
    sent = 0
    with mail_server(parts().settings, policy.timeout) as server:
        while not is_stopping() and (batch := lease_batch(owner, policy)):
            taken, goes_on = _send_batch(batch, owner, policy, server, is_stopping)
            sent += taken
            if not goes_on:
                break
    return sent


def _send_batch(
    batch: Sequence[int], owner: str, policy: DeliveryPolicy, server: MailServer, is_stopping: Callable[[], bool]
) -> tuple[int, bool]:
    """Send `batch` over one connection; returns how many were taken and whether the server is worth another batch."""
    sent = 0
    for place, message_id in enumerate(batch):
        if is_stopping():
            give_back(batch[place:], owner, policy)
            return sent, False
        try:
            verdict = _send_one(message_id, owner, policy, server)
        except ServerAway as away:
            log.warning("mail_server_away", error=str(away.failure), count=len(batch) - place)
            give_back(batch[place:], owner, policy, failure=away.failure)
            return sent, False
        if verdict is None:
            continue
        if verdict.server and verdict.failure is not None:
            log.warning("mail_server_refuses", error=str(verdict.failure), count=len(batch) - place)
            give_back(batch[place:], owner, policy, failure=verdict.failure, tried=message_id)
            return sent, False
        note(message_id, owner, verdict, policy)
        sent += verdict.failure is None
    return sent, True


def _send_one(message_id: int, owner: str, policy: DeliveryPolicy, server: MailServer) -> Verdict | None:
    """Try one mail; None when there is nothing to send.

    The connection is opened first: a mail whose server is away has not been tried.
    """
    server.connect()
    mail = begin_try(message_id, owner, policy)
    return None if mail is None else server.send(mail)
