"""Links that open an account: made when the mail leaves, good once and for seven days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.people import new_uniquifier
from app.accounts.security.setup import one_time_code, reset_token
from app.accounts.security_history import record
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.errors import FieldError, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind

GOOD_FOR: Final = timedelta(days=7)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="invitation")


def invited_person(session: Session, token: str) -> User | None:
    """Return who was invited by the link with `token`; None when it was used, replaced, or is older than seven days."""
    try:
        uniquifier = _serializer().loads(token)
    except BadSignature:
        return None
    person = session.scalar(select(User).where(User.fs_uniquifier == str(uniquifier), User.ended_at.is_(None)))
    if person is None or person.activated_at is not None or person.invited_at is None:
        return None
    return person if person.invited_at + GOOD_FOR > now() else None


def accept(person: User, password_hash: str) -> None:
    """Set the first password and put the account into use.

    Args:
        person: from `invited_person`.
        password_hash: made before, outside of a transaction.

    Raises:
        InvalidCommand: the link was used meanwhile, or the address belongs to another account in use.
    """
    unused = (User.id == person.id, User.fs_uniquifier == person.fs_uniquifier, User.activated_at.is_(None))
    actor = Actor(person.id, ActorKind.USER, person.name, frozenset(), person.state_id, person.body)
    values = {"password": password_hash, "active": True, "activated_at": now(), "fs_uniquifier": new_uniquifier()}
    try:
        with write_transaction(None) as session:
            if not session.execute(update(User).where(*unused).values(values)).rowcount:  # type: ignore[attr-defined]
                raise InvalidCommand(FieldError("", "link_over"))
            record(session, actor, "invitation_accepted")
    except IntegrityError:
        raise InvalidCommand(FieldError("", "address_has_account")) from None


def mail_params(_session: Session, person: User, code: str, _params: Mapping[str, Any]) -> dict[str, str] | None:
    """Return link and secret of a mail that leaves now; called by the sender, also long after it was queued.

    Args:
        person: the recipient as they are now.
        code: `accounts.invitation`, `accounts.reset` or `accounts.two_factor_code`.

    Returns:
        `link` or `secret`; None when the mail has become pointless (accepted meanwhile, account ended).
    """
    if person.ended_at is not None:
        return None
    if code == "accounts.invitation":
        if person.activated_at is not None:
            return None
        return {"link": _link("/invitation/", _serializer().dumps(person.fs_uniquifier))}
    if not person.active:
        return None
    if code == "accounts.reset":
        return {"link": _link("/password/new/", reset_token(person))}
    if code == "accounts.two_factor_code" and person.tf_mailed_secret:
        return {"secret": one_time_code(person.tf_mailed_secret)}
    return None


def _link(path: str, token: str) -> str:
    """A link below the configured address; what a request's Host header says never matters."""
    return f"{current_app.config['ACCEDE_BASE_URL']}{path}{quote(token)}"
