"""Words of activities and their participants."""

from enum import StrEnum


class ActivityStatus(StrEnum):
    """How far an activity has come (requests, Other records)."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    HELD = "held"
    CANCELLED = "cancelled"


class Gender(StrEnum):
    """How participants are counted (indicator 14); nobody has to say."""

    WOMEN = "women"
    MEN = "men"
    NOT_STATED = "not_stated"
