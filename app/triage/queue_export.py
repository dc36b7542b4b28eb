"""The queue as a file: what its columns say, typed, for the reader who may see them on the page."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField

from app.casework.texts import state_text
from app.foundation.clock import now
from app.foundation.export import Cell, Export
from app.foundation.i18n import current_locale
from app.reference.calendars import work_calendar
from app.reference.states import StateInfo, state_by_id, state_name
from app.reference.vocabulary import DutyStation
from app.triage.merging import received_at
from app.triage.queue_form import FilterForm
from app.triage.queue_page import last_day, next_step, zone_of
from app.triage.queue_query import QueueQuery
from app.triage.queue_texts import SORT_TEXTS, VIEW_TEXTS
from app.triage.texts import SHORT_PARTIES
from app.workflow.states import ENDED
from app.workflow.vocabulary import LimitKey, State

#: Rows of one file. Who needs more narrows the list, or asks for the reports.
MOST_ROWS: Final = 50_000
COLUMNS: Final = (
    _l("Reference"),
    _l("State"),
    _l("Code of the State"),
    _l("Request"),
    _l("Status"),
    _l("In this status since (UTC)"),
    _l("Next step"),
    _l("With whom"),
    _l("Due"),
    _l("Officer"),
    _l("Received on"),
)


def queue_export(session: Session, query: QueueQuery, rows: Iterable[Any], form: FilterForm, *, page: bool) -> Export:
    """Return the list that `query` asks for as an export.

    Args:
        rows: of the list, read while the file is written.
        form: the filters, whose labels the file repeats.
        page: whether the rows are those of one page only.
    """
    view = str(VIEW_TEXTS[query.view])
    extent = _("The rows of one page") if page else _("The first %(most)s rows at most", most=MOST_ROWS)
    filters = [*_filters(form), (str(_("Order")), str(SORT_TEXTS[query.order])), (str(_("Rows")), str(extent))]
    return Export(
        name="queue",
        title=str(_("Requests: %(view)s", view=view)),
        columns=[str(heading) for heading in COLUMNS],
        rows=_cells(session, rows),
        filters=filters,
        as_of=now(),
        readers=str(_("Staff of the Terrorism Prevention Branch and auditors")),
    )


def _filters(form: FilterForm) -> Iterator[tuple[str, str]]:
    for field in form:
        if not field.data:
            continue
        chosen = field.data if isinstance(field.data, list) else [field.data]
        if isinstance(field, SelectField):
            words = {str(option[0]): str(option[1]) for option in field.choices or ()}
            chosen = [words.get(str(one), str(one)) for one in chosen]
        yield str(field.label.text), ", ".join(chosen)


def _cells(session: Session, rows: Iterable[Any]) -> Iterator[tuple[Cell, ...]]:
    locale = str(current_locale())
    offices = work_calendar(session, DutyStation.VIENNA), work_calendar(session, DutyStation.NEW_YORK)
    states = {state: state_text(state) for state in State}
    steps: dict[tuple[State, LimitKey | None], str] = {}
    names: dict[int, tuple[StateInfo, str]] = {}
    parties = {party: str(words) for party, words in SHORT_PARTIES.items()}
    for row in rows:
        if row.state_id not in names:
            info = state_by_id(session, row.state_id)
            names[row.state_id] = info, state_name(info, locale)
        state, name = names[row.state_id]
        ended = row.state in ENDED
        if not ended and (row.state, row.due_key) not in steps:
            steps[row.state, row.due_key] = str(next_step(row))
        due = None if ended else last_day(row.due_at, zone_of(row.holder, state, *offices))
        yield (
            row.number,
            name,
            state.alpha3,
            row.title,
            states[row.state],
            row.state_since,
            None if ended else steps[row.state, row.due_key],
            None if ended else parties[row.holder],
            due,
            row.officer,
            offices[0].local_day(received_at(session, row)),
        )
