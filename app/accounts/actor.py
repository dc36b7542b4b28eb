"""Who makes this request: one SELECT over session, person, roles and State, then a frozen `Actor`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Final

import structlog
from flask import current_app, g, session
from sqlalchemy import Row, Select, and_, bindparam, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from app.accounts.models import StandIn, User, UserRole, UserSession
from app.accounts.standing_in import covered_by, in_force
from app.foundation.clock import now
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import bind_scope, scope_of
from app.foundation.db.types import UtcDateTime
from app.reference.models import StateRecord
from app.workflow.actor import Actor, OnBehalf
from app.workflow.vocabulary import ActorKind

#: Under which name the cookie carries the session's token.
TOKEN: Final = "token"  # noqa: S105 - a name, not a secret
#: How often "last seen" is written at most (architecture.md, Two sessions).
LAST_SEEN_EVERY: Final = timedelta(minutes=5)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What pages need to know of the person besides the `Actor`.

    Attributes:
        session_id: the row of `user_sessions`.
        user_key: public key of the person's own account, also while standing in.
        name: the person's own name.
        state_name: English name of the State, for State accounts.
        covers: somebody is away for whom this person may act now.
    """

    session_id: int
    session_key: str
    user_id: int
    user_key: str
    name: str
    locale: str
    time_zone: str
    theme: str
    has_second_factor: bool
    state_name: str | None
    covers: bool


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a sign-in lasts.

    Attributes:
        idle: without any request.
        longest: in all.
    """

    idle: timedelta
    longest: timedelta


def session_limits() -> SessionLimits:
    """Return the limits that `init_security` set from the settings."""
    limits: SessionLimits = current_app.extensions["session_limits"]
    return limits


def token_hash(token: str) -> str:
    """Return what the database keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in() -> SignedIn | None:
    """Return the person of this request; None when nobody is signed in or `load_actor` has not run."""
    found: SignedIn | None = g.get("signed_in")
    return found


def load_actor() -> Actor | None:
    """Return who makes this request; None when the session is missing, revoked, idle or too old.

    Opens the reading session for what the actor may see, and writes "last seen" at most every five minutes: the one
    exception to "a GET may not write".
    """
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    at = now()
    given = {"hashed": token_hash(token), "at": at, "idle_since": at - session_limits().idle}
    rows = read_session().execute(_statement(), given).all()
    if not rows:
        return None
    first = rows[0]
    g.signed_in = _signed_in(first)
    actor = _actor(rows)
    bind_scope(read_session(), scope_of(actor))
    if first.last_seen_at <= at - LAST_SEEN_EVERY:
        _touch(first.session_id, first.user_id)
    return actor


_ABSENT = aliased(User, name="absent")
_COLUMNS = (
    UserSession.id.label("session_id"),
    UserSession.key.label("session_key"),
    UserSession.last_seen_at,
    User.id.label("user_id"),
    User.key.label("user_key"),
    User.name,
    User.locale,
    User.time_zone,
    User.theme,
    User.state_id,
    User.body,
    User.tf_primary_method,
    User.may_submit,
    _ABSENT.id.label("absent_id"),
    _ABSENT.name.label("absent_name"),
    _ABSENT.may_submit.label("absent_may_submit"),
    StateRecord.name_en.label("state_name"),
    UserRole.role,
)


@cache
def _statement() -> Select[Any]:
    """Return the statement of every request, built once: its parameters are `hashed`, `at` and `idle_since`."""
    at = bindparam("at", type_=UtcDateTime())
    mine = StandIn.stand_in_id == UserSession.user_id
    standing_in = and_(StandIn.id == UserSession.stand_in_id, mine, in_force(at))
    whose = func.coalesce(_ABSENT.id, User.id)
    return (
        select(*_COLUMNS, covered_by(UserSession.user_id, at).correlate(UserSession).exists().label("covers"))
        .join(User, User.id == UserSession.user_id)
        .outerjoin(StandIn, standing_in)
        .outerjoin(_ABSENT, and_(_ABSENT.id == StandIn.absent_id, _ABSENT.ended_at.is_(None)))
        .outerjoin(UserRole, and_(UserRole.user_id == whose, UserRole.ended_at.is_(None)))
        .outerjoin(StateRecord, StateRecord.id == User.state_id)
        .where(
            UserSession.token_hash == bindparam("hashed"),
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > at,
            UserSession.last_seen_at > bindparam("idle_since", type_=UtcDateTime()),
            User.active.is_(True),
            User.ended_at.is_(None),
        )
    )


def _actor(rows: Sequence[Row[Any]]) -> Actor:
    first = rows[0]
    stands_in = first.absent_id is not None
    return Actor(
        user_id=first.user_id,
        kind=ActorKind.USER,
        name=first.name,
        roles=frozenset(row.role for row in rows if row.role is not None),
        state_id=first.state_id,
        body=first.body,
        on_behalf_of=OnBehalf(first.absent_id, first.absent_name) if stands_in else None,
        may_submit=bool(first.absent_may_submit if stands_in else first.may_submit),
    )


def _signed_in(row: Row[Any]) -> SignedIn:
    return SignedIn(
        session_id=row.session_id,
        session_key=row.session_key,
        user_id=row.user_id,
        user_key=row.user_key,
        name=row.name,
        locale=row.locale,
        time_zone=row.time_zone,
        theme=row.theme,
        has_second_factor=row.tf_primary_method is not None,
        state_name=row.state_name,
        covers=row.covers,
    )


def _touch(session_id: int, user_id: int) -> None:
    """Write "last seen" in a transaction of its own; a page is answered also when that fails."""
    at = now()
    still_due = and_(UserSession.id == session_id, UserSession.last_seen_at <= at - LAST_SEEN_EVERY)
    try:
        with write_transaction(None) as writing:
            writing.execute(update(UserSession).where(still_due).values(last_seen_at=at))
            writing.execute(update(User).where(User.id == user_id).values(last_seen_at=at))
    except OperationalError:
        log.warning("last_seen_not_written", session_id=session_id)
