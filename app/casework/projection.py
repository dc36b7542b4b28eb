"""Holder, due date, pause and stays of a case: computed from its history by one pure function, stored to be queried.

History is the truth. `compare` computes everything again and names what differs; a nightly job runs it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseStay, HistoryEntry, HistoryPayload
from app.foundation.clock import now
from app.reference import cache
from app.reference.calendars import case_calendars
from app.reference.limits import limits_in_force
from app.workflow.calendar import Event, Projection, Stay, project
from app.workflow.vocabulary import Action, Body, HoldReason, LimitKey, Mark

#: Limits that say when something else begins; not what the page shows as "by when".
NOT_SHOWN = frozenset({LimitKey.PURGE, LimitKey.LAPSE, LimitKey.LOOK_BACK, LimitKey.HOLD_ASK})


def project_case(session: Session, case: AssistanceRequest) -> Projection:
    """Compute the projections of `case` and store what changed: one statement reads, at most one writes stays.

    Args:
        case: locked by the caller; its columns are written with its next flush.
    """
    projection = projection_of(session, case)
    _set_columns(case, projection)
    _store_stays(session, case, projection.stays)
    return projection


def projection_of(session: Session, case: AssistanceRequest) -> Projection:
    """Return what the history of `case` says about time."""
    events = events_of(session, case)
    return project(events, limits_in_force(session), case_calendars(session, case.state_id), now=now())


def events_of(session: Session, case: AssistanceRequest) -> tuple[Event, ...]:
    """Return the history as the clocks read it: one statement, which also asks whether reference data changed."""
    statement = (
        select(
            HistoryEntry.at,
            HistoryEntry.action,
            HistoryEntry.from_state,
            HistoryEntry.to_state,
            HistoryPayload.payload,
            cache.token_column().label("reference_token"),
        )
        .outerjoin(
            HistoryPayload, (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
        )
        .where(HistoryEntry.case_id == case.id)
        .order_by(HistoryEntry.seq)
    )
    rows = session.execute(statement).all()
    if rows:
        cache.trust(session, rows[0].reference_token)
    return tuple(_event(row, case.received_on) for row in rows)


def shown_due(projection: Projection) -> Any:
    """Return the limit that the page shows as "by when": the next to end of those whose holder has the case."""
    known = [one for one in projection.open_due if one.due_at is not None and one.key not in NOT_SHOWN]
    return next((one for one in known if one.holder is projection.holder), known[0] if known else None)


def compare(session: Session, case: AssistanceRequest) -> list[str]:
    """Return the names of projections that differ from what the history says; empty when all agree."""
    projection = projection_of(session, case)
    due = shown_due(projection)
    expected: Mapping[str, Any] = {
        "holder": projection.holder,
        "paused": projection.paused,
        "due_key": due.key if due else None,
        "due_at": due.due_at if due else None,
        "due_on": due.due_on if due else None,
    }
    wrong = [name for name, value in expected.items() if getattr(case, name) != value]
    stored = session.execute(
        select(CaseStay.state, CaseStay.party, CaseStay.started_at, CaseStay.ended_at)
        .where(CaseStay.case_id == case.id)
        .order_by(CaseStay.seq)
    ).all()
    computed = [(stay.state, stay.party, stay.started_at, stay.ended_at) for stay in projection.stays]
    return wrong if [tuple(row) for row in stored] == computed else [*wrong, "stays"]


def _event(row: Any, received_on: date | None) -> Event:
    payload = row.payload or {}
    kind = Mark(row.action) if row.action in set(Mark) else Action(row.action)
    hold = payload.get("hold_reason")
    body = payload.get("body")
    return Event(
        at=row.at,
        kind=kind,
        target=row.to_state if row.to_state != row.from_state else None,
        subject=str(payload.get("subject", "")),
        body=Body(body) if body else None,
        round=int(payload.get("round", 1)),
        blocking=bool(payload.get("blocking", False)),
        hold_reason=HoldReason(hold) if hold else None,
        # A request on paper counts from the day on which it arrived.
        received_on=received_on if kind is Action.REGISTER_PAPER else None,
    )


def _set_columns(case: AssistanceRequest, projection: Projection) -> None:
    due = shown_due(projection)
    case.holder = projection.holder
    case.paused = projection.paused
    case.due_key = due.key if due else None
    case.due_at = due.due_at if due else None
    case.due_on = due.due_on if due else None


def _store_stays(session: Session, case: AssistanceRequest, stays: Sequence[Stay]) -> None:
    """Write the last two stays: the one that ended and the one that began; earlier ones never change."""
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    rows = [
        {
            "case_id": case.id,
            "state_id": case.state_id,
            "seq": place,
            "state": stay.state,
            "party": stay.party,
            "started_at": stay.started_at,
            "ended_at": stay.ended_at,
        }
        for place, stay in enumerate(stays, start=1)
    ][-2:]
    if not rows:
        return
    statement = insert(CaseStay).values(rows)
    fresh = {name: statement.excluded[name] for name in ("state", "party", "started_at", "ended_at")}
    session.execute(statement.on_conflict_do_update(index_elements=["case_id", "seq"], set_=fresh))
