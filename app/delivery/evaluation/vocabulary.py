"""Words of look-backs."""

from enum import StrEnum


class Became(StrEnum):
    """Whether what the assistance was for has come about; it may have contributed, nobody says that it caused it."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NO = "no"
