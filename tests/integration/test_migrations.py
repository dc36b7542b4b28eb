"""Migrations are code under test: up, down, up with data; the models equal the schema; one head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

import app.models  # noqa: F401 - all tables
from app.foundation.db import Base, schema
from app.workflow.vocabulary import State
from tests.factories.cases import at_home, make_cases
from tests.factories.people import cast_of
from tests.support.databases import Database


def role_of(database: Database) -> str | None:
    return make_url(database.url).username if database.is_postgresql else None


def up(database: Database, revision: str = "head") -> None:
    schema.upgrade(database.owner_url, role_of(database), revision)


def down(database: Database, revision: str = "base") -> None:
    schema.downgrade(database.owner_url, role_of(database), revision)


@contextmanager
def owner(database: Database) -> Iterator[Connection]:
    engine = create_engine(database.owner_url, poolclass=NullPool)
    with engine.connect() as connection:
        if database.is_postgresql:
            connection.execute(text("SELECT set_config('accede.scope', 'all', false)"))
        yield connection
    engine.dispose()


def left_over(database: Database) -> list[str]:
    """Everything in the schema but the table of Alembic itself."""
    with owner(database) as connection:
        if database.is_postgresql:
            query = (
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
                "UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
                "UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'"
            )
        else:
            query = "SELECT name FROM sqlite_master"
        names = connection.execute(text(query)).scalars().all()
    return [name for name in names if "alembic_version" not in name and not name.startswith("sqlite_")]


def described(database: Database) -> dict[str, Any]:
    """The schema as the database knows it: columns, keys, checks, indexes, triggers, policies."""
    with owner(database) as connection:
        looked = inspect(connection)
        columns, checks = looked.get_multi_columns(), looked.get_multi_check_constraints()
        indexes = looked.get_multi_indexes()
        found: dict[str, Any] = {
            str(table[1]): (
                sorted((one["name"], str(one["type"]), one["nullable"]) for one in columns[table]),
                sorted((str(one["name"]), one["sqltext"]) for one in checks[table]),
                sorted(str(one["name"]) for one in indexes[table]),
            )
            for table in columns
        }
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        if not database.is_postgresql:
            query = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
        found["triggers"] = connection.execute(text(query)).scalars().all()
        if database.is_postgresql:
            policies = connection.execute(text("SELECT tablename, qual FROM pg_policies ORDER BY 1, 2")).all()
            grants = text(
                "SELECT table_name, privilege_type FROM information_schema.role_table_grants "
                "WHERE grantee = :role ORDER BY 1, 2"
            )
            found["policies"] = [tuple(row) for row in policies]
            found["grants"] = [tuple(row) for row in connection.execute(grants, {"role": role_of(database)})]
    return found


def test_up_down_and_up_again_from_nothing(empty_database: Database) -> None:
    up(empty_database)
    first = described(empty_database)
    assert first["triggers"]
    down(empty_database)
    assert left_over(empty_database) == []
    up(empty_database)
    assert described(empty_database) == first


def test_up_again_changes_nothing_and_keeps_the_data(app: Flask, database: Database) -> None:
    cast = cast_of(app)
    make_cases(app, cast, [(State.IN_REVIEW, at_home(cast))])
    before = described(database)
    up(database)
    assert described(database) == before
    with owner(database) as connection:
        assert connection.execute(text("SELECT count(*) FROM case_history")).scalar() == 4


def test_every_step_goes_down_and_up_again(empty_database: Database) -> None:
    """Each revision by itself, so that a second one cannot hide behind the first; down means back to where it began."""
    revisions = [one.revision for one in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()][::-1]
    before = None
    for revision in revisions:
        up(empty_database, revision)
        at = described(empty_database)
        down(empty_database, "-1")
        assert before in (None, described(empty_database)), revision
        up(empty_database, revision)
        assert described(empty_database) == at, revision
        before = at


def test_there_is_one_head_and_one_base() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def test_the_schema_equals_the_models(database: Database) -> None:
    with owner(database) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True, "target_metadata": Base.metadata}
        )
        differences = compare_metadata(context, Base.metadata)
    assert differences == []


def _names(allowed: str) -> list[str]:
    """The words of an IN, however the database writes it."""
    return sorted(re.findall(r"'([a-z0-9_]+)'", allowed))


def test_checks_of_the_schema_are_those_of_the_models(database: Database) -> None:
    """Alembic does not compare checks, so this does: their names, and every word that they allow."""
    wrong: list[tuple[str, object]] = []
    with owner(database) as connection:
        looked = inspect(connection)
        for table in Base.metadata.sorted_tables:
            stored = {str(one["name"]): one["sqltext"] for one in looked.get_check_constraints(table.name)}
            modelled = {
                str(one.name): str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)
            }
            if set(stored) != set(modelled):
                wrong.append((table.name, set(stored) ^ set(modelled)))
                continue
            wrong += [(table.name, name) for name, words in modelled.items() if _names(words) != _names(stored[name])]
    assert not wrong


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.sorted_tables:
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"
        for index in table.indexes:
            assert index.name, table.name


@pytest.mark.postgresql_only
def test_the_application_role_holds_no_more_than_it_needs(database: Database) -> None:
    grants = described(database)["grants"]
    assert {right for _table, right in grants} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    held: dict[str, set[str]] = {}
    for table, right in grants:
        held.setdefault(table, set()).add(right)
    for table in ("case_history", "case_content", "security_history"):
        assert held[table] == {"SELECT", "INSERT"}, table
    assert held["alembic_version"] == {"SELECT"}
    assert "UPDATE" not in held["history_payloads"]
    assert set(held) == {*Base.metadata.tables, "alembic_version"}
