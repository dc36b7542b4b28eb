"""Use cases of the list of notices, of what one chose of them, and of the mails that did not leave."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.db import insert_unless_there, use_case
from app.foundation.errors import Forbidden, NotFound
from app.notifications.choices import DEFAULT
from app.notifications.commands import ChooseMails, MarkRead, RetryMail
from app.notifications.models import DEAD, UNREAD, Notice, NoticeChoice, OutboxMessage
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
def choose_mails(session: Session, actor: Actor, command: ChooseMails) -> None:
    """Keep how the actor wants to be told; the default has no row.

    Raises:
        Forbidden: the actor is nobody, or acts for somebody else: a stand-in chooses nothing for the absent person.
    """
    if actor.user_id is None or actor.on_behalf_of is not None:
        raise Forbidden
    mine = (NoticeChoice.user_id == actor.user_id, NoticeChoice.kind.in_(command.choices))
    session.execute(delete(NoticeChoice).where(*mine).execution_options(synchronize_session=False))
    chosen = {kind: choice for kind, choice in command.choices.items() if choice is not DEFAULT}
    rows = [{"user_id": actor.user_id, "kind": kind, "choice": choice} for kind, choice in chosen.items()]
    if rows:
        known = insert_unless_there(session, NoticeChoice).values(rows)
        session.execute(
            known.on_conflict_do_update(index_elements=["user_id", "kind"], set_={"choice": known.excluded.choice})
        )


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
