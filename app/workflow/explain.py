"""How a due date was counted, day by day: the same counting as `project`, told instead of summed up.

Who may read it is a rule of its own, `may_read_limit`: the dates of a consultation tell of more time and of second
rounds, and so of objections, which the State never learns of (process page, Consultations 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from itertools import takewhile

from app.workflow.actor import Actor
from app.workflow.calendar import Calendars, Counting, Due, Event, read
from app.workflow.model import Limit, Span
from app.workflow.vocabulary import LIAISON_ROLES, Action, Body, LimitKey, Mark, Role, State
from app.workflow.workdays import DayKind

K = LimitKey
#: Limits that say when something else begins, and are never shown as "by when".
BEHIND = frozenset({K.PURGE, K.LAPSE, K.LOOK_BACK, K.HOLD_ASK})
#: Before a request is submitted it is the State's own affair.
OF_STATE_ALONE = frozenset({K.MISSION})
#: The stages of the work, which everybody who sees the case may follow.
STAGES = frozenset({K.TAKE_UP, K.SCREEN, K.ASSESS, K.DECIDE, K.PLAN, K.HOLD_REVIEW, K.REPORT})
#: What the State has to do, and what the Branch waits for.
BETWEEN_STATE_AND_TPB = frozenset({K.ANSWER, K.PLAN_ANSWER, K.CONFIRM, K.EVALUATE})
#: 24:00 belongs to the day that it ends.
INSTANT = timedelta(microseconds=1)
OF_BODY = {Body.CTC_CTED: K.CTC, Body.OLA: K.OLA}


class Moment(Enum):
    """What happens at the end of a day."""

    WARNED = auto()
    DUE = auto()
    CHIEF = auto()
    REMINDED = auto()
    ESCALATED = auto()
    LAST = auto()
    ENDED = auto()
    """On this day what the limit waited for happened."""


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One local day of a count.

    `number` is which counted day it is, None for a day that does not count. `holiday` is the name of a holiday, `cause`
    the state in which the case rested (None: a blocking question). `moments` happen at its end.
    """

    day: date
    kind: DayKind
    number: int | None = None
    holiday: str = ""
    cause: State | None = None
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A due date with everything that it was counted from.

    `usual` is the limit as its line says, `span` as it was counted: urgent, in a second round, with more time.
    `line_from` is the first day on which that line counts, None for the default of the process. `days` begins with the
    day of the event. `since` is the local day on which the clock began to stand still, None while it runs.
    """

    due: Due
    zone: str
    calendar: str
    begun_by: Action | Mark | None
    begun_in: State | None
    usual: Span
    span: Span
    line_from: date | None
    round: int
    more_time: int
    from_paper: bool
    days: tuple[ExplainedDay, ...]
    since: date | None = None

    @property
    def counted(self) -> tuple[ExplainedDay, ...]:
        """The days that count up to the end of the limit."""
        last = self.due.due_on
        return tuple(one for one in self.days if one.number is not None and (last is None or one.day <= last))


def may_read_limit(actor: Actor, key: LimitKey) -> bool:
    """Whether `actor` may see how a due date of the limit `key` was counted, on a case that they see.

    TPB and auditors read every limit that is shown, except what the State did before it submitted; the State the stages
    of the work and what it is asked for, never a consultation, a proposal or another State's participation; a liaison
    the stages and the consultation of their own body.
    """
    if key in BEHIND:
        return False
    if actor.is_state_side:
        return key in STAGES | BETWEEN_STATE_AND_TPB | OF_STATE_ALONE
    if actor.is_tpb or actor.has(Role.AUDITOR):
        return key not in OF_STATE_ALONE
    if actor.has(*LIAISON_ROLES):
        return key in STAGES or (actor.body is not None and OF_BODY.get(actor.body) is key)
    return False


def may_read_pause(actor: Actor, cause: State | None) -> bool:
    """Whether `actor` may know why a clock stood: what the State was asked is between it and TPB."""
    return cause is not None or actor.is_state_side or actor.is_tpb or actor.has(Role.AUDITOR)


def explain(
    history: Sequence[Event], limits: Sequence[Limit], calendars: Calendars, key: LimitKey, now: datetime | None = None
) -> tuple[Explanation, ...]:
    """Every clock of the limit `key` in this history, the last to begin first; arguments as in `project`."""
    counted = read(history, limits, calendars, now).counted
    found = [_explained(due, counting, now) for due, counting in counted if due.key is key]
    return tuple(reversed(found))


def shown_of(
    explanations: Sequence[Explanation], due_at: datetime | None, run: int | None = None
) -> Explanation | None:
    """The clock number `run`, counted from 1 for the first to begin; None when there is none.

    Without a number the one that ends at `due_at`, as the case says, else the last to begin.
    """
    if run is not None:
        return explanations[-run] if 0 < run <= len(explanations) else None
    named = (one for one in explanations if one.due.open and one.due.due_at == due_at)
    return next(named, explanations[0] if explanations else None)


def _explained(due: Due, counting: Counting, now: datetime | None) -> Explanation:
    clock, line, count = counting.clock, counting.line, counting.days
    last = _last_shown(due, counting, now)
    return Explanation(
        due=due,
        zone=count.calendar.zone,
        calendar=count.calendar.name,
        begun_by=clock.begun_by,
        begun_in=clock.begun_in,
        usual=line.span,
        span=counting.span,
        line_from=line.valid_from,
        round=clock.round,
        more_time=clock.more_time if line.more_time else 0,
        from_paper=clock.received_on is not None,
        days=tuple(takewhile(lambda one: last is None or one.day <= last, _told(counting, due))),
        since=min((one.first for one in count.blocked if one.last is None), default=None),
    )


def _told(counting: Counting, due: Due) -> Iterator[ExplainedDay]:
    """The day of the event, or of the end of the round before, then every day after it."""
    count, before = counting.days, counting.before
    names = count.calendar.holidays_for(count.started)
    moments = _moments(counting, due)
    began = count.nth(before) or count.started
    yield ExplainedDay(began, DayKind.EVENT, moments=tuple(moments.get(began, ())))
    number = 0
    for day, kind in count.walk():
        number += kind is DayKind.COUNTED
        if day <= began:
            continue
        pause = count.pause_on(day) if kind is DayKind.PAUSED else None
        yield ExplainedDay(
            day=day,
            kind=kind,
            number=number - before if kind is DayKind.COUNTED else None,
            holiday=names.get(day, "") if kind is DayKind.HOLIDAY else "",
            cause=pause.cause if pause is not None else None,
            moments=tuple(moments.get(day, ())),
        )


def _moments(counting: Counting, due: Due) -> dict[date, list[Moment]]:
    """What happens on which local day; everything but the end itself at its 24:00."""
    calendar = counting.days.calendar
    ends = [
        (Moment.WARNED, due.warn_at),
        (Moment.DUE, due.due_at),
        (Moment.CHIEF, due.chief_at),
        *((Moment.REMINDED, at) for at in due.reminders),
        *((Moment.ESCALATED, at) for at in due.escalations),
        (Moment.LAST, due.last_at),
    ]
    found: dict[date, list[Moment]] = {}
    for moment, at in ends:
        if at is not None:
            found.setdefault(calendar.local_day(at - INSTANT), []).append(moment)
    if due.ended_at is not None:
        found.setdefault(calendar.local_day(due.ended_at), []).append(Moment.ENDED)
    return found


def _last_shown(due: Due, counting: Counting, now: datetime | None) -> date | None:
    """The last day that is told: the end of the limit, or 150 % once it was missed; None for all before a pause."""
    until = due.ended_at or now
    if due.due_at is None or until is None or until <= due.due_at:
        return due.due_on
    return None if due.chief_at is None else counting.days.calendar.local_day(due.chief_at - INSTANT)
