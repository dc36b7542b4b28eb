"""Once a day at the same time of a zone's clock: never twice, never left out, whatever clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.foundation.daytime import Daily

EIGHT = time(8)
INSTANTS = st.integers(800_000_000, 2_140_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from(sorted(available_timezones()))
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
DAILY = st.builds(Daily, TIMES, ZONES)


@given(DAILY, INSTANTS)
def test_the_next_one_is_the_first_later_one(daily: Daily, at: datetime) -> None:
    following = daily.next_after(at)
    assert following > at
    around = [daily.on(at.date() + timedelta(days=days)) for days in range(-4, 5)]
    assert following == min(instant for instant in around if instant > at)
    assert following - at <= timedelta(days=1, hours=25), "no day is left out, and a zone may skip one"


@given(DAILY, INSTANTS)
def test_it_shows_that_time_on_the_clock_unless_the_clock_leapt_over_it(daily: Daily, at: datetime) -> None:
    zone = ZoneInfo(daily.zone)
    following = daily.next_after(at)
    shown = following.astimezone(zone)
    if shown.time() != daily.at:
        before = (following - timedelta(hours=25)).astimezone(zone)
        assert before.utcoffset() != shown.utcoffset(), "the clock was changed within a day"
        assert shown.replace(tzinfo=None) > datetime.combine(shown.date(), daily.at) or shown.date() != following.date()


@given(DAILY, INSTANTS)
def test_a_job_that_runs_at_each_of_them_runs_once_for_each_local_day(daily: Daily, at: datetime) -> None:
    runs = [at]
    for _ in range(8):
        runs.append(daily.next_after(runs[-1]))
    days = [daily.latest_day(run) for run in runs]
    for earlier, later in pairwise(days):
        # two days have one instant where a zone skipped the first of them (Samoa, 30 December 2011)
        assert later - earlier == timedelta(days=1) or daily.on(earlier + timedelta(days=1)) == daily.on(later)


@given(DAILY, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_the_latest_day_never_goes_back_and_has_come(daily: Daily, at: datetime, later: timedelta) -> None:
    day = daily.latest_day(at)
    assert daily.on(day) <= at < daily.next_after(at)
    assert daily.latest_day(at + later) >= day


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Vienna", date(2026, 3, 28), datetime(2026, 3, 28, 7, tzinfo=UTC)),
        ("Europe/Vienna", date(2026, 3, 29), datetime(2026, 3, 29, 6, tzinfo=UTC)),
        ("Europe/Vienna", date(2026, 10, 25), datetime(2026, 10, 25, 7, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2026, 1, 1), datetime(2026, 1, 1, 2, 15, tzinfo=UTC)),
        ("Pacific/Kiritimati", date(2026, 1, 1), datetime(2025, 12, 31, 18, tzinfo=UTC)),
        ("Pacific/Pago_Pago", date(2026, 1, 1), datetime(2026, 1, 1, 19, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), datetime(2011, 12, 30, 18, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 31), datetime(2011, 12, 30, 18, tzinfo=UTC)),
    ],
)
def test_eight_in_the_morning(zone: str, day: date, expected: datetime) -> None:
    assert Daily(EIGHT, zone).on(day) == expected


def test_a_time_that_a_clock_leaps_over_or_shows_twice_comes_once() -> None:
    vienna = Daily(time(2, 30), "Europe/Vienna")
    assert vienna.on(date(2026, 3, 29)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    first = vienna.on(date(2026, 10, 25))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert vienna.next_after(first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)
