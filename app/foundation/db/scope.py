"""Who a database session reads for.

A session without a scope may not touch a table that holds case data: on both databases a listener raises, and on
PostgreSQL row-level security answers with no rows. Row-level security parts States; audiences and roles are parted by
the queries of `casework.visibility`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.pool import ConnectionPoolEntry

from app.foundation.db.base import case_bearing_tables
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role

SET_SCOPE = text("SELECT set_config('accede.scope', :scope, true), set_config('accede.state_id', :state_id, true)")


class UnscopedRead(RuntimeError):
    """A statement touched case data in a session that was not opened for an actor."""


class Reach(StrEnum):
    """How far a session sees: nothing about cases, one State, or every State."""

    NONE = "none"
    STATE = "state"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Scope:
    """The reach of a session and, for `Reach.STATE`, whose rows it sees."""

    reach: Reach
    state_id: int | None = None


def scope_of(actor: Actor) -> Scope:
    """Return the reach that row-level security grants `actor`; an administrator holds no case content."""
    if actor.kind is ActorKind.SYSTEM:
        return Scope(Reach.ALL)
    if actor.is_state_side:
        return Scope(Reach.STATE, actor.state_id) if actor.state_id is not None else Scope(Reach.NONE)
    if actor.roles - {Role.ADMINISTRATOR}:
        return Scope(Reach.ALL)
    return Scope(Reach.NONE)


def bind_scope(session: Session, scope: Scope) -> None:
    """Open `session` for `scope`, also when its transaction has begun already."""
    session.info["scope"] = scope
    if session.in_transaction():
        _apply(session.connection(), scope)


def _apply(connection: Connection, scope: Scope | None) -> None:
    connection.info["scope"] = scope
    if connection.dialect.name == "postgresql" and scope is not None:
        state_id = "" if scope.state_id is None else str(scope.state_id)
        connection.execute(SET_SCOPE, {"scope": scope.reach.value, "state_id": state_id})


def on_after_begin(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Session event: carry the session's scope over to the connection it just got."""
    _apply(connection, session.info.get("scope"))


def guard_engine(engine: Engine) -> None:
    """Make `engine` refuse statements about case data outside a scope."""
    names = "|".join(re.escape(table.name) for table in case_bearing_tables())
    # anywhere in the statement: tables also stand behind a comma, or behind the name of a schema
    touches_cases = re.compile(rf"\b(?:{names})\b", re.IGNORECASE)

    @event.listens_for(engine, "before_cursor_execute")
    def refuse_unscoped(
        connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
    ) -> None:
        if connection.info.get("scope") is None and touches_cases.search(statement):
            raise UnscopedRead(statement.split("WHERE", maxsplit=1)[0][:200])

    @event.listens_for(engine, "checkin")
    def forget_scope(dbapi_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info.pop("scope", None)
