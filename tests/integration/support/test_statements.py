"""Statements are counted as performance.md counts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

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


def test_a_block_that_asked_nothing_proves_nothing() -> None:
    with recorded_statements() as seen:
        pass
    with pytest.raises(AssertionError, match="no SQL statement"):
        seen.at_most(10)
