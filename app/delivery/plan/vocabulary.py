"""Words of the response plan that the process does not decide on."""

from __future__ import annotations

from enum import StrEnum

#: Operative paragraphs of the resolution under which assistance can be given (1 to 10).
PARAGRAPHS = tuple(range(1, 11))


class Standing(StrEnum):
    """How far a version of the plan has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    CHANGES_ASKED = "changes_asked"
    AGREED = "agreed"
    TAKEN_BACK = "taken_back"
    SUPERSEDED = "superseded"


class Scope(StrEnum):
    """How far an activity reaches (7)."""

    NATIONAL = "national"
    SUBREGIONAL = "subregional"
    REGIONAL = "regional"
    INTERNATIONAL = "international"


class PartnerRole(StrEnum):
    """What another organization does in an activity (1)."""

    CO_ORGANIZER = "co_organizer"
    EXPERTISE = "expertise"
    FUNDING = "funding"
    HOST = "host"
    OBSERVER = "observer"
