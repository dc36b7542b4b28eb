"""Due dates, holder, stays and pauses of one case, computed from its history alone: one pure function.

History is the truth; what the database keeps of this is a projection that a nightly check compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from app.workflow.clocks import Clock, run_clocks
from app.workflow.model import Limit, Span
from app.workflow.timeline import Event, Pause, Stay, earlier_date, in_order, read_timeline
from app.workflow.vocabulary import HoldReason, LimitKey, Party, Unit
from app.workflow.workdays import Blocked, Calendars, DayCount, WorkCalendar, add_months

__all__ = [
    "Calendars",
    "Counting",
    "Due",
    "Event",
    "Pause",
    "Projection",
    "Reading",
    "Stay",
    "WorkCalendar",
    "project",
    "read",
]


@dataclass(frozen=True, slots=True)
class Due:
    """One clock of one limit. Instants are UTC; what lies behind a pause that has not ended is None.

    `due_on` is the last day, where its holder works, and `due_at` its 24:00. `warn_at` is 75 %, `due_at` 100 %
    (breach: officer and manager are told), `chief_at` 150 % (the chief). `number` counts the rounds of a limit that
    repeats. `last_at` is after which the chief may proceed without an answer. `unlisted_years` are years that were
    counted without a list of holidays: the page warns.
    """

    key: LimitKey
    holder: Party
    subject: str
    number: int
    starts_at: datetime
    warn_at: datetime | None
    due_at: datetime | None
    due_on: date | None
    chief_at: datetime | None
    reminders: tuple[datetime, ...] = ()
    escalations: tuple[datetime, ...] = ()
    last_at: datetime | None = None
    ended_at: datetime | None = None
    paused: bool = False
    urgent: bool = False
    unlisted_years: tuple[int, ...] = ()

    @property
    def open(self) -> bool:
        """Whether what the limit waits for has not happened."""
        return self.ended_at is None

    def breached(self, now: datetime) -> bool:
        """Whether the limit was missed: it ended late, or is open and past at `now`."""
        return self.due_at is not None and (self.ended_at or now) > self.due_at


@dataclass(frozen=True, slots=True)
class Projection:
    """What history says about time; `counts_from` is set where a merged request makes the case count from earlier."""

    holder: Party
    due: tuple[Due, ...]
    stays: tuple[Stay, ...]
    pauses: tuple[Pause, ...]
    paused: bool
    counts_from: datetime | None = None

    @property
    def open_due(self) -> tuple[Due, ...]:
        """Limits that run or stand, the next to end first."""
        running = (one for one in self.due if one.open)
        return tuple(sorted(running, key=lambda one: (one.due_at is None, one.due_at or one.starts_at, one.key)))

    @property
    def next_due(self) -> Due | None:
        """The open limit that ends next, of those whose clock runs and whose holder has the case if there is one."""
        known = [one for one in self.open_due if one.due_at is not None]
        return next((one for one in known if one.holder is self.holder), known[0] if known else None)

    def time_with(self, until: datetime) -> dict[Party, timedelta]:
        """How long each party had the case up to `until`; adds up to the whole since it began."""
        total = dict.fromkeys(Party, timedelta())
        for stay in self.stays:
            end = min(stay.ended_at or until, until)
            total[stay.party] += max(end - stay.started_at, timedelta())
        return total


@dataclass(frozen=True, slots=True)
class Counting:
    """How the `number`-th round of one clock is counted: by which line of the limit, and which days count."""

    clock: Clock
    line: Limit
    number: int
    days: DayCount

    @property
    def span(self) -> Span:
        """How long it runs: urgent, in a second round or with more time as the case had it."""
        return _amount(self.clock, self.line)

    @property
    def total(self) -> int:
        """Days from the event to the end of this round."""
        total = self.span.amount * self.number
        if self.span.unit is Unit.MONTHS:
            return (add_months(self.days.started, total) - self.days.started).days
        return total

    @property
    def before(self) -> int:
        """Days that belong to the rounds before this one."""
        repeats = self.number > 1 and self.span.unit is not Unit.MONTHS
        return self.total - self.span.amount if repeats else 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A history read once: what `project` says of it, and how each of its due dates was counted."""

    projection: Projection
    counted: tuple[tuple[Due, Counting], ...]


def project(
    history: Sequence[Event],
    limits: Sequence[Limit],
    calendars: Calendars,
    now: datetime | None = None,
    *,
    only_open: bool = False,
) -> Projection:
    """Due dates, holder, stays and pauses of a case (process page, Limits).

    `history` is in the order of its rows, the first of which enters a state. `limits` may hold several lines of one key
    with different `valid_from`: a stay keeps the line in force when it began. `now` (UTC) only says how far limits that
    repeat are written out; without it, to the last event. With `only_open`, due dates that were met or passed over are
    left out and nothing is counted for them: what stands with a case does not need them.
    """
    return read(history, limits, calendars, now, only_open=only_open).projection


def read(
    history: Sequence[Event],
    limits: Sequence[Limit],
    calendars: Calendars,
    now: datetime | None = None,
    *,
    only_open: bool = False,
) -> Reading:
    """The same as `project`, with the counting behind each due date."""
    events = in_order(history, calendars.tpb)
    timeline = read_timeline(events)
    horizon = max(filter(None, (now, events[-1].at if events else None)), default=None)
    counted: list[tuple[Due, Counting]] = []
    for key in dict.fromkeys(limit.key for limit in limits):
        lines = [limit for limit in limits if limit.key is key]
        for clock in run_clocks(events, lines[0].runs, only_open=only_open):
            counted.extend(_rounds(clock, lines, timeline.pauses, calendars, horizon))
    counted.sort(key=lambda one: (one[0].starts_at, one[0].key, one[0].subject, one[0].number))
    paused = any(pause.ended_at is None for pause in timeline.pauses)
    due = tuple(one for one, _ in counted)
    projection = Projection(timeline.holder, due, timeline.stays, timeline.pauses, paused, earlier_date(events))
    return Reading(projection, tuple(counted))


def _rounds(
    clock: Clock, lines: Sequence[Limit], pauses: Sequence[Pause], calendars: Calendars, horizon: datetime | None
) -> list[tuple[Due, Counting]]:
    calendar = calendars.of(lines[0].holder, clock.subject).as_of(clock.starts_at)
    started = calendar.local_day(clock.starts_at)
    if clock.received_on is not None:
        started = min(started, clock.received_on)
    line = in_force(lines, started)
    if line is None:
        return []
    standing = tuple(_blocked(clock, pauses, calendar))
    found: list[tuple[Due, Counting]] = []
    for number in count(1) if line.times is None else range(1, line.times + 1):
        counting = Counting(clock, line, number, DayCount(calendar, started, _amount(clock, line).unit, standing))
        due = _due(counting)
        found.append((due, counting))
        until = clock.ended_at or horizon
        if due.due_at is None or until is None or (line.times is None and due.due_at > until):
            break
    return found


def in_force(lines: Sequence[Limit], started: date) -> Limit | None:
    """The line of a limit that counts for a stay which began on `started`: the latest that was valid by then."""
    valid = [line for line in lines if line.valid_from is None or line.valid_from <= started]
    return max(valid, key=lambda line: line.valid_from or date.min, default=None)


def _blocked(clock: Clock, pauses: Sequence[Pause], calendar: WorkCalendar) -> Iterator[Blocked]:
    """The local days on which this clock stood: every pause that is not itself what the clock counts.

    The day on which a pause begins and the day on which it ends do not count: a pause never shortens.
    """
    counts_itself = {None} if clock.runs.blocking else set(clock.runs.states)
    for pause in pauses:
        ended_at = min(filter(None, (pause.ended_at, clock.ended_at)), default=None)
        lasted = ended_at is None or ended_at > max(pause.started_at, clock.starts_at)
        if pause.cause not in counts_itself and lasted:
            last = None if ended_at is None else calendar.local_day(ended_at)
            yield Blocked(calendar.local_day(pause.started_at), last, pause.cause)


def _amount(clock: Clock, line: Limit) -> Span:
    span = line.urgent if clock.urgent and line.urgent else line.span
    if clock.round > 1 and line.second_round:
        span = line.second_round
    more = line.more_time.amount * clock.more_time if line.more_time else 0
    return Span(span.amount + more, span.unit)


def _due(counting: Counting) -> Due:
    clock, line, days = counting.clock, counting.line, counting.days
    total, before = counting.total, counting.before
    length = total - before
    ends = {
        "warn_at": days.end(before + length * 3 // 4),
        "due_at": days.end(total),
        "chief_at": days.end(before + -(-length * 3 // 2)),
    }
    reminders = sorted({*line.reminders, *(length - left for left in line.reminders_left)})
    money = clock.hold_reason is HoldReason.MONEY and line.key in {LimitKey.HOLD_REVIEW, LimitKey.HOLD_ASK}
    last_day = days.nth(total)
    return Due(
        key=line.key,
        holder=Party.FUNDING if money else line.holder,
        subject=clock.subject,
        number=counting.number,
        starts_at=clock.starts_at,
        due_on=last_day,
        reminders=tuple(end for day in reminders if 0 < day < length and (end := days.end(before + day))),
        escalations=tuple(end for day in line.escalations if (end := days.end(day))),
        last_at=days.end(line.last.amount) if line.last else None,
        ended_at=clock.ended_at,
        paused=clock.ended_at is None and ends["due_at"] is None,
        urgent=clock.urgent and line.urgent is not None,
        unlisted_years=days.calendar.unlisted_years(days.started, last_day or days.started),
        **ends,
    )
