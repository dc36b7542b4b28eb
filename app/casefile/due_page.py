"""What the page about one due date tells: what the clock began with, every day of the count, and what happens when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.casework.models import DueMove
from app.casework.page import CasePage
from app.casework.projection import explanations_of
from app.casework.texts import done_text, limit_text, state_text
from app.foundation.errors import NotFound
from app.foundation.formatting import bdi, date_filter, moment_filter
from app.foundation.i18n import current_locale
from app.foundation.texts import text
from app.reference.models import CalendarChange
from app.reference.states import state_by_id, state_name
from app.reference.texts import DUTY_STATIONS, WEEKDAYS
from app.workflow.actor import Actor
from app.workflow.definition import PROCESS
from app.workflow.explain import ExplainedDay, Explanation, Moment, may_read_limit, may_read_pause, shown_of
from app.workflow.model import Span
from app.workflow.states import PHASE_OF
from app.workflow.vocabulary import LimitKey, Role, State, Unit
from app.workflow.workdays import DayKind

MOMENTS = {
    Moment.WARNED: _l("Three quarters of the time are over"),
    Moment.DUE: _l("The limit ends"),
    Moment.CHIEF: _l("One and a half times the limit is over"),
    Moment.REMINDED: _l("Reminder"),
    Moment.ESCALATED: _l("The next level is told"),
    Moment.LAST: _l("The last day on which an answer is waited for"),
    Moment.ENDED: _l("What was waited for has happened"),
}
#: What the State and bodies are not told of: how the Branch watches itself.
INSIDE = frozenset({Moment.WARNED, Moment.CHIEF, Moment.ESCALATED, Moment.LAST})


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day as a row of the table; `row_class` marks those that do not count."""

    day: date
    weekday: str
    counts: str
    moments: tuple[str, ...]
    row_class: str


@dataclass(frozen=True, slots=True)
class Run:
    """One of several clocks of the same limit."""

    url: str
    began: Any
    current: bool


@dataclass(frozen=True, slots=True)
class DuePage:
    """Everything that the page shows.

    Attributes:
        limit: the limit in words.
        due_on: its last day; None while the clock stands still.
        facts: rows of a summary list.
        days: the count.
        runs: the clocks of this limit, when there are several.
        unlisted: years that were counted without a list of holidays.
        moves: how changes of calendars moved the due date that the case shows.
        stands_since: the day on which the clock began to stand still.
    """

    limit: str
    due_on: date | None
    facts: Sequence[dict[str, Any]]
    days: Sequence[DayRow]
    runs: Sequence[Run]
    unlisted: tuple[int, ...]
    moves: Sequence[Row[Any]]
    stands_since: date | None


def due_page(session: Session, actor: Actor, page: CasePage, limit: str, run: int | None) -> DuePage:
    """Return the page of the limit called `limit`: two statements.

    Args:
        page: of the case, which the actor sees.
        limit: value of a `LimitKey`.
        run: which of its clocks, counted from 1 for the first to begin; None for the one that the case shows.

    Raises:
        NotFound: there is no such limit or clock, or this actor may not read it.
    """
    key = next((one for one in LimitKey if one.value == limit), None)
    if key is None or not may_read_limit(actor, key):
        raise NotFound
    found = explanations_of(session, page.case, key)
    one = shown_of(found, page.case.due_at, run)
    if one is None:
        raise NotFound
    return DuePage(
        limit=limit_text(key),
        due_on=one.due.due_on,
        facts=_facts(session, actor, page, one),
        days=[_row(actor, day) for day in one.days],
        runs=_runs(page.case.key, key, found, one) if len(found) > 1 else (),
        unlisted=one.due.unlisted_years,
        moves=_moves(session, page.case.id, key),
        stands_since=one.since if one.due.open and one.due.due_on is None else None,
    )


def _facts(session: Session, actor: Actor, page: CasePage, one: Explanation) -> list[dict[str, Any]]:
    due = one.due
    rows = [
        {"key": _("Began with"), "value": _beginning(actor, one)},
        {"key": _("Began"), "value": moment_filter(due.starts_at)},
        {"key": _("Limit"), "value": _length(one)},
        {"key": _("Figures"), "value": _figures(one)},
        {"key": _("Calendar"), "value": _calendar(session, page, one)},
        {"key": _("Time zone"), "value": bdi(one.zone)},
    ]
    if due.due_at is not None:
        rows.append({"key": _("Ends"), "value": moment_filter(due.due_at)})
    if due.ended_at is not None:
        rows.append({"key": _("Met"), "value": moment_filter(due.ended_at)})
    return rows


def _beginning(actor: Actor, one: Explanation) -> str:
    """What started the clock. A step is told by where the request then stood: its name may say why it was taken."""
    is_step = any(line.action is one.begun_by for line in PROCESS.steps)
    if one.from_paper:
        return str(_("The day on which the request arrived on paper"))
    if one.begun_by is not None and not is_step:
        return done_text(one.begun_by.value)
    state = one.begun_in or State.SUBMITTED
    in_phases = actor.is_state_side and state is not State.ON_HOLD
    where = text(f"phase.{PHASE_OF[state].value}") if in_phases else state_text(state)
    return str(_("The request came to: %(where)s", where=where))


def span_text(span: Span) -> Any:
    """Return a length of time in words."""
    if span.unit is Unit.WORKING_DAYS:
        return ngettext("%(num)s working day", "%(num)s working days", span.amount)
    if span.unit is Unit.DAYS:
        return ngettext("%(num)s day", "%(num)s days", span.amount)
    return ngettext("%(num)s month", "%(num)s months", span.amount)


def _length(one: Explanation) -> Any:
    length = span_text(one.span)
    if one.round > 1 and one.span != one.usual:
        return str(_("%(length)s, in round %(number)s", length=length, number=one.round))
    if one.more_time:
        return str(
            _("%(length)s, with the time that was added; %(usual)s before", length=length, usual=span_text(one.usual))
        )
    if one.due.urgent:
        return str(_("%(length)s, because the request is urgent", length=length))
    return length


def _figures(one: Explanation) -> Any:
    if one.line_from is None:
        return str(_("As the process sets them"))
    return _("Those in force since %(date)s", date=date_filter(one.line_from))


def _calendar(session: Session, page: CasePage, one: Explanation) -> Any:
    station = next((words for station, words in DUTY_STATIONS.items() if station.value == one.calendar), None)
    if station is not None:
        return str(station)
    return bdi(state_name(state_by_id(session, page.case.state_id), current_locale()))


def _row(actor: Actor, one: ExplainedDay) -> DayRow:
    inside = actor.is_tpb or actor.has(Role.AUDITOR)
    moments = [moment for moment in one.moments if inside or moment not in INSIDE]
    counted = one.kind is DayKind.COUNTED
    return DayRow(
        day=one.day,
        weekday=str(WEEKDAYS[one.day.weekday()]),
        counts=_counts(actor, one),
        moments=tuple(str(MOMENTS[moment]) for moment in moments),
        row_class="cur" if Moment.DUE in moments else "" if counted else "off",
    )


def _counts(actor: Actor, one: ExplainedDay) -> str:
    if one.kind is DayKind.EVENT:
        return str(_("Not counted: the day on which it begins"))
    if one.kind is DayKind.WEEKEND:
        return str(_("Not counted: not a working day"))
    if one.kind is DayKind.HOLIDAY:
        return str(_("Not counted: holiday (%(name)s)", name=one.holiday))
    if one.kind is DayKind.PAUSED:
        return _pause(actor, one.cause)
    return str(_("Day %(number)s", number=one.number))


def _pause(actor: Actor, cause: State | None) -> str:
    if not may_read_pause(actor, cause):
        return str(_("Not counted: the clock stood still"))
    if cause is None:
        return str(_("Not counted: a question to the State was open"))
    if cause is State.ON_HOLD:
        return str(_("Not counted: the request was on hold"))
    return str(_("Not counted: the State had questions to answer"))


def _runs(key: str, limit: LimitKey, found: Sequence[Explanation], current: Explanation) -> list[Run]:
    return [
        Run(
            url=url_for("casefile.due", key=key, limit=limit.value, run=number),
            began=moment_filter(one.due.starts_at),
            current=one is current,
        )
        for number, one in enumerate(reversed(found), start=1)
    ]


def _moves(session: Session, case_id: int, key: LimitKey) -> Sequence[Row[Any]]:
    statement = (
        select(DueMove.before_on, DueMove.after_on, DueMove.moved_at, CalendarChange.reason)
        .join(CalendarChange, CalendarChange.id == DueMove.change_id)
        .where(DueMove.case_id == case_id, DueMove.after_key == key, DueMove.before_key == key)
        .order_by(DueMove.id.desc())
        .limit(10)
    )
    return session.execute(statement).all()
