"""Mails that wait to leave, notices inside the product, what people chose of both, and the scheduler's jobs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, Code, bigint_pk, code_check, public_key
from app.notifications.vocabulary import Failure, MailChoice, MessageState, NoticeKind
from app.workflow.vocabulary import Audience

#: Written as text so that PostgreSQL recognises the partial index also in a prepared statement.
WAITING = text("state IN ('pending', 'leased')")
DEAD = text("state = 'dead'")
UNREAD = text("read_at IS NULL")
GATHERED = text("state = 'gathered'")


class OutboxMessage(Base):
    """One mail to a person or an office: a code and parameters, rendered only when it leaves (security.md, Outbox).

    `code` has no CHECK: an old row whose code a later version no longer knows must stay readable; `services` refuses
    codes without a template. `message_id` is the mail's Message-ID, the same in each try, so that a mailbox recognises
    a mail that left twice because the worker was killed between sending and noting it. `audience` says for whom the
    message, note or document is meant that the mail tells of; None when it tells of the case as a whole. `for_id` is
    the absent person for whom a stand-in is told. `digest_id` is the digest in which a gathered mail stands. `address`
    is set where nobody with an account is written to; whether it may still leave is asked of whoever makes its link.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        code_check("state", MessageState),
        code_check("last_error", Failure),
        code_check("audience", Audience),
        CheckConstraint("(user_id IS NULL) <> (address IS NULL)", name="one_recipient"),
        Index("ix_outbox_messages_waiting", "next_try_at", postgresql_where=WAITING, sqlite_where=WAITING),
        Index("ix_outbox_messages_dead", "id", postgresql_where=DEAD, sqlite_where=DEAD),
        Index("ix_outbox_messages_gathered", "user_id", "id", postgresql_where=GATHERED, sqlite_where=GATHERED),
        Index("ix_outbox_messages_sent_at", "sent_at"),
        Index("ix_outbox_messages_digest_id", "digest_id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    address: Mapped[str | None] = mapped_column(String(254))
    code: Mapped[str] = mapped_column(String(60))
    params: Mapped[dict[str, Any]]
    case_key: Mapped[str | None] = mapped_column(String(12))
    audience: Mapped[Audience | None] = mapped_column(Code(Audience))
    created_at: Mapped[datetime]
    state: Mapped[MessageState] = mapped_column(Code(MessageState))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(60))
    sent_at: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(String(320), unique=True)
    last_error: Mapped[Failure | None] = mapped_column(Code(Failure))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("digests.id", ondelete="CASCADE"))


class MailBounce(Base):
    """One report that a mail did not arrive, or not yet (RFC 3464): what it says of one recipient.

    Attributes:
        message_id: of the mail, without its domain; `OutboxMessage.message_id` where that row is still kept.
        action: `failed` or `delayed`.
        status: enhanced status code, such as `5.1.1`.
        digest: SHA-256 of the report and the recipient: the same report read twice is one row.
    """

    __tablename__ = "mail_bounces"
    __table_args__ = (
        CheckConstraint("action IN ('failed', 'delayed')", name="action"),
        Index("ix_mail_bounces_message_id", "message_id"),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    message_id: Mapped[str] = mapped_column(String(320))
    action: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime]


class Digest(Base):
    """One person's digest of one of that person's local days; the pair exists once, so the mail is queued once."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("user_id", "day"), Index("ix_digests_made_at", "made_at"))

    id: Mapped[bigint_pk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    day: Mapped[date]
    made_at: Mapped[datetime]


class NoticeChoice(Base):
    """How one person wants to be told of one kind. Without a row the mail comes at once."""

    __tablename__ = "notice_choices"
    __table_args__ = (code_check("kind", NoticeKind), code_check("choice", MailChoice))

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(Code(NoticeKind), primary_key=True)
    choice: Mapped[MailChoice] = mapped_column(Code(MailChoice))


class Notice(Base):
    """One line in a person's list of notices: a code, numbers, keys and dates, never text of a case.

    `for_id` is the absent person for whom a stand-in is told.
    """

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
    for_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class ScheduledJob(Base):
    """When a scheduled job is due and who runs it; the truth of the scheduler, whatever the task queue forgot.

    `failures` counts the runs that failed since the last good one; a run that its worker did not survive is one.
    """

    __tablename__ = "jobs"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    next_run_at: Mapped[datetime] = mapped_column(index=True)
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(60))
    last_started_at: Mapped[datetime | None]
    last_finished_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(60))
    runs: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
