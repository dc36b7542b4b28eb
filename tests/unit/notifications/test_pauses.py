"""How long the sender waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.notifications.outbox import outage_pause, pause_after
from app.notifications.setup import DeliveryPolicy

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
