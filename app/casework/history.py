"""The history of a case: append-only, each row bound to the one before it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, HistoryEntry, HistoryPayload
from app.foundation.clock import now
from app.foundation.db import insert_rows
from app.foundation.hashchain import canonical, digest, link, new_salt
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Mark, State

#: Columns that a row's hash covers, besides the hash before it.
HASHED = (
    "case_id",
    "state_id",
    "seq",
    "at",
    "actor_kind",
    "actor_id",
    "on_behalf_of_id",
    "action",
    "from_state",
    "to_state",
    "version",
    "payload_digest",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written: who did what, with ids and codes only, never a name."""

    actor: Actor
    action: Action | Mark
    from_state: State | None
    to_state: State | None
    payload: Mapping[str, Any]


class Chained(Protocol):
    """What a chain needs of its case; its head moves with each entry."""

    history_seq: Any
    history_hash: Any

    @property
    def id(self) -> Any:
        """Its primary key."""

    @property
    def state_id(self) -> Any:
        """Of the State that owns it."""

    @property
    def version(self) -> Any:
        """As the entry leaves it."""


def append(session: Session, entries: Sequence[tuple[AssistanceRequest, Entry]]) -> None:
    """Add entries to the histories of cases, whose rows the caller has locked: two statements in all."""
    rows, payloads = zip(*(linked(case, entry, now(), new_salt()) for case, entry in entries), strict=True)
    insert_rows(session, HistoryEntry, rows)
    insert_rows(session, HistoryPayload, payloads)


def linked(case: Chained, entry: Entry, at: datetime, salt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return row and payload of `entry`, bound to the head of the case's chain, and move the head.

    Args:
        at: when it happened, aware.
        salt: of the payload's digest, see `new_salt`.
    """
    values: dict[str, Any] = {
        "case_id": case.id,
        "state_id": case.state_id,
        "seq": case.history_seq + 1,
        "at": at,
        "actor_kind": entry.actor.kind,
        "actor_id": entry.actor.user_id,
        "on_behalf_of_id": entry.actor.on_behalf_of.user_id if entry.actor.on_behalf_of else None,
        "action": entry.action.value,
        "from_state": entry.from_state,
        "to_state": entry.to_state,
        "version": case.version,
        "payload_digest": digest(entry.payload, salt),
    }
    values |= {"previous_hash": case.history_hash, "hash": link(case.history_hash, values)}
    said = {name: values[name] for name in ("case_id", "state_id", "seq")}
    case.history_seq, case.history_hash = values["seq"], values["hash"]
    return values, {**said, "salt": salt, "payload": _plain(entry.payload)}


def _plain(payload: Mapping[str, Any]) -> Any:
    """Return the payload as it will be read back, so that its digest can be computed again."""
    return json.loads(canonical(payload))


def row_hash(row: Any) -> str:
    """Return what the hash of a stored row must be."""
    return link(row.previous_hash, {name: getattr(row, name) for name in HASHED})
