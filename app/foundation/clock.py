"""The one source of the current instant, so that tests and the demo can travel in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)
_frozen_everywhere: list[datetime] = []


def now() -> datetime:
    """Return the current instant in UTC."""
    if (here := _frozen.get()) is not None:
        return here
    return _frozen_everywhere[-1] if _frozen_everywhere else datetime.now(UTC)


def is_stopped() -> bool:
    """Tell whether a test or the demo has stopped the clock."""
    return _frozen.get() is not None or bool(_frozen_everywhere)


@contextmanager
def frozen(at: datetime, *, every_thread: bool = False) -> Iterator[datetime]:
    """Stop the clock at `at` (aware) inside the block.

    Args:
        at: the instant that `now` answers.
        every_thread: also for other threads of this process (a test's live server).

    Raises:
        ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a frozen clock needs a time zone")
    if every_thread:
        _frozen_everywhere.append(at.astimezone(UTC))
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield at
    finally:
        _frozen.reset(token)
        if every_thread:
            _frozen_everywhere.pop()
