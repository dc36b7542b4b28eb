"""Plays stories side by side in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Final

from app.foundation.clock import frozen

#: A story yields the instant at which it wants to go on; what it does then happens at that instant.
Story = Iterator[datetime]
#: Two things in one story do not happen at once, even when both were meant for one office hour.
BREATH: Final = timedelta(minutes=4)


class AfterTheEnd(RuntimeError):
    """A story wants to go on after the end of the play."""


def play(stories: Sequence[Story], until: datetime) -> None:
    """Run all stories to their ends; the one that wants to go on first goes on first.

    Request numbers, histories and notices so get the order that they would have had.

    Args:
        stories: none has begun.
        until: the end of the play.

    Raises:
        AfterTheEnd: a story would go on after `until`.
    """
    waiting: list[tuple[datetime, int, Story]] = []

    def go_on(place: int, story: Story, earliest: datetime | None) -> None:
        wanted = next(story, None)
        if wanted is not None:
            heappush(waiting, (max(wanted, earliest or wanted), place, story))

    for place, story in enumerate(stories):
        go_on(place, story, None)
    while waiting:
        at, place, story = heappop(waiting)
        if at > until:
            raise AfterTheEnd(at.isoformat())
        with frozen(at):
            go_on(place, story, at + BREATH)
