"""The daily digest: at eight in the morning of each person's own clock, one mail with what was gathered since.

A person's local day is the key under which a digest exists once, so neither two workers nor a clock that is put back
make a second one. What is queued after eight waits for the next morning. What was queued before belongs to the mail of
this one, however late the worker comes to it: the digest is made once nothing of before eight waits to be looked at.
A mail server that is away delays it no longer than it would have delayed the digest itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, Subquery, TextClause, delete, func, select, update
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.zones import zone_of
from app.foundation.clock import now
from app.foundation.daytime import Daily
from app.foundation.db import insert_unless_there, write_transaction
from app.notifications.messages.digests import DIGEST
from app.notifications.models import GATHERED, WAITING, Digest, OutboxMessage
from app.notifications.services import queue_mail
from app.notifications.vocabulary import MessageState
from app.reference.models import StateRecord

EIGHT: Final = time(8)


def make_due_digests() -> int:
    """Queue the digest of everybody for whom it is eight or later and something waits; returns how many."""
    at = now()
    return sum(_make(user_id, *due) for user_id, due in _waiting(at) if due is not None)


def items_of(session: Session, digest_id: int) -> Sequence[OutboxMessage]:
    """Return the mails that a digest holds and that were not withheld, oldest first."""
    held = select(OutboxMessage).where(OutboxMessage.digest_id == digest_id, GATHERED)
    return session.scalars(held.order_by(OutboxMessage.id)).all()


def end_items(session: Session, digest_id: int, at: datetime) -> None:
    """Note that a digest left, and with it what it held."""
    held = update(OutboxMessage).where(OutboxMessage.digest_id == digest_id, GATHERED)
    ended = held.values(state=MessageState.SENT, sent_at=at)
    session.execute(ended.execution_options(synchronize_session=False))


def _waiting(at: datetime) -> list[tuple[int, tuple[date, datetime] | None]]:
    """Return for whom something waits, with the day and the instant of the digest that is due to them, if one is."""
    latest = select(func.max(Digest.day)).where(Digest.user_id == User.id).correlate(User).scalar_subquery()
    gathered = _oldest_of(GATHERED, OutboxMessage.digest_id.is_(None))
    unseen = _oldest_of(WAITING, OutboxMessage.attempts == 0)
    statement = (
        select(User.id, User.kind, User.time_zone, StateRecord.time_zone, latest, gathered.c.at, unseen.c.at)
        .join(gathered, gathered.c.user_id == User.id)
        .outerjoin(unseen, unseen.c.user_id == User.id)
        .outerjoin(StateRecord, StateRecord.id == User.state_id)
    )
    with write_transaction(None) as session:
        rows = session.execute(statement).all()
    return [(row[0], due_digest(at, zone_of(row[1], row[2], row[3]), *row[4:])) for row in rows]


def _oldest_of(*conditions: ColumnElement[bool] | TextClause) -> Subquery:
    """When the oldest mail of each person was queued, of those that meet the conditions."""
    oldest = select(OutboxMessage.user_id, func.min(OutboxMessage.created_at).label("at"))
    return oldest.where(OutboxMessage.user_id.is_not(None), *conditions).group_by(OutboxMessage.user_id).subquery()


def due_digest(
    at: datetime, zone: str, latest: date | None, oldest: datetime, unseen: datetime | None
) -> tuple[date, datetime] | None:
    """Return the local day whose digest is due at `at`, and until when what was gathered belongs to it; None for none.

    Args:
        at: the present instant.
        zone: the person's.
        latest: the day of the person's latest digest.
        oldest: when the oldest of what was gathered was queued.
        unseen: when the oldest mail was queued of which nobody has asked yet whether it is gathered; None for none.
    """
    daily = Daily(EIGHT, zone)
    day = daily.latest_day(at)
    until = daily.on(day)
    is_made = latest is not None and latest >= day
    is_complete = unseen is None or unseen >= until
    return (day, until) if oldest < until and is_complete and not is_made else None


def _make(user_id: int, day: date, until: datetime) -> bool:
    with write_transaction(None) as session:
        row = {"user_id": user_id, "day": day, "made_at": now()}
        once = insert_unless_there(session, Digest).values(row).on_conflict_do_nothing().returning(Digest.id)
        digest_id = session.scalar(once)
        if digest_id is None:  # another worker was faster
            return False
        waiting = (
            OutboxMessage.user_id == user_id,
            OutboxMessage.digest_id.is_(None),
            OutboxMessage.created_at < until,
        )
        held = update(OutboxMessage).where(GATHERED, *waiting).values(digest_id=digest_id)
        taken: CursorResult[Any] = session.execute(  # type: ignore[assignment]
            held.execution_options(synchronize_session=False)
        )
        if not taken.rowcount:
            session.execute(delete(Digest).where(Digest.id == digest_id))
            return False
        queue_mail(session, user_id, DIGEST, {"id": digest_id, "date": day})
        return True
