"""The database put back in place equals a new copy, whatever the test before did to it."""

from __future__ import annotations

import subprocess
from functools import cache
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from app.workflow.vocabulary import State
from tests.factories.cases import at_home, make_cases
from tests.factories.people import cast_of
from tests.support import postgres
from tests.support.applications import close_connections
from tests.support.databases import Database, fresh_database, superuser_address

pytestmark = pytest.mark.postgresql_only

UNSEEN = "rows were written anew as they were"
ROWS = {
    "a row came": "INSERT INTO calendars (key, state_id) SELECT 'aaaaaaaaaaaa', min(id) FROM states",
    "a row changed": "UPDATE states SET name_en = 'Elsewhere' WHERE alpha3 = 'KEN'",
    UNSEEN: "UPDATE instruments SET id = id",
    "rows went": "DELETE FROM holidays",
    "one row took another's place": "UPDATE holidays SET id = 1000000 WHERE id = (SELECT min(id) FROM holidays)",
    "a sequence went on": "SELECT nextval('states_id_seq'), nextval('cases_id_seq')",
    "a sequence went back": "SELECT setval('states_id_seq', 1, false)",
}
SCHEMA = {
    "a table came": "CREATE TABLE further (id bigint)",
    "a table went": "DROP TABLE digests CASCADE",
    "a table was emptied": "TRUNCATE holidays",
    "a column came": "ALTER TABLE states ADD further text",
    "a default changed": "ALTER TABLE states ALTER name_en SET DEFAULT 'x'",
    "a sequence counts otherwise": "ALTER SEQUENCE cases_id_seq INCREMENT 5",
    "a trigger went": "DROP TRIGGER case_history_append_only ON case_history",
    "triggers were switched off": "ALTER TABLE case_history DISABLE TRIGGER USER",
    "a function changed": "CREATE OR REPLACE FUNCTION case_history_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RETURN NEW; END $$",
    "a policy went": "DROP POLICY by_state ON cases",
    "rows of all are shown": "ALTER TABLE cases DISABLE ROW LEVEL SECURITY",
    "a right was given": "GRANT TRUNCATE ON cases TO accede_app",
    "a right was taken": "REVOKE SELECT ON states FROM accede_app",
    "a schema came": "CREATE SCHEMA further",
    "a large object came": "SELECT lo_create(0)",
    "the database has a setting": "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''1MB''', "
    "current_database()); END $$",
}


def superuser(database: Database) -> psycopg.Connection[Any]:
    """A connection as whoever may do everything."""
    return psycopg.connect(superuser_address(make_url(database.url).database), autocommit=True)


def dumped(database: Database) -> str:
    """Everything that is in the database, as `pg_dump` writes it."""
    folder = postgres.binaries()
    if folder is None:
        pytest.skip("NOT TESTED: postgresql: no pg_dump installed")
    command = [str(folder / "pg_dump"), "--create", superuser_address(make_url(database.url).database)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    # newer versions write a word of their own making around the dump
    return "\n".join(line for line in done.stdout.splitlines() if not line.startswith((r"\restrict", r"\unrestrict")))


@cache
def dump_of_a_copy() -> str:
    """What a copy of the template holds, whose like was never put back."""
    fresh_database("postgresql", empty=True)
    return dumped(fresh_database("postgresql"))


def number(database: Database) -> int:
    """The same for as long as the database is not replaced by another of its name."""
    with superuser(database) as connection:
        (row,) = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        return int(row[0])


@pytest.mark.parametrize("what", ROWS)
def test_changed_rows_are_put_back_in_place(database: Database, what: str) -> None:
    expected, before = dump_of_a_copy(), number(fresh_database("postgresql"))
    with superuser(database) as connection:
        connection.execute(ROWS[what])
    assert (dumped(database) == expected) is (what == UNSEEN)
    assert number(fresh_database("postgresql")) == before
    assert dumped(database) == expected


@pytest.mark.parametrize("statement", SCHEMA.values(), ids=SCHEMA)
def test_a_changed_schema_is_replaced(database: Database, statement: str) -> None:
    before = number(database)
    with superuser(database) as connection:
        connection.execute(statement)
    assert number(fresh_database("postgresql")) != before


def test_what_the_product_writes_is_taken_away(app: Flask, database: Database) -> None:
    expected, before = dump_of_a_copy(), number(fresh_database("postgresql"))
    for _ in range(2):
        cast = cast_of(app)
        make_cases(app, cast, [(state, at_home(cast)) for state in (State.RETURNED, State.DECISION, State.CLOSED)])
        close_connections(app)
        assert dumped(database) != expected
        assert number(fresh_database("postgresql")) == before
        assert dumped(database) == expected


def test_a_connection_left_open_is_ended(database: Database) -> None:
    expected = dump_of_a_copy()
    with superuser(fresh_database("postgresql")) as left:
        left.autocommit = False
        left.execute("INSERT INTO holidays SELECT * FROM holidays WHERE false")
        left.execute("UPDATE states SET name_en = 'Elsewhere'")
        left.execute("LOCK TABLE cases IN ACCESS EXCLUSIVE MODE")
        before = number(database)
        assert number(fresh_database("postgresql")) == before
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
    assert dumped(database) == expected


def test_a_database_that_is_gone_is_made_anew(database: Database) -> None:
    expected, before = dump_of_a_copy(), number(fresh_database("postgresql"))
    name = make_url(database.url).database
    with psycopg.connect(superuser_address(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]
    assert number(fresh_database("postgresql")) != before
    assert dumped(database) == expected
