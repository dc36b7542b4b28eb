"""The chain of sign-in, role and settings changes: append and verify (architecture.md, History)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.accounts.models import SecurityHistory, SecurityHistoryHead, SecurityHistoryPayload
from app.foundation.clock import now
from app.foundation.db import insert_unless_there
from app.foundation.hashchain import GENESIS, canonical, digest, link, new_salt
from app.workflow.actor import Actor

_HEAD: Final = 1


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row of the chain that does not fit.

    Attributes:
        seq: its number.
        why: `missing`, `row`, `payload` or `tail`.
    """

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Event:
    """What goes into the chain.

    Attributes:
        action: what was done, as a code (`signed_in`, `role_granted`, ...).
        subject_id: whose account or setting it is about, when not the actor's own.
        payload: codes and ids; never a name, an address or a text.
    """

    action: str
    subject_id: int | None = None
    payload: Mapping[str, Any] | None = None


def record(
    session: Session,
    actor: Actor,
    action: str,
    *,
    subject_id: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Append one event to the chain, in the caller's transaction; see `Event`."""
    record_all(session, actor, [Event(action, subject_id, payload)])


def record_all(session: Session, actor: Actor, events: Iterable[Event]) -> None:
    """Append events to the chain in their order, in the caller's transaction.

    Args:
        session: a writing session.
        actor: who did it.
        events: at least one.
    """
    head = _lock_head(session)
    seq, last = head.seq, head.hash
    rows, payloads = [], []
    for event in events:
        details, salt = json.loads(canonical(event.payload or {})), new_salt()
        seq += 1
        fields = _new_fields(seq, actor, event) | {"payload_digest": digest(details, salt)}
        rows.append({**fields, "previous_hash": last, "hash": (last := link(last, fields))})
        payloads.append({"seq": seq, "payload": details, "salt": salt})
    session.execute(insert(SecurityHistory), rows)
    session.execute(insert(SecurityHistoryPayload), payloads)
    session.execute(
        update(SecurityHistoryHead)
        .where(SecurityHistoryHead.id == _HEAD)
        .values(seq=seq, hash=last)
        .execution_options(synchronize_session=False)
    )
    session.expire(head)


def _new_fields(seq: int, actor: Actor, event: Event) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": now(),
        "actor_kind": actor.kind,
        "actor_id": actor.user_id,
        "on_behalf_id": actor.on_behalf_of.user_id if actor.on_behalf_of else None,
        "action": event.action,
        "subject_id": event.subject_id,
    }


def _lock_head(session: Session) -> SecurityHistoryHead:
    found = select(SecurityHistoryHead).where(SecurityHistoryHead.id == _HEAD).with_for_update()
    head = session.scalar(found)
    if head is None:
        first = (
            insert_unless_there(session, SecurityHistoryHead)
            .values(id=_HEAD, seq=0, hash=GENESIS)
            .on_conflict_do_nothing()
        )
        session.execute(first)
        head = session.scalars(found).one()
    return head


def verify(session: Session) -> Broken | None:
    """Check the whole chain; returns the first row that was changed, removed or cut off, or None."""
    together = SecurityHistoryPayload.seq == SecurityHistory.seq
    statement = select(SecurityHistory, SecurityHistoryPayload).outerjoin(SecurityHistoryPayload, together)
    result = session.execute(statement.order_by(SecurityHistory.seq).execution_options(yield_per=500))
    try:
        expected, previous, broken = _walk((row[0], row[1]) for row in result)
    finally:
        result.close()
    if broken is not None:
        return broken
    head = session.scalar(select(SecurityHistoryHead))
    known = (head.seq, head.hash) if head else (0, GENESIS)
    return None if known == (expected - 1, previous) else Broken(expected, "tail")


def _walk(
    rows: Iterable[tuple[SecurityHistory, SecurityHistoryPayload | None]],
) -> tuple[int, str, Broken | None]:
    """Follow the links; returns the next number, the last hash, and the first row that does not fit."""
    previous, expected = GENESIS, 1
    for row, payload in rows:
        why = None
        if row.seq != expected:
            return expected, previous, Broken(expected, "missing")
        if row.previous_hash != previous or row.hash != link(previous, _fields(row)):
            why = "row"
        elif payload is not None and digest(payload.payload, payload.salt) != row.payload_digest:
            why = "payload"
        if why is not None:
            return expected, previous, Broken(row.seq, why)
        previous, expected = row.hash, expected + 1
    return expected, previous, None


def _fields(row: SecurityHistory) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at,
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "on_behalf_id": row.on_behalf_id,
        "action": row.action,
        "subject_id": row.subject_id,
        "payload_digest": row.payload_digest,
    }
