"""Loads the demo: accounts, then the play. Run twice, the second time does nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from app.accounts.commands import LetSubmit
from app.accounts.focal_points import let_submit
from app.accounts.models import User
from app.accounts.security import hash_password
from app.casework.models import AssistanceRequest
from app.demo import household, library, nights
from app.demo.director import play
from app.demo.people import PARTS, PASSWORD, Player, open_accounts
from app.demo.stage import Stage, backstage, one_transaction
from app.demo.stories import STORIES
from app.documents.receiving import StoredFile
from app.foundation.clock import frozen, now
from app.foundation.db import write_transaction

#: Days from Monday to Friday on which the demo plays: two years.
DAYS: Final = 522
#: Before the first day of the play, counted from today: accounts were there before the first draft.
OPENED_BEFORE: Final = timedelta(days=740)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands in the database now, and whether this call put it there."""

    accounts: int
    cases: int
    fresh: bool


def load_demo() -> Loaded:
    """Load accounts and cases of the invented States unless they are there.

    Raises:
        NotFound: the invented States were not loaded.
    """
    if fresh := not is_loaded():
        papers = library.printed()
        hashed = hash_password(PASSWORD)  # some hundred milliseconds, once for all accounts and outside the transaction
        today = now()
        with one_transaction():
            _perform(today, hashed, papers)
    with backstage() as session:
        cases = session.scalar(select(func.count()).select_from(AssistanceRequest)) or 0
    return Loaded(len(PARTS), cases, fresh)


def is_loaded() -> bool:
    """Tell whether the demo's accounts are there; they come in one transaction with its cases."""
    with write_transaction(None) as session:
        return session.scalars(select(User.id).where(User.email == PARTS[0].email)).first() is not None


def _perform(today: datetime, password_hash: str, papers: Sequence[tuple[str, StoredFile]]) -> None:
    with frozen(today - OPENED_BEFORE):
        with write_transaction(None) as session:
            players = open_accounts(session, password_hash)
        for player in players.values():
            if player.part.alone:
                _let_submit(players, player)
        library.fill(players["intake"], papers)
    stage = Stage(today, players)
    beside = (*nights.JOBS, household.readers)
    play([*(one(stage, DAYS) for one in beside), *(story(stage) for story in STORIES)], until=today)


def _let_submit(players: dict[str, Player], focal_point: Player) -> None:
    """The mission of the State decides it, as in its own pages."""
    mission = players[f"mission.{str(focal_point.part.state).lower()}"]
    let_submit(mission.actor, LetSubmit(key=focal_point.key, allowed=True))
