"""Use cases of the list of notices and of the administrator's list of mails that did not leave."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import Forbidden, NotFound
from app.notifications.commands import MarkRead, RetryMail
from app.notifications.models import DEAD, UNREAD, Notice, OutboxMessage
from app.notifications.outbox import retry
from app.notifications.wakeup import wake_after_commit
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role


@use_case
def mark_read(session: Session, actor: Actor, command: MarkRead) -> None:
    """Mark one of the actor's own notices, or all of them, as read; a notice read before stays as it is.

    Raises:
        NotFound: the actor has no notice with this key.
    """
    mine = update(Notice).where(Notice.user_id == actor.user_id, UNREAD).values(read_at=now())
    if command.key is not None:
        there = select(Notice.id).where(Notice.user_id == actor.user_id, Notice.key == command.key)
        if session.scalar(there) is None:
            raise NotFound
        mine = mine.where(Notice.key == command.key)
    session.execute(mine.execution_options(synchronize_session=False))


@use_case
def retry_mail(session: Session, actor: Actor, command: RetryMail) -> None:
    """Send one mail that was given up, or all of them, again from the first try.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: no mail with this key was given up.
    """
    if not actor.has(Role.ADMINISTRATOR):
        raise Forbidden
    dead = select(OutboxMessage).where(DEAD).with_for_update()
    if command.key is not None:
        dead = dead.where(OutboxMessage.key == command.key)
    found = session.scalars(dead).all()
    if command.key is not None and not found:
        raise NotFound
    for message in found:
        retry(message, now())
    wake_after_commit(session)
