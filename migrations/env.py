"""Runs migrations as the owner of the tables, with timeouts, in one transaction each."""

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool, text

import app.models  # noqa: F401 - all tables
from app.foundation.db.base import Base
from config.settings import load_settings

#: A migration that waits longer than this for a lock would stop everybody behind it (milliseconds).
LOCK_TIMEOUT_MS = 5_000
STATEMENT_TIMEOUT_MS = 300_000


def owner_url() -> str:
    """Return the owner's address: given by the caller, else from the settings."""
    given: str | None = context.config.attributes.get("owner_url")
    return given or load_settings().database_owner_url


def prepare(connection: Connection) -> None:
    """Set timeouts; let the owner see all rows, which row-level security forces on it too."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET lock_timeout = {LOCK_TIMEOUT_MS}"))
        connection.execute(text(f"SET statement_timeout = {STATEMENT_TIMEOUT_MS}"))
        connection.execute(text("SELECT set_config('accede.scope', 'all', false)"))
        connection.commit()


def run() -> None:
    """Run what the command asks for on the database."""
    engine = create_engine(owner_url(), poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def explicit_transactions(dbapi_connection, record):  # type: ignore[no-untyped-def]
            dbapi_connection.isolation_level = None

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        prepare(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_type=True,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
