"""Words of the part that other States have in an activity."""

from enum import StrEnum


class ParticipationAnswer(StrEnum):
    """What an invited State answers. Silence is never consent (process, Other States)."""

    CONSENT = "consent"
    DECLINE = "decline"


class InvitationStatus(StrEnum):
    """Where one invitation stands, for the host and the Branch."""

    NOT_PUT = "not_put"
    TO_DISCLOSE = "to_disclose"
    WITHHELD = "withheld"
    ASKED = "asked"
    NO_ANSWER = "no_answer"
    CONSENTED = "consented"
    DECLINED = "declined"


#: What a plan may go on without: a State that said no, that may not be told, or that let its limit pass.
LEAVABLE = frozenset({InvitationStatus.DECLINED, InvitationStatus.WITHHELD, InvitationStatus.NO_ANSWER})
