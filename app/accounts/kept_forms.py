"""Text that was sent after the session had ended: kept until its writer has signed in again, then put back.

A focal point on a slow line writes for an hour, and a session rests for less. What they send then is not done, but it
is not lost either: it waits under a random key, only its writer can have it back, and only on the page it came from.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Flask, current_app, flash, request
from flask import session as cookie
from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.accounts.actor import TOKEN, signed_in, token_hash
from app.accounts.models import User, UserSession
from app.foundation.access import current_actor, rule_of_request
from app.foundation.clock import now
from app.foundation.db import Base, bigint_pk, new_public_key, public_key, read_session, use_case, write_transaction
from app.foundation.forms import CHANGING_FIELDS, put_back
from app.workflow.actor import Actor

#: The parameter of an address that asks for a kept text.
PARAMETER: Final = "_kept"
KEPT_FOR: Final = timedelta(hours=24)
#: Of one person at a time; the oldest makes room.
MOST_KEPT: Final = 10
#: Characters of one form; a longer one is a file rather than something typed.
LONGEST: Final = 200_000
_PATH_LENGTH: Final = 300
_SECRET: Final = ("password", "passcode")


class KeptForm(Base):
    """What one person sent to one page after their session had ended."""

    __tablename__ = "kept_forms"

    id: Mapped[bigint_pk]
    key: Mapped[public_key]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    path: Mapped[str] = mapped_column(String(_PATH_LENGTH))
    fields: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime] = mapped_column(default=now, index=True)


def keep_form() -> str | None:
    """Keep what this request posted, for the person whose session carries it or carried it until it ran out.

    A session that was ended on purpose keeps nothing: whoever holds its cookie may be somebody else.

    Returns:
        Where the page can be asked for with the text in it; None when there is nothing to keep.
    """
    if request.method != "POST" or not _answers_get() or len(request.path) > _PATH_LENGTH:
        return None
    fields = _typed()
    if not fields:
        return None
    hashed = token_hash(str(cookie.get(TOKEN, "")))
    with write_transaction(None) as session:
        owner = session.scalar(
            select(UserSession.user_id)
            .join(User, User.id == UserSession.user_id)
            .where(UserSession.token_hash == hashed, UserSession.revoked_at.is_(None), User.active)
        )
        if owner is None:
            return None
        _make_room(session, owner)
        key = new_public_key()
        session.add(KeptForm(key=key, user_id=owner, path=request.path, fields=fields, kept_at=now()))
    flash(
        _("What you typed is kept and comes back into the form once you have signed in. It is not saved yet."), "info"
    )
    return f"{request.path}?{PARAMETER}={key}"


def init_kept_forms(app: Flask) -> None:
    """Let the pages of `app` put a kept text back into their form."""
    app.before_request(_give_back)


@use_case
def forget_kept_forms(session: Session, actor: Actor) -> None:
    """Delete texts that nobody came back for within a day."""
    session.execute(delete(KeptForm).where(KeptForm.kept_at < now() - KEPT_FOR))


def _give_back() -> None:
    key = request.args.get(PARAMETER) if request.method == "GET" else None
    rule = rule_of_request()
    if not key or rule is None or rule.anonymous or current_actor() is None or (person := signed_in()) is None:
        return
    found = read_session().scalar(
        select(KeptForm).where(
            KeptForm.key == key[:20],
            KeptForm.user_id == person.user_id,
            KeptForm.path == request.path,
            KeptForm.kept_at > now() - KEPT_FOR,
        )
    )
    if found is not None:
        put_back(MultiDict((name, value) for name, values in found.fields.items() for value in values))


def _typed() -> dict[str, list[str]]:
    """Return the fields that were posted, without what belongs to the old page or is secret; empty when too long."""
    try:
        posted = request.form.to_dict(flat=False)
    except HTTPException:  # too large to be read
        return {}
    fields = {
        name: values
        for name, values in posted.items()
        if name not in CHANGING_FIELDS and not any(word in name for word in _SECRET)
    }
    long = sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > LONGEST
    storable = not any("\0" in value for values in fields.values() for value in values)
    return fields if storable and not long else {}


def _answers_get() -> bool:
    """Whether the page can be asked for: a bare button has no page to come back to."""
    try:
        current_app.url_map.bind("").match(request.path, method="GET")
    except (RequestRedirect, HTTPException):
        return False
    return True


def _make_room(session: Session, user_id: int) -> None:
    newest = select(KeptForm.id).where(KeptForm.user_id == user_id).order_by(KeptForm.id.desc()).limit(MOST_KEPT - 1)
    session.execute(delete(KeptForm).where(KeptForm.user_id == user_id, KeptForm.id.not_in(newest)))
