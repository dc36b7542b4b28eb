"""The schema's version: bring it to head, tell whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"


def alembic_config(owner_url: str, application_role: str | None) -> Config:
    """Return the configuration that `migrations/env.py` reads.

    Args:
        owner_url: address of the database for the role that owns the tables.
        application_role: PostgreSQL role that gets rights on them; None on SQLite.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["owner_url"] = owner_url
    config.attributes["application_role"] = application_role
    return config


def upgrade(owner_url: str, application_role: str | None, revision: str = "head") -> None:
    """Bring the schema to `revision`; running it again changes nothing."""
    command.upgrade(alembic_config(owner_url, application_role), revision)


def downgrade(owner_url: str, application_role: str | None, revision: str) -> None:
    """Take the schema back to `revision`."""
    command.downgrade(alembic_config(owner_url, application_role), revision)


def head() -> str | None:
    """Return the newest revision in the code."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()


def current(engine: Engine) -> str | None:
    """Return the revision of the database behind `engine`; None when it has no schema."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


class NotAtHead(RuntimeError):
    """The database's schema is not the one this code was written for."""


def require_head(database_url: str) -> None:
    """Refuse to serve on a schema that is not at head; called once, when a server or worker starts.

    A database that does not answer is no reason to refuse: pages answer 503 until it is back.

    Args:
        database_url: address for the application role.

    Raises:
        NotAtHead: says both revisions and the command that mends it.
    """
    engine = create_engine(database_url, poolclass=NullPool)
    try:
        found = current(engine)
    except OperationalError:
        return
    finally:
        engine.dispose()
    if found != (wanted := head()):
        raise NotAtHead(f"the database is at revision {found}, this version needs {wanted}: flask accede migrate")
