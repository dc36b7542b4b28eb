"""Sessions as rows, and the failed tries that slow down the next one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.clock import now
from app.foundation.db import Base, bigint_pk, public_key


class UserSession(Base):
    """One sign-in on one device. The cookie carries a random token; only its SHA-256 is kept.

    A revoked or expired row never becomes valid again, whatever cookie is sent (security.md, Sign-in).
    """

    __tablename__ = "user_sessions"
    __table_args__ = (
        Index(
            "ix_user_sessions_user_id_open",
            "user_id",
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    #: For whom this session acts; its dates are checked at each request.
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("stand_ins.id"), index=True)
    ip_prefix: Mapped[str | None] = mapped_column(String(50))
    agent: Mapped[str | None] = mapped_column(String(80))


class SignInFailure(Base):
    """How many tries in a row failed for one account or from one address, and until when nobody listens.

    `subject` is a keyed digest: the table holds neither what was typed nor an address.
    """

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        UniqueConstraint("scope", "subject"),
        CheckConstraint("scope IN ('account', 'address')", name="scope"),
        CheckConstraint("failures >= 0", name="failures"),
    )

    id: Mapped[bigint_pk]
    scope: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(64))
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    blocked_until: Mapped[datetime | None]
