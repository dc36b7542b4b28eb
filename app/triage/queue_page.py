"""The queue as its page shows it: views with counts, filters, rows in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app.casework.page import TONES
from app.casework.texts import state_text
from app.foundation import clock
from app.foundation.i18n import current_locale
from app.reference.calendars import work_calendar
from app.reference.states import StateInfo, state_by_id, state_name
from app.reference.vocabulary import DutyStation
from app.triage.queue import COUNTED_UP_TO, Page
from app.triage.queue_query import ROWS, QueueQuery, View
from app.triage.texts import NEXT_STEPS, SHORT_PARTIES
from app.workflow.states import ENDED
from app.workflow.vocabulary import Party
from app.workflow.workdays import WorkCalendar

HEADQUARTERS: Final = frozenset({Party.CTC_CTED, Party.OLA})
VIEW_TEXTS: Final = {
    View.NEW: _l("New"),
    View.SCREENING: _l("In screening"),
    View.RETURNED: _l("With the State"),
    View.UNASSIGNED: _l("Unassigned"),
    View.MINE: _l("Mine"),
    View.OVERDUE: _l("Overdue"),
    View.OPEN: _l("All open"),
    View.ENDED: _l("Ended"),
}
COLUMNS: Final = (
    ("number", _l("Reference"), "ref"),
    ("state", _l("State"), "plain"),
    ("title", _l("Request"), "main"),
    ("status", _l("Status"), "status"),
    ("next", _l("Next step"), "plain"),
    ("due", _l("Due"), "plain"),
    ("officer", _l("Officer"), "plain"),
    ("age", _l("Age"), "plain"),
)


@dataclass(frozen=True, slots=True)
class RowView:
    """One case of the list, in words."""

    url: str
    number: str
    title: str
    lang: str
    state: str
    demo: bool
    status: str
    tone: str
    next_step: str | None
    holder: str | None
    due: date | None
    late: str | None
    paused: bool
    officer: str | None
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
    """Everything that the page of the queue shows."""

    query: QueueQuery
    views: Sequence[ViewLink]
    columns: Sequence[Mapping[str, Any]]
    rows: Sequence[RowView]
    previous_url: str | None
    next_url: str | None
    sizes: Sequence[ViewLink]
    summary: str
    title: str


def address(query: QueueQuery, **changes: Any) -> str:
    """Return the URL of the queue that `query` describes, with `changes`."""
    return url_for("triage.queue", **query.address(**changes))


def shown(session: Session, query: QueueQuery, counts: Mapping[View, int], page: Page) -> QueueShown:
    """Return the page of the queue in words; costs no statement while reference data is in memory."""
    return QueueShown(
        query=query,
        views=[_view_link(query, view, counts.get(view)) for view in View],
        columns=_columns(query),
        rows=row_views(session, page),
        previous_url=address(query, before=str(page.previous)) if page.previous else None,
        next_url=address(query, after=str(page.following)) if page.following else None,
        sizes=[ViewLink(str(size), address(query, rows=size), size == query.rows, None) for size in ROWS],
        summary=_summary(query, counts, len(page.rows)),
        title=str(VIEW_TEXTS[query.view]),
    )


def _view_link(query: QueueQuery, view: View, count: int | None) -> ViewLink:
    active = view is query.view and query.number is None
    url = url_for("triage.queue", **QueueQuery(view=view, rows=query.rows).address())
    if count is not None and count >= COUNTED_UP_TO:
        label = _("%(view)s (more than %(most)s)", view=str(VIEW_TEXTS[view]), most=COUNTED_UP_TO - 1)
        return ViewLink(label, url, active, None)
    return ViewLink(str(VIEW_TEXTS[view]), url, active, count)


def _columns(query: QueueQuery) -> list[dict[str, Any]]:
    ordered = None if query.view is View.ENDED or query.number else "due"
    return [
        {"key": key, "label": str(label), "kind": kind, "sorted": "ascending" if key == ordered else None}
        for key, label, kind in COLUMNS
    ]


def _summary(query: QueueQuery, counts: Mapping[View, int], here: int) -> str:
    total = counts.get(query.view)
    if query.filters or total is None:
        return str(ngettext("%(num)s request on this page", "%(num)s requests on this page", here))
    if total >= COUNTED_UP_TO:
        return str(_("%(here)s of more than %(most)s requests", here=here, most=COUNTED_UP_TO - 1))
    return str(ngettext("%(here)s of %(num)s request", "%(here)s of %(num)s requests", total, here=here))


def row_views(session: Session, page: Page) -> list[RowView]:
    """Return the rows in words."""
    vienna = work_calendar(session, DutyStation.VIENNA)
    york = work_calendar(session, DutyStation.NEW_YORK)
    today = vienna.local_day(clock.now())
    received = [vienna.local_day(row.submitted_at) for row in page.rows]
    worked = WorkingDays(vienna, min(received, default=today), today)
    locale = current_locale()
    return [
        _row_view(row, state_by_id(session, row.state_id), str(locale), (vienna, york), worked.since(day))
        for row, day in zip(page.rows, received, strict=True)
    ]


def _row_view(
    row: Any, state: StateInfo, locale: str, offices: tuple[WorkCalendar, WorkCalendar], age: tuple[int, int]
) -> RowView:
    ended = row.state in ENDED
    zone = _zone(row.holder, state, *offices)
    due = None if ended else last_day(row.due_at, zone)
    late = 0 if due is None or row.due_at > clock.now() else (zone.local_day(clock.now()) - due).days
    return RowView(
        url=url_for("casefile.overview", key=row.key),
        number=row.number,
        title=row.title or _("Untitled"),
        lang=row.lang,
        state=state_name(state, locale),
        demo=state.is_demo,
        status=state_text(row.state),
        tone=TONES.get(row.state, "neutral"),
        next_step=None if ended else str(NEXT_STEPS[row.state]),
        holder=None if ended else str(SHORT_PARTIES[row.holder]),
        due=due,
        late=ngettext("%(num)s day late", "%(num)s days late", late) if late else None,
        paused=row.paused and not ended,
        officer=row.officer,
        working_days=None if ended else _together(ngettext("%(num)s working", "%(num)s working", age[0])),
        days=None if ended else _together(ngettext("%(num)s day", "%(num)s days", age[1])),
    )


def _together(words: str) -> str:
    """Return words that stay on one line of a narrow column."""
    return words.replace(" ", "\u00a0")


def _zone(holder: Party, state: StateInfo, vienna: WorkCalendar, york: WorkCalendar) -> WorkCalendar:
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
