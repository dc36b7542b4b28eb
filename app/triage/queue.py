"""The queue: one page of cases as tuples, and how many each view holds.

Both cost the same however many cases there are.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    func,
    literal,
    null,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest, CaseType
from app.casework.models.case import in_words
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.foundation.db import UtcDateTime
from app.reference.models import StateRecord
from app.reference.vocabulary import StateStatus
from app.triage.queue_query import STATE_OF_VIEW, Cursor, Due, Origin, QueueQuery, View
from app.workflow.actor import Actor
from app.workflow.states import ENDED, OPEN

#: Counting stops here, so that a count costs the same at a hundred cases and at a million.
COUNTED_UP_TO = 1000
C = AssistanceRequest
# Written out and not as parameters, so that the database can see that its partial indexes over open cases answer this.
OPEN_CASES = text(f"cases.state IN ({in_words(OPEN)})")
ENDED_CASES = text(f"cases.state IN ({in_words(ENDED)})")


class Page(NamedTuple):
    """One page of the list.

    Attributes:
        rows: key, number, title, lang, state, holder, paused, due_at, submitted_at, state_id, officer.
        previous, following: the places at which the neighbouring pages end and begin; None at the ends of the list.
    """

    rows: Sequence[Row[Any]]
    previous: Cursor | None
    following: Cursor | None


def officer_id(actor: Actor) -> int | None:
    """Return whose cases "mine" are: a stand-in looks after the absent person's."""
    return actor.on_behalf_of.user_id if actor.on_behalf_of else actor.user_id


def view_counts(session: Session, actor: Actor) -> Mapping[View, int]:
    """Return how many cases each view of open cases holds, `COUNTED_UP_TO` at most: one statement.

    Ended cases are not counted: there is no end to them.
    """
    views = [view for view in View if view is not View.ENDED]
    counted = [_count(actor, view).label(view.value) for view in views]
    row = session.execute(select(*counted)).one()
    return dict(zip(views, row, strict=True))


def _count(actor: Actor, view: View) -> ColumnElement[int]:
    some = visible_cases(actor, literal(1).label("one")).where(*_of_view(actor, view)).limit(COUNTED_UP_TO)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _of_view(actor: Actor, view: View) -> list[ColumnElement[bool]]:
    if view is View.ENDED:
        return [ENDED_CASES]  # type: ignore[list-item]
    narrower: dict[View, ColumnElement[bool]] = {
        View.UNASSIGNED: C.officer_id.is_(None),
        View.MINE: C.officer_id == officer_id(actor),
        View.OVERDUE: C.due_at < now(),
        **{view: C.state == state for view, state in STATE_OF_VIEW.items()},
    }
    found = narrower.get(view)
    return [OPEN_CASES, *([found] if found is not None else [])]  # type: ignore[list-item]


def list_page(session: Session, actor: Actor, query: QueueQuery) -> Page:
    """Return one page of the queue: one statement.

    Open cases come by due date, those without one last; ended ones the newest first. Pages are found by the place of
    their first or last row, so that a page far down costs as much as the first and a changed row moves no other.
    """
    backwards = query.before is not None
    place = query.before or query.after
    found = list(session.execute(_statement(actor, query, place, backwards)).all())
    more = len(found) > query.rows
    rows = found[: query.rows]
    if backwards:
        rows.reverse()
    first, last = (rows[0], rows[-1]) if rows else (None, None)
    has_previous = more if backwards else place is not None
    has_following = place is not None if backwards else more
    dated = _by_due(query)
    return Page(
        rows,
        _cursor(first, dated) if has_previous else None,
        _cursor(last, dated) if has_following else None,
    )


def _by_due(query: QueueQuery) -> bool:
    return query.view is not View.ENDED and query.number is None


def _cursor(row: Any, dated: bool) -> Cursor | None:
    return None if row is None else Cursor(row.due_at if dated else None, row.key)


def _statement(actor: Actor, query: QueueQuery, place: Cursor | None, backwards: bool) -> Select[Any]:
    """Find the page's cases by their index first, then join what is shown of them."""
    page = _places(actor, query, place, backwards)
    officer = aliased(User)
    shown = (
        visible_cases(
            actor, C.key, C.number, C.title, C.lang, C.state, C.holder, C.paused, C.due_at, C.submitted_at, C.state_id
        )
        .add_columns(officer.name.label("officer"))
        .join(page, page.c.id == C.id)
        .outerjoin(officer, officer.id == C.officer_id)
    )
    order = [page.c.undated, page.c.due_at, page.c.id]
    # Ended ones run from the newest, so that going back in that list is going up by id.
    descending = backwards if _by_due(query) else not backwards
    return shown.order_by(*(one.desc() if descending else one for one in order)).limit(query.rows + 1)


def _places(actor: Actor, query: QueueQuery, place: Cursor | None, backwards: bool) -> Subquery:
    """Return id and due date of the page's cases, of dated and undated ones each by its own range of the index."""
    wanted = _conditions(actor, query)
    # only of a case that the reader may see: a place in the list is no way to ask whether another exists
    marked = visible_cases(actor, C.id).where(C.key == place.key).correlate(None) if place else None
    here = marked.scalar_subquery() if marked is not None else None
    if not _by_due(query):
        ids = visible_cases(actor, C.id, literal(0).label("undated"), null().label("due_at")).where(*wanted)
        if here is not None:
            ids = ids.where(C.id > here if backwards else C.id < here)
        return ids.order_by(C.id if backwards else C.id.desc()).limit(query.rows + 1).subquery("page")
    dated = visible_cases(actor, C.id, literal(0).label("undated"), C.due_at).where(*wanted, C.due_at.is_not(None))
    undated = visible_cases(actor, C.id, literal(1).label("undated"), C.due_at).where(*wanted, C.due_at.is_(None))
    parts = []
    if (dated := _beyond(dated, place, here, backwards, undated=False)) is not None:
        by_due = (C.due_at.desc(), C.id.desc()) if backwards else (C.due_at, C.id)
        parts.append(select(dated.order_by(*by_due).limit(query.rows + 1).subquery("dated")))
    if (undated := _beyond(undated, place, here, backwards, undated=True)) is not None:
        by_id = C.id.desc() if backwards else C.id
        parts.append(select(undated.order_by(by_id).limit(query.rows + 1).subquery("undated")))
    return (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("page")


def _beyond(rows: Any, place: Cursor | None, here: Any, backwards: bool, *, undated: bool) -> Any:
    """Return the part of the list that lies on the wanted side of `place`; None when nothing of it can."""
    if place is None:
        return rows
    if undated:
        if place.due_at is not None:
            return None if backwards else rows
        return rows.where(C.id < here if backwards else C.id > here)
    if place.due_at is None:
        return rows if backwards else None
    at = tuple_(C.due_at, C.id)
    edge = tuple_(literal(place.due_at, UtcDateTime()), here)
    return rows.where(at < edge if backwards else at > edge)


def _conditions(actor: Actor, query: QueueQuery) -> list[ColumnElement[bool]]:
    if query.number is not None:
        return [C.number == query.number]
    found = _of_view(actor, query.view)
    if query.states:
        found.append(C.state.in_(sorted(query.states)))
    if query.type is not None:
        found.append(select(CaseType.case_id).where(CaseType.case_id == C.id, CaseType.type == query.type).exists())
    if query.due is not None:
        found.append(_due_within(query.due, now()))
    if (states := _of_states(query)) is not None:
        found.append(C.state_id.in_(states))
    return found


def _due_within(due: Due, at: datetime) -> ColumnElement[bool]:
    if due is Due.NONE:
        return C.due_at.is_(None)
    if due is Due.OVERDUE:
        return C.due_at < at
    days = 7 if due is Due.WEEK else 30
    return and_(C.due_at >= at, C.due_at < at + timedelta(days=days))


def _of_states(query: QueueQuery) -> Select[Any] | None:
    """Return the States that the filters name, or None when none of them does."""
    wanted = []
    if query.group is not None:
        wanted.append(StateRecord.regional_group == query.group)
    if query.member_state is not None:
        wanted.append(StateRecord.alpha3 == query.member_state)
    if query.origin is not None:
        demo = StateRecord.status == StateStatus.DEMO
        wanted.append(demo if query.origin is Origin.DEMO else StateRecord.status != StateStatus.DEMO)
    return select(StateRecord.id).where(*wanted) if wanted else None
