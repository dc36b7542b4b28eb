"""Idempotency keys: a form sent twice acts once.

Each rendering of a form has a new key. The first use case of a request claims it inside its own transaction, so a
refused or invalid POST leaves no trace and may be corrected and sent again.
"""

import hashlib
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column
from werkzeug.datastructures import FileStorage, MultiDict

from app.foundation.clock import now
from app.foundation.db.base import Base
from app.foundation.db.inserting import insert_unless_there
from app.foundation.errors import IdempotencyMismatch
from app.workflow.actor import Actor

#: How long a stored answer is replayed (security.md: 48 hours).
KEPT_FOR = timedelta(hours=48)


class IdempotencyKey(Base):
    """A key that was used: by whom, for what body, and the result to replay."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    use_case: Mapped[str] = mapped_column(String(80))
    fingerprint: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Claim:
    """The key that came with this request and the digest of its body."""

    key: str
    fingerprint: str


_claim: ContextVar[Claim | None] = ContextVar("idempotency_claim", default=None)


def offer_claim(key: str | None, fingerprint: str) -> None:
    """Hand the key of this request to the first use case it calls; None forgets an earlier one."""
    _claim.set(Claim(key[:64], fingerprint) if key else None)


def take_claim() -> Claim | None:
    """Return the key once; a second use case of the same request runs without."""
    found = _claim.get()
    _claim.set(None)
    return found


def sent_before(session: Session) -> bool:
    """Tell whether the form of this request was sent before and acted on: its use case will answer as it did then.

    Args:
        session: of a reader.
    """
    wanted = _claim.get()
    if wanted is None:
        return False
    return session.scalar(select(IdempotencyKey.key).where(IdempotencyKey.key == wanted.key)) is not None


def fingerprint_of(path: str, form: MultiDict[str, str], files: MultiDict[str, FileStorage], ignore: set[str]) -> str:
    """Return the SHA-256 of what was posted, without the fields that change with each rendering."""
    digest = hashlib.sha256(path.encode())
    for name in sorted(set(form) - ignore):
        for value in form.getlist(name):
            digest.update(f"\0{name}\0{value}".encode())
    for name in sorted(files):
        for upload in files.getlist(name):
            digest.update(f"\0{name}\0{upload.filename}\0".encode())
            digest.update(hashlib.file_digest(upload.stream, "sha256").digest())  # type: ignore[arg-type]
            upload.stream.seek(0)
    return digest.hexdigest()


def claim(session: Session, wanted: Claim, actor: Actor, use_case: str) -> tuple[bool, dict[str, Any] | None]:
    """Claim `wanted` in the running transaction.

    A concurrent holder of the same key makes this statement wait until it has committed or rolled back.

    Returns:
        (False, None) when the use case must run; (True, result) when it ran before.

    Raises:
        IdempotencyMismatch: the key belongs to another body, person or use case.
    """
    values = {
        "key": wanted.key,
        "user_id": actor.user_id,
        "use_case": use_case,
        "fingerprint": wanted.fingerprint,
        "created_at": now(),
    }
    statement = (
        insert_unless_there(session, IdempotencyKey)
        .values(values)
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
    if session.execute(statement).first() is not None:
        return False, None
    row = session.execute(select(IdempotencyKey).where(IdempotencyKey.key == wanted.key)).scalar_one()
    if (row.user_id, row.use_case, row.fingerprint) != (actor.user_id, use_case, wanted.fingerprint):
        raise IdempotencyMismatch
    return True, row.result


def remember(session: Session, used: Claim, result: BaseModel | None) -> None:
    """Store what the use case answered, for a repeated request."""
    if result is None:
        return
    stored = update(IdempotencyKey).where(IdempotencyKey.key == used.key)
    session.execute(stored.values(result=result.model_dump(mode="json")))


def forget_old_keys(session: Session) -> int:
    """Delete keys older than 48 hours; returns how many."""
    statement = delete(IdempotencyKey).where(IdempotencyKey.created_at < now() - KEPT_FOR)
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]
