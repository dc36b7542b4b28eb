"""From which day a request on paper counts: as its history says, for older entries as its row does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from app.casework.projection import event_of
from app.workflow.vocabulary import State

ROW = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("action", "payload", "expected"),
    [
        ("register_paper", {"received_on": "2026-04-29"}, date(2026, 4, 29)),
        ("register_paper", {}, ROW),
        ("register_paper", None, ROW),
        ("submit", {}, None),
    ],
)
def test_the_day_of_arrival(action: str, payload: dict[str, str] | None, expected: date | None) -> None:
    row = SimpleNamespace(
        at=datetime(2026, 5, 5, tzinfo=UTC), action=action, from_state=None, to_state=State.SUBMITTED, payload=payload
    )
    assert event_of(row, ROW).received_on == expected
