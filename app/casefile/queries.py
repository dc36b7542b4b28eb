"""What the overview and the history of a case show, to this reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.casework.audiences import readable_by
from app.casework.content.labels import Row as ContentRow
from app.casework.content.labels import rows_of
from app.casework.exchange import exchange_of
from app.casework.models.case import UNSENT
from app.casework.page import CasePage
from app.casework.queries import draft_of, history_of, latest_revision
from app.casework.texts import done_text
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Audience

#: Entries on the overview, and on one page of the history.
LATEST = 6
PAGE = 50


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the history as this reader sees it."""

    seq: int
    text: str
    at: datetime
    by: str | None
    on_behalf_of: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The request and the latest of its history."""

    sections: Sequence[tuple[str, Sequence[ContentRow]]]
    entries: Sequence[EntryView]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of the history; `older` is the sequence number to go on before, None on the last page."""

    entries: Sequence[EntryView]
    older: int | None


def overview_of(session: Session, actor: Actor, page: CasePage) -> Overview:
    """Return the request as it was last submitted (or drafted) and the latest entries: three statements."""
    case = page.case
    if case.state in UNSENT:
        data: dict[str, Any] = {name: task.data for name, task in draft_of(session, case.id).items()}
    else:
        revision = latest_revision(session, case.id)
        data = revision.data if revision else {}
    sections = [*exchange_of(session, actor, case.id), *rows_of(data)]
    return Overview(sections, _entries(session, actor, page, LATEST, None))


def whole_history(session: Session, actor: Actor, page: CasePage, before: int | None) -> HistoryPage:
    """Return one page of the history, newest first.

    Args:
        before: only entries with a lower sequence number.
    """
    found = _entries(session, actor, page, PAGE + 1, before)
    return HistoryPage(found[:PAGE], found[PAGE - 1].seq if len(found) > PAGE else None)


def _entries(session: Session, actor: Actor, page: CasePage, limit: int, before: int | None) -> list[EntryView]:
    since = None if actor.is_state_side else page.case.submitted_at
    rows = history_of(session, page.case.id, limit, before=before, since=since)
    may_read = readable_by(actor)
    return [_view(entry, payload or {}, name, absent, may_read) for entry, payload, name, absent in rows]


def _view(entry: Any, payload: dict[str, Any], name: str | None, absent: str | None, may_read: Any) -> EntryView:
    note = payload.get("note")
    readable = note and Audience(payload.get("audience", Audience.TPB_ONLY)) in may_read
    by = None if entry.actor_kind is ActorKind.SYSTEM else name
    return EntryView(entry.seq, done_text(entry.action), entry.at, by, absent, note if readable else None)
