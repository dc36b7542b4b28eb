"""Holder, due date, pause and stays of a case: computed from its history by one pure function, stored to be queried.

History is the truth. `compare` computes everything again and names what differs; a nightly job runs it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache as remembered
from typing import Any

from sqlalchemy import ColumnElement, Insert, Row, select
from sqlalchemy.orm import Session

from app.casework.history import Chained
from app.casework.milestones import milestones_of
from app.casework.models import AssistanceRequest, CaseStay, HistoryEntry, HistoryPayload
from app.casework.search.index import keep_terms, names_of
from app.foundation.clock import now
from app.foundation.db.inserting import dialect_of, execute_with, insert_on
from app.reference import cache
from app.reference.calendars import case_calendars
from app.reference.limits import limits_in_force
from app.workflow.calendar import Calendars, Due, Event, Projection, Stay, project
from app.workflow.explain import BEHIND, Explanation, explain
from app.workflow.vocabulary import Action, Body, HoldReason, LimitKey, Mark, Party

_MARKS = frozenset(mark.value for mark in Mark)


def project_cases(session: Session, cases: Sequence[AssistanceRequest]) -> None:
    """Compute the projections of `cases` and store what changed: one statement reads, one writes stays.

    Args:
        cases: locked by the caller; their columns, search terms among them, are written with the next flush. Only the
            first may have got other names.
    """
    first = cases[0]
    named = names_of(first)
    # Read first: it also says whether the reference data in memory is still right.
    rows = _rows_of(session, cases, *named)
    stays: list[dict[str, Any]] = []
    for case in cases:
        projection = _project(session, case, rows[case.id])
        _set_columns(case, columns_of(projection) | _milestones(case, rows[case.id], projection))
        stays += _last_stays(case, projection.stays)
    _store_stays(session, stays)
    if named:
        keep_terms(session, first, rows[first.id][-1])


def rebuild_case(session: Session, case: AssistanceRequest) -> None:
    """Compute every projection of a locked case again and store all of it, each of its stays too."""
    project_cases(session, [case])
    _store_stays(session, stay_rows(case, projection_of(session, case).stays))


def projection_of(session: Session, case: AssistanceRequest) -> Projection:
    """Return what the history of `case` says about time: one statement."""
    return _project(session, case, _rows_of(session, [case])[case.id])


def projections_of(
    session: Session, cases: Sequence[AssistanceRequest], calendars: Callable[[int], Calendars] | None = None
) -> dict[int, Projection]:
    """Return the same for several cases, by id: one statement.

    Args:
        calendars: answers the calendars of a case by the id of its State; those on record unless given.
    """
    rows = _rows_of(session, cases)
    return {case.id: _project(session, case, rows[case.id], calendars) for case in cases}


def explanations_of(session: Session, case: AssistanceRequest, key: LimitKey) -> tuple[Explanation, ...]:
    """Return how every clock of the limit `key` was counted, the last to begin first: one statement.

    Whoever shows it asks `workflow.explain.may_read_limit` first.
    """
    rows = _rows_of(session, [case])[case.id]
    events = _events(case, rows)
    calendars = case_calendars(session, case.state_id, _guests(rows))
    return explain(events, limits_in_force(session), calendars, key, now=now())


def _project(
    session: Session,
    case: AssistanceRequest,
    rows: Sequence[Row[Any]],
    calendars: Callable[[int], Calendars] | None = None,
) -> Projection:
    counted = calendars(case.state_id) if calendars else case_calendars(session, case.state_id, _guests(rows))
    return project(_events(case, rows), limits_in_force(session), counted, now=now())


def _guests(rows: Iterable[Row[Any]]) -> dict[str, int]:
    """Return the ids of the States that were asked to take part, by the subject of their participation."""
    asked = (row.payload for row in rows if row.action == Mark.PARTICIPATION_ASKED.value and row.payload)
    return {str(one["subject"]): int(one["participant"]) for one in asked if "participant" in one}


def _events(case: AssistanceRequest, rows: Sequence[Row[Any]]) -> tuple[Event, ...]:
    return tuple(event_of(row, case.received_on) for row in rows)


def _rows_of(
    session: Session, cases: Sequence[AssistanceRequest], *more: ColumnElement[Any]
) -> dict[int, list[Row[Any]]]:
    """Return histories as the clocks read them: one statement, which also asks whether reference data changed."""
    statement = (
        select(
            HistoryEntry.case_id,
            HistoryEntry.at,
            HistoryEntry.action,
            HistoryEntry.from_state,
            HistoryEntry.to_state,
            HistoryPayload.payload,
            cache.token_column().label("reference_token"),
            *more,
        )
        .outerjoin(
            HistoryPayload, (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
        )
        .where(HistoryEntry.case_id.in_([case.id for case in cases]))
        .order_by(HistoryEntry.case_id, HistoryEntry.seq)
    )
    rows = session.execute(statement).all()
    if rows:
        cache.trust(session, rows[0].reference_token)
    found: dict[int, list[Row[Any]]] = {case.id: [] for case in cases}
    for row in rows:
        found[row.case_id].append(row)
    return found


def shown_due(projection: Projection) -> Any:
    """Return the limit that the page shows as "by when": the next to end of those whose holder has the case.

    While a proposal waits for the chief, it is the limit of that decision, whatever the officers still have to do. What
    the State has to do by its own date stays shown to it. Of a limit that repeats it is the round that runs now.
    While the case rests, what was late before is shown only when nothing else runs: nobody can do it now. The limits of
    participating States are their own: the case never lies with them.
    """
    running = (one for one in projection.open_due if one.due_at is not None and one.key not in BEHIND)
    known = _present_rounds(one for one in running if one.holder is not Party.OTHER_STATE)
    if rests_since := next((pause.started_at for pause in projection.pauses if pause.ended_at is None), None):
        known.sort(key=lambda one: one.due_at is not None and one.due_at <= rests_since)
    deciding = [one for one in known if one.key is LimitKey.OUTCOME]
    if deciding and projection.holder is not Party.STATE:
        return deciding[0]
    return next((one for one in known if one.holder is projection.holder), known[0] if known else None)


def _present_rounds(dues: Iterable[Due]) -> list[Due]:
    """Return of each clock its last round: those before have passed."""
    last = {(one.key, one.subject, one.starts_at): one for one in dues}
    return sorted(last.values(), key=lambda one: (one.due_at or one.starts_at, one.key))


def _stored_round(case: AssistanceRequest, projection: Projection, due: Due | None) -> Due | None:
    """Return the round of the clock of `due` that stands with the case.

    A round that has passed stands there until the scheduler has told of its end, see `escalating.raise_alerts`.
    """
    rounds = (one for one in projection.open_due if due is not None and one.starts_at == due.starts_at)
    stored = (one for one in rounds if (one.key, one.due_at) == (case.due_key, case.due_at))
    return next((one for one in stored if due is not None and (one.key, one.subject) == (due.key, due.subject)), due)


def compare(session: Session, case: AssistanceRequest) -> list[str]:
    """Return the names of projections that differ from what the history says; empty when all agree."""
    rows = _rows_of(session, [case])[case.id]
    projection = _project(session, case, rows)
    due = _stored_round(case, projection, shown_due(projection))
    stored_round = {"due_key": due.key, "due_at": due.due_at, "due_on": due.due_on} if due else {}
    expected: Mapping[str, Any] = columns_of(projection) | stored_round | _milestones(case, rows, projection)
    wrong = [name for name, value in expected.items() if getattr(case, name) != value]
    stored = session.execute(
        select(CaseStay.state, CaseStay.party, CaseStay.started_at, CaseStay.ended_at)
        .where(CaseStay.case_id == case.id)
        .order_by(CaseStay.seq)
    ).all()
    computed = [(stay.state, stay.party, stay.started_at, stay.ended_at) for stay in projection.stays]
    return wrong if [tuple(row) for row in stored] == computed else [*wrong, "stays"]


def event_of(row: Any, received_on: date | None) -> Event:
    """Return an entry of history as the clocks read it.

    Args:
        row: an entry with its `payload`.
        received_on: the day on which a request on paper arrived, for entries that do not name it.
    """
    payload = row.payload or {}
    kind = Mark(row.action) if row.action in _MARKS else Action(row.action)
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
        received_on=_arrived(payload, received_on) if kind is Action.REGISTER_PAPER else None,
        counts_from=datetime.fromisoformat(payload["counts_from"]) if kind is Mark.MERGED_IN else None,
    )


def _arrived(payload: Mapping[str, Any], received_on: date | None) -> date | None:
    """Return the day from which a request on paper counts; older entries do not name it."""
    said = payload.get("received_on")
    return date.fromisoformat(said) if said is not None else received_on


def columns_of(projection: Projection) -> dict[str, Any]:
    """Return what the row of a case keeps of its projection."""
    due = shown_due(projection)
    return {
        "holder": projection.holder,
        "paused": projection.paused,
        "due_key": due.key if due else None,
        "due_at": due.due_at if due else None,
        "due_on": due.due_on if due else None,
        "counts_from": projection.counts_from,
    }


def stay_rows(case: Chained, stays: Sequence[Stay]) -> list[dict[str, Any]]:
    """Return the rows of `case_stays`, in their order."""
    return [
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
    ]


def _milestones(case: AssistanceRequest, rows: Sequence[Row[Any]], projection: Projection) -> dict[str, Any]:
    return milestones_of(rows, case.received_on, case.submitted_at, projection.counts_from)


def _set_columns(case: AssistanceRequest, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(case, name, value)


def _last_stays(case: AssistanceRequest, stays: Sequence[Stay]) -> list[dict[str, Any]]:
    """Return the rows of the last two stays: the one that ended and the one that began; earlier ones never change."""
    return stay_rows(case, stays)[-2:]


def _store_stays(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    execute_with(session, _writing_stays(dialect_of(session)), rows)


@remembered
def _writing_stays(dialect: str) -> Insert:
    statement = insert_on(dialect, CaseStay)
    fresh = {name: statement.excluded[name] for name in ("state", "party", "started_at", "ended_at")}
    return statement.on_conflict_do_update(index_elements=["case_id", "seq"], set_=fresh)
