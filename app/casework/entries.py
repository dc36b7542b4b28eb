"""The history of a case as one reader sees it, on whatever page it stands."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from app.casework.audiences import readable_by
from app.casework.page import CasePage
from app.casework.queries import history_of
from app.casework.texts import done_text
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, ActorKind, Audience


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of the history as this reader sees it; `changes_url` leads to what it changed in the request."""

    seq: int
    text: str
    at: datetime
    by: str | None
    on_behalf_of: str | None
    note: str | None
    changes_url: str | None = None


def history_for(
    session: Session,
    actor: Actor,
    page: CasePage,
    limit: int,
    before: int | None = None,
    without: Collection[Action] = (),
) -> list[EntryView]:
    """Return at most `limit` entries as `actor` may read them, newest first: one statement.

    Args:
        before: only entries with a lower sequence number.
        without: acts to leave out.
    """
    since = None if actor.is_state_side else page.case.submitted_at
    rows = history_of(session, actor, page.case.id, limit, before=before, since=since, without=without)
    may_read = readable_by(actor)
    found = (_view(entry, payload or {}, name, absent, may_read) for entry, payload, name, absent in rows)
    changed = {row[0].seq: (row[1] or {}).get("revision") for row in rows}
    return [_with_changes(view, page.case.key, changed[view.seq]) for view in found]


def _with_changes(view: EntryView, key: str, revision: int | None) -> EntryView:
    return replace(view, changes_url=url_for("casefile.changes", key=key, revision=revision)) if revision else view


def _view(entry: Any, payload: dict[str, Any], name: str | None, absent: str | None, may_read: Any) -> EntryView:
    note = payload.get("note")
    readable = note and Audience(payload.get("audience", Audience.TPB_ONLY)) in may_read
    by = None if entry.actor_kind is ActorKind.SYSTEM else name
    return EntryView(entry.seq, done_text(entry.action, payload), entry.at, by, absent, note if readable else None)
