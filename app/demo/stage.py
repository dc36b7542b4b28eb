"""Where the demo is played: in one transaction, with a travelling clock and no mail.

Every use case runs as it always does, but its transaction is a savepoint of one that holds the whole play: an
interrupted start leaves no half demo behind, and no worker ever sees one of its mails waiting.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.demo.people import Player
from app.foundation.db import db, write_transaction
from app.foundation.db.scope import scope_of
from app.notifications.models import OutboxMessage
from app.notifications.vocabulary import Failure, MessageState
from app.workflow.actor import SYSTEM
from app.workflow.workdays import MONDAY_TO_FRIDAY

#: Every load plays the same minutes.
SEED: Final = 2005
ONE_DAY: Final = timedelta(days=1)
#: Of what happened before so many days from Monday to Friday nobody asks on which day it did.
LONG_AGO: Final = 100


class _NobodyToWake:
    """Stands where the task queue is while the play runs: there is nothing to send."""

    def wake(self) -> None:
        """Do nothing."""


@contextmanager
def one_transaction() -> Iterator[None]:
    """Play everything inside the block, or nothing of it; its mails are on record and never leave."""
    maker, parts = db.sessionmaker, current_app.extensions["notifications"]
    options, queue = dict(maker.kw), parts.queue
    with db.get_engine().connect() as connection, connection.begin():
        maker.configure(bind=connection, join_transaction_mode="create_savepoint")
        parts.queue = _NobodyToWake()
        try:
            with write_transaction(None) as session:
                before = session.scalar(select(func.max(OutboxMessage.id))) or 0
            yield
            with write_transaction(None) as session:
                _withhold_mails(session, before)
        finally:
            parts.queue = queue
            maker.kw.clear()
            maker.configure(**options)


def _withhold_mails(session: Session, before: int) -> None:
    """Record that what the play queued will not leave: what these mails announced is long over."""
    played = (OutboxMessage.id > before, OutboxMessage.state == MessageState.PENDING)
    withheld = {"state": MessageState.WITHHELD, "last_error": Failure.OVER}
    session.execute(update(OutboxMessage).where(*played).values(withheld))


@contextmanager
def backstage() -> Iterator[Session]:
    """A session that sees every case, to look up keys and versions as a page would carry them."""
    with write_transaction(scope_of(SYSTEM)) as session:
        yield session


@dataclass(frozen=True, slots=True)
class Stage:
    """The players, and the days of the play as they lie before today.

    Attributes:
        today: the instant at which the demo is loaded; nothing is played after it.
        players: by login.
    """

    today: datetime
    players: Mapping[str, Player]
    chance: Random = field(default_factory=lambda: Random(SEED))

    def on(self, login: str, ago: int, hour: int) -> datetime:
        """Return an instant at which `login` is at work.

        Args:
            login: of the player who acts.
            ago: so many days from Monday to Friday before today; earlier when the player's office is closed then.
            hour: in the player's zone; the minutes are drawn.
        """
        player = self.players[login]
        day = weekday_before(self.today.date(), ago)
        while day.weekday() not in player.weekdays:
            day -= ONE_DAY
        clock = time(hour, self.chance.randrange(2, 58), self.chance.randrange(60))
        return datetime.combine(day, clock, tzinfo=player.zone)


def weekday_before(today: date, ago: int) -> date:
    """Return the `ago`-th day from Monday to Friday before `today`."""
    day = today
    for _ in range(ago):
        day -= ONE_DAY
        while day.weekday() not in MONDAY_TO_FRIDAY:
            day -= ONE_DAY
    return day
