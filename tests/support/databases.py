"""The same test on SQLite and on PostgreSQL: a migrated template per run, for each test as if it were a new copy.

Each process has one address per backend. On SQLite a test finds a copy of the template's file there, on PostgreSQL the
same database put back in place (`resetting`); where that cannot be, a new copy, which takes 100 to 250 ms.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.support import postgres
from tests.support.resetting import Original
from tests.support.run import data_folder, once, run_folder, worker_name

Backend = Literal["sqlite", "postgresql"]
BACKENDS: Final[tuple[Backend, ...]] = ("sqlite", "postgresql")
OWNER: Final = "accede_owner"
APPLICATION: Final = "accede_app"
_PASSWORD: Final = "only-for-tests"
#: The files of a SQLite database.
_BESIDE: Final = ("", "-wal", "-shm", "-journal")
#: What this process's PostgreSQL database was like when it was copied from the template, by its name.
_originals: dict[str, Original] = {}


class BackendMissing(RuntimeError):
    """This machine cannot run tests on this backend; the text says why."""


@dataclass(frozen=True, slots=True)
class Database:
    """A migrated database with reference data, as a test sees it."""

    backend: Backend
    url: str
    """For the application: on PostgreSQL the role that owns nothing."""
    owner_url: str
    """For migrations and for looking past row-level security."""

    @property
    def is_postgresql(self) -> bool:
        """Whether this is PostgreSQL."""
        return self.backend == "postgresql"


def fresh_database(backend: Backend, *, empty: bool = False) -> Database:
    """Put what equals the template at this process's address of `backend`, in place of what the former test left.

    The checkpoints of the former one's histories go with it: compared with them, every history of the new one is wrong.

    Args:
        backend: which one.
        empty: nothing in it, not even tables (for tests of migrations).

    Raises:
        BackendMissing: it cannot be had on this machine.
    """
    _forget_checkpoints()
    return _fresh_sqlite(empty) if backend == "sqlite" else _fresh_postgresql(empty)


def keep(database: Database, name: str) -> None:
    """Keep what is in `database` (no connection open) for `bring_back`, in this process."""
    if database.is_postgresql:
        _copy_postgresql(_name_of(database), _kept_database(name))
        return
    source = make_url(database.url).database
    if source is None or Path(f"{source}-wal").exists():
        raise RuntimeError(f"a connection to {source} is still open: its last writes are not in the file")
    shutil.copyfile(source, _kept_file(name))


def bring_back(database: Database, name: str) -> None:
    """Replace what is in `database` (no connection open) by what was kept under `name`."""
    if database.is_postgresql:
        _copy_postgresql(_kept_database(name), _name_of(database))
        return
    target = make_url(database.url).database
    assert target is not None
    for suffix in _BESIDE:
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(_kept_file(name), target)


def _kept_file(name: str) -> Path:
    return run_folder() / f"{worker_name()}-{name}.sqlite3"


def _kept_database(name: str) -> str:
    return f"{_run_name()}_{worker_name()}_kept_{name}"


def _name_of(database: Database) -> str:
    name = make_url(database.url).database
    assert name is not None
    return name


def _copy_postgresql(source: str, target: str) -> None:
    """Make `target` a copy of `source`; neither is put back in place from then on, but given up for a new copy."""
    for name in (source, target):
        if original := _originals.pop(name, None):
            original.close()
    with _connect(make_url(_server())) as connection:
        _drop(connection, target)
        _create(connection, target, source)


def let_go() -> None:
    """End this process's own connections to the databases of its tests."""
    while _originals:
        _originals.popitem()[1].close()


def drop_databases() -> None:
    """Remove what this run left on a server that it did not start."""
    if (server := os.environ.get("TEST_DATABASE_URL")) is None:
        return
    with _connect(make_url(server)) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{_run_name()}%"])
        for (name,) in names.fetchall():
            _drop(connection, name)


def _forget_checkpoints() -> None:
    from app.casework.jobs import FOLDER

    shutil.rmtree(data_folder() / FOLDER, ignore_errors=True)


def _fresh_sqlite(empty: bool) -> Database:
    target = run_folder() / f"{worker_name()}.sqlite3"
    for suffix in _BESIDE:
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    if not empty:
        shutil.copyfile(once("sqlite-template", _make_sqlite_template), target)
    url = f"sqlite:///{target}"
    return Database("sqlite", url, url)


def _make_sqlite_template() -> str:
    template = run_folder() / "template.sqlite3"
    url = f"sqlite:///{template}"
    _migrate_and_load(Database("sqlite", url, url))
    if Path(f"{template}-wal").exists():
        raise RuntimeError(f"a connection to {template} is still open: its last writes are not in the file")
    return str(template)


def _fresh_postgresql(empty: bool) -> Database:
    server = make_url(_server())
    name = f"{_run_name()}_{worker_name()}"
    if empty and (former := _originals.pop(name, None)):
        former.close()
    if empty or not _put_back(name):
        once("postgresql-roles", lambda: _make_roles(server))
        template = "template0" if empty else once("postgresql-template", lambda: _make_postgresql_template(server))
        with _connect(server) as connection:
            _drop(connection, name)
            _create(connection, name, template)
        if not empty:
            _originals[name] = Original.of(superuser_address(name))
    return _database_at(server, name)


def _put_back(name: str) -> bool:
    """Put the database back in place; False when a new copy is needed."""
    if (original := _originals.pop(name, None)) is None:
        return False
    try:
        done = original.put_back()
    except psycopg.OperationalError:  # the test dropped it, or ended every connection
        done = False
    if done:
        _originals[name] = original
    else:
        original.close()
    return done


def superuser_address(name: str | None = None) -> str:
    """The address of the PostgreSQL database `name` (None: the server's own) for whoever may do everything."""
    server = make_url(_server())
    return _plain(server if name is None else server.set(database=name))


def _make_roles(server: URL) -> str:
    with _connect(server) as connection:
        for role in (OWNER, APPLICATION):
            exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            statement = sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}")
            verb = sql.SQL("ALTER" if exists else "CREATE")
            connection.execute(statement.format(verb, sql.Identifier(role), sql.Literal(_PASSWORD)))
    return "made"


def _make_postgresql_template(server: URL) -> str:
    name = f"{_run_name()}_template"
    with _connect(server) as connection:
        _create(connection, name, "template0")
    _migrate_and_load(_database_at(server, name))
    return name


def _server() -> str:
    """The superuser's URL: the given server, or one started for this run."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    if postgres.binaries() is None:
        raise BackendMissing("no TEST_DATABASE_URL and no PostgreSQL binaries installed")
    try:
        return once("postgresql", lambda: postgres.start(run_folder() / "postgres"))
    except (postgres.CannotStart, RuntimeError) as error:
        raise BackendMissing(str(error)) from error


def _migrate_and_load(database: Database) -> None:
    """What `flask accede migrate` and `flask reference load` do, without starting Python twice."""
    from app.foundation.db import schema
    from app.reference.commands import LoadBundle
    from app.reference.services import load_bundle
    from app.workflow.actor import Actor
    from tests.support.applications import close_connections, new_application

    app = new_application(database)
    schema.upgrade(database.owner_url, make_url(database.url).username)
    with app.app_context():
        errors = load_bundle(Actor.system(), LoadBundle(demo=False)).errors
    close_connections(app)
    if errors:
        raise RuntimeError(f"the reference data has errors: {errors}")


def _connect(server: URL) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(_plain(server), autocommit=True)


def _plain(server: URL) -> str:
    """The address as PostgreSQL's own library reads it."""
    return server.set(drivername="postgresql").render_as_string(hide_password=False)


def _create(connection: psycopg.Connection[tuple[object, ...]], name: str, template: str) -> None:
    # FILE_COPY is quicker than the default for a small template once fsync is off
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)))


def _drop(connection: psycopg.Connection[tuple[object, ...]], name: object) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(str(name))))


def _database_at(server: URL, name: str) -> Database:
    def address(role: str) -> str:
        url = server.set(drivername="postgresql+psycopg", username=role, password=_PASSWORD, database=name)
        return url.render_as_string(hide_password=False)

    return Database("postgresql", address(APPLICATION), address(OWNER))


def _run_name() -> str:
    return run_folder().name.replace("-", "_").lower()
