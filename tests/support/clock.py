"""A clock that stands still until a test moves it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Self

from app.foundation.clock import frozen


class StoppedClock:
    """Stops `app.foundation.clock.now` in every thread of this process.

    Attributes:
        now: the instant that it shows.
    """

    def __init__(self, at: datetime) -> None:
        self.now = at
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(frozen(self.now, every_thread=True))
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stack.close()

    def set(self, at: datetime) -> datetime:
        """Show `at` (aware) from now on."""
        self._stack.close()
        self.now = at
        self._stack.enter_context(frozen(at, every_thread=True))
        return at

    def move(self, **by: float) -> datetime:
        """Go on by `days=`, `hours=`, `minutes=`; returns the new instant."""
        return self.set(self.now + timedelta(**by))
