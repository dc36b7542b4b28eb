"""What hardly ever changes, kept per process: States, instruments, calendars, limits.

One row holds a token that changes with every write to reference data. A writing session reads it once and so never
works with old values. A reading session trusts the last look for `LOOK_AGAIN` seconds: a change made by another process
shows on pages that much later.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from flask import has_app_context
from sqlalchemy import Engine, ScalarSelect, event, select
from sqlalchemy.orm import Session

from app.foundation.db import db, new_public_key
from app.reference.models import ReferenceVersion

T = TypeVar("T")
LOOK_AGAIN = 30.0
"""Seconds for which a reading session trusts the token that it saw last."""

_seen: WeakKeyDictionary[Engine, tuple[str, float]] = WeakKeyDictionary()
_parts: dict[tuple[str, str], object] = {}
_TOKEN = "reference_token"  # noqa: S105 - names an entry of Session.info
_DIRTY = "reference_dirty"


def cached(session: Session, name: str, load: Callable[[Session], T]) -> T:
    """Return what `load` answers, from memory while reference data is what it was.

    Args:
        session: any; one that has changed reference data itself reads past the cache.
        name: of the part.
        load: reads it; its answer must not depend on the session and must not be changed by anybody.
    """
    if session.info.get(_DIRTY):
        return load(session)
    token = _token(session)
    if (token, name) not in _parts:
        found = load(session)
        if len(_parts) > 1_000:
            _parts.clear()
        _parts[token, name] = found
    return cast(T, _parts[token, name])


def token_column() -> ScalarSelect[str]:
    """Return the token as a column, for a statement that a transaction sends anyway; give it to `trust`."""
    return select(ReferenceVersion.token).scalar_subquery()


def trust(session: Session, token: str | None) -> None:
    """Take `token`, just read in the writing transaction of `session`, instead of asking for it."""
    if not _only_reads(_engine_of(session)):
        session.info[_TOKEN] = token or "empty"


def changed(session: Session) -> None:
    """Tell every process that reference data is another once `session` has committed."""
    session.info[_DIRTY] = True
    # whoever changed it reads it on the next page
    event.listen(session, "after_commit", lambda _session: _seen.clear(), once=True)
    row = session.get(ReferenceVersion, 1)
    if row is None:
        session.add(ReferenceVersion(id=1, token=new_public_key()))
    else:
        row.token = new_public_key()


def forget() -> None:
    """Forget everything; the next call reads again."""
    _seen.clear()
    _parts.clear()


def _token(session: Session) -> str:
    if (known := session.info.get(_TOKEN)) is not None:
        return cast(str, known)
    engine = _engine_of(session)
    last = _seen.get(engine)
    if last is not None and _only_reads(engine) and time.monotonic() - last[1] < LOOK_AGAIN:
        return last[0]
    token = session.scalars(select(ReferenceVersion.token)).one_or_none() or "empty"
    _seen[engine] = (token, time.monotonic())
    if not _only_reads(engine):
        session.info[_TOKEN] = token
    return token


def _engine_of(session: Session) -> Engine:
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


def _only_reads(engine: Engine) -> bool:
    return has_app_context() and engine is db.engines.get("read")
