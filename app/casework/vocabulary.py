"""Words of the case that the process does not decide on."""

from enum import StrEnum


class ConsentKind(StrEnum):
    """What a State consents to; sharing with CTC is asked of every request (paragraphs 1, 3, 4, 7).

    Each joint visit needs a consent of its own (preamble: SC 1535). Being named in the list of unfunded needs is asked
    of nobody (11): a State says so by itself, or is not named.
    """

    CTC = "ctc"
    PARTNERS = "partners"
    PUBLIC_SUMMARY = "public_summary"
    VISIT = "visit"
    NAME_IN_UNFUNDED_NEEDS = "name_in_unfunded_needs"


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


class AlertKind(StrEnum):
    """What the Branch is told about a limit that nobody met yet (process, Limits)."""

    NEAR = "near"
    """75 %: the officer, or intake."""
    PASSED = "passed"
    """100 %: officer and manager; of `lapse` and of the reviews of a hold those who may act on it."""
    LONG_PASSED = "long_passed"
    """150 %: the chief."""
    ESCALATED = "escalated"
    """A consultation that waits: officer and chief."""
    ESCALATED_AGAIN = "escalated_again"


class Changed(StrEnum):
    """What changed in substance when a case goes back to review; then closed consultations may no longer hold."""

    ASSESSMENT = "assessment"
    PLAN = "plan"
