"""Mails about accounts: queued by code, with links and one-time codes made only when the mail leaves.

Notifications stand above accounts, so the queue is a hook that the composition fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from flask import Flask, current_app
from sqlalchemy.orm import Session


class MailQueue(Protocol):
    """Puts one mail into the outbox, in the caller's transaction."""

    def __call__(self, session: Session, user_id: int, code: str, params: Mapping[str, Any]) -> None: ...


def set_mail_queue(app: Flask, queue: MailQueue) -> None:
    """Tell accounts where mails go; called once by the composition."""
    app.extensions["account_mail_queue"] = queue


def queue_mail(session: Session, user_id: int, code: str, **params: Any) -> None:
    """Queue the mail `code` to one person.

    Args:
        session: a writing session; the mail leaves only when its transaction is committed.
        user_id: the recipient; their address and language are looked up when the mail leaves.
        code: `accounts.invitation`, `accounts.reset`, `accounts.two_factor_code`, ...
        params: numbers, keys and dates only.
    """
    queue: MailQueue = current_app.extensions["account_mail_queue"]
    queue(session, user_id, code, params)
