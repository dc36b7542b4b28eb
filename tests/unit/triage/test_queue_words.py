"""Days in the queue: how old a request is, and on which day a limit ends for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.triage.queue_page import WorkingDays, last_day
from app.workflow.workdays import Holiday, WorkCalendar

VIENNA = WorkCalendar("vienna", "Europe/Vienna", holidays=(Holiday(date(2026, 4, 6)), Holiday(date(2026, 4, 3))))
MONDAY = date(2026, 4, 13)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (MONDAY, (0, 0)),
        (date(2026, 4, 12), (1, 1)),
        (date(2026, 4, 10), (1, 3)),
        (date(2026, 4, 9), (2, 4)),
        # Good Friday and Easter Monday lie between.
        (date(2026, 4, 2), (5, 11)),
        (date(2026, 4, 14), (0, 0)),
    ],
)
def test_the_day_of_the_event_does_not_count(since: date, expected: tuple[int, int]) -> None:
    assert WorkingDays(VIENNA, date(2026, 4, 1), MONDAY).since(since) == expected


@pytest.mark.parametrize(
    ("zone", "ends_at"),
    [
        ("Europe/Vienna", datetime(2026, 11, 17, 23, tzinfo=UTC)),
        ("America/Lima", datetime(2026, 11, 18, 5, tzinfo=UTC)),
        ("Pacific/Fiji", datetime(2026, 11, 17, 12, tzinfo=UTC)),
        ("UTC", datetime(2026, 11, 18, tzinfo=UTC)),
    ],
)
def test_a_limit_ends_with_its_last_day_where_its_holder_works(zone: str, ends_at: datetime) -> None:
    assert last_day(ends_at, WorkCalendar("somewhere", zone)) == date(2026, 11, 17)


def test_without_a_limit_there_is_no_last_day() -> None:
    assert last_day(None, VIENNA) is None
