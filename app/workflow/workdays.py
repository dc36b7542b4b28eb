"""Days that count: duty stations and Member States with their zones, working weekdays and holidays.

The day of the event does not count; a limit ends at 24:00 of its last day in the calendar's zone and is stored in UTC
(process page, Limits).
"""

from __future__ import annotations

import calendar as months_of_the_year
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from app.workflow.model import Span
from app.workflow.vocabulary import Party, State, Unit

MONDAY_TO_FRIDAY = frozenset(range(5))
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off, for stays that begin from `effective_from` until before `effective_to` (None: without end).

    `name` is what people call it; nothing is counted by it.
    """

    day: date
    effective_from: date | None = None
    effective_to: date | None = None
    name: str = ""

    def counts_for(self, started: date) -> bool:
        """Whether a stay that began on `started` is counted with this row."""
        begun = self.effective_from is None or self.effective_from <= started
        return begun and (self.effective_to is None or started < self.effective_to)


@dataclass(frozen=True, slots=True)
class Week:
    """Another zone or other working weekdays, for stays that begin there on `valid_from` or later."""

    valid_from: date
    zone: str
    weekdays: frozenset[int]

    def counts_for(self, at: datetime) -> bool:
        """Whether a stay that began at the instant `at` is counted with this week."""
        return at.astimezone(ZoneInfo(self.zone)).date() >= self.valid_from


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """A zone, its working weekdays (Monday is 0) and holidays.

    `listed_years` are the years for which a list of holidays was entered; None says that no list is expected.
    `weeks` are what zone and weekdays became later, see `as_of`.
    """

    name: str
    zone: str
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: tuple[Holiday, ...] = ()
    listed_years: frozenset[int] | None = None
    weeks: tuple[Week, ...] = ()

    def __post_init__(self) -> None:
        """A week without a working day would never end: ValueError."""
        if not self.weekdays & frozenset(range(7)):
            raise ValueError(f"calendar {self.name} has no working weekday")

    def as_of(self, at: datetime) -> WorkCalendar:
        """This calendar with the zone and the weekdays that count for a stay which began at the instant `at`."""
        valid = [week for week in self.weeks if week.counts_for(at)]
        if not valid:
            return replace(self, weeks=()) if self.weeks else self
        last = max(valid, key=lambda week: week.valid_from)
        return replace(self, zone=last.zone, weekdays=last.weekdays, weeks=())

    def local_day(self, at: datetime) -> date:
        """The date of the instant `at` in this zone."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def start_of(self, day: date) -> datetime:
        """The instant (UTC) at which `day` begins here, also on days whose midnight the clocks skip or repeat."""
        return datetime.combine(day, time(), tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """24:00 of `day` in this zone, as an instant in UTC."""
        return self.start_of(day + ONE_DAY)

    def holidays_for(self, started: date) -> dict[date, str]:
        """The holidays that count for a stay that began on `started`, with their names."""
        return {row.day: row.name for row in self.holidays if row.counts_for(started)}

    def closed_days(self, started: date) -> frozenset[date]:
        """The holidays that count for a stay that began on `started`."""
        return frozenset(self.holidays_for(started))

    def unlisted_years(self, first: date, last: date) -> tuple[int, ...]:
        """Years between two days for which a list of holidays is expected and was not entered."""
        if self.listed_years is None:
            return ()
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.listed_years)


@dataclass(frozen=True, slots=True)
class Calendars:
    """Whose days count for one case: TPB's duty station (Vienna), headquarters (New York), and the States'.

    `other_states` are the calendars of participating States by the subject of their participation.
    """

    tpb: WorkCalendar
    headquarters: WorkCalendar
    state: WorkCalendar
    other_states: Mapping[str, WorkCalendar] = field(default_factory=dict)

    def of(self, party: Party, subject: str = "") -> WorkCalendar:
        """The calendar of the party that holds a limit."""
        if party is Party.STATE:
            return self.state
        if party is Party.OTHER_STATE:
            return self.other_states.get(subject, self.state)
        return self.headquarters if party in {Party.CTC_CTED, Party.OLA} else self.tpb


@dataclass(frozen=True, slots=True)
class Blocked:
    """Local days, both included, on which a clock stood; `last` is None while it still stands.

    `cause` is the state in which the case rested; None is a blocking question.
    """

    first: date
    last: date | None
    cause: State | None = None

    def covers(self, day: date) -> bool:
        """Whether the clock stood on `day`."""
        return self.first <= day and (self.last is None or day <= self.last)


class DayKind(Enum):
    """Why a day counts or does not. `EVENT` is the day on which the clock began, which never counts."""

    EVENT = auto()
    COUNTED = auto()
    WEEKEND = auto()
    HOLIDAY = auto()
    PAUSED = auto()


@dataclass(frozen=True, slots=True)
class DayCount:
    """Counts days after `started` in one calendar, leaving out days on which the clock stood.

    What was counted once is remembered: of one limit several ends are asked for.
    """

    calendar: WorkCalendar
    started: date
    unit: Unit
    blocked: tuple[Blocked, ...] = ()
    _counted: list[date] = field(default_factory=list, init=False, repr=False, compare=False)
    _others: list[Iterator[date]] = field(default_factory=list, init=False, repr=False, compare=False)

    def walk(self) -> Iterator[tuple[date, DayKind]]:
        """The days after the event, in order, each with why it counts or does not.

        Ends before a pause that has not ended.
        """
        working = self.unit is Unit.WORKING_DAYS
        closed = self.calendar.closed_days(self.started) if working else frozenset()
        since = min((one.first for one in self.blocked if one.last is None), default=None)
        day = self.started
        while since is None or day + ONE_DAY < since:
            day += ONE_DAY
            if self.blocked and self.pause_on(day) is not None:
                yield day, DayKind.PAUSED
            elif working and day.weekday() not in self.calendar.weekdays:
                yield day, DayKind.WEEKEND
            else:
                yield day, DayKind.HOLIDAY if day in closed else DayKind.COUNTED

    def pause_on(self, day: date) -> Blocked | None:
        """The pause for which the clock stood on `day`, None when it ran."""
        return next((one for one in self.blocked if one.covers(day)), None)

    def days(self) -> Iterator[date]:
        """The days that count, in order; ends before a pause that has not ended."""
        return (day for day, kind in self.walk() if kind is DayKind.COUNTED)

    def nth(self, number: int) -> date | None:
        """The `number`-th day that counts (0: the day of the event); None while the clock stands before it."""
        if number <= 0:
            return self.started
        if self.unit is Unit.DAYS and not self.blocked:
            # long limits in calendar days are counted for every case on every list
            return self.started + timedelta(days=number)
        if not self._others:
            self._others.append(self.days())
        while len(self._counted) < number:
            if (day := next(self._others[0], None)) is None:
                return None
            self._counted.append(day)
        return self._counted[number - 1]

    def end(self, number: int) -> datetime | None:
        """24:00 of the `number`-th day that counts, in UTC; None while the clock stands before it."""
        day = self.nth(number)
        return None if day is None else self.calendar.end_of(day)


def add_months(day: date, amount: int) -> date:
    """The same day `amount` months later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    last = months_of_the_year.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def window_end(started_at: datetime, span: Span, calendar: WorkCalendar) -> datetime:
    """When a window that opened at `started_at` closes: 24:00 of its last day in the calendar's zone, in UTC."""
    calendar = calendar.as_of(started_at)
    started = calendar.local_day(started_at)
    if span.unit is Unit.MONTHS:
        return calendar.end_of(add_months(started, span.amount))
    last = DayCount(calendar, started, span.unit).nth(span.amount)
    assert last is not None, "without a pause every count ends"  # noqa: S101
    return calendar.end_of(last)
