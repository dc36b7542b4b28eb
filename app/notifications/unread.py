"""The number on the bell of every page."""

from __future__ import annotations

from flask import current_app, has_request_context, request
from sqlalchemy.exc import SQLAlchemyError

from app.foundation.access import current_actor, rule_of
from app.foundation.db import read_session
from app.notifications.queries import unread_count


def unread_notices() -> dict[str, int]:
    """Context processor: `unread_notices` for the layout, by one statement for signed-in people and none for others."""
    return {"unread_notices": _count()}


def _count() -> int:
    if (
        not has_request_context()
        or request.endpoint is None
        or not rule_of(current_app, request.endpoint).touches_session
    ):
        return 0
    try:
        actor = current_actor()
        return 0 if actor is None or actor.user_id is None else unread_count(read_session(), actor.user_id)
    except SQLAlchemyError:
        # The page that says that the database is away must not need it.
        return 0
