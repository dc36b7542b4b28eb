"""Words of the part that other States have in an activity."""

from enum import StrEnum


class ParticipationAnswer(StrEnum):
    """What an invited State answers. Silence is never consent (process, Other States)."""

    CONSENT = "consent"
    DECLINE = "decline"
