"""Writes rows into PostgreSQL by COPY: into a table aside, because a table with row-level security takes none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

import psycopg
from psycopg import sql
from sqlalchemy import JSON, Connection, Table

from app.demo.filling.rows import Row
from app.foundation.hashchain import canonical

_NULL: Final = r"\N"


def copy_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write rows of one table; policies, triggers and constraints see each of them.

    Args:
        connection: to PostgreSQL, in a transaction whose scope reaches the rows.
        table: where they belong.
        rows: with the same columns each; at least one.
    """
    names = list(rows[0])
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    aside, target = sql.Identifier(f"filled_{table.name}"), sql.Identifier(table.name)
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    with raw.cursor() as cursor:
        made = sql.SQL("CREATE TEMPORARY TABLE IF NOT EXISTS {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
        cursor.execute(made.format(aside, columns, target))
        cursor.execute(sql.SQL("TRUNCATE {}").format(aside))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(aside, columns)) as copy:
            copy.write(_lines(table, names, rows))
        moved = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}")
        cursor.execute(moved.format(target, columns, columns, aside))


def _lines(table: Table, names: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows in the text format of COPY: the driver's own way looks every single value up."""
    as_json = {name for name in names if isinstance(table.c[name].type, JSON)}
    written: list[tuple[str, Callable[[Any], str]]] = [(name, _json if name in as_json else _word) for name in names]
    return "".join(["\t".join([write(row[name]) for name, write in written]) + "\n" for row in rows])


def _json(value: Any) -> str:
    return _NULL if value is None else _escaped(canonical(value))


def _word(value: Any) -> str:
    if value is None:
        return _NULL
    write = _WORDS.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, Enum):
        return _escaped(str(value.value))
    raise TypeError(f"{type(value).__name__} is in no column")


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r")
    return text


_WORDS: Final[Mapping[type, Callable[[Any], str]]] = {
    str: _escaped,
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    datetime: datetime.isoformat,
    date: date.isoformat,
}
