"""The inbox of a body in words: what waits by deadline, what it answered, where its objection stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session

from app.casework.several import Outcome, Result, ResultRow, headings, in_words
from app.coordination.models import Consultation
from app.coordination.queries import Waiting, answered_by, objected_by, waiting_for
from app.coordination.texts import POSITION_TEXTS, POSITION_TONES
from app.foundation.clock import now
from app.foundation.i18n import current_locale
from app.reference.calendars import work_calendar
from app.reference.states import state_by_id, state_name
from app.reference.vocabulary import DutyStation
from app.workflow.actor import Actor
from app.workflow.workdays import WorkCalendar

#: Rows on one page.
PAGE = 100
COLUMNS = {
    "waiting": (
        ("number", _l("Reference"), "ref"),
        ("state", _l("State"), "plain"),
        ("title", _l("Request"), "main"),
        ("status", _l("Round"), "status"),
        ("due", _l("Answer by"), "plain"),
    ),
    "answered": (
        ("number", _l("Reference"), "ref"),
        ("state", _l("State"), "plain"),
        ("title", _l("Request"), "main"),
        ("status", _l("Position"), "status"),
        ("due", _l("Closed on"), "plain"),
    ),
}
OUTCOMES = {
    Outcome.DONE: _l("No objection"),
    Outcome.REFUSED: _l("Not answered"),
    Outcome.CHANGED: _l("Not answered: it changed meanwhile"),
    Outcome.MISSING: _l("Not found"),
}


class InboxView(StrEnum):
    """What of the body's consultations is listed."""

    WAITING = "waiting"
    OBJECTIONS = "objections"
    ANSWERED = "answered"


VIEW_TEXTS = {
    InboxView.WAITING: _l("Waiting for your position"),
    InboxView.OBJECTIONS: _l("Your objections"),
    InboxView.ANSWERED: _l("Answered"),
}


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One consultation of the reader's body.

    Attributes:
        key: of the case; with `version` it is what a tick sends.
        day: the deadline, or when it was closed; `late` and `left` say in words how near it is.
    """

    key: str
    version: int
    number: str
    title: str
    lang: str
    state: str
    url: str
    status: str
    tone: str
    urgent: bool
    day: date | None
    late: str | None
    left: str | None

    @property
    def row_class(self) -> str | None:
        """How the row is marked."""
        return "late" if self.late else None


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A view of the inbox as a link."""

    label: str
    url: str
    active: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of one view."""

    view: InboxView
    views: Sequence[ViewLink]
    columns: Sequence[dict[str, str]]
    rows: Sequence[InboxRow]
    previous_url: str | None
    next_url: str | None


def inbox_of(session: Session, actor: Actor, view: InboxView, start: int = 0) -> Inbox:
    """Return one page of what the reader's body was asked: three statements at most, whatever their number.

    Args:
        start: how many rows stand on the pages before.
    """
    waiting = waiting_for(session, actor)
    if view is InboxView.WAITING:
        rows = [_waiting(session, one) for one in waiting]
    else:
        asked = answered_by if view is InboxView.ANSWERED else objected_by
        rows = [_answered(session, one, case) for one, case in asked(session, actor, start + PAGE + 1)]
    shown = rows[start : start + PAGE]
    before = url_for("coordination.inbox", view=view.value, start=max(start - PAGE, 0)) if start else None
    after = url_for("coordination.inbox", view=view.value, start=start + PAGE) if len(rows) > start + PAGE else None
    columns = COLUMNS["waiting" if view is InboxView.WAITING else "answered"]
    return Inbox(view, _views(view, len(waiting)), headings(columns), shown, before, after)


def check_list(session: Session, actor: Actor, keys: Sequence[str]) -> list[InboxRow]:
    """Return those of the ticked requests that wait for the reader's body, by deadline: two statements."""
    return [_waiting(session, one) for one in waiting_for(session, actor) if one.case.key in keys]


def results(found: Sequence[Result], before: Iterable[InboxRow]) -> list[ResultRow]:
    """Return the results in words, in the order of the check list.

    Args:
        before: the rows as they were read before anything was done.
    """
    return in_words(found, {row.key: row for row in before}, OUTCOMES)


def _views(view: InboxView, waiting: int) -> list[ViewLink]:
    counts = {InboxView.WAITING: waiting}
    return [
        ViewLink(str(words), url_for("coordination.inbox", view=one.value), one is view, counts.get(one))
        for one, words in VIEW_TEXTS.items()
    ]


def _waiting(session: Session, one: Waiting) -> InboxRow:
    words = _("First round") if one.consultation.round == 1 else _("Round %(number)s", number=one.consultation.round)
    due = one.due_on
    late, left = _nearness(work_calendar(session, DutyStation.NEW_YORK).as_of(now()), due)
    urgent = bool(one.due and one.due.urgent) or one.case.urgent_since is not None
    return _row(session, one.consultation, one.case, (words, "info"), due, late=late, left=left, urgent=urgent)


def _answered(session: Session, one: Consultation, case: Any) -> InboxRow:
    position = one.position
    status = (str(POSITION_TEXTS[position]), POSITION_TONES[position]) if position else ("", "neutral")
    day = work_calendar(session, DutyStation.NEW_YORK).local_day(one.closed_at) if one.closed_at else None
    return _row(session, one, case, status, day)


def _row(
    session: Session,
    one: Consultation,
    case: Any,
    status: tuple[str, str],
    day: date | None,
    *,
    late: str | None = None,
    left: str | None = None,
    urgent: bool = False,
) -> InboxRow:
    endpoint = "coordination.give_position" if one.open else "coordination.consultations"
    return InboxRow(
        key=case.key,
        version=one.version,
        number=case.number,
        title=case.title,
        lang=case.lang,
        state=state_name(state_by_id(session, case.state_id), str(current_locale())),
        url=url_for(endpoint, key=case.key),
        status=status[0],
        tone=status[1],
        urgent=urgent,
        day=day,
        late=late,
        left=left,
    )


def _nearness(calendar: WorkCalendar, due: date | None) -> tuple[str | None, str | None]:
    """Return how late the last day is, or how many working days are left with it, in words."""
    if due is None:
        return None, None
    today = calendar.local_day(now())
    if due < today:
        days = _working_days(calendar, due, today)
        return str(ngettext("%(num)s working day late", "%(num)s working days late", days)), None
    days = _working_days(calendar, today, due)
    return None, str(ngettext("%(num)s working day left", "%(num)s working days left", days))


def _working_days(calendar: WorkCalendar, first: date, last: date) -> int:
    """Return how many working days lie after `first`, up to and with `last`."""
    closed = calendar.closed_days(first)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(day.weekday() in calendar.weekdays and day not in closed for day in days)
