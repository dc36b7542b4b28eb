"""Words of screening that the process does not decide on: why an eligibility check was answered "no"."""

from app.casework.vocabulary import ReasonCode
from app.workflow.vocabulary import EligibilityCheck as E

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
