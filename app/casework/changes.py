"""What happened to a case since a page was shown, for the 409 page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import User
from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.casework.queries import entries_shown_to
from app.casework.texts import done_text
from app.casework.visibility import visible_cases
from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import Stale

#: No case has more versions; a page that claims to have shown a later one was written by hand.
NEWEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened: what, when, by whom."""

    text: str
    at: datetime
    by: str | None


def changes_since(error: Stale) -> Sequence[Change]:
    """Return what the reader may know of the changes after the version that the page carried, oldest first."""
    actor = access.current_actor()
    if actor is None or error.case_key is None:
        return []
    session = read_session()
    case = AssistanceRequest
    seen = session.execute(visible_cases(actor, case.id, case.submitted_at).where(case.key == error.case_key)).first()
    if seen is None:
        return []
    statement = (
        select(HistoryEntry.action, HistoryEntry.at, User.name, HistoryPayload.payload)
        .outerjoin(User, User.id == HistoryEntry.actor_id)
        .outerjoin(
            HistoryPayload, (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
        )
        .where(
            HistoryEntry.case_id == seen.id,
            HistoryEntry.version > min(error.seen_version, NEWEST),
            entries_shown_to(actor),
        )
        .order_by(HistoryEntry.seq)
    )
    if not actor.is_state_side:
        # What a State did before it submitted is its own affair, whatever version a page claims to have shown.
        statement = statement.where(HistoryEntry.at >= seen.submitted_at)
    found = session.execute(statement)
    return [Change(done_text(action, payload), at, name) for action, at, name, payload in found]
