"""Words of screening that the process does not decide on: why an eligibility check was answered "no"."""

from enum import StrEnum

from app.workflow.vocabulary import EligibilityCheck as E


class ReasonCode(StrEnum):
    """Why one of the eight checks does not pass (requests, Eligibility)."""

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


#: Which reasons a "no" to each check may have. Where there is one, nobody has to choose it.
REASONS: dict[E, tuple[ReasonCode, ...]] = {
    E.E1: (ReasonCode.NOT_OFFICIAL_CHANNEL, ReasonCode.NOT_AUTHENTICATED),
    E.E2: (ReasonCode.NOT_MEMBER_STATE,),
    E.E3: (ReasonCode.OUTSIDE_PARAGRAPHS,),
    E.E4: (
        ReasonCode.OPERATIONAL,
        ReasonCode.INTELLIGENCE,
        ReasonCode.EQUIPMENT,
        ReasonCode.SECURITY_FUNDING,
    ),
    E.E5: (ReasonCode.NO_CTC_CONSENT,),
    E.E6: (ReasonCode.DUPLICATE,),
    E.E7: (ReasonCode.RIGHTS_UNANSWERED,),
    E.E8: (ReasonCode.FACTS_MISSING,),
}
