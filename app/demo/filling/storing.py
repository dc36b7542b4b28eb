"""Writes a batch of rows at once: by COPY into temporary tables on PostgreSQL, by one statement a table on SQLite.

PostgreSQL takes no COPY into a table with row-level security. From the temporary table the rows go in by an ordinary
INSERT of the application's own role, so that every policy, constraint and trigger is asked as it always is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import JSON, Connection, Table, bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from app.delivery.plan.models import PlanActivity, PlanCost, ResponsePlan
from app.demo.filling.rows import Row
from app.foundation.db import Base
from app.foundation.hashchain import canonical

#: Primary keys taken from a sequence at a time.
BLOCK = 500


def ids_from(session: Session) -> Callable[[Table], int]:
    """Return what hands out primary keys of tables, in this transaction."""
    blocks: dict[Table, list[int]] = {}

    def next_id(table: Table) -> int:
        block = blocks.setdefault(table, [])
        if not block:
            block += reversed(_block(session, table, blocks))
        return block.pop()

    return next_id


def _block(session: Session, table: Table, blocks: dict[Table, list[int]]) -> Sequence[int]:
    if session.connection().dialect.name == "postgresql":
        taken = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :many)")
        return session.scalars(taken, {"name": table.name, "many": BLOCK}).all()
    # SQLite has one writer: nobody else takes an id before this transaction ends.
    first = session.info.get(("filled", table))
    if first is None:
        first = (session.scalar(select(func.max(table.c.id))) or 0) + 1
    session.info["filled", table] = first + BLOCK
    del blocks
    return range(first, first + BLOCK)


def store(session: Session, rows: Mapping[Table, Sequence[Row]]) -> int:
    """Write all rows, parents before children; returns how many.

    Args:
        session: a writing session whose scope reaches every case.
        rows: by table; those of one table have the same columns.
    """
    connection = session.connection()
    for table in Base.metadata.sorted_tables:
        if table is _PLANS:
            _store_plans(connection, rows)
        elif table not in _OF_PLANS:
            _write(connection, table, rows.get(table, ()))
    return sum(map(len, rows.values()))


_PLANS: Table = ResponsePlan.__table__  # type: ignore[assignment]
_OF_PLANS: tuple[Table, ...] = (PlanCost.__table__, PlanActivity.__table__)  # type: ignore[assignment]


def _store_plans(connection: Connection, rows: Mapping[Table, Sequence[Row]]) -> None:
    """Write plans version by version: the database takes parts of a draft only, and of a case only one draft."""
    plans = rows.get(_PLANS, ())
    for number in sorted({row["number"] for row in plans}):
        those = [row for row in plans if row["number"] == number]
        _write(connection, _PLANS, [row | {"proposed_at": None, "answered_at": None} for row in those])
        drafts = {row["id"] for row in those}
        for table in _OF_PLANS:
            _write(connection, table, [row for row in rows.get(table, ()) if row["plan_id"] in drafts])
        proposed = update(_PLANS).where(_PLANS.c.id == bindparam("plan"))
        proposed = proposed.values(proposed_at=bindparam("at"), answered_at=bindparam("answered"))
        put = [
            {"plan": row["id"], "at": row["proposed_at"], "answered": row["answered_at"]}
            for row in those
            if row["proposed_at"] is not None
        ]
        if put:
            connection.execute(proposed, put)


def _write(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(insert(table), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    aside, target = sql.Identifier(f"filled_{table.name}"), sql.Identifier(table.name)
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    json = {name for name in names if isinstance(table.c[name].type, JSON)}
    with raw.cursor() as cursor:
        made = sql.SQL("CREATE TEMPORARY TABLE IF NOT EXISTS {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
        cursor.execute(made.format(aside, columns, target))
        cursor.execute(sql.SQL("TRUNCATE {}").format(aside))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(aside, columns)) as copy:
            for row in rows:
                copy.write_row([_plain(row[name], name in json) for name in names])
        moved = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}")
        cursor.execute(moved.format(target, columns, columns, aside))


def _plain(value: Any, as_json: bool) -> Any:
    if value is None:
        return None
    if as_json:
        return canonical(value)
    return value.value if isinstance(value, Enum) else value
