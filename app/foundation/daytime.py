"""What happens once a day at the same time of a zone's clock, computed in UTC.

Where the clock is put forward over that time, it is the instant at which it would have come; where the clock is put
back over it, the first of the two. A local day that a zone skipped has the instant of the day after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: More than the days that lie between a zone's calendar and UTC's.
_AROUND = 2


@dataclass(frozen=True, slots=True)
class Daily:
    """A time of the day on the clock of a zone.

    Attributes:
        at: without zone, to the minute.
        zone: IANA name.
    """

    at: time
    zone: str

    def on(self, day: date) -> datetime:
        """Return the instant, in UTC, of this time on `day`."""
        return datetime.combine(day, self.at, ZoneInfo(self.zone)).astimezone(UTC)

    def next_after(self, instant: datetime) -> datetime:
        """Return the first such instant later than `instant` (aware)."""
        here = instant.astimezone(ZoneInfo(self.zone)).date()
        days = (here + timedelta(days=days) for days in range(-_AROUND, _AROUND + 1))
        return min(on for day in days if (on := self.on(day)) > instant)

    def latest_day(self, instant: datetime) -> date:
        """Return the latest local day whose time has come at `instant` (aware)."""
        here = instant.astimezone(ZoneInfo(self.zone)).date()
        days = (here + timedelta(days=days) for days in range(-_AROUND, _AROUND + 1))
        return max(day for day in days if self.on(day) <= instant)
