"""The records behind a number: as many as it says, a page at a time, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseAlert
from app.coordination.models import Consultation
from app.dashboards.cards import part_label
from app.dashboards.frame import Frame
from app.dashboards.measures.base import ALL, Kind, Measure, Tally, parts_of, rows_of
from app.dashboards.pages import names_of
from app.dashboards.texts import FIGURES
from app.delivery.activities.models import Activity, ParticipantCount
from app.foundation.errors import NotFound
from app.funding.models import Allocation
from app.funding.sources.models import Contribution, ContributionLine

C = AssistanceRequest
#: Records of one page.
SHOWN: Final = 50
#: Records of one file.
MOST_ROWS: Final = 50_000
#: Figures whose parts are officers.
OF_PEOPLE: Final = frozenset({"workload", "overdue", "covered"})
#: Columns of the request that every list shows.
OF_CASE: Final = (C.key, C.number, C.title, C.lang, C.state_id, C.state, C.submitted_at)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list.

    Attributes:
        figure: name of the figure, and `part` of it, in words.
        rows: with the columns of the kind.
        number: how many records there are in all, and `amount` the sum of what they carry.
        last: id of the last record shown, when there are more.
    """

    measure: Measure
    figure: str
    part: str
    rows: Sequence[Any]
    number: int
    amount: int
    last: str | None


def _cases(rows: Any) -> Select[Any]:
    return select(rows.c.record, rows.c.part, rows.c.amount, *OF_CASE).join(C, C.id == rows.c.record)


def _consultations(rows: Any) -> Select[Any]:
    one = Consultation
    columns = (one.body, one.round, one.asked_at, one.closed_at, one.position)
    return _of_case(rows, one, *columns)


def _activities(rows: Any) -> Select[Any]:
    one = Activity
    columns = (one.key.label("activity_key"), one.title.label("activity"), one.lang.label("activity_lang"))
    more = (one.type, one.scope, one.starts_on, one.ends_on, one.agreed_starts_on)
    return _of_case(rows, one, *columns, *more)


def _people(rows: Any) -> Select[Any]:
    one = ParticipantCount
    columns = (one.profession, one.gender, one.from_state_id)
    activity = (Activity.title.label("activity"), Activity.lang.label("activity_lang"), Activity.ends_on)
    return _of_case(rows, one, *columns, *activity).join(Activity, Activity.id == one.activity_id)


def _alerts(rows: Any) -> Select[Any]:
    one = CaseAlert
    return _of_case(rows, one, one.limit_key, one.starts_at, one.due_at)


def _of_case(rows: Any, model: Any, *columns: Any) -> Select[Any]:
    chosen = select(rows.c.record, rows.c.part, rows.c.amount, *OF_CASE, *columns)
    return chosen.join(model, model.id == rows.c.record).join(C, C.id == model.case_id)


def _allocations(rows: Any) -> Select[Any]:
    return _of_case(rows, Allocation, Allocation.source, Allocation.currency, Allocation.approved_at)


def _lines(rows: Any) -> Select[Any]:
    line, source = ContributionLine, Contribution
    columns = (source.donor, source.title.label("source"), source.currency, line.kind, line.on_date)
    chosen = select(rows.c.record, rows.c.part, rows.c.amount, *columns)
    return chosen.join(line, line.id == rows.c.record).join(source, source.id == line.contribution_id)


def _states(rows: Any) -> Select[Any]:
    return select(rows.c.record, rows.c.part, rows.c.amount)


_SELECTS: Final[Mapping[Kind, Callable[[Any], Select[Any]]]] = {
    Kind.CASES: _cases,
    Kind.STATES: _states,
    Kind.CONSULTATIONS: _consultations,
    Kind.ACTIVITIES: _activities,
    Kind.PEOPLE: _people,
    Kind.ALERTS: _alerts,
    Kind.ALLOCATIONS: _allocations,
    Kind.LINES: _lines,
}


def listed(session: Session, frame: Frame, measure: Measure, part: str, after: str | None) -> Listed:
    """Return one page of the records of a part: at most five statements.

    Args:
        after: the record after which the page begins, as an address has it.

    Raises:
        NotFound: it was not written by this product.
    """
    rows = rows_of(session, frame, measure, part).subquery()
    number, amount = session.execute(
        select(func.count(), func.coalesce(func.sum(rows.c.amount), 0)).select_from(rows)
    ).one()
    page = _SELECTS[measure.kind](rows).order_by(rows.c.record.desc(), rows.c.part.desc()).limit(SHOWN + 1)
    if after is not None:
        page = page.where(_beyond(rows, after))
    found = session.execute(page).all()
    last = f"{found[SHOWN - 1].record}.{found[SHOWN - 1].part}" if len(found) > SHOWN else None
    words = str(FIGURES[measure.code].title)
    named = title_of_part(session, measure, part)
    return Listed(measure, words, named, found[:SHOWN], int(number), int(amount), last)


def _beyond(rows: Any, after: str) -> Any:
    record, dot, part = after.partition(".")
    if not (record.isascii() and record.isdigit() and dot and len(record) < 19):
        raise NotFound
    return (rows.c.record < int(record)) | and_(rows.c.record == int(record), rows.c.part < part)


def title_of_part(session: Session, measure: Measure, part: str) -> str:
    """Return the words for the part whose records are listed; empty for all of them."""
    if part == ALL:
        return ""
    parts = parts_of(part)
    if len(parts) > 1:
        return part_label(session, measure.code, parts[0], {})
    people = names_of(session, {measure.code: {part: Tally()}}) if measure.code in OF_PEOPLE else {}
    return part_label(session, measure.code, part, people)


def every_record(session: Session, frame: Frame, measure: Measure, part: str) -> Iterator[Any]:
    """Return the rows for a file, as they come from the database."""
    rows = rows_of(session, frame, measure, part).subquery()
    page = _SELECTS[measure.kind](rows).order_by(rows.c.record.desc()).limit(MOST_ROWS)
    yield from session.execute(page.execution_options(yield_per=1_000))
