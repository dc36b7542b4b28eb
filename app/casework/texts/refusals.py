"""Words for why something cannot be done now: what to do first, in one sentence."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.workflow.refusals import RefusalCode as R

REFUSAL: dict[R, LazyString] = {
    R.ACTIVITIES_OPEN: _l("Record for each activity that it was held, or cancel it with a reason."),
    R.ALLOCATION_NOT_PROPOSED: _l("No allocation waits for a second person."),
    R.ASSESSMENT_INCOMPLETE: _l("Complete the assessment first."),
    R.ASSESSMENT_NOT_SIGNED: _l("Sign the assessment first."),
    R.CANCELLED_WITHOUT_REASON: _l("Give a reason for each cancelled activity."),
    R.CAUSE_NOT_GONE: _l("The cause of the hold has not gone yet."),
    R.CHECKS_NOT_PASSED: _l("All eight eligibility checks must be judged and passed first."),
    R.CONSULTATION_OPEN: _l("A consultation is still open."),
    R.CONTENT_INCOMPLETE: _l("Answers that are needed for sending are still missing. The task list shows which."),
    R.CONTENT_OPEN: _l(
        "Answers of the request are still missing: %(fields)s. The case officer asks the State for them."
    ),
    R.CTC_CONSENT_MISSING: _l("The State must first agree to share the request with the Counter-Terrorism Committee."),
    R.CTC_NOT_CLEARED: _l("The consultation of CTC/CTED must be closed without objection first."),
    R.DISCLOSURE_NOT_AGREED: _l("The host State has not agreed to tell the other State yet."),
    R.FAST_LANE_COST: _l("The cost is above the limit of the fast lane."),
    R.FAST_LANE_NO_STANDING: _l("CTC/CTED has given no standing no-objection for this type."),
    R.FAST_LANE_TYPES: _l("Only tools and online courses can be supplied in the fast lane."),
    R.LIMIT_NOT_PASSED: _l("The time for an answer has not run out yet."),
    R.MERGE_OTHER_STATE: _l("Only requests of the same State can be merged."),
    R.MERGE_SAME_CASE: _l("A request cannot be merged into itself."),
    R.MERGE_TARGET_ENDED: _l("The other request has ended."),
    R.MORE_TIME_USED: _l("More time was given once already."),
    R.NOBODY_TO_LEAVE_OUT: _l("No consultation is open that can be closed without an answer."),
    R.NOTHING_BEGUN: _l("No activity has begun yet."),
    R.NOTHING_CALLS_FOR_REVISION: _l("No objection or comment calls for a revision."),
    R.NOTHING_TO_ANSWER: _l("There is no question to answer."),
    R.NOTHING_TO_FOLLOW: _l("Nothing was recommended."),
    R.NOTHING_TO_LOOK_BACK: _l("Your State is not asked for a look back now."),
    R.NOT_ADOPTED: _l("Somebody else proposed this draft. Your State must adopt it first."),
    R.NOT_APPROVED_BEFORE: _l("The request was not approved before the hold."),
    R.NOT_EVALUATED: _l("The State has not evaluated yet, and its time has not run out."),
    R.NOT_PAST_LAST_LIMIT: _l("The last limit of the consultation has not passed yet."),
    R.NOT_SILENT: _l("The body has answered, or may still answer."),
    R.NO_CONSULTATION_OPEN: _l("No consultation is open."),
    R.NO_MOVE_WAITING: _l("No moved date waits for an answer."),
    R.NO_OBJECTION_STANDING: _l("No objection stands."),
    R.NO_OFFICER: _l("Assign a case officer first."),
    R.NO_OUTCOME_PENDING: _l("No proposal waits for the chief."),
    R.NO_PLAN: _l("A draft plan is needed first."),
    R.OBJECTION_STANDING: _l("An objection stands."),
    R.OUTCOME_INCOMPLETE: _l("The proposal is not complete."),
    R.OUTCOME_NOT_PROPOSED: _l("An officer must propose this outcome first."),
    R.OUTCOME_PENDING: _l("A proposal waits for the chief already."),
    R.PARENT_STATE: _l("A follow-up can be asked for once the request is delivered, evaluated, closed or lapsed."),
    R.PARTICIPANTS_NOT_COUNTED: _l("Count the participants of each activity first."),
    R.PARTICIPATION_MISSING: _l("Not every participating State has consented."),
    R.PLAN_ANSWERED: _l("The State has answered this version of the plan. Change it first; that begins a new version."),
    R.PLAN_INCOMPLETE: _l("The plan is not complete."),
    R.PLAN_NOT_PROPOSED: _l("This version of the plan was not proposed to the State."),
    R.PLAN_PROPOSED: _l("The plan lies with the State."),
    R.PLAN_UNFUNDED: _l("The plan is not funded yet."),
    R.POSITION_CORRECTABLE: _l("A body can still correct what was recorded for it; it may confirm it before."),
    R.QUESTIONS_OPEN: _l("Answer every question, or say why it cannot be answered."),
    R.RECOMMENDATIONS_INCOMPLETE: _l("Each recommendation needs an owner and a date."),
    R.RECOMMENDATIONS_NOT_LISTED: _l("List the recommendations first."),
    R.RECONSIDERATION_ASKED: _l("Your State asked for reconsideration. The chief of the Branch has what it wrote."),
    R.RECONSIDERATION_NOT_ASKED: _l("The State has not asked for reconsideration."),
    R.RECONSIDERATION_USED: _l("The request was reconsidered once already."),
    R.REMINDERS_NOT_DELIVERED: _l("Two reminders must have been delivered first."),
    R.SAME_OFFICER: _l("Another officer must be assigned first."),
    R.STATE_NOT_AGREED: _l("The State has not agreed."),
    R.URGENCY_CONFIRMED: _l("The urgency was confirmed already."),
    R.URGENCY_NOT_ASKED: _l("The State named no dated event that makes the request urgent."),
    R.VISIT_CONSENT_MISSING: _l("Each joint visit needs its own dated consent."),
    R.WAS_APPROVED: _l("The request was approved before the hold."),
    R.WINDOW_CLOSED: _l("The time in which this was possible has passed."),
}


def table() -> dict[str, LazyString]:
    """Return the words by code: `refusal.no_officer`."""
    return {f"refusal.{code.value}": words for code, words in REFUSAL.items()}
