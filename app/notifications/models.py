"""Mails that wait to leave, notices inside the product, and the scheduler's jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.notifications.vocabulary import Failure, MessageState

#: Written as text so that PostgreSQL recognises the partial index also in a prepared statement.
WAITING = text("state IN ('pending', 'leased')")
DEAD = text("state = 'dead'")
UNREAD = text("read_at IS NULL")


class OutboxMessage(Base):
    """One mail to one person: a code and parameters, rendered only when it leaves (security.md, Outbox).

    `code` has no CHECK: an old row whose code a later version no longer knows must stay readable; `services` refuses
    codes without a template. `message_id` is the mail's Message-ID, the same in each try, so that a mailbox recognises
    a mail that left twice because the worker was killed between sending and noting it.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        code_check("state", MessageState),
        code_check("last_error", Failure),
        Index("ix_outbox_messages_waiting", "next_try_at", postgresql_where=WAITING, sqlite_where=WAITING),
        Index("ix_outbox_messages_dead", "id", postgresql_where=DEAD, sqlite_where=DEAD),
        Index("ix_outbox_messages_sent_at", "sent_at"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    params: Mapped[dict[str, Any]]
    case_key: Mapped[str | None] = mapped_column(String(12))
    created_at: Mapped[datetime]
    state: Mapped[MessageState] = mapped_column(Code(MessageState))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(60))
    sent_at: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(String(320), unique=True)
    last_error: Mapped[Failure | None] = mapped_column(Code(Failure))


class Notice(Base):
    """One line in a person's list of notices: a code, numbers, keys and dates, never text of a case."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_user_id_id", "user_id", "id"),
        Index("ix_notices_unread", "user_id", postgresql_where=UNREAD, sqlite_where=UNREAD),
        Index("ix_notices_read_at", "read_at"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(60))
    params: Mapped[dict[str, Any]]
    case_key: Mapped[str | None] = mapped_column(String(12))
    number: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class ScheduledJob(Base):
    """When a scheduled job is due and who runs it; the truth of the scheduler, whatever the task queue forgot."""

    __tablename__ = "jobs"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    next_run_at: Mapped[datetime] = mapped_column(index=True)
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(60))
    last_started_at: Mapped[datetime | None]
    last_finished_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(60))
    runs: Mapped[int] = mapped_column(default=0)
