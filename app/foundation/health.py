"""`/livez`: the process answers. `/readyz`: database, schema and outbox are fit for work."""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.foundation import access
from app.foundation.db import read_session
from app.foundation.db.schema import head

bp = Blueprint("health", __name__)

#: Seconds after which an unsent mail means that no worker is at work.
OUTBOX_TOO_OLD = 900


@bp.get("/livez")
@access.bare
def livez() -> Response:
    """Answer always, without database or session."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@access.bare
def readyz() -> tuple[Response, int]:
    """Answer 200 when requests can be served; else 503 and the names of what is missing."""
    problems = []
    try:
        session = read_session()
        revision = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if revision != current_app.extensions["schema_head"]:
            problems.append("schema")
        elif _outbox_age(session) > OUTBOX_TOO_OLD:
            problems.append("outbox")
    except SQLAlchemyError:
        problems.append("database")
    # Mail that waits does not stop people from working: it is reported, not refused.
    refused = [name for name in problems if name != "outbox"]
    return jsonify(ready=not refused, problems=problems), 503 if refused else 200


def _outbox_age(session: Session) -> float:
    measure: Callable[[Session], float] = current_app.extensions["outbox_age"]
    return measure(session)


def init_health(app: Flask) -> None:
    """Register both addresses; `outbox_age` must have been set by composition."""
    app.extensions["schema_head"] = head()
    app.register_blueprint(bp)
