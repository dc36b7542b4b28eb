"""What pages ask about notices and the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.notifications.messages import MESSAGES
from app.notifications.models import DEAD, UNREAD, Notice, OutboxMessage
from app.notifications.rendering import notice_path, notice_text
from app.notifications.vocabulary import Failure

PAGE = 50
#: Nobody reads the difference between 99 and more; counting stops there.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of a person's list."""

    key: str
    text: str
    path: str | None
    created_at: datetime
    unread: bool


@dataclass(frozen=True, slots=True)
class DeadMail:
    """One mail that did not leave, as an administrator sees it: nothing of its content, not even a number."""

    key: str
    code: str
    recipient: str
    failure: Failure | None
    attempts: int
    created_at: datetime


def notices_of(session: Session, user_id: int, before: str | None = None) -> tuple[list[NoticeRow], str | None]:
    """Return a page of the person's notices, newest first, and the key after which the next page begins.

    Args:
        session: to read.
        user_id: whose.
        before: key of the last notice of the page before; a foreign or unknown key gives an empty page.
    """
    mine = select(Notice).where(Notice.user_id == user_id).order_by(Notice.id.desc()).limit(PAGE + 1)
    if before is not None:
        last = select(Notice.id).where(Notice.key == before, Notice.user_id == user_id).scalar_subquery()
        mine = mine.where(Notice.id < last)
    found = session.scalars(mine).all()
    return [_row(notice) for notice in found[:PAGE] if notice.code in MESSAGES], _next_key(found)


def unread_count(session: Session, user_id: int) -> int:
    """Return how many notices the person has not read, at most `MOST_COUNTED`: one statement on a partial index."""
    unread = select(Notice.id).where(Notice.user_id == user_id, UNREAD).limit(MOST_COUNTED).subquery()
    return int(session.scalar(select(func.count()).select_from(unread)) or 0)


def dead_mails(session: Session, before: str | None = None) -> tuple[list[DeadMail], str | None]:
    """Return a page of the mails that were given up, newest first, and the key after which the next page begins."""
    query = select(OutboxMessage, User.name).join(User, User.id == OutboxMessage.user_id).where(DEAD)
    if before is not None:
        last = select(OutboxMessage.id).where(OutboxMessage.key == before).scalar_subquery()
        query = query.where(OutboxMessage.id < last)
    found = session.execute(query.order_by(OutboxMessage.id.desc()).limit(PAGE + 1)).all()
    rows = [
        DeadMail(mail.key, mail.code, name, mail.last_error, mail.attempts, mail.created_at)
        for mail, name in found[:PAGE]
    ]
    return rows, _next_key([mail for mail, _name in found])


def _row(notice: Notice) -> NoticeRow:
    return NoticeRow(
        notice.key, notice_text(notice), notice_path(notice), notice.created_at, unread=notice.read_at is None
    )


def _next_key(found: Sequence[Notice | OutboxMessage]) -> str | None:
    return found[PAGE - 1].key if len(found) > PAGE else None
