"""Codes inside the records of a case."""

from __future__ import annotations

from enum import StrEnum


class AssistanceType(StrEnum):
    """What a State may ask for."""

    RATIFICATION = "ratification"
    LEGISLATIVE_DRAFTING = "legislative_drafting"
    JUDICIAL_TRAINING = "judicial_training"
    PROSECUTORIAL_TRAINING = "prosecutorial_training"
    INTERNATIONAL_COOPERATION = "international_cooperation"
    NATIONAL_WORKSHOP = "national_workshop"
    REGIONAL_WORKSHOP = "regional_workshop"
    SUBREGIONAL_WORKSHOP = "subregional_workshop"
    MINISTERIAL_CONFERENCE = "ministerial_conference"
    ONLINE_COURSE = "online_course"
    MENTORING = "mentoring"
    JOINT_VISIT = "joint_visit"
    TOOLS = "tools"
    FOLLOW_UP = "follow_up"


class Channel(StrEnum):
    """How a request reached TPB."""

    PORTAL = "portal"
    NOTE_VERBALE = "note_verbale"
    MINISTRY_LETTER = "ministry_letter"
    CTED_REFERRAL = "cted_referral"
    WORKSHOP_RECOMMENDATION = "workshop_recommendation"


class Urgency(StrEnum):
    """What the State says; the urgent limits hold only once the chief confirmed the dated trigger."""

    ROUTINE = "routine"
    URGENT = "urgent"


class EligibilityCheck(StrEnum):
    """The eight yes/no checks of screening."""

    E1 = "e1"
    E2 = "e2"
    E3 = "e3"
    E4 = "e4"
    E5 = "e5"
    E6 = "e6"
    E7 = "e7"
    E8 = "e8"


class AssessmentPart(StrEnum):
    """What an assessment must hold before `consult`."""

    NEED = "need"
    EARLIER_ASSISTANCE = "earlier_assistance"
    RIGHTS_REVIEW = "rights_review"
    CRIME_LINKS = "crime_links"
    JUSTICE_MARKERS = "justice_markers"
    PRIORITY = "priority"
    COST_ESTIMATE = "cost_estimate"


class Position(StrEnum):
    """What a consulted body answered, or how its consultation ended without an answer."""

    NO_OBJECTION = "no_objection"
    COMMENT = "comment"
    OBJECTION = "objection"
    ALSO_ACTING = "also_acting"
    DEEMED_NO_OBJECTION = "deemed_no_objection"
    NO_ANSWER = "no_answer"


class OutcomeKind(StrEnum):
    """What an officer may propose to the chief."""

    INELIGIBLE = "ineligible"
    REFER = "refer"
    DISCONTINUE = "discontinue"


class HoldReason(StrEnum):
    """Why a case rests."""

    MONEY = "money"
    SECURITY = "security"
    AUTHORITY_UNCLEAR = "authority_unclear"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    RIGHTS_CONCERN = "rights_concern"


class EvaluationAnswer(StrEnum):
    """Whether the State evaluated the assistance, or said that it will not."""

    GIVEN = "given"
    DECLINED = "declined"
