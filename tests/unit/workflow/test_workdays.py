"""Days that count: weekends, holidays in force, zones and the ends of summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workflow.model import Span
from app.workflow.vocabulary import Party, Unit
from app.workflow.workdays import Blocked, Calendars, DayCount, Holiday, WorkCalendar, add_months, window_end

VIENNA = WorkCalendar("Vienna", "Europe/Vienna")
NEW_YORK = WorkCalendar("New York", "America/New_York")
FRIDAY, MONDAY = date(2026, 5, 1), date(2026, 5, 4)
ZONES = ["Europe/Vienna", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia", "America/Havana", "UTC"]


def nth(number: int, calendar: WorkCalendar = VIENNA, started: date = FRIDAY, *blocked: Blocked) -> date | None:
    return DayCount(calendar, started, Unit.WORKING_DAYS, blocked).nth(number)


def test_the_day_of_the_event_does_not_count_nor_does_the_weekend() -> None:
    assert nth(0) == FRIDAY
    assert nth(1) == MONDAY
    assert nth(5) == date(2026, 5, 8)
    assert nth(6) == date(2026, 5, 11)


def test_calendar_days_take_every_day() -> None:
    assert DayCount(VIENNA, FRIDAY, Unit.DAYS).nth(30) == date(2026, 5, 31)


def test_other_weekdays() -> None:
    gulf = WorkCalendar("Sunday to Thursday", "Asia/Riyadh", frozenset({6, 0, 1, 2, 3}))
    assert nth(1, gulf, date(2026, 5, 7)) == date(2026, 5, 10)


def test_a_calendar_without_working_weekday_is_refused() -> None:
    with pytest.raises(ValueError, match="no working weekday"):
        WorkCalendar("Never", "UTC", frozenset())


def test_a_holiday_counts_for_stays_that_begin_while_it_is_in_force() -> None:
    row = Holiday(MONDAY, effective_from=date(2026, 4, 1), effective_to=date(2026, 5, 1))
    calendar = WorkCalendar("Vienna", "Europe/Vienna", holidays=(row,))
    assert nth(1, calendar, date(2026, 4, 30)) == FRIDAY
    assert nth(2, calendar, date(2026, 4, 30)) == date(2026, 5, 5)
    assert nth(1, calendar, FRIDAY) == MONDAY, "no longer in force"
    assert nth(1, WorkCalendar("V", "Europe/Vienna", holidays=(Holiday(MONDAY),)), FRIDAY) == date(2026, 5, 5)


def test_a_year_without_list_is_named() -> None:
    calendar = WorkCalendar("Vienna", "Europe/Vienna", listed_years=frozenset({2026}))
    assert calendar.unlisted_years(date(2026, 12, 20), date(2027, 1, 8)) == (2027,)
    assert VIENNA.unlisted_years(date(2026, 12, 20), date(2027, 1, 8)) == ()


@pytest.mark.parametrize(
    ("calendar", "day", "ends"),
    [
        (VIENNA, date(2026, 1, 15), datetime(2026, 1, 15, 23, tzinfo=UTC)),
        (VIENNA, date(2026, 7, 15), datetime(2026, 7, 15, 22, tzinfo=UTC)),
        (VIENNA, date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (VIENNA, date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (VIENNA, date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (NEW_YORK, date(2026, 11, 1), datetime(2026, 11, 2, 5, tzinfo=UTC)),
        (WorkCalendar("Tokyo", "Asia/Tokyo"), date(2026, 1, 15), datetime(2026, 1, 15, 15, tzinfo=UTC)),
        # Havana turns its clocks at midnight: 24:00 is the first of the two midnights, or 1:00 when it is skipped.
        (WorkCalendar("Havana", "America/Havana"), date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),
        (WorkCalendar("Havana", "America/Havana"), date(2026, 3, 7), datetime(2026, 3, 8, 5, tzinfo=UTC)),
    ],
)
def test_a_limit_ends_at_24_in_its_zone(calendar: WorkCalendar, day: date, ends: datetime) -> None:
    assert calendar.end_of(day) == ends


@given(st.sampled_from(ZONES), st.dates(date(1990, 1, 1), date(2037, 12, 1)))
def test_days_follow_each_other_without_gap(zone: str, day: date) -> None:
    calendar = WorkCalendar("any", zone)
    assert calendar.end_of(day) == calendar.start_of(day + timedelta(days=1))
    assert calendar.local_day(calendar.end_of(day)) > day
    if calendar.start_of(day) < calendar.end_of(day):  # Apia had no 30 December 2011
        assert calendar.local_day(calendar.start_of(day)) == day
        assert calendar.local_day(calendar.end_of(day) - timedelta(seconds=1)) == day


def test_blocked_days_do_not_count_and_an_open_pause_stops_the_count() -> None:
    paused = Blocked(MONDAY, date(2026, 5, 6))
    assert nth(1, VIENNA, FRIDAY, paused) == date(2026, 5, 7)
    still = Blocked(date(2026, 5, 8), None)
    assert nth(1, VIENNA, FRIDAY, paused, still) == date(2026, 5, 7)
    assert nth(2, VIENNA, FRIDAY, paused, still) is None
    assert DayCount(VIENNA, FRIDAY, Unit.DAYS, (still,)).end(7) is None


@pytest.mark.parametrize(
    ("day", "amount", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months(day: date, amount: int, expected: date) -> None:
    assert add_months(day, amount) == expected


def test_windows_close_at_the_end_of_their_last_day() -> None:
    opened = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)  # already 2 May in Vienna
    assert window_end(opened, Span(30, Unit.DAYS), VIENNA) == datetime(2026, 6, 1, 22, tzinfo=UTC)
    assert window_end(opened, Span(2, Unit.WORKING_DAYS), VIENNA) == datetime(2026, 5, 5, 22, tzinfo=UTC)
    assert window_end(opened, Span(12, Unit.MONTHS), VIENNA) == datetime(2027, 5, 2, 22, tzinfo=UTC)


def test_whose_calendar_counts() -> None:
    state, guest = WorkCalendar("State", "Asia/Tokyo"), WorkCalendar("Guest", "Africa/Cairo")
    calendars = Calendars(VIENNA, NEW_YORK, state, {"p1": guest})
    assert calendars.of(Party.TPB) is VIENNA
    assert calendars.of(Party.FUNDING) is VIENNA
    assert calendars.of(Party.PARTNER) is VIENNA
    assert calendars.of(Party.CTC_CTED) is NEW_YORK
    assert calendars.of(Party.OLA) is NEW_YORK
    assert calendars.of(Party.STATE) is state
    assert calendars.of(Party.OTHER_STATE, "p1") is guest
