"""Waking the worker when a transaction that queued a mail has committed.

The outbox is the truth and the worker looks into it every few seconds anyway; this only saves those seconds. Whatever
goes wrong here must not reach the person whose request has just succeeded.
"""

from __future__ import annotations

import structlog
from flask import current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

_LISTENING = "wakes_worker"
log = structlog.get_logger(__name__)


def wake_after_commit(session: Session) -> None:
    """Wake the worker once `session` commits; does nothing when it rolls back."""
    if not session.info.get(_LISTENING):
        session.info[_LISTENING] = True
        event.listen(session, "after_commit", _on_commit)


def _on_commit(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.pop(_LISTENING, False):
        return
    wake_worker()


def wake_worker() -> None:
    """Ask the worker to look into the outbox now; a failure is logged and forgotten."""
    if not has_app_context() or "notifications" not in current_app.extensions:
        return
    try:
        current_app.extensions["notifications"].queue.wake()
    except Exception as problem:  # noqa: BLE001 - the request has succeeded, whatever the queue's database says
        log.warning("worker_not_woken", error=type(problem).__name__)
