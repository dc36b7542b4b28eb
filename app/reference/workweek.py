"""Week patterns: seven digits from Monday to Sunday, 1 = working day."""

from __future__ import annotations

MONDAY_TO_FRIDAY = "1111100"
"""The default of the process (process page, Limits)."""


def pattern_of(days: frozenset[int]) -> str:
    """Return the pattern of working weekdays, Monday being 0."""
    return "".join("1" if day in days else "0" for day in range(7))


def weekdays(pattern: str) -> frozenset[int]:
    """Return the working weekdays of a pattern, Monday being 0."""
    return frozenset(day for day, works in enumerate(pattern) if works == "1")
