"""What happens with a sign-in, a changed or a reset password, in the transaction at the end of the request."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, request
from flask import session as cookie
from flask_security import password_changed, password_reset, user_authenticated
from sqlalchemy.orm import Session

from app.accounts import identity, sessions, throttle
from app.accounts.models import User, UserSession
from app.accounts.security.datastore import as_actor, person_of
from app.accounts.security.views import second_step_subject, sign_in_subject
from app.accounts.security_history import record

_CSRF = "csrf_token"


def connect(app: Flask) -> None:
    """Listen to Flask-Security in `app`."""
    user_authenticated.connect(on_sign_in, app)
    password_changed.connect(on_password_changed, app)
    password_reset.connect(on_password_reset, app)


def on_sign_in(_app: Flask, *, user: Any, authn_via: list[str] | None = None, **_more: Any) -> None:
    """Start a session of its own: a new token, the old one worth nothing."""
    person = person_of(user)
    before = sessions.token_in_cookie()
    uniquifier = person.fs_uniquifier
    new = sessions.new_session()
    cookie.pop(_CSRF, None)
    g.pop(_CSRF, None)
    changed = authn_via == ["change"]
    counted = [throttle.account(sign_in_subject(person.email)), throttle.account(second_step_subject(uniquifier))]
    here = throttle.address(request.remote_addr)

    def act(session: Session) -> None:
        if before is not None:
            sessions.revoke(session, UserSession.token_hash == before)
        sessions.store(session, person.id, new)
        if not changed:
            record(session, as_actor(person), "signed_in", payload={"network": new.ip_prefix, "agent": new.agent})
            throttle.forgive(session, [*counted, here])

    identity.also(act)


def on_password_changed(_app: Flask, *, user: Any, **_more: Any) -> None:
    """End every other session of the person."""
    person, mine = person_of(user), sessions.token_in_cookie()
    identity.also(lambda session: _end_others(session, person, mine, "password_changed"))


def on_password_reset(_app: Flask, *, user: Any, **_more: Any) -> None:
    """End every session of the person."""
    person = person_of(user)
    identity.also(lambda session: _end_others(session, person, None, "password_reset"))


def _end_others(session: Session, person: User, mine: str | None, action: str) -> None:
    ended = sessions.revoke_all(session, person.id, but=mine)
    record(session, as_actor(person), action, payload={"sessions_ended": ended})
