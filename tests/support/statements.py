"""Counts the SQL statements that the application sends (performance.md: except BEGIN, COMMIT and set_config)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Engine

_NOT_COUNTED: Final = re.compile(
    r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA|SET\s|SELECT\s+(pg_catalog\.)?set_config\s*\()", re.IGNORECASE
)


class Statements:
    """What was sent inside the block, in order."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __len__(self) -> int:
        return len(self.texts)

    def __str__(self) -> str:
        lines = (f"{number:3}  {' '.join(text.split())[:400]}" for number, text in enumerate(self.texts, 1))
        return f"{len(self)} statements:\n" + "\n".join(lines)

    def at_most(self, limit: int) -> None:
        """Assert the number, listing the statements when there are more; an empty list is a mistake of the test."""
        assert self.texts, "no SQL statement was seen: does the block call the application?"
        assert len(self) <= limit, f"at most {limit} allowed, but {self}"


@contextmanager
def recorded_statements() -> Iterator[Statements]:
    """Record what every engine of this process sends inside the block."""
    seen = Statements()

    def record(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not _NOT_COUNTED.match(statement):
            seen.texts.append(statement)

    event.listen(Engine, "before_cursor_execute", record)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", record)
