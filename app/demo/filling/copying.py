"""Writes rows into PostgreSQL by COPY: into a table aside, because a table with row-level security takes none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

import psycopg
from psycopg import sql
from sqlalchemy import JSON, Connection, Table

from app.demo.filling.rows import Row
from app.foundation.hashchain import canonical


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
    written = [_AS_JSON if isinstance(table.c[name].type, JSON) else _WORDS for name in names]
    lines = [
        "\t".join([by[type(row[name])](row[name]) for name, by in zip(names, written, strict=True)]) for row in rows
    ]
    return "\n".join((*lines, ""))


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r")
    return text


class _Writers(dict[type, Callable[[Any], str]]):
    """How a value is written, by its type."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        """A word of the vocabulary is written as it is stored; TypeError for what is in no column."""
        if not issubclass(kind, Enum):
            raise TypeError(f"{kind.__name__} is in no column")
        self[kind] = lambda value: _escaped(str(value.value))
        return self[kind]


class _JsonWriters(_Writers):
    """The same in a column of JSON."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        """Whatever it is, it is written in its canonical form."""
        self[kind] = lambda value: _escaped(canonical(value))
        return self[kind]


_NOTHING: Final = {type(None): lambda _nothing: r"\N"}
_AS_JSON: Final = _JsonWriters(_NOTHING)
_WORDS: Final = _Writers(
    {
        **_NOTHING,
        str: _escaped,
        int: str,
        float: repr,
        bool: lambda value: "t" if value else "f",
        datetime: datetime.isoformat,
        date: date.isoformat,
    }
)
