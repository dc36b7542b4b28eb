"""How long the sender and the scheduler wait."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from app.foundation.daytime import Daily
from app.foundation.wiring import Job
from app.notifications import scheduler
from app.notifications.outbox import outage_pause, pause_after
from app.notifications.parts import DeliveryPolicy

POLICY = DeliveryPolicy()
TOLERANCE = 0.2


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (5, 480), (10, 14_400), (500, 14_400)])
def test_pauses_double_up_to_the_longest(attempts: int, seconds: int) -> None:
    pauses = {pause_after(attempts, POLICY).total_seconds() for _ in range(50)}
    assert min(pauses) >= seconds * (1 - TOLERANCE)
    assert max(pauses) <= seconds * (1 + TOLERANCE)
    assert len(pauses) > 1, "mails that failed together must not be tried together"


@pytest.mark.parametrize(("waited", "seconds"), [(0, 10), (60, 30), (600, 300), (86_400, 600)])
def test_an_unreachable_server_is_asked_less_and_less_often(waited: int, seconds: int) -> None:
    pause = outage_pause(timedelta(seconds=waited), POLICY).total_seconds()
    assert seconds * (1 - TOLERANCE) <= pause <= seconds * (1 + TOLERANCE)


@pytest.mark.parametrize(("failures", "minutes"), [(0, 0), (1, 0), (2, 1), (3, 2), (5, 8), (8, 60), (500, 60)])
def test_a_job_that_fails_again_and_again_leaves_the_others_their_turn(failures: int, minutes: int) -> None:
    assert scheduler.pause_after(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("when", "failures", "expected"),
    [
        (20, 0, timedelta(seconds=20)),
        (20, 5, timedelta(seconds=20)),
        (86_400, 1, timedelta(minutes=1)),
        (86_400, 4, timedelta(minutes=4)),
        (Daily(time(8), "UTC"), 0, timedelta(hours=23)),
        (Daily(time(8), "UTC"), 1, timedelta(minutes=1)),
    ],
)
def test_a_job_that_failed_is_tried_again_soon(when: int | Daily, failures: int, expected: timedelta) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    job = Job("any", when, lambda _actor: None)
    assert scheduler.next_run(job, at, failures) == at + expected
