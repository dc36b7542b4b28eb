"""The outbox's rows: taking a batch, beginning a try, noting what became of it. Each in a short transaction.

A lease says who works on a mail and until when. Whoever finds an expired lease takes the mail again, so that a worker
that was killed loses nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import scope_of
from app.foundation.wiring import wiring
from app.notifications.choices import choice_of
from app.notifications.digests import end_items, items_of
from app.notifications.leases import shared_now
from app.notifications.messages import MESSAGES
from app.notifications.messages.digests import DIGEST
from app.notifications.models import WAITING, OutboxMessage
from app.notifications.parts import DeliveryPolicy
from app.notifications.rendering import MessageIsOver, UnusableAddress, compose
from app.notifications.smtp import Verdict
from app.notifications.vocabulary import Failure, MailChoice, MessageState
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Audience

log = structlog.get_logger(__name__)
_chance = secrets.SystemRandom()


def lease_batch(owner: str, policy: DeliveryPolicy) -> list[int]:
    """Take the mails that are due, oldest first, at most `policy.batch`; other workers do not get the same ones."""
    with write_transaction(None) as session:
        at = shared_now(session)
        free = or_(OutboxMessage.lease_until.is_(None), OutboxMessage.lease_until <= at)
        due = (
            select(OutboxMessage.id)
            .where(WAITING, OutboxMessage.next_try_at <= at, free)
            .order_by(OutboxMessage.next_try_at, OutboxMessage.id)
            .limit(policy.batch)
            .with_for_update(skip_locked=True)
        )
        ids = list(session.scalars(due))
        if ids:
            leased = {"state": MessageState.LEASED, "lease_until": at + policy.lease, "lease_owner": owner}
            session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(ids)).values(leased))
    return ids


def begin_try(message_id: int, owner: str, policy: DeliveryPolicy) -> Any:
    """Count a try, ask once more whether the recipient may be told, and make the mail.

    Runs with the scheduler's scope, as the recipient checks look at cases of every State.

    Returns:
        The mail to send, or None when there is nothing to send (any more, to this person, by this worker).
    """
    with write_transaction(scope_of(SYSTEM)) as session:
        message = _held(session, message_id, owner)
        if message is None:
            return None
        if message.attempts >= policy.most_attempts:
            return _end(message, MessageState.DEAD, Failure.LEASE_EXPIRED)  # each try ended with the worker's death
        message.attempts += 1
        message.lease_until = shared_now(session) + policy.lease
        try:
            with session.begin_nested():
                user = session.get(User, message.user_id) if message.user_id is not None else None
                if message.address is None and (user is None or not may_be_told(session, message, user)):
                    return _end(message, MessageState.WITHHELD, Failure.NOT_PERMITTED)
                return None if _is_put_off(session, message) else _made(session, message, user)
        except MessageIsOver:
            _end(message, MessageState.WITHHELD, Failure.OVER)
        except UnusableAddress:
            _end(message, MessageState.DEAD, Failure.ADDRESS_UNUSABLE)
        except Exception:  # whatever is wrong with one mail must not stop the others
            log.exception("mail_not_rendered", message_id=message.key, code=message.code, attempts=message.attempts)
            _fail(message, Verdict(Failure.NOT_RENDERED), policy)
        return None


def may_be_told(session: Session, message: OutboxMessage, user: User) -> bool:
    """Ask every recipient check of the wiring whether `user` may (still) be told of the message's case."""
    template = MESSAGES.get(message.code)
    if not user.active and not (template is not None and template.to_inactive):
        return False
    if message.case_key is None:
        return True
    checks = wiring().recipient_checks
    return all(check(session, user.id, message.case_key, message.audience) for check in checks)


def _is_put_off(session: Session, message: OutboxMessage) -> bool:
    """Ask how the recipient wants to be told of such things now; only what may wait is kept for a digest or ended."""
    template = MESSAGES.get(message.code)
    if message.user_id is None or template is None or not template.can_wait:
        return False
    choice = choice_of(session, message.user_id, template.kind)
    if choice is MailChoice.AT_ONCE:
        return False
    message.attempts -= 1
    if choice is MailChoice.OFF:
        _end(message, MessageState.WITHHELD, Failure.NOT_WANTED)
    else:
        _end(message, MessageState.GATHERED, None)
    return True


def _made(session: Session, message: OutboxMessage, user: User | None) -> Any:
    if user is None or message.code != DIGEST:
        return compose(session, message, user)
    items = _told_items(session, message, user)
    return compose(session, message, user, items) if items else _end(message, MessageState.WITHHELD, Failure.OVER)


def _told_items(session: Session, message: OutboxMessage, user: User) -> list[OutboxMessage]:
    """Return what of a digest its recipient may still be told; the rest is withheld for good."""
    told: list[OutboxMessage] = []
    answers: dict[tuple[str | None, Audience | None], bool] = {}
    for item in items_of(session, message.params["id"]):
        subject = (item.case_key, item.audience)
        if subject not in answers:
            answers[subject] = may_be_told(session, item, user)
        if answers[subject] and item.code in MESSAGES:
            told.append(item)
        else:
            _end(item, MessageState.WITHHELD, Failure.NOT_PERMITTED)
    return told


def note(message_id: int, owner: str, verdict: Verdict, policy: DeliveryPolicy) -> None:
    """Write down what became of one try; nothing when another worker has taken the mail meanwhile."""
    with write_transaction(None) as session:
        message = _held(session, message_id, owner)
        if message is None:
            return
        if verdict.failure is None:
            message.sent_at = now()
            _end(message, MessageState.SENT, None)
            if message.code == DIGEST:
                end_items(session, message.params["id"], message.sent_at)
        else:
            _fail(message, verdict, policy)


def give_back(
    ids: Sequence[int], owner: str, policy: DeliveryPolicy, *, failure: Failure | None = None, tried: int | None = None
) -> None:
    """Return leased mails untried: at once when the worker stops, later when the mail server is away.

    The longer a mail has waited, the longer the next pause; none of this counts as a try, so that an outage kills none.

    Args:
        ids: the mails.
        owner: who leased them.
        policy: how long to wait.
        failure: what is wrong with the server; None when the worker stops.
        tried: the mail whose try met the server's refusal; that try is taken back.
    """
    if not ids:
        return
    at = now()
    with write_transaction(None) as session:
        held = select(OutboxMessage).where(OutboxMessage.id.in_(ids), OutboxMessage.lease_owner == owner)
        for message in session.scalars(held.with_for_update()):
            _release(message)
            message.attempts -= message.id == tried
            if failure is not None:
                message.last_error = failure
                message.next_try_at = at + outage_pause(at - message.created_at, policy)


def outage_pause(waited: timedelta, policy: DeliveryPolicy) -> timedelta:
    """Return how long to leave an unreachable server alone for a mail that has waited for `waited`."""
    shortest = policy.first_pause / 3
    return _with_jitter(min(max(waited / 2, shortest), policy.longest_outage_pause))


def pause_after(attempts: int, policy: DeliveryPolicy) -> timedelta:
    """Return the pause after the `attempts`-th failed try: doubled each time, up to the longest."""
    doublings = min(attempts - 1, 30)
    return _with_jitter(min(policy.first_pause * 2**doublings, policy.longest_pause))


def _with_jitter(pause: timedelta) -> timedelta:
    """Mails that failed together are not tried together."""
    return pause * _chance.uniform(0.8, 1.2)


def _held(session: Session, message_id: int, owner: str) -> OutboxMessage | None:
    held = select(OutboxMessage).where(
        OutboxMessage.id == message_id,
        OutboxMessage.lease_owner == owner,
        OutboxMessage.state == MessageState.LEASED,
    )
    return session.scalars(held.with_for_update()).one_or_none()


def _fail(message: OutboxMessage, verdict: Verdict, policy: DeliveryPolicy) -> None:
    if verdict.final or message.attempts >= policy.most_attempts:
        _end(message, MessageState.DEAD, verdict.failure)
        log.warning("mail_dead", message_id=message.key, code=message.code, error=str(verdict.failure))
        return
    _release(message)
    message.last_error = verdict.failure
    message.next_try_at = now() + pause_after(message.attempts, policy)


def _end(message: OutboxMessage, state: MessageState, failure: Failure | None) -> None:
    message.state = state
    message.last_error = failure
    message.lease_until = message.lease_owner = None


def _release(message: OutboxMessage) -> None:
    message.state = MessageState.PENDING
    message.lease_until = message.lease_owner = None


def retry(message: OutboxMessage, at: datetime) -> None:
    """Begin anew with a dead mail, as an administrator asked."""
    _release(message)
    message.attempts = 0
    message.next_try_at = at
