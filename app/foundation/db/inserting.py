"""Inserting a row that may be there already, when somebody else may insert it at the same moment."""

from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from app.foundation.db.base import Base


def insert_unless_there(session: Session, table: type[Base]) -> PostgresqlInsert | SqliteInsert:
    """Return an INSERT to which `on_conflict_do_nothing` or `on_conflict_do_update` says what then happens.

    Args:
        session: whose database it is for; both write it alike.
        table: the model.
    """
    return postgresql_insert(table) if session.get_bind().dialect.name == "postgresql" else sqlite_insert(table)
