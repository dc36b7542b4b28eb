"""Words for what may be done (the button) and for what was done (the history)."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.workflow.vocabulary import Action, Mark

A = Action


#: (button, history)
WORDS: dict[A, tuple[LazyString, LazyString]] = {
    A.SEND_TO_MISSION: (_l("Send to your Permanent Mission"), _l("Sent to the Permanent Mission")),
    A.RETURN_TO_DRAFT: (_l("Return for changes"), _l("Returned to draft for changes")),
    A.CONFIRM_REQUEST: (_l("Confirm and submit"), _l("Confirmed by the Permanent Mission and submitted")),
    A.SUBMIT: (_l("Submit the request"), _l("Submitted")),
    A.DISCARD: (_l("Discard the draft"), _l("Draft discarded")),
    A.PURGE: (_l("Remove the draft"), _l("Draft removed because nobody touched it for 180 days")),
    A.TAKE_UP: (_l("Take up"), _l("Taken up for screening")),
    A.RETURN_FOR_INFORMATION: (_l("Return for information"), _l("Returned with questions")),
    A.ANSWER: (_l("Answer the questions"), _l("Questions answered")),
    A.LAPSE_UNANSWERED: (_l("Let the request lapse"), _l("Lapsed because no answer came")),
    A.REVIVE: (_l("Revive the request"), _l("Revived")),
    A.ACCEPT: (_l("Accept for review"), _l("Accepted for review")),
    A.SUPPLY: (_l("Supply"), _l("Supplied in the fast lane")),
    A.FIND_INELIGIBLE: (_l("Find not eligible"), _l("Found not eligible")),
    A.MERGE: (_l("Merge"), _l("Merged into another request")),
    A.UNMERGE: (_l("Undo the merge"), _l("Merge undone")),
    A.REFER: (_l("Refer"), _l("Referred to another provider")),
    A.CONSULT: (_l("Open consultation"), _l("Sent for consultation")),
    A.REVISE: (_l("Revise"), _l("Taken back for revision")),
    A.PUT_FOR_DECISION: (_l("Put for decision"), _l("Put for decision")),
    A.DECLINE: (_l("Decline"), _l("Declined")),
    A.APPROVE: (_l("Approve"), _l("Approved")),
    A.SEND_BACK: (_l("Send back"), _l("Sent back to review")),
    A.RECONSIDER: (_l("Reconsider"), _l("Taken up again for reconsideration")),
    A.AGREE_PLAN: (_l("Agree to the plan"), _l("Plan agreed")),
    A.LAPSE_PLAN: (_l("Let the plan lapse"), _l("Lapsed because the plan was not answered")),
    A.REASSESS: (_l("Reassess"), _l("Sent back for a new assessment")),
    A.HOLD: (_l("Put on hold"), _l("Put on hold")),
    A.RESUME_PLANNING: (_l("Resume planning"), _l("Planning resumed")),
    A.RESUME_REVIEW: (_l("Resume review"), _l("Review resumed")),
    A.RESCHEDULE: (_l("Reschedule"), _l("Sent back to planning")),
    A.START_DELIVERY: (_l("Start delivery"), _l("Delivery started")),
    A.REPORT_DELIVERED: (_l("Report as delivered"), _l("Reported as delivered")),
    A.CONFIRM_DELIVERY: (_l("Confirm the delivery"), _l("Delivery confirmed")),
    A.DEEM_DELIVERY_CONFIRMED: (_l("Deem confirmed"), _l("Delivery deemed confirmed")),
    A.CONTEST_DELIVERY: (_l("Say what is missing"), _l("Delivery contested")),
    A.CLOSE: (_l("Close"), _l("Closed")),
    A.REOPEN: (_l("Reopen"), _l("Reopened")),
    A.DISCONTINUE: (_l("Discontinue"), _l("Discontinued")),
    A.WITHDRAW: (_l("Withdraw the request"), _l("Withdrawn by the State")),
    A.DRAFT_REQUEST: (_l("Start a request"), _l("Draft started")),
    A.REGISTER_PAPER: (_l("Register a paper request"), _l("Registered from paper")),
    A.PROPOSE_REQUEST: (_l("Propose a request"), _l("Proposed to the State")),
    A.REQUEST_FOLLOW_UP: (_l("Request a follow-up"), _l("Follow-up started")),
    A.EDIT_DRAFT: (_l("Continue the draft"), _l("Draft changed")),
    A.ASSIGN: (_l("Assign a case officer"), _l("Case officer assigned")),
    A.WRITE: (_l("Write a message"), _l("Message written")),
    A.ATTACH: (_l("Add a document"), _l("Document added")),
    A.ASK_STATE: (_l("Ask the State"), _l("Question asked")),
    A.ANSWER_QUESTION: (_l("Answer"), _l("Question answered")),
    A.ASSESS: (_l("Assess"), _l("Assessment signed")),
    A.CONFIRM_URGENCY: (_l("Confirm the urgency"), _l("Urgency confirmed by the chief")),
    A.PROPOSE_OUTCOME: (_l("Propose an outcome"), _l("Outcome proposed")),
    A.RETURN_PROPOSAL: (_l("Send the proposal back"), _l("Proposal sent back by the chief")),
    A.GIVE_POSITION: (_l("Give a position"), _l("Position given")),
    A.ASK_MORE_TIME: (_l("Ask for more time"), _l("More time asked")),
    A.WITHDRAW_OBJECTION: (_l("Withdraw the objection"), _l("Objection withdrawn")),
    A.RECORD_POSITION: (_l("Record a position"), _l("Position recorded")),
    A.DEEM_NO_OBJECTION: (_l("Deem no objection"), _l("Deemed no objection")),
    A.PROCEED_WITHOUT: (_l("Proceed without an answer"), _l("Proceeded without an answer")),
    A.DRAFT_PLAN: (_l("Draft the plan"), _l("Plan drafted")),
    A.PROPOSE_PLAN: (_l("Propose the plan"), _l("Plan proposed")),
    A.REQUEST_PLAN_CHANGES: (_l("Ask for changes to the plan"), _l("Changes to the plan asked")),
    A.ANSWER_PARTICIPATION: (_l("Answer the invitation"), _l("Participation answered")),
    A.RECORD_ACTIVITY: (_l("Record an activity"), _l("Activity recorded")),
    A.MOVE_ACTIVITY: (_l("Move an activity"), _l("Other dates proposed for an activity")),
    A.ANSWER_MOVE: (_l("Answer the moved dates"), _l("Moved dates answered")),
    A.ALLOCATE: (_l("Allocate money"), _l("Money allocated")),
    A.CORRECT_COUNT: (_l("Correct the numbers of participants"), _l("Numbers of participants corrected")),
    A.RECOMMEND: (_l("Recommend"), _l("Recommendation listed")),
    A.FOLLOW_RECOMMENDATION: (_l("Follow up a recommendation"), _l("Recommendation followed up")),
    A.APPROVE_ALLOCATION: (_l("Approve an allocation"), _l("Allocation approved or refused by a second person")),
    A.EVALUATE: (_l("Evaluate"), _l("Evaluated by the State")),
    A.ANSWER_LOOK_BACK: (_l("Look back"), _l("The State looked back")),
    A.ASK_RECONSIDERATION: (_l("Ask for reconsideration"), _l("Reconsideration asked")),
    A.GIVE_CONSENT: (_l("Give consent"), _l("Consent given")),
    A.WITHDRAW_CONSENT: (_l("Withdraw consent"), _l("Consent withdrawn")),
}

MARKS: dict[Mark, LazyString] = {
    Mark.NOTICE_DELIVERED: _l("Notice delivered"),
    Mark.PARTNER_ANSWERED: _l("A partner answered"),
    Mark.PARTICIPATION_ASKED: _l("Participation asked"),
    Mark.PARTICIPATION_CLOSED: _l("Invitation taken back"),
    Mark.PLAN_TAKEN_BACK: _l("Plan taken back to be changed"),
    Mark.ACTIVITY_ENDED: _l("Activity ended"),
    Mark.MERGED_IN: _l("Another request merged into this one"),
    Mark.MERGE_UNDONE: _l("Merge of another request undone"),
}


def table() -> dict[str, LazyString]:
    """Return the words by code: `action.submit` for the button, `done.submit` for the history."""
    found = {f"action.{action.value}": button for action, (button, _) in WORDS.items()}
    found |= {f"done.{action.value}": done for action, (_, done) in WORDS.items()}
    return found | {f"done.{mark.value}": done for mark, done in MARKS.items()}
