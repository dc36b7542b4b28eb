"""Writes a batch of rows at once: by COPY into temporary tables on PostgreSQL, by one statement a table on SQLite.

PostgreSQL takes no COPY into a table with row-level security. From the temporary table the rows go in by an ordinary
INSERT of the application's own role, so that every policy, constraint and trigger is asked as it always is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, Table, bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.delivery.plan.models import PlanActivity, PlanCost, ResponsePlan
from app.demo.filling.copying import copy_rows
from app.demo.filling.rows import Row
from app.foundation.db import Base

#: Primary keys taken from a sequence at a time.
BLOCK = 500


def ids_from(session: Session, taken: Mapping[Table, Sequence[int]]) -> Callable[[Table], int]:
    """Return what hands out primary keys of tables, in this transaction.

    Args:
        session: in which the rows will be written.
        taken: keys that were taken beforehand, which are handed out first.
    """
    blocks: dict[Table, list[int]] = {table: list(reversed(ids)) for table, ids in taken.items()}

    def next_id(table: Table) -> int:
        block = blocks.setdefault(table, [])
        if not block:
            block += reversed(_block(session, table, BLOCK))
        return block.pop()

    return next_id


def case_ids(session: Session, cases: int) -> Sequence[int]:
    """Take the primary keys of cases beforehand, so that each gets the same whichever process writes it first.

    SQLite has one writer at a time: it takes them when they are written.
    """
    if session.connection().dialect.name != "postgresql":
        return ()
    return _block(session, AssistanceRequest.__table__, cases)  # type: ignore[arg-type]


def _block(session: Session, table: Table, many: int) -> Sequence[int]:
    if session.connection().dialect.name == "postgresql":
        taken = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :many)")
        return session.scalars(taken, {"name": table.name, "many": many}).all()
    # SQLite has one writer: nobody else takes an id before this transaction ends.
    first = session.info.get(("filled", table))
    if first is None:
        first = (session.scalar(select(func.max(table.c.id))) or 0) + 1
    session.info["filled", table] = first + many
    return range(first, first + many)


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
        copy_rows(connection, table, rows)
    else:
        connection.execute(insert(table), rows)
