"""Every step and act of which somebody is told: who, with which notice; `notices` finds the people."""

from collections.abc import Mapping

from app.casework.circles import Circle, Telling
from app.workflow.vocabulary import Action

_BOTH_OF_STATE = (Circle.FOCAL_POINTS, Circle.MISSION)


def _state(code: str, *, actor_too: bool = False) -> tuple[Telling, ...]:
    return tuple(Telling(circle, code, actor_too) for circle in _BOTH_OF_STATE)


_RECEIVED = (*_state("case.received", actor_too=True), Telling(Circle.INTAKE, "case.new_request"))

#: Every step of which somebody is told.
TELLINGS: Mapping[Action, tuple[Telling, ...]] = {
    Action.SEND_TO_MISSION: (Telling(Circle.MISSION, "case.please_confirm"),),
    Action.RETURN_TO_DRAFT: (
        Telling(Circle.FOCAL_POINTS, "case.returned_to_draft"),
        Telling(Circle.MISSION, "case.returned_to_draft"),
    ),
    Action.CONFIRM_REQUEST: _RECEIVED,
    Action.SUBMIT: _RECEIVED,
    Action.REGISTER_PAPER: (*_state("case.registered_from_paper"), Telling(Circle.INTAKE, "case.new_request")),
    Action.PROPOSE_REQUEST: _state("case.proposed_to_state"),
    Action.DISCARD: _state("case.discarded"),
    Action.PURGE: _state("case.purged"),
    Action.TAKE_UP: _state("case.taken_up"),
    Action.RETURN_FOR_INFORMATION: _state("case.questions"),
    Action.ANSWER: (Telling(Circle.INTAKE, "case.answered"), Telling(Circle.OFFICER, "case.answered")),
    Action.LAPSE_UNANSWERED: _state("case.lapsed"),
    Action.REVIVE: (Telling(Circle.INTAKE, "case.revived"),),
    Action.ACCEPT: (*_state("case.accepted"), Telling(Circle.OFFICER, "case.yours_to_assess")),
    Action.SUPPLY: (*_state("case.supplied"), Telling(Circle.LIAISONS, "case.supplied_under_standing")),
    Action.PROPOSE_OUTCOME: (Telling(Circle.CHIEF, "case.outcome_proposed"),),
    Action.CONFIRM_URGENCY: (
        Telling(Circle.OFFICER, "case.urgency_confirmed"),
        Telling(Circle.INTAKE, "case.urgency_confirmed"),
    ),
    Action.RETURN_PROPOSAL: (
        Telling(Circle.OFFICER, "case.proposal_returned"),
        Telling(Circle.INTAKE, "case.proposal_returned"),
    ),
    Action.FIND_INELIGIBLE: (
        *_state("case.not_eligible"),
        Telling(Circle.OFFICER, "case.found_not_eligible"),
        Telling(Circle.INTAKE, "case.found_not_eligible"),
    ),
    Action.REFER: (
        *_state("case.referred"),
        Telling(Circle.OFFICER, "case.was_referred"),
        # whom the referral is copied to, see `copy_referral`
        Telling(Circle.COUNCIL, "case.referred_copy"),
    ),
    Action.PUT_FOR_DECISION: (Telling(Circle.CHIEF, "case.to_decide"),),
    Action.APPROVE: (
        *_state("case.approved"),
        Telling(Circle.OFFICER, "case.yours_to_plan"),
        Telling(Circle.LIAISONS, "case.was_approved"),
    ),
    Action.DECLINE: (
        *_state("case.declined"),
        Telling(Circle.OFFICER, "case.was_declined"),
        Telling(Circle.LIAISONS, "case.was_declined"),
    ),
    Action.SEND_BACK: (Telling(Circle.OFFICER, "case.sent_back"),),
    Action.ASK_RECONSIDERATION: (
        *_state("case.reconsideration_received", actor_too=True),
        Telling(Circle.CHIEF, "case.reconsideration_asked"),
    ),
    Action.RECONSIDER: (*_state("case.reconsidered"), Telling(Circle.OFFICER, "case.yours_to_assess")),
    Action.REASSESS: (*_state("case.reassessed"), Telling(Circle.OFFICER, "case.to_assess_anew")),
    Action.PROPOSE_PLAN: _state("case.plan_proposed"),
    Action.REQUEST_PLAN_CHANGES: (Telling(Circle.OFFICER, "case.plan_changes_asked"),),
    Action.AGREE_PLAN: (
        *_state("case.plan_agreed"),
        Telling(Circle.OFFICER, "case.was_scheduled"),
        Telling(Circle.PROGRAMME_SUPPORT, "case.was_scheduled"),
        Telling(Circle.LIAISONS, "case.was_scheduled"),
    ),
    Action.MOVE_ACTIVITY: _state("case.move_proposed"),
    Action.ANSWER_MOVE: (Telling(Circle.OFFICER, "case.move_answered"),),
    Action.LAPSE_PLAN: (*_state("case.plan_lapsed"), Telling(Circle.LIAISONS, "case.plan_lapsed")),
    Action.RESCHEDULE: (*_state("case.rescheduled"), Telling(Circle.LIAISONS, "case.rescheduled")),
    Action.HOLD: (
        *_state("case.on_hold"),
        Telling(Circle.OFFICER, "case.was_held"),
        Telling(Circle.CHIEF, "case.was_held"),
        Telling(Circle.PROGRAMME_SUPPORT, "case.was_held"),
    ),
    Action.ALLOCATE: (Telling(Circle.OFFICER, "case.allocated"), Telling(Circle.CHIEF, "case.allocated")),
    Action.APPROVE_ALLOCATION: (Telling(Circle.OFFICER, "case.allocation_decided"),),
    Action.RESUME_PLANNING: (
        *_state("case.resumed"),
        Telling(Circle.OFFICER, "case.was_resumed"),
        Telling(Circle.PROGRAMME_SUPPORT, "case.was_resumed"),
    ),
    Action.RESUME_REVIEW: (*_state("case.resumed"), Telling(Circle.OFFICER, "case.was_resumed")),
    Action.DISCONTINUE: (
        *_state("case.discontinued"),
        Telling(Circle.OFFICER, "case.was_discontinued"),
        Telling(Circle.PROGRAMME_SUPPORT, "case.was_discontinued"),
        Telling(Circle.COUNCIL, "case.was_discontinued"),
    ),
    Action.MERGE: (*_state("case.merged"), Telling(Circle.OFFICER, "case.merged")),
    Action.UNMERGE: (*_state("case.unmerged"), Telling(Circle.INTAKE, "case.to_screen_again")),
    Action.ASSIGN: (Telling(Circle.OFFICER, "case.assigned"),),
    Action.ASK_STATE: _state("case.question"),
    Action.ANSWER_QUESTION: (Telling(Circle.OFFICER, "case.question_answered"),),
    Action.DEEM_NO_OBJECTION: (
        Telling(Circle.OFFICER, "case.deemed_no_objection"),
        Telling(Circle.LIAISONS, "case.deemed_no_objection"),
    ),
    Action.CONSULT: (Telling(Circle.NAMED, "case.consultation"), *_state("case.in_consultation")),
    Action.REVISE: (Telling(Circle.LIAISONS, "case.consultation_revised"),),
    Action.GIVE_POSITION: (Telling(Circle.OFFICER, "case.position_given"),),
    Action.RECORD_POSITION: (Telling(Circle.NAMED, "case.position_recorded"),),
    Action.ASK_MORE_TIME: (Telling(Circle.OFFICER, "case.more_time_asked"),),
    Action.WITHDRAW_OBJECTION: (Telling(Circle.OFFICER, "case.objection_withdrawn"),),
    Action.PROCEED_WITHOUT: (
        Telling(Circle.NAMED, "case.proceeded_without"),
        Telling(Circle.OFFICER, "case.went_on_without"),
    ),
    Action.START_DELIVERY: _state("case.delivery_started"),
    Action.REPORT_DELIVERED: _state("case.delivered"),
    Action.CORRECT_COUNT: _state("case.participants_corrected"),
    Action.CONFIRM_DELIVERY: (
        *_state("case.to_evaluate", actor_too=True),
        Telling(Circle.OFFICER, "case.delivery_confirmed"),
    ),
    Action.DEEM_DELIVERY_CONFIRMED: (
        *_state("case.delivery_deemed"),
        Telling(Circle.OFFICER, "case.was_deemed_confirmed"),
    ),
    Action.CONTEST_DELIVERY: (
        Telling(Circle.OFFICER, "case.delivery_contested"),
        Telling(Circle.CHIEF, "case.delivery_contested"),
    ),
    Action.EVALUATE: (Telling(Circle.OFFICER, "case.evaluated"),),
    Action.ANSWER_LOOK_BACK: (Telling(Circle.OFFICER, "case.looked_back"),),
    Action.FOLLOW_RECOMMENDATION: (Telling(Circle.OFFICER, "case.recommendation_followed"),),
    Action.CLOSE: (
        *_state("case.closed"),
        Telling(Circle.OFFICER, "case.was_closed"),
        Telling(Circle.LIAISONS, "case.was_closed"),
    ),
    Action.REOPEN: (
        *_state("case.reopened"),
        Telling(Circle.OFFICER, "case.was_reopened"),
        Telling(Circle.CHIEF, "case.was_reopened"),
    ),
    Action.ANSWER_PARTICIPATION: (
        Telling(Circle.OFFICER, "case.participation_answered"),
        *_state("case.participation_answered"),
    ),
    Action.WITHDRAW: (
        *_state("case.withdrawn", actor_too=True),
        Telling(Circle.INTAKE, "case.withdrawn"),
        Telling(Circle.OFFICER, "case.withdrawn"),
    ),
}


#: Notices that say until when the case waits for their reader: the date that the projection has just computed, unless
#: the step names another.
WITH_DUE = frozenset(
    {
        "case.please_confirm",
        "case.questions",
        "case.question",
        "case.outcome_proposed",
        "case.to_decide",
        "case.plan_proposed",
        "case.plan_changes_asked",
        "case.delivered",
        "case.to_evaluate",
        "case.delivery_deemed",
    }
)
