"""Inserting: rows that nobody reads back, and a row that somebody else may insert at the same moment."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Insert, Table, insert
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from app.foundation.db.base import Base


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of one table, none of which is loaded: one statement.

    Args:
        model: of the table.
        rows: values by column, with the same columns in each.
    """
    execute_with(session, insert(_table_of(model)), rows)


def execute_with(session: Session, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute an INSERT of `rows`, none of which is loaded: one statement, none without rows.

    The values of a single row go beside the statement, which is put together once and not for each call. Several go
    into it: a list beside it would become one statement a row on PostgreSQL.
    """
    if len(rows) == 1:
        session.execute(statement, rows[0])
    elif rows:
        session.execute(statement.values(list(rows)))


def insert_unless_there(session: Session, model: type[Base]) -> PostgresqlInsert | SqliteInsert:
    """Return an INSERT to which `on_conflict_do_nothing` or `on_conflict_do_update` says what then happens.

    Args:
        session: whose database it is for; both write it alike.
        model: of the table.
    """
    return insert_on(dialect_of(session), model)


def insert_on(dialect: str, model: type[Base]) -> PostgresqlInsert | SqliteInsert:
    """Return the same for `dialect`, for a statement that is kept and gets its values beside it."""
    return postgresql_insert(_table_of(model)) if dialect == "postgresql" else sqlite_insert(_table_of(model))


def dialect_of(session: Session) -> str:
    """Return the name of what the database of `session` speaks."""
    return session.get_bind().dialect.name


def _table_of(model: type[Base]) -> Table:
    return cast("Table", model.__table__)
