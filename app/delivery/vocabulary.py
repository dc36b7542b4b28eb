"""Words of delivery that the process does not decide on."""

from enum import StrEnum


class RecommendationStatus(StrEnum):
    """What became of a recommendation."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
