"""Sessions as rows: started at sign-in, listed, revoked, never valid again once they ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from flask import has_request_context, request
from flask import session as cookie
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from app.accounts.actor import TOKEN, session_limits, token_hash
from app.accounts.models import UserSession
from app.accounts.throttle import network_of
from app.foundation.clock import now

_AGENTS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class NewSession:
    """What the row of a starting session will hold; the token itself is only in the cookie."""

    hashed: str
    ip_prefix: str | None
    agent: str | None


def new_session() -> NewSession:
    """Put a fresh random token into the cookie and return what belongs into the database."""
    token = secrets.token_urlsafe(32)
    cookie[TOKEN] = token
    return NewSession(token_hash(token), network_of(request.remote_addr), agent_family(request.user_agent.string))


def store(session: Session, user_id: int, new: NewSession) -> None:
    """Write the row of a session that starts now."""
    at = now()
    session.add(
        UserSession(
            user_id=user_id,
            token_hash=new.hashed,
            created_at=at,
            last_seen_at=at,
            expires_at=at + session_limits().longest,
            ip_prefix=new.ip_prefix,
            agent=new.agent,
        )
    )
    session.flush()


def token_in_cookie() -> str | None:
    """Return the digest of the token that this request carries, whatever it is worth."""
    token = cookie.get(TOKEN) if has_request_context() else None
    return token_hash(token) if isinstance(token, str) else None


def revoke(session: Session, *conditions: ColumnElement[bool]) -> int:
    """End the open sessions that fulfil `conditions`, for good; returns how many."""
    open_ones = update(UserSession).where(UserSession.revoked_at.is_(None), *conditions)
    return int(session.execute(open_ones.values(revoked_at=now())).rowcount)  # type: ignore[attr-defined]


def revoke_all(session: Session, user_id: int, *, but: str | None = None) -> int:
    """End the open sessions of one person, except the one whose token has the digest `but`; returns how many."""
    others = () if but is None else (UserSession.token_hash != but,)
    return revoke(session, UserSession.user_id == user_id, *others)


def open_sessions(session: Session, user_id: int) -> list[UserSession]:
    """Return the sessions of one person that are still good, the latest first."""
    at = now()
    statement = select(UserSession).where(
        UserSession.user_id == user_id,
        UserSession.revoked_at.is_(None),
        UserSession.expires_at > at,
        UserSession.last_seen_at > at - session_limits().idle,
    )
    return list(session.scalars(statement.order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())))


def agent_family(user_agent: str) -> str | None:
    """Return browser and system in words that their owner recognises, such as "Firefox, Linux"; no version."""
    browser = next((name for mark, name in _AGENTS if mark in user_agent), None)
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), None)
    return ", ".join(part for part in (browser, system) if part) or None
