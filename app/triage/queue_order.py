"""The orders of the queue as ranges of indexes: each page begins where the last one ended."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    column,
    literal,
    select,
    tuple_,
    union_all,
    values,
)
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.casework.visibility import visible_cases
from app.reference.states import all_states, by_name
from app.triage.queue_query import Cursor, Sort
from app.workflow.actor import Actor

C = AssistanceRequest
#: The column that an order goes by; that by State goes by names.
COLUMNS: Mapping[str, Any] = {"due": C.due_at, "received": C.submitted_at, "since": C.state_since, "score": C.score}
#: Orders in which a row may have no value.
WITH_GAPS = frozenset({"due", "score"})


class Ranks(NamedTuple):
    """The places of the States by their names in the reader's language."""

    by_id: Mapping[int, int]
    by_code: Mapping[str, int]


class Walk(NamedTuple):
    """How the list is walked.

    Attributes:
        sort: the order.
        place: where the walk begins; None at the beginning of the list.
        here: primary key of the row at `place`, as a value or a subquery.
        backwards: towards the beginning of the list.
        limit: of rows.
        ranks: of the States, for the order by State.
    """

    sort: Sort
    place: Cursor | None
    here: Any
    backwards: bool
    limit: int
    ranks: Ranks | None

    @property
    def falling(self) -> bool:
        """Whether greater values come first on this walk."""
        return self.sort.descending is not self.backwards


def ranks_of(session: Session, sort: Sort, locale: object) -> Ranks | None:
    """Return the places of the States when `sort` needs them."""
    if sort.by != "state":
        return None
    states = by_name(all_states(session, include_demo=True), locale)
    by_id = {state.id: place for place, state in enumerate(states)}
    return Ranks(by_id, {state.alpha3: by_id[state.id] for state in states})


def places(actor: Actor, wanted: Sequence[ColumnElement[bool]], walk: Walk) -> Subquery:
    """Return id, part and value of the rows on the walk, each part found by its own range of an index.

    Args:
        wanted: conditions on `cases`.
    """
    if walk.ranks is not None:
        return _by_state(actor, wanted, walk, walk.ranks).subquery("page")
    by = COLUMNS[walk.sort.by]
    dated = visible_cases(actor, C.id, literal(0).label("part"), by.label("at")).where(*wanted)
    if walk.sort.by not in WITH_GAPS:
        return _dated(dated, by, walk).subquery("page")
    dated = dated.where(by.is_not(None))
    undated = visible_cases(actor, C.id, literal(1).label("part"), by.label("at")).where(*wanted, by.is_(None))
    # rows without a due date or a score stand last, whichever way the others run
    parts = []
    if walk.place is None or not (walk.backwards is False and walk.place.value is None):
        parts.append(_dated(dated, by, walk))
    if walk.place is None or not (walk.backwards and walk.place.value is not None):
        parts.append(_undated(undated, by, walk))
    limited = [select(part.subquery()) for part in parts]
    return (union_all(*limited) if len(limited) > 1 else limited[0]).subquery("page")


def in_walk_order(page: Subquery, walk: Walk) -> list[ColumnElement[Any]]:
    """Return the order of the rows of `places`."""
    part = page.c.part.desc() if walk.backwards else page.c.part
    return [part, *((one.desc() if walk.falling else one) for one in (page.c.at, page.c.id))]


def _dated(rows: Select[Any], by: Any, walk: Walk) -> Select[Any]:
    if walk.place is not None and walk.place.value is not None:
        rows = _beyond(rows, by, literal(walk.place.value, by.type), walk)
    return _limited(rows, (by, C.id), walk)


def _undated(rows: Select[Any], by: Any, walk: Walk) -> Select[Any]:
    if walk.place is not None and walk.place.value is None:
        rows = rows.where(C.id < walk.here if walk.falling else C.id > walk.here)
    # all are alike in `by`; without it PostgreSQL does not see that the index has them in this order
    return _limited(rows, (by, C.id), walk)


def _by_state(actor: Actor, wanted: Sequence[ColumnElement[bool]], walk: Walk, ranks: Ranks) -> Select[Any]:
    """Walk from State to State; those that lie behind are not looked at."""
    edge = None if walk.place is None else ranks.by_code.get(str(walk.place.value), -1)
    ahead = [
        (state_id, rank)
        for state_id, rank in ranks.by_id.items()
        if edge is None or (rank <= edge if walk.falling else rank >= edge)
    ]
    table = values(column("state_id", BigInteger), column("rank", Integer), name="ranks").data(ahead or [(0, -1)])
    states = table.cte("ranks_behind" if walk.backwards else "ranks_ahead")
    rows = visible_cases(actor, C.id, literal(0).label("part"), states.c.rank.label("at"))
    rows = rows.join(states, states.c.state_id == C.state_id).where(*wanted)
    if edge is not None:
        rows = _beyond(rows, states.c.rank, literal(edge), walk)
    return _limited(rows, (states.c.rank, C.id), walk)


def _beyond(rows: Select[Any], by: Any, edge: Any, walk: Walk) -> Select[Any]:
    at, limit = tuple_(by, C.id), tuple_(edge, walk.here)
    return rows.where(at < limit if walk.falling else at > limit)


def _limited(rows: Select[Any], by: Sequence[Any], walk: Walk) -> Select[Any]:
    return rows.order_by(*(one.desc() if walk.falling else one for one in by)).limit(as_written(walk.limit))


def as_written(limit: int) -> ColumnElement[int]:
    """Return one of few limits as it stands in the statement: PostgreSQL keeps a plan only when it knows the limit."""
    return literal(limit, literal_execute=True)
