"""Whom a test asks for on which database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pytest

#: Who reads what another reads, by the same queries, in the same part of the rows: row-level security does not part
#: them, so PostgreSQL adds nothing to what SQLite shows of the first of each pair.
ALIKE: Final = {
    "intake_officer": "case_officer",
    "branch_chief": "case_officer",
    "programme_support": "case_officer",
    "manager": "case_officer",
    "auditor": "case_officer",
    "mission": "focal_point",
    "away_mission": "away_focal_point",
}


def by_reader(readers: Iterable[Any]) -> list[Any]:
    """Parameters for a test of each of `readers`: all on SQLite, on PostgreSQL one of those who are alike.

    Args:
        readers: roles or names of the cast, or tuples that begin with one.
    """
    return [_where(one) for one in readers]


def _where(reader: Any) -> Any:
    values = reader if isinstance(reader, tuple) else (reader,)
    return pytest.param(*values, marks=pytest.mark.sqlite_only) if values[0] in ALIKE else reader
