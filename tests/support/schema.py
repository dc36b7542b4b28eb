"""`python -m tests.support.schema`: the migrations make exactly the tables of the models, on both databases."""

from __future__ import annotations

import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

import app.models  # noqa: F401 - every table
from app.foundation.db import Base, schema
from tests.support import run
from tests.support.databases import BACKENDS, BackendMissing, Database, drop_databases, fresh_database


def differences(database: Database) -> list[str]:
    """What a new migration would have to change on `database`, which has been migrated to head."""
    engine = create_engine(database.owner_url, poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [repr(difference) for difference in compare_metadata(context, Base.metadata)]
    engine.dispose()
    return found


def main() -> int:
    """Compare on every backend of this machine; returns the exit code."""
    run.open_run()
    found = []
    try:
        for backend in BACKENDS:
            try:
                database = fresh_database(backend, empty=True)
            except BackendMissing as error:
                sys.stdout.write(f"NOT COMPARED on {backend}: {error}\n")
                continue
            schema.upgrade(database.owner_url, make_url(database.url).username)
            found += [f"{backend}: {difference}" for difference in differences(database)]
            sys.stdout.write(f"Migrations and models compared on {backend}.\n")
    finally:
        drop_databases()
        run.close_run()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
