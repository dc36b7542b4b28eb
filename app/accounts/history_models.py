"""The chain of sign-ins, role changes and settings: append-only, each row bound to the one before."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.db import Base, Code, bigint_pk, code_check
from app.workflow.vocabulary import ActorKind


class SecurityHistory(Base):
    """One event. Ids only, never a name; what it says in detail is a digest, the text stands in the payload's row."""

    __tablename__ = "security_history"
    __table_args__ = (code_check("actor_kind", ActorKind),)

    id: Mapped[bigint_pk]
    seq: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_kind: Mapped[ActorKind] = mapped_column(Code(ActorKind))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    on_behalf_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    payload_digest: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class SecurityHistoryPayload(Base):
    """Details and salt of one event; the only place of the chain where erasure deletes."""

    __tablename__ = "security_history_payloads"

    id: Mapped[bigint_pk]
    seq: Mapped[int] = mapped_column(ForeignKey("security_history.seq"), unique=True)
    payload: Mapped[dict[str, Any]]
    salt: Mapped[str] = mapped_column(String(64))


class SecurityHistoryHead(Base):
    """The chain's last row; locked by whoever appends, and what makes a cut tail visible."""

    __tablename__ = "security_history_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
