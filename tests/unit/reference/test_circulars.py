"""The lines of a circular as people copy them, and what a calendar would be after a change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from app.reference.altered import with_holiday, with_list, with_week, without_holiday
from app.reference.parsing.circulars import MOST_LINES, read_circular
from app.workflow.workdays import Holiday, Week, WorkCalendar

NEW_YEAR: Final = date(2027, 1, 1)


@pytest.mark.parametrize(
    "line",
    [
        "2027-01-01, New Year's Day",
        "2027-01-01;New Year's Day",
        '"2027-01-01","New Year\'s Day"',
        "1 January\tNew Year's Day",
        "Friday, 1 January 2027: New Year's Day",
        "Friday 1 JANUARY - New Year's Day",
    ],
)
def test_a_date_and_a_name_are_read_as_they_are_written(line: str) -> None:
    rows, errors = read_circular(f"date,name\n\n{line}\n", 2027)
    assert errors == []
    assert [(row.line, row.day, row.name) for row in rows] == [(3, NEW_YEAR, "New Year's Day")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31 February Leap", "circular_date"),
        ("2027-02-31, Leap", "circular_date"),
        ("1944-12-31, Before the Charter", "other_year"),
        ("New Year's Day", "circular_date"),
        ("1 January", "required"),
        ("1 January " + "x" * 161, "too_long"),
        ("1 January New\u202eYear", "control"),
        ("1 January One\n2027-01-01 Other", "duplicate"),
        ("\n \n", "nothing_read"),
        ("1 January One\n" * (MOST_LINES + 1), "too_many_lines"),
        ("1 January One\n" * 10_000, "too_many_lines"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text: str, code: str) -> None:
    _rows, errors = read_circular(text, 2027)
    assert [error.code for error in errors] == [code]
    assert errors[0].message


def days(calendar: WorkCalendar, started: date) -> list[str]:
    return sorted(day.isoformat() for day in calendar.closed_days(started))


def test_changes_count_for_what_begins_from_their_day() -> None:
    held = WorkCalendar("vienna", "Europe/Vienna", holidays=(Holiday(date(2027, 5, 1), None, None, "May Day"),))
    march, june = date(2027, 3, 1), date(2027, 6, 1)
    entered = with_holiday(held, date(2027, 12, 8), "Immaculate Conception", june)
    assert (days(entered, march), days(entered, june)) == (["2027-05-01"], ["2027-05-01", "2027-12-08"])
    ended = without_holiday(entered, date(2027, 5, 1), june)
    assert (days(ended, march), days(ended, june)) == (["2027-05-01"], ["2027-12-08"])
    listed = with_list(held, 2027, {date(2027, 12, 25): "Christmas"}, june)
    assert (days(listed, march), days(listed, june)) == (["2027-05-01"], ["2027-12-25"])


def test_a_week_counts_for_what_begins_there_on_its_first_day() -> None:
    apia = WorkCalendar("WSM", "Pacific/Apia")
    changed = with_week(apia, Week(date(2027, 6, 1), "Asia/Kolkata", frozenset({0, 1, 2, 3, 6})))
    zone = ZoneInfo("Asia/Kolkata")
    before, first = (datetime(2027, 5, 31, 23, 59, tzinfo=zone), datetime(2027, 6, 1, tzinfo=zone))
    assert changed.as_of(before) == apia
    assert (changed.as_of(first).zone, changed.as_of(first).weekdays) == ("Asia/Kolkata", frozenset({0, 1, 2, 3, 6}))
    again = with_week(changed, Week(date(2027, 6, 1), "Pacific/Apia", frozenset({0})))
    assert len(again.weeks) == 1
