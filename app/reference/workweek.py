"""Week patterns: seven digits from Monday to Sunday, 1 = working day."""

from __future__ import annotations

MONDAY_TO_FRIDAY = "1111100"
"""The default of the process (process page, Limits)."""


def weekdays(pattern: str) -> frozenset[int]:
    """Return the working weekdays of a pattern, Monday being 0."""
    return frozenset(day for day, works in enumerate(pattern) if works == "1")
