"""The words of an assessment. Each value is the code that is stored; texts for people stand in `texts.py`."""

from __future__ import annotations

from enum import StrEnum

from app.workflow.vocabulary import AssessmentPart


class Part(StrEnum):
    """The parts of an assessment in their order; `consult` asks for each but the risks."""

    NEED = "need"
    EARLIER_ASSISTANCE = "earlier_assistance"
    RIGHTS_REVIEW = "rights_review"
    CRIME_LINKS = "crime_links"
    JUSTICE_MARKERS = "justice_markers"
    RISKS = "risks"
    COST_ESTIMATE = "cost_estimate"
    PRIORITY = "priority"

    @property
    def required(self) -> bool:
        """Whether the case cannot be consulted on without it (Steps, consult)."""
        return self.value in set(AssessmentPart)


class RightsQuestion(StrEnum):
    """The six questions of the rights review, and the one confirmation of a request for only tools or a course."""

    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"
    Q5 = "q5"
    Q6 = "q6"
    CONFIRMED = "confirmed"


SIX_QUESTIONS = tuple(question for question in RightsQuestion if question is not RightsQuestion.CONFIRMED)


class Finding(StrEnum):
    """What the officer finds on one of the questions."""

    NO_CONCERN = "no_concern"
    CONCERN = "concern"
    NOT_APPLICABLE = "not_applicable"


class NeedFinding(StrEnum):
    """Whether the officer sees the need that the State describes."""

    CONFIRMED = "confirmed"
    IN_PART = "in_part"
    NOT_SEEN = "not_seen"


class RiskLevel(StrEnum):
    """How likely it is that the assistance does not reach its aim, or does harm."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Priority(StrEnum):
    """What the officer decides; the score only advises."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ScorePart(StrEnum):
    """What the priority score consists of; the weights are settings under the same words."""

    TREATY_GAPS = "treaty_gaps"
    LEGISLATIVE_TRIGGER = "legislative_trigger"
    CTED_RECOMMENDATION = "cted_recommendation"
    SPECIAL_SITUATION = "special_situation"
    NO_SIMILAR_ASSISTANCE = "no_similar_assistance"
    REGIONAL_DEMAND = "regional_demand"
    READINESS = "readiness"
