"""Stories are played side by side, in the order of time, and never after the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.demo.director import BREATH, AfterTheEnd, Story, play
from app.demo.stage import weekday_before
from app.foundation.clock import now

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
END = START + timedelta(days=10)


def told(log: list[tuple[str, datetime]], name: str, *hours: int) -> Story:
    for hour in hours:
        yield START + timedelta(hours=hour)
        log.append((name, now()))


def test_who_wants_to_go_on_first_goes_on_first() -> None:
    log: list[tuple[str, datetime]] = []
    play([told(log, "a", 1, 4), told(log, "b", 2, 3)], until=END)
    assert [name for name, _ in log] == ["a", "b", "b", "a"]
    assert [at for _, at in log] == [START + timedelta(hours=hour) for hour in (1, 2, 3, 4)]


def test_time_never_runs_backwards_in_a_story() -> None:
    log: list[tuple[str, datetime]] = []
    play([told(log, "a", 5, 1, 5)], until=END)
    assert [at for _, at in log] == [START + timedelta(hours=5) + BREATH * place for place in range(3)]


def test_nothing_is_played_after_the_end() -> None:
    log: list[tuple[str, datetime]] = []
    with pytest.raises(AfterTheEnd):
        play([told(log, "a", 1, 5)], until=START + timedelta(hours=4))
    assert [name for name, _ in log] == ["a"]


@pytest.mark.parametrize(
    ("today", "ago", "expected"),
    [
        (date(2026, 3, 2), 1, date(2026, 2, 27)),  # Monday
        (date(2026, 3, 1), 1, date(2026, 2, 27)),  # Sunday
        (date(2026, 3, 6), 4, date(2026, 3, 2)),
        (date(2026, 3, 6), 5, date(2026, 2, 27)),
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
    ],
)
def test_days_are_counted_from_monday_to_friday(today: date, ago: int, expected: date) -> None:
    assert weekday_before(today, ago) == expected
