"""Words of the chief's decisions that the process does not decide on: the reasons that are given."""

from enum import StrEnum

from app.casework.vocabulary import ReasonCode
from app.workflow.vocabulary import OutcomeKind


class OutcomeReason(StrEnum):
    """Why an officer proposes an outcome: for "not eligible" a reason of the eight checks, else its own."""

    NOT_OFFICIAL_CHANNEL = "not_official_channel"
    NOT_AUTHENTICATED = "not_authenticated"
    NOT_MEMBER_STATE = "not_member_state"
    OUTSIDE_PARAGRAPHS = "outside_paragraphs"
    OPERATIONAL = "operational"
    INTELLIGENCE = "intelligence"
    EQUIPMENT = "equipment"
    SECURITY_FUNDING = "security_funding"
    NO_CTC_CONSENT = "no_ctc_consent"
    DUPLICATE = "duplicate"
    RIGHTS_UNANSWERED = "rights_unanswered"
    FACTS_MISSING = "facts_missing"
    OTHER_MANDATE = "other_mandate"
    BETTER_PLACED = "better_placed"
    STATE_ASKED = "state_asked"
    SECURITY = "security"
    COOPERATION_ENDED = "cooperation_ended"
    NO_FUNDS = "no_funds"


#: Which reasons each outcome may have.
REASONS_OF: dict[OutcomeKind, tuple[OutcomeReason, ...]] = {
    OutcomeKind.INELIGIBLE: tuple(OutcomeReason(reason.value) for reason in ReasonCode),
    OutcomeKind.REFER: (OutcomeReason.OTHER_MANDATE, OutcomeReason.BETTER_PLACED),
    OutcomeKind.DISCONTINUE: (
        OutcomeReason.STATE_ASKED,
        OutcomeReason.SECURITY,
        OutcomeReason.COOPERATION_ENDED,
        OutcomeReason.NO_FUNDS,
    ),
}


class DeclineReason(StrEnum):
    """Why the chief declines a type of assistance, or the whole request. What a body said is none of them."""

    LOWER_PRIORITY = "lower_priority"
    NO_CAPACITY = "no_capacity"
    NO_FUNDS = "no_funds"
    ALREADY_GIVEN = "already_given"
    CONDITIONS_MISSING = "conditions_missing"
    RIGHTS = "rights"
    SECURITY = "security"
    OTHER = "other"
