"""Rows of a batch of filled cases: kept as dictionaries until all of them are written at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import Table

from app.foundation.db import Base
from app.foundation.db.types import CROCKFORD, PUBLIC_KEY_LENGTH

Row = dict[str, Any]


@cache
def empty_row(table: Table) -> Row:
    """Return a row in which every column has what it has when nobody says anything; keys are drawn by `Rows.add`."""
    row: Row = {}
    for column in table.columns:
        if column.primary_key and column.autoincrement is True:
            continue
        given = column.default
        row[column.name] = given.arg if given is not None and given.is_scalar else None  # type: ignore[attr-defined]
    return row


@dataclass(slots=True)
class Rows:
    """The rows by table, and where their keys and ids come from.

    Attributes:
        next_id: hands out the next primary key of a table whose rows other rows refer to.
        receipts: what was received so that the allocations of the batch are covered, by source.
    """

    next_id: Callable[[Table], int]
    by_table: dict[Table, list[Row]] = field(default_factory=dict)
    receipts: dict[int, Row] = field(default_factory=dict)

    def add(self, model: type[Base], chance: Random, **values: Any) -> Row:
        """Add a row and return it; it may be changed until it is written.

        Args:
            model: whose table it belongs to.
            chance: draws its public key, where it has one and none is given.
            values: by column.
        """
        table: Table = model.__table__  # type: ignore[assignment]
        row = empty_row(table) | values
        if "key" in row and row["key"] is None:
            row["key"] = new_key(chance)
        self.by_table.setdefault(table, []).append(row)
        return row

    def add_named(self, model: type[Base], chance: Random, **values: Any) -> Row:
        """Add a row to which others refer: it gets its primary key at once."""
        return self.add(model, chance, id=self.next_id(model.__table__), **values)  # type: ignore[arg-type]


def new_key(chance: Random) -> str:
    """Return a public key drawn from `chance`: the demo is to be the same each time."""
    return "".join(chance.choices(CROCKFORD, k=PUBLIC_KEY_LENGTH))
