"""Scheduled jobs of this slice and of the foundation; composition lists them (architecture, decision 13).

Each is idempotent and opens its own transactions; none needs a case, so none but the sender gets the scheduler's scope.
"""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.db.idempotency import forget_old_keys
from app.notifications.digests import make_due_digests
from app.notifications.models import Digest, Notice, OutboxMessage
from app.notifications.sender import deliver_due
from app.notifications.vocabulary import MessageState
from app.workflow.actor import Actor

#: How long a notice that was read, and the row of a mail that left, are kept.
KEPT_FOR = timedelta(days=90)


def send_outbox(actor: Actor) -> None:
    """Send the mails that are due: the safety net below the wake-up call after each commit."""
    deliver_due()


def send_digests(actor: Actor) -> None:
    """Queue each person's digest once it is eight in the morning of their day."""
    make_due_digests()


@use_case
def forget_idempotency_keys(session: Session, actor: Actor) -> None:
    """Delete idempotency keys whose answers are no longer replayed."""
    forget_old_keys(session)


@use_case
def prune_notices(session: Session, actor: Actor) -> None:
    """Delete notices read and rows of mails ended more than 90 days ago; unread notices and dead mails stay."""
    limit = now() - KEPT_FOR
    session.execute(delete(Notice).where(Notice.read_at < limit))
    session.execute(delete(OutboxMessage).where(OutboxMessage.sent_at < limit))
    withheld = OutboxMessage.state == MessageState.WITHHELD
    session.execute(delete(OutboxMessage).where(withheld, OutboxMessage.created_at < limit))
    held = select(OutboxMessage.id).where(OutboxMessage.digest_id == Digest.id)
    session.execute(delete(Digest).where(Digest.made_at < limit, ~held.exists()))
