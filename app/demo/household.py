"""What happens beside the stories: people read their notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Final

from sqlalchemy import select

from app.demo.director import Story
from app.demo.people import Player
from app.demo.stage import LONG_AGO, Stage, backstage, weekday_before
from app.notifications.actions import mark_read
from app.notifications.commands import MarkRead
from app.notifications.models import UNREAD, Notice

EVENING: Final = time(20, 40, tzinfo=UTC)
#: People read their notices every so many days from Monday to Friday; the last they have not seen yet.
READ_EVERY, UNREAD_DAYS = 4, 4
READ_LONG_AGO = 30


def readers(stage: Stage, days: int) -> Story:
    """Let everybody read what they were told, except in the last days."""
    for ago in _evenings(days):
        yield datetime.combine(weekday_before(stage.today.date(), ago), EVENING)
        for player in _with_unread(stage):
            mark_read(player.actor, MarkRead(everything=True))


def _evenings(days: int) -> Iterator[int]:
    yield from range(days, LONG_AGO, -READ_LONG_AGO)
    yield from range(min(days, LONG_AGO), UNREAD_DAYS - 1, -READ_EVERY)


def _with_unread(stage: Stage) -> list[Player]:
    with backstage() as session:
        unread = set(session.scalars(select(Notice.user_id).where(UNREAD).distinct()))
    return [player for player in stage.players.values() if player.actor.user_id in unread]
