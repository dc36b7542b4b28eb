"""Several processes that fill together: each builds and writes batches of its own, and they commit one after the other.

So numbers have no gap and what was committed is whole, whenever it is interrupted.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from flask import Flask, current_app

from app.demo.filling.batches import Batch, Undertaking, write_batch
from app.foundation.db.sessions import db

#: Cases sketched at a time to find their order.
_AT_A_TIME: Final = 500
#: Whose turn it is once a batch has failed.
_NOBODY: Final = -1


class Interrupted(RuntimeError):
    """A batch before this one was not written."""


class Crew(Protocol):
    """Those who fill: this process alone, or several."""

    def submissions(self, cases: int) -> list[datetime | None]:
        """Return when each case gets its number, by its place; None for those that get none."""

    def write(self, batches: Sequence[Batch]) -> Iterator[int]:
        """Write batches in their order; yields of each how many rows it has, once it is committed."""


@dataclass(frozen=True, slots=True)
class Alone:
    """This process, one batch after the other."""

    undertaking: Undertaking

    def submissions(self, cases: int) -> list[datetime | None]:
        """See `Crew`."""
        return [self.undertaking.sketch(place).submitted_at for place in range(cases)]

    def write(self, batches: Sequence[Batch]) -> Iterator[int]:
        """See `Crew`."""
        for batch in batches:
            yield write_batch(self.undertaking, batch, lambda: None)


@dataclass(frozen=True, slots=True)
class Together:
    """Several processes; `pool` has started them."""

    pool: Executor

    def submissions(self, cases: int) -> list[datetime | None]:
        """See `Crew`."""
        parts = [range(first, min(first + _AT_A_TIME, cases)) for first in range(0, cases, _AT_A_TIME)]
        return [at for part in self.pool.map(_sketch_some, parts) for at in part]

    def write(self, batches: Sequence[Batch]) -> Iterator[int]:
        """See `Crew`."""
        yield from self.pool.map(_write_one, batches)


@contextmanager
def crew_of(undertaking: Undertaking, processes: int) -> Iterator[Crew]:
    """Return who fills; the processes end with the block.

    Args:
        undertaking: what is filled.
        processes: how many; for one, or where processes cannot be forked, this one does all of it.
    """
    if processes == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield Alone(undertaking)
        return
    context = multiprocessing.get_context("fork")
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    given = (app, undertaking, _Turns(context))
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_join, initargs=given)
    try:
        yield Together(pool)
    finally:
        pool.shutdown(cancel_futures=True)


class _Turns:
    """Lets batches end in their order."""

    def __init__(self, context: multiprocessing.context.ForkContext) -> None:
        self._changed = context.Condition()
        self._next = context.Value("l", 0, lock=False)

    def wait(self, number: int) -> None:
        """Return when it is the turn of a batch; Interrupted when it will never be."""
        with self._changed:
            self._changed.wait_for(lambda: self._next.value in (number, _NOBODY))
            if self._next.value == _NOBODY:
                raise Interrupted(number)

    def give(self, number: int) -> None:
        """Make it the turn of a batch."""
        with self._changed:
            self._next.value = number
            self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class _Member:
    """What one of the processes works with."""

    app: Flask
    undertaking: Undertaking
    turns: _Turns


_members: Final[list[_Member]] = []


def _join(app: Flask, undertaking: Undertaking, turns: _Turns) -> None:
    """Begin as one of the processes: connections of the one that started it stay its own."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)
    _members.append(_Member(app, undertaking, turns))


def _sketch_some(places: range) -> list[datetime | None]:
    return [_members[0].undertaking.sketch(place).submitted_at for place in places]


def _write_one(batch: Batch) -> int:
    member = _members[0]
    wait: Callable[[], None] = lambda: member.turns.wait(batch.number)  # noqa: E731
    try:
        with member.app.app_context():
            written = write_batch(member.undertaking, batch, wait)
    except BaseException:
        member.turns.give(_NOBODY)
        raise
    member.turns.give(batch.number + 1)
    return written
