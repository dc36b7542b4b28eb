"""Where a case stands, what the State reads, and what makes the clocks run."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    AWAITING_MISSION = "awaiting_mission"
    SUBMITTED = "submitted"
    SCREENING = "screening"
    RETURNED = "returned"
    IN_REVIEW = "in_review"
    IN_COORDINATION = "in_coordination"
    DECISION = "decision"
    PLANNING = "planning"
    ON_HOLD = "on_hold"
    SCHEDULED = "scheduled"
    IN_DELIVERY = "in_delivery"
    DELIVERED = "delivered"
    EVALUATION = "evaluation"
    CLOSED = "closed"
    NOT_ELIGIBLE = "not_eligible"
    DECLINED = "declined"
    REFERRED = "referred"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"
    LAPSED = "lapsed"
    DISCARDED = "discarded"


class Phase(StrEnum):
    """What the requesting State reads instead of the state."""

    PREPARING = "preparing"
    WITH_MISSION = "with_mission"
    RECEIVED = "received"
    BEING_ASSESSED = "being_assessed"
    IN_CONSULTATION = "in_consultation"
    AWAITING_DECISION = "awaiting_decision"
    BEING_PLANNED = "being_planned"
    AGREED = "agreed"
    UNDER_WAY = "under_way"
    BEING_EVALUATED = "being_evaluated"
    ENDED = "ended"


class Section(StrEnum):
    """Optional sections of the facts about a case; each is loaded by one statement."""

    CONTENT = "content"
    CONSENTS = "consents"
    QUESTIONS = "questions"
    SCREENING = "screening"
    ASSESSMENT = "assessment"
    CONSULTATIONS = "consultations"
    PLAN = "plan"
    FUNDING = "funding"
    DELIVERY = "delivery"
    OUTCOME = "outcome"
    CLOCK = "clock"


class LimitKey(StrEnum):
    """The clocks of the limits table, and the age of an untouched draft."""

    PURGE = "purge"
    MISSION = "mission"
    TAKE_UP = "take_up"
    SCREEN = "screen"
    ANSWER = "answer"
    LAPSE = "lapse"
    ASSESS = "assess"
    CTC = "ctc"
    OLA = "ola"
    PARTNER = "partner"
    OUTCOME = "outcome"
    DECIDE = "decide"
    PLAN = "plan"
    PLAN_ANSWER = "plan_answer"
    PARTICIPATION = "participation"
    HOLD_REVIEW = "hold_review"
    HOLD_ASK = "hold_ask"
    REPORT = "report"
    CONFIRM = "confirm"
    EVALUATE = "evaluate"
    LOOK_BACK = "look_back"


class Window(StrEnum):
    """For how long something may still be done; nobody is late when a window closes."""

    REVIVE = "revive"
    RECONSIDER = "reconsider"
    REOPEN = "reopen"
    CORRECT_POSITION = "correct_position"
    STANDING_NO_OBJECTION = "standing_no_objection"


class Unit(StrEnum):
    """In what a limit or window is counted."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
