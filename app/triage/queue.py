"""The queue: one page of cases as tuples, and how many each view holds.

Both cost the same however many cases there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, select, text, union_all
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.accounts.standing_in import covered_by
from app.casework.models import AssistanceRequest, CaseType
from app.casework.models.case import OPEN_CASES, in_words
from app.casework.search.asking import search_for
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.foundation.db import db
from app.foundation.db.scope import bind_scope, scope_of
from app.reference.models import StateRecord
from app.reference.states import state_by_id
from app.reference.vocabulary import StateStatus
from app.triage.queue_order import COLUMNS, Walk, as_written, in_walk_order, places, ranks_of
from app.triage.queue_query import ENDLESS, STATE_OF_VIEW, Cursor, Due, Origin, QueueQuery, View
from app.workflow.actor import Actor
from app.workflow.states import ENDED
from app.workflow.vocabulary import LimitKey, Party, State

#: Counting stops here, so that a count costs the same at a hundred cases and at a million.
COUNTED_UP_TO = 1000
#: Rows of a file that are held in memory at once.
ROWS_AT_ONCE = 1000
C = AssistanceRequest
#: Made once: to make one copies every column.
_OFFICER = aliased(User)
#: What a row's place in any order is read from.
_PLACED = (C.key, C.due_at, C.submitted_at, C.state_since, C.state_id, C.score)
# Written out like `OPEN_CASES`.
ENDED_CASES = text(f"cases.state IN ({in_words(ENDED)})")


class Page(NamedTuple):
    """One page of the list.

    Attributes:
        rows: key, due_at, submitted_at, state_since, state_id, score, received_on (of a paper request), number,
            title, lang, state, holder, paused, officer_id, officer.
        previous, following: the places at which the neighbouring pages end and begin; None at the ends of the list.
    """

    rows: Sequence[Row[Any]]
    previous: Cursor | None
    following: Cursor | None


def officer_id(actor: Actor) -> int | None:
    """Return whose cases "mine" are: who acts for somebody sees that person's."""
    return actor.on_behalf_of.user_id if actor.on_behalf_of else actor.user_id


def _mine(actor: Actor) -> ColumnElement[bool]:
    """Return whether a case is looked after by the actor: their own, and of those who are away and whom they cover."""
    own = officer_id(actor)
    if actor.on_behalf_of is not None or actor.user_id is None:
        return C.officer_id == own
    # as one list of people, each of whom is looked up in the index: "or" would look at every open case
    return C.officer_id.in_(union_all(select(literal(own)), covered_by(actor.user_id, now())))


def view_counts(session: Session, actor: Actor) -> Mapping[View, int]:
    """Return how many cases each view of open cases holds, `COUNTED_UP_TO` at most: one statement.

    Ended cases are not counted: there is no end to them.
    """
    views = [view for view in View if view not in ENDLESS]
    counted = [_count(actor, view).label(view.value) for view in views]
    row = session.execute(select(*counted)).one()
    return dict(zip(views, row, strict=True))


def _count(actor: Actor, view: View) -> ColumnElement[int]:
    some = visible_cases(actor, literal(1).label("one")).where(*_of_view(actor, view)).limit(COUNTED_UP_TO)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _of_view(actor: Actor, view: View) -> list[ColumnElement[bool]]:
    if view in ENDLESS:
        return [ENDED_CASES] if view is View.ENDED else []  # type: ignore[list-item]
    narrower = _narrower(actor, view)
    return [OPEN_CASES, *([narrower] if narrower is not None else [])]  # type: ignore[list-item]


def _narrower(actor: Actor, view: View) -> ColumnElement[bool] | None:
    """Return what a view asks beside that a case is open; only that of this view is put together."""
    match view:
        case View.UNASSIGNED:
            return C.officer_id.is_(None)
        case View.MINE:
            return _mine(actor)
        case View.OVERDUE:
            return C.due_at < now()
        case View.CTED:
            return C.holder == Party.CTC_CTED
        case View.DECISION:
            # what officers proposed to the chief waits for a decision, too, in whatever state it was
            return (C.state == State.DECISION) | (C.due_key == LimitKey.OUTCOME)
        case _:
            state = STATE_OF_VIEW.get(view)
            return None if state is None else C.state == state


def list_page(session: Session, actor: Actor, query: QueueQuery, locale: object) -> Page:
    """Return one page of the queue: one statement, and with a search one before it.

    Pages are found by the place of their first or last row, so that a page far down costs as much as the first and a
    changed row moves no other.

    Args:
        locale: of the reader, by whose names of States a list is sorted.
    """
    backwards = query.before is not None
    place = query.before or query.after
    walk = Walk(
        query.order, place, _id_at(actor, place), backwards, query.rows + 1, ranks_of(session, query.order, locale)
    )
    found = list(session.execute(_statement(actor, conditions(session, actor, query), walk)).all())
    more = len(found) > query.rows
    rows = found[: query.rows]
    if backwards:
        rows.reverse()
    has_previous = more if backwards else place is not None
    has_following = place is not None if backwards else more
    return Page(
        rows,
        place_of(session, rows[0], query) if rows and has_previous else None,
        place_of(session, rows[-1], query) if rows and has_following else None,
    )


def all_rows(session: Session, actor: Actor, query: QueueQuery, locale: object, most: int) -> Iterator[Row[Any]]:
    """Yield the rows of all pages in the order of the list, `most` at most; memory stays flat.

    They are read by a session of their own: that of the request ends before a file has been sent.
    """
    walk = Walk(query.order, None, None, False, most, ranks_of(session, query.order, locale))
    statement = _statement(actor, conditions(session, actor, query), walk)
    with db.sessionmaker() as reading:
        reading.bind = session.bind
        bind_scope(reading, scope_of(actor))
        yield from reading.execute(statement, execution_options={"yield_per": ROWS_AT_ONCE})


def neighbours(
    session: Session, actor: Actor, query: QueueQuery, place: Cursor, case_id: int, locale: object
) -> tuple[Row[Any] | None, Row[Any] | None]:
    """Return what stands before and after `place` in the list: one statement.

    The row at `place` need not be in the list any more.

    Args:
        case_id: primary key of that row.
    """
    ranks = ranks_of(session, query.order, locale)
    wanted = conditions(session, actor, query, look_first=False)
    parts = []
    for backwards in (True, False):
        page = places(actor, wanted, Walk(query.order, place, case_id, backwards, 1, ranks))
        walk = Walk(query.order, place, case_id, backwards, 1, ranks)
        first = (
            visible_cases(actor, *_PLACED).add_columns(literal(backwards).label("before")).join(page, page.c.id == C.id)
        )
        parts.append(select(first.order_by(*in_walk_order(page, walk)).limit(1).subquery()))
    found = {row.before: row for row in session.execute(union_all(*parts))}
    return found.get(True), found.get(False)


def place_of(session: Session, row: Any, query: QueueQuery) -> Cursor:
    """Return where `row` stands in the list."""
    if query.order.by == "state":
        return Cursor(state_by_id(session, row.state_id).alpha3, row.key)
    return Cursor(getattr(row, COLUMNS[query.order.by].key), row.key)


def _id_at(actor: Actor, place: Cursor | None) -> Any:
    """Return the primary key of the row at `place`, of a case that the reader may see only.

    A place in the list is no way to ask whether another exists.
    """
    if place is None:
        return None
    return visible_cases(actor, C.id).where(C.key == place.key).correlate(None).scalar_subquery()


def _statement(actor: Actor, wanted: Sequence[ColumnElement[bool]], walk: Walk) -> Select[Any]:
    """Find the page's cases by their index first, then join what is shown of them."""
    page = places(actor, wanted, walk)
    shown = (
        visible_cases(actor, *_PLACED, C.number, C.title, C.lang, C.state, C.holder, C.paused, C.due_key)
        .add_columns(C.counts_from, C.received_on, C.officer_id)
        .add_columns(_OFFICER.name.label("officer"))
        .join(page, page.c.id == C.id)
        .outerjoin(_OFFICER, _OFFICER.id == C.officer_id)
    )
    return shown.order_by(*in_walk_order(page, walk)).limit(as_written(walk.limit))


def conditions(
    session: Session, actor: Actor, query: QueueQuery, *, look_first: bool = True
) -> list[ColumnElement[bool]]:
    """Return what the view, the filters and the search ask of a case.

    Args:
        look_first: ask first how common the words of the search are, by a statement of its own.
    """
    if query.number is not None:
        return [C.number == query.number]
    found = _conditions(actor, query)
    if query.q is not None:
        found += search_for(session, query.q, look_first=look_first).conditions()
    return found


def _conditions(actor: Actor, query: QueueQuery) -> list[ColumnElement[bool]]:
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
