"""Why a step or act is refused: a code and parameters, never a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RefusalCode(StrEnum):
    """Every reason that a guard can give; the layer above has one text for each."""

    ACTIVITIES_OPEN = "activities_open"
    ALLOCATION_NOT_PROPOSED = "allocation_not_proposed"
    ASSESSMENT_INCOMPLETE = "assessment_incomplete"
    ASSESSMENT_NOT_SIGNED = "assessment_not_signed"
    CANCELLED_WITHOUT_REASON = "cancelled_without_reason"
    CAUSE_NOT_GONE = "cause_not_gone"
    CHECKS_NOT_PASSED = "checks_not_passed"
    CONSULTATION_OPEN = "consultation_open"
    CONTENT_INCOMPLETE = "content_incomplete"
    CONTENT_OPEN = "content_open"
    CTC_CONSENT_MISSING = "ctc_consent_missing"
    CTC_NOT_CLEARED = "ctc_not_cleared"
    DISCLOSURE_NOT_AGREED = "disclosure_not_agreed"
    FAST_LANE_COST = "fast_lane_cost"
    FAST_LANE_NO_STANDING = "fast_lane_no_standing"
    FAST_LANE_TYPES = "fast_lane_types"
    LIMIT_NOT_PASSED = "limit_not_passed"
    MERGE_OTHER_STATE = "merge_other_state"
    MERGE_SAME_CASE = "merge_same_case"
    MERGE_TARGET_ENDED = "merge_target_ended"
    MORE_TIME_USED = "more_time_used"
    NOBODY_TO_LEAVE_OUT = "nobody_to_leave_out"
    NOTHING_BEGUN = "nothing_begun"
    NOTHING_CALLS_FOR_REVISION = "nothing_calls_for_revision"
    NOTHING_TO_ANSWER = "nothing_to_answer"
    NOTHING_TO_FOLLOW = "nothing_to_follow"
    NOTHING_TO_LOOK_BACK = "nothing_to_look_back"
    NOT_ADOPTED = "not_adopted"
    NOT_APPROVED_BEFORE = "not_approved_before"
    NOT_EVALUATED = "not_evaluated"
    NOT_PAST_LAST_LIMIT = "not_past_last_limit"
    NOT_SILENT = "not_silent"
    NO_CONSULTATION_OPEN = "no_consultation_open"
    NO_MOVE_WAITING = "no_move_waiting"
    NO_OBJECTION_STANDING = "no_objection_standing"
    NO_OFFICER = "no_officer"
    NO_OUTCOME_PENDING = "no_outcome_pending"
    NO_PLAN = "no_plan"
    OBJECTION_STANDING = "objection_standing"
    OUTCOME_INCOMPLETE = "outcome_incomplete"
    OUTCOME_NOT_PROPOSED = "outcome_not_proposed"
    OUTCOME_PENDING = "outcome_pending"
    PARENT_STATE = "parent_state"
    PARTICIPANTS_NOT_COUNTED = "participants_not_counted"
    PARTICIPATION_MISSING = "participation_missing"
    PLAN_ANSWERED = "plan_answered"
    PLAN_INCOMPLETE = "plan_incomplete"
    PLAN_NOT_PROPOSED = "plan_not_proposed"
    PLAN_PROPOSED = "plan_proposed"
    PLAN_UNFUNDED = "plan_unfunded"
    POSITION_CORRECTABLE = "position_correctable"
    QUESTIONS_OPEN = "questions_open"
    RECOMMENDATIONS_INCOMPLETE = "recommendations_incomplete"
    RECOMMENDATIONS_NOT_LISTED = "recommendations_not_listed"
    RECONSIDERATION_ASKED = "reconsideration_asked"
    RECONSIDERATION_NOT_ASKED = "reconsideration_not_asked"
    RECONSIDERATION_USED = "reconsideration_used"
    REMINDERS_NOT_DELIVERED = "reminders_not_delivered"
    SAME_OFFICER = "same_officer"
    STATE_NOT_AGREED = "state_not_agreed"
    URGENCY_CONFIRMED = "urgency_confirmed"
    URGENCY_NOT_ASKED = "urgency_not_asked"
    VISIT_CONSENT_MISSING = "visit_consent_missing"
    WAS_APPROVED = "was_approved"
    WINDOW_CLOSED = "window_closed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason with what the text needs to name: field paths, bodies, numbers, instants."""

    code: RefusalCode
    params: Mapping[str, object] = field(default_factory=dict)
