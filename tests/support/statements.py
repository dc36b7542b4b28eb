"""Counts the SQL statements that the application sends (performance.md: except BEGIN, COMMIT and set_config).

Reference data that is read into memory is not counted either: it is read once per process, and asked about again after
half a minute, so that a page which is measured alone, or on a slow machine, would seem to cost more than it does.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.reference import cache

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
        if not _NOT_COUNTED.match(statement) and not _fills_memory(sys._getframe()):
            seen.texts.append(statement)

    event.listen(Engine, "before_cursor_execute", record)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", record)


def _fills_memory(frame: FrameType | None) -> bool:
    """Whether `frame` is about to read reference data into memory, for this and every later request.

    What a writing session asks is asked in every transaction, and so is what one reads that changed reference data.
    """
    while frame is not None:
        if frame.f_code is cache._token.__code__:
            return cache._only_reads(frame.f_locals["engine"])
        if frame.f_code is cache.cached.__code__:
            return "token" in frame.f_locals
        frame = frame.f_back
    return False
