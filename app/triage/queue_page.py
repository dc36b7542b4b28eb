"""The queue as its page shows it: views with counts, filters, rows in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.page import TONES
from app.casework.texts import state_text
from app.foundation import clock
from app.foundation.i18n import current_locale
from app.reference.calendars import work_calendar
from app.reference.states import StateInfo, state_by_id, state_name
from app.reference.vocabulary import DutyStation
from app.triage.queue import COUNTED_UP_TO, Page, place_of
from app.triage.queue_links import OwnView, files_of
from app.triage.queue_query import ENDLESS, ROWS, SORTS_OF_ENDLESS, QueueQuery, Sort, View
from app.triage.queue_texts import SORT_TEXTS, VIEW_TEXTS
from app.triage.queue_trail import case_urls
from app.triage.texts import NEXT_STEPS, SHORT_PARTIES, STEPS_OF_LIMITS
from app.workflow.states import ENDED
from app.workflow.vocabulary import Party
from app.workflow.workdays import WorkCalendar

HEADQUARTERS: Final = frozenset({Party.CTC_CTED, Party.OLA})
#: Key, heading, kind, and what a click on the heading sorts by first.
COLUMNS: Final = (
    ("number", _l("Reference"), "ref", None),
    ("state", _l("State"), "plain", Sort.STATE),
    ("title", _l("Request"), "main", None),
    ("status", _l("Status"), "status", Sort.SINCE),
    ("next", _l("Next step"), "plain", None),
    ("due", _l("Due"), "plain", Sort.DUE),
    ("officer", _l("Officer"), "plain", None),
    ("age", _l("Age"), "plain", Sort.RECEIVED),
)
#: Shown while the list is sorted by it, before the due date.
SCORE: Final = ("score", _l("Priority score"), "num", Sort.HIGHEST)


#: What each cell of a column says of itself.
_CELL: Final = Markup('class="c-{}" data-label="{}"')


@dataclass(frozen=True, slots=True)
class RowView:
    """One case of the list, in words."""

    key: str
    url: str
    number: str
    title: str
    lang: str
    state: str
    state_url: str
    demo: bool
    status: str
    tone: str
    next_step: str | None
    holder: str | None
    score: int | None
    due: date | None
    late: str | None
    paused: bool
    officer: str | None
    officer_id: int | None
    working_days: str | None
    days: str | None


@dataclass(frozen=True, slots=True)
class ViewLink:
    """One view as a tab."""

    label: str
    url: str
    active: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class QueueShown:
    """Everything that the page of the queue shows.

    Attributes:
        cells: of each column, the attributes of its cells.
    """

    query: QueueQuery
    views: Sequence[ViewLink]
    own: Sequence[OwnView]
    columns: Sequence[Mapping[str, Any]]
    cells: Mapping[str, Markup]
    rows: Sequence[RowView]
    previous_url: str | None
    next_url: str | None
    sizes: Sequence[ViewLink]
    everywhere_url: str
    save_url: str
    score_url: str | None
    files: Sequence[tuple[str, str]]
    summary: str
    order: str
    title: str


def address(query: QueueQuery, **changes: Any) -> str:
    """Return the URL of the queue that `query` describes, with `changes`."""
    return url_for("triage.queue", **query.address(**changes))


def shown(
    session: Session, query: QueueQuery, counts: Mapping[View, int], page: Page, own: Sequence[OwnView] = ()
) -> QueueShown:
    """Return the page of the queue in words; costs no statement while reference data is in memory.

    Args:
        own: the reader's own views.
    """
    columns = _columns(query)
    return QueueShown(
        query=query,
        views=[_view_link(query, view, counts.get(view)) for view in View],
        own=own,
        columns=columns,
        cells={column["key"]: _CELL.format(column["kind"], column["label"]) for column in columns},
        rows=row_views(session, query, page),
        previous_url=address(query, before=str(page.previous)) if page.previous else None,
        next_url=address(query, after=str(page.following)) if page.following else None,
        sizes=[ViewLink(str(size), address(query, rows=size), size == query.rows, None) for size in ROWS],
        save_url=url_for("triage.views", list=urlencode(query.address(), doseq=True)),
        score_url=_score_url(query),
        files=files_of(query),
        everywhere_url=url_for("triage.queue", **QueueQuery(view=View.ALL, q=query.q).address()),
        summary=_summary(query, counts, len(page.rows)),
        order=str(SORT_TEXTS[query.order]),
        title=str(VIEW_TEXTS[query.view]),
    )


def _view_link(query: QueueQuery, view: View, count: int | None) -> ViewLink:
    active = view is query.view and query.number is None
    url = url_for("triage.queue", **QueueQuery(view=view, rows=query.rows).address())
    if count is not None and count >= COUNTED_UP_TO:
        label = _("%(view)s (more than %(most)s)", view=str(VIEW_TEXTS[view]), most=COUNTED_UP_TO - 1)
        return ViewLink(label, url, active, None)
    return ViewLink(str(VIEW_TEXTS[view]), url, active, count)


def _score_url(query: QueueQuery) -> str | None:
    """Return where the list is sorted by priority score; None where it is, or cannot be."""
    if query.number or query.view in ENDLESS or query.order.by == Sort.HIGHEST.by:
        return None
    return address(query, sort=Sort.HIGHEST)


def _columns(query: QueueQuery) -> list[dict[str, Any]]:
    by_score = query.order.by == Sort.HIGHEST.by
    shown = (one for column in COLUMNS for one in ((SCORE, column) if by_score and column[0] == "due" else (column,)))
    return [
        {"key": key, "label": str(label), "kind": kind, **(_sorting(query, sort) if sort else {})}
        for key, label, kind, sort in shown
    ]


def _sorting(query: QueueQuery, sort: Sort) -> dict[str, Any]:
    """Return the link of a column's heading, and how the column is sorted now."""
    if query.number or (query.view in ENDLESS and sort not in SORTS_OF_ENDLESS):
        return {}
    here = query.order
    if here.by != sort.by:
        return {"sort_url": address(query, sort=sort)}
    # an age grows from later arrivals to earlier ones
    rising = here.descending is (sort.by in {"received", "since"})
    return {"sort_url": address(query, sort=here.turned), "sorted": "ascending" if rising else "descending"}


def _summary(query: QueueQuery, counts: Mapping[View, int], here: int) -> str:
    total = counts.get(query.view)
    if query.filters or total is None:
        return str(ngettext("%(num)s request on this page", "%(num)s requests on this page", here))
    if total >= COUNTED_UP_TO:
        return str(_("%(here)s of more than %(most)s requests", here=here, most=COUNTED_UP_TO - 1))
    return str(ngettext("%(here)s of %(num)s request", "%(here)s of %(num)s requests", total, here=here))


def row_views(session: Session, query: QueueQuery, page: Page) -> list[RowView]:
    """Return the rows in words."""
    vienna = work_calendar(session, DutyStation.VIENNA)
    york = work_calendar(session, DutyStation.NEW_YORK)
    today = vienna.local_day(clock.now())
    received = [_arrived(row, vienna) for row in page.rows]
    worked = WorkingDays(vienna, min(received, default=today), today)
    states = _states_shown(session, page)
    case_url = case_urls(query)
    return [
        _row_view(row, states[row.state_id], (vienna, york), worked.since(day), case_url(place_of(session, row, query)))
        for row, day in zip(page.rows, received, strict=True)
    ]


def _states_shown(session: Session, page: Page) -> dict[int, tuple[StateInfo, str, str]]:
    """Return each State of the page once, with its name and the address of its page."""
    locale = str(current_locale())
    found = (state_by_id(session, state_id) for state_id in {row.state_id for row in page.rows})
    return {
        state.id: (state, state_name(state, locale), url_for("states.state", alpha3=state.alpha3)) for state in found
    }


def _arrived(row: Any, vienna: WorkCalendar) -> date:
    """Return the day from which a case is as old as it is: what came on paper came before it was registered."""
    counted = vienna.local_day(row.counts_from or row.submitted_at)
    return min(counted, row.received_on or counted)


def _row_view(
    row: Any,
    shown_state: tuple[StateInfo, str, str],
    offices: tuple[WorkCalendar, WorkCalendar],
    age: tuple[int, int],
    url: str,
) -> RowView:
    state, name, state_url = shown_state
    ended = row.state in ENDED
    zone = zone_of(row.holder, state, *offices)
    due = None if ended else last_day(row.due_at, zone)
    late = 0 if due is None or row.due_at > clock.now() else (zone.local_day(clock.now()) - due).days
    return RowView(
        key=row.key,
        url=url,
        number=row.number,
        title=row.title or _("Untitled"),
        lang=row.lang,
        state=name,
        state_url=state_url,
        demo=state.is_demo,
        status=state_text(row.state),
        tone=TONES.get(row.state, "neutral"),
        next_step=None if ended else str(next_step(row)),
        holder=None if ended else str(SHORT_PARTIES[row.holder]),
        score=row.score,
        due=due,
        late=ngettext("%(num)s day late", "%(num)s days late", late) if late else None,
        paused=row.paused and not ended,
        officer=row.officer,
        officer_id=row.officer_id,
        working_days=None if ended else _together(ngettext("%(num)s working", "%(num)s working", age[0])),
        days=None if ended else _together(ngettext("%(num)s day", "%(num)s days", age[1])),
    )


def next_step(row: Any) -> Any:
    """Return what happens next with an open case, in words."""
    return STEPS_OF_LIMITS.get(row.due_key) or NEXT_STEPS[row.state]


def _together(words: str) -> str:
    """Return words that stay on one line of a narrow column."""
    return words.replace(" ", "\u00a0")


def zone_of(holder: Party, state: StateInfo, vienna: WorkCalendar, york: WorkCalendar) -> WorkCalendar:
    """Return whose midnight ends the limit: that of the party that has the case (process, Limits)."""
    if holder is Party.STATE:
        return WorkCalendar(name=state.alpha3, zone=state.time_zone)
    return york if holder in HEADQUARTERS else vienna


def last_day(due_at: datetime | None, calendar: WorkCalendar) -> date | None:
    """Return the day at whose 24:00 a limit ends, where its holder works."""
    return None if due_at is None else calendar.local_day(due_at - timedelta(microseconds=1))


class WorkingDays:
    """How many days, and working days among them, have passed since a day; counted once for a whole list."""

    def __init__(self, calendar: WorkCalendar, first: date, today: date) -> None:
        closed = calendar.closed_days(today)
        self._today = today
        self._worked: dict[date, int] = {}
        passed, day = 0, today
        while day >= first:
            self._worked[day] = passed
            passed += day.weekday() in calendar.weekdays and day not in closed
            day -= timedelta(days=1)

    def since(self, day: date) -> tuple[int, int]:
        """Return (working days, days) after `day` up to and with today."""
        return self._worked[min(day, self._today)], max((self._today - day).days, 0)
