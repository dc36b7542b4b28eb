"""The database that is measured: migrated, filled with cases, kept in `.cache/bench` for the next run.

PostgreSQL is a cluster of its own with the settings of the tests, or a database on the server of `TEST_DATABASE_URL`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

import psycopg
from psycopg import sql
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, text
from sqlalchemy.engine import URL, make_url

from tests.support import postgres

Backend = Literal["sqlite", "postgresql"]
FOLDER: Final = Path(".cache/bench").resolve()
OWNER, APPLICATION, PASSWORD = "bench_owner", "bench_app", "only-for-measuring"
#: Written into the folder of a database once it is whole.
_DONE: Final = "filled"


@dataclass(frozen=True, slots=True)
class Stage:
    """A filled database.

    Attributes:
        url: for the application; on PostgreSQL the role that owns nothing.
        owner_url: for migrations.
        folder: for files of the application.
        cluster: a cluster that this run started and will end; None where somebody else's server is used.
    """

    backend: Backend
    cases: int
    url: str
    owner_url: str
    folder: Path
    cluster: Path | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """What the application needs to serve it: a demo on loopback."""
        return {
            **os.environ,
            "FLASK_APP": "wsgi",
            "ACCEDE_ENVIRONMENT": "demo",
            "ACCEDE_DATA_DIR": str(self.folder / "data"),
            "ACCEDE_DATABASE_URL": self.url,
            "ACCEDE_DATABASE_OWNER_URL": self.owner_url,
        }

    def close(self) -> None:
        """End the cluster if this run started it; what is in it stays for the next run."""
        if self.cluster is not None:
            postgres.pause(self.cluster)


def prepare(backend: Backend, cases: int) -> Stage:
    """Return a database with `cases` filled cases; one that an earlier run has filled is used again."""
    folder = FOLDER / f"{backend}-{cases}"
    folder.mkdir(parents=True, exist_ok=True)
    stage = _sqlite(cases, folder) if backend == "sqlite" else _postgresql(cases, folder)
    done = folder / _DONE
    try:
        _flask(stage, "accede", "migrate")
        if not done.exists():
            _fill(stage)
            done.write_text(f"{cases}\n", encoding="utf-8")
        return replace(stage, cases=_present(stage))
    except BaseException:
        stage.close()
        raise


def _sqlite(cases: int, folder: Path) -> Stage:
    url = f"sqlite:///{folder / 'accede.sqlite3'}"
    return Stage("sqlite", cases, url, url, folder)


def _postgresql(cases: int, folder: Path) -> Stage:
    given, cluster = os.environ.get("TEST_DATABASE_URL"), None
    if given is None:
        cluster = folder / "cluster"
        given = postgres.resume(cluster) if cluster.exists() else postgres.start(cluster)
    server, name = make_url(given), f"accede_bench_{cases}"
    with psycopg.connect(_plain(server), autocommit=True) as connection:
        for role in (OWNER, APPLICATION):
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
                made = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}")
                connection.execute(made.format(sql.Identifier(role), sql.Literal(PASSWORD)))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            (folder / _DONE).unlink(missing_ok=True)
            made = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(OWNER)))
    url, owner_url = (_address(server, name, role) for role in (APPLICATION, OWNER))
    return Stage("postgresql", cases, url, owner_url, folder, cluster)


def written_by_floor() -> Table:
    """Return the table into which the floor writes: it touches none of the product's."""
    columns = (Column("id", Integer, primary_key=True), Column("key", String), Column("state", String))
    return Table("bench_floor", MetaData(), *columns, Column("version", Integer))


def _address(server: URL, name: str, role: str) -> str:
    url = server.set(drivername="postgresql+psycopg", username=role, password=PASSWORD, database=name)
    return url.render_as_string(hide_password=False)


def _plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _fill(stage: Stage) -> None:
    """Fill up what is missing: an interrupted run is gone on with."""
    for command in (["reference", "load"], ["demo", "load"]):
        _flask(stage, *command)
    missing = stage.cases - _present(stage)
    if missing > 0:
        _flask(stage, "demo", "fill", "--cases", str(missing))
    table, engine = written_by_floor(), create_engine(stage.owner_url)
    table.create(engine, checkfirst=True)
    engine.dispose()
    if stage.backend == "postgresql":
        role = sql.Identifier(APPLICATION)
        with psycopg.connect(_plain(make_url(stage.owner_url)), autocommit=True) as connection:
            connection.execute(sql.SQL("GRANT ALL ON bench_floor TO {}").format(role))
            connection.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
            # the cluster of the tests has no autovacuum: without statistics every plan would be a guess
            connection.execute("VACUUM ANALYZE")


def _present(stage: Stage) -> int:
    engine = create_engine(stage.owner_url)
    with engine.begin() as connection:
        if stage.backend == "postgresql":
            connection.execute(text("SELECT set_config('accede.scope', 'all', true)"))
        found = int(connection.execute(text("SELECT count(*) FROM cases")).scalar_one())
    engine.dispose()
    return found


def _flask(stage: Stage, *command: str) -> None:
    sys.stderr.write(f"{' '.join(command)}\n")
    subprocess.run([sys.executable, "-m", "flask", *command], env=dict(stage.environment), check=True)
