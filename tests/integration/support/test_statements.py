"""Statements are counted as performance.md counts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from app.foundation.db import read_session, write_transaction
from app.reference import cache
from tests.support.statements import recorded_statements


def test_only_what_the_application_asks_is_counted(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with recorded_statements() as seen, engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("SAVEPOINT a")
        connection.execute(text("CREATE TABLE t (a int)"))
        connection.execute(text("INSERT INTO t VALUES (1)"))
        connection.exec_driver_sql("RELEASE a")
        connection.execute(text("SELECT a FROM t"))
    engine.dispose()
    assert [statement.split()[0] for statement in seen.texts] == ["CREATE", "INSERT", "SELECT"]
    seen.at_most(3)
    with pytest.raises(AssertionError, match="SELECT a FROM t"):
        seen.at_most(2)


def test_set_config_is_not_counted_and_other_selects_are() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection, recorded_statements() as seen:
        connection.connection.driver_connection.create_function("set_config", 3, lambda *_: 1)  # type: ignore[union-attr]
        connection.execute(text("SELECT set_config('accede.scope', :scope, 1)"), {"scope": "all"})
        connection.execute(text("SELECT 1"))
    engine.dispose()
    assert seen.texts == ["SELECT 1"]


def test_what_is_read_into_memory_once_is_no_cost_of_a_page(app: Flask) -> None:
    cache.forget()
    with app.app_context():
        for _time in ("cold", "warm"):
            with recorded_statements() as seen:
                cache.cached(read_session(), "test", lambda session: session.scalar(text("SELECT 2")))
            assert seen.texts == []


def test_what_each_transaction_asks_of_memory_is_counted(app: Flask) -> None:
    cache.forget()
    with app.app_context():
        for _time in ("cold", "warm"):
            with recorded_statements() as seen, write_transaction(None) as session:
                cache.cached(session, "test", lambda session: session.scalar(text("SELECT 2")))
            assert len(seen) == 1, "the token"
        with recorded_statements() as seen, write_transaction(None) as session:
            cache.changed(session)
            already = len(seen)
            for _time in ("first", "second"):
                cache.cached(session, "test", lambda session: session.scalar(text("SELECT 2")))
            assert seen.texts[already:] == ["SELECT 2", "SELECT 2"], "it reads past the memory each time"


def test_a_block_that_asked_nothing_proves_nothing() -> None:
    with recorded_statements() as seen:
        pass
    with pytest.raises(AssertionError, match="no SQL statement"):
        seen.at_most(10)
