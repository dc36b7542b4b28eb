"""Nothing but numbers, keys and dates gets into a message."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.notifications.params import ALLOWED, UnsafeParameter, checked_params, parse_when


def test_days_and_instants_are_stored_in_iso_form_and_come_back() -> None:
    instant = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    stored = checked_params({"due": date(2026, 3, 1), "until": instant, "number": "TPB-2026-10000", "count": 3})
    assert stored == {"due": "2026-03-01", "until": "2026-03-29T00:30:00+00:00", "number": "TPB-2026-10000", "count": 3}
    assert parse_when(stored["due"]) == date(2026, 3, 1)
    assert parse_when(stored["until"]) == instant
    assert checked_params(stored) == stored


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Training of judges"),
        ("state_name", "Avaria"),
        ("link", "https://elsewhere.example/"),
        ("secret", "123456"),
        ("number", "Training of judges"),
        ("number", "TPB-2026-0001 Avaria"),
        ("number", 7),
        ("key", "not a key at all"),
        ("key", "0123456789abc"),
        ("due", "soon"),
        ("due", "2026-03-01T10:00:00"),
        ("due", datetime(2026, 3, 1)),  # noqa: DTZ001 - the point of the test
        ("due", 5),
        ("count", "3"),
        ("count", True),
        ("count", 1.5),
        ("date", None),
    ],
)
def test_anything_else_is_refused(name: str, value: Any) -> None:
    with pytest.raises(UnsafeParameter):
        checked_params({name: value})


@pytest.mark.parametrize("name", sorted(ALLOWED))
@pytest.mark.parametrize("canary", ["The Ministry of Justice of Avaria", "<b>x</b>", "a@b.example", ""])
def test_no_allowed_key_carries_a_text(name: str, canary: str) -> None:
    with pytest.raises(UnsafeParameter):
        checked_params({name: canary})
