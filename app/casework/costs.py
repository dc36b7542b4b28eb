"""Programme support cost, wherever it is added (process, Money)."""

from __future__ import annotations


def support_cost(minor: int, percent: int) -> int:
    """Return the support cost on top of `minor`, rounded to the next minor unit.

    Args:
        minor: what it is added to, in minor units, without it.
        percent: 0 to 100.
    """
    return (minor * percent + 50) // 100
