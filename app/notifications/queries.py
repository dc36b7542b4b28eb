"""What pages ask about notices and the outbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.notifications.messages import MESSAGES
from app.notifications.models import DEAD, UNREAD, Notice, OutboxMessage, ScheduledJob
from app.notifications.rendering import notice_path, notice_text
from app.notifications.vocabulary import Failure

PAGE = 50
#: Nobody reads the difference between 99 and more; counting stops there.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One line of a person's list; `for_whom` names who is away, when a stand-in is told."""

    key: str
    text: str
    path: str | None
    created_at: datetime
    unread: bool
    for_whom: str | None = None


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
    mine = select(Notice, User.name).outerjoin(User, User.id == Notice.for_id).where(Notice.user_id == user_id)
    mine = mine.order_by(Notice.id.desc()).limit(PAGE + 1)
    if before is not None:
        last = select(Notice.id).where(Notice.key == before, Notice.user_id == user_id).scalar_subquery()
        mine = mine.where(Notice.id < last)
    found = session.execute(mine).all()
    rows = [_row(notice, absent) for notice, absent in found[:PAGE] if notice.code in MESSAGES]
    return rows, _next_key([notice for notice, _absent in found])


def unread_count(session: Session, user_id: int) -> int:
    """Return how many notices the person has not read, at most `MOST_COUNTED`: one statement on a partial index."""
    unread = select(Notice.id).where(Notice.user_id == user_id, UNREAD).limit(MOST_COUNTED).subquery()
    return int(session.scalar(select(func.count()).select_from(unread)) or 0)


def dead_mails(session: Session, before: str | None = None) -> tuple[list[DeadMail], str | None]:
    """Return a page of the mails that were given up, newest first, and the key after which the next page begins."""
    query = select(OutboxMessage, func.coalesce(User.name, OutboxMessage.address)).outerjoin(
        User, User.id == OutboxMessage.user_id
    )
    query = query.where(DEAD)
    if before is not None:
        last = select(OutboxMessage.id).where(OutboxMessage.key == before).scalar_subquery()
        query = query.where(OutboxMessage.id < last)
    found = session.execute(query.order_by(OutboxMessage.id.desc()).limit(PAGE + 1)).all()
    rows = [
        DeadMail(mail.key, mail.code, name, mail.last_error, mail.attempts, mail.created_at)
        for mail, name in found[:PAGE]
    ]
    return rows, _next_key([mail for mail, _name in found])


def job_rows(session: Session, names: Collection[str]) -> list[ScheduledJob]:
    """Return the rows of the jobs in `names`: those that fail first, then by name; one statement."""
    failing_first = (ScheduledJob.failures == 0, ScheduledJob.name)
    return list(session.scalars(select(ScheduledJob).where(ScheduledJob.name.in_(names)).order_by(*failing_first)))


def _row(notice: Notice, absent: str | None) -> NoticeRow:
    text, path = notice_text(notice), notice_path(notice)
    return NoticeRow(notice.key, text, path, notice.created_at, notice.read_at is None, absent)


def _next_key(found: Sequence[Notice | OutboxMessage]) -> str | None:
    return found[PAGE - 1].key if len(found) > PAGE else None
