"""Working days between days, as the clocks of the process count them: the day of the event does not count."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.workflow.workdays import ONE_DAY, WorkCalendar


@dataclass(slots=True)
class DayCounter:
    """Counts working days of one calendar.

    Attributes:
        calendar: whose week and holidays count, those in force when the count began.
    """

    calendar: WorkCalendar
    _closed: dict[date, frozenset[date]] = field(default_factory=dict)
    _known: dict[frozenset[date], list[date]] = field(default_factory=dict)

    def between(self, first: date, last: date, pauses: Iterable[tuple[date, date | None]] = ()) -> int:
        """Return how many working days lie after `first` up to `last`, without the days of `pauses`.

        A pause covers its first and its last day, and everything from its first while it has not ended.
        """
        if last <= first:
            return 0
        count = self._count(first, first, last)
        covered = first
        for start, stop in sorted(pauses, key=lambda one: one[0]):
            begin, end = max(start, first + ONE_DAY, covered + ONE_DAY), min(stop or last, last)
            if end >= begin:
                count -= self._count(first, begin - ONE_DAY, end)
                covered = end
        return count

    def after(self, first: date, number: int) -> date:
        """Return the `number`-th working day after `first`."""
        day, left = first, number
        closed = self._closed_for(first)
        while left:
            day += ONE_DAY
            left -= day.weekday() in self.calendar.weekdays and day not in closed
        return day

    def _count(self, began: date, first: date, last: date) -> int:
        """Return how many working days lie after `first` up to `last`, in the calendar of what began on `began`."""
        closed = self._closed_for(began)
        days = self._known.setdefault(closed, [])
        if not days or days[0] > first or days[-1] < last:
            low = min(first, days[0] if days else first) - timedelta(days=400)
            high = max(last, days[-1] if days else last) + timedelta(days=400)
            days[:] = self._working(low, high, closed)
        return bisect_right(days, last) - bisect_right(days, first)

    def _working(self, low: date, high: date, closed: frozenset[date]) -> list[date]:
        span = (low + timedelta(days=number) for number in range((high - low).days + 1))
        return [day for day in span if day.weekday() in self.calendar.weekdays and day not in closed]

    def _closed_for(self, began: date) -> frozenset[date]:
        if began not in self._closed:
            self._closed[began] = self.calendar.closed_days(began)
        return self._closed[began]


def read_pauses(text: str) -> list[tuple[date, date | None]]:
    """Return the pauses that `frame.pauses_of` wrote."""
    found = []
    for one in filter(None, text.split(",")):
        first, _slash, last = one.partition("/")
        found.append((date.fromisoformat(first), date.fromisoformat(last) if last else None))
    return found


def percentile(counts: Sequence[tuple[int, int]], share: float) -> int | None:
    """Return the smallest value that at least `share` of all do not exceed (nearest rank); None of nothing.

    Args:
        counts: value and how often it occurs.
        share: 0.5 is the median, 0.9 the ninetieth percentile.
    """
    total, seen = sum(number for _value, number in counts), 0
    for value, number in sorted(counts):
        seen += number
        if seen >= share * total:
            return value
    return None
