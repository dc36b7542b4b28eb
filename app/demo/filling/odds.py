"""How likely a step is, how long it is waited for, and where cases of a filled demo come to rest."""

from __future__ import annotations

from typing import Final

from app.workflow.definition import PROCESS
from app.workflow.states import ENDED
from app.workflow.vocabulary import Action, Mark, State

A, S = Action, State

#: How likely a step is beside others from the same state; one that is not named here is as likely as any.
ODDS: Final[dict[Action, float]] = {
    # tools are supplied out of a library, and a merge that is undone is two steps of two histories: a play of the demo
    # shows both
    A.SUPPLY: 0.0,
    A.UNMERGE: 0.0,
    A.SUBMIT: 0.3,
    A.RETURN_TO_DRAFT: 0.1,
    A.DISCARD: 0.05,
    A.PURGE: 0.02,
    A.ACCEPT: 3.0,
    A.RETURN_FOR_INFORMATION: 0.8,
    A.ANSWER: 3.0,
    A.CONSULT: 4.0,
    A.REVISE: 0.3,
    A.PUT_FOR_DECISION: 4.0,
    A.APPROVE: 4.0,
    A.SEND_BACK: 0.2,
    A.AGREE_PLAN: 4.0,
    A.REASSESS: 0.1,
    A.HOLD: 0.2,
    A.RESCHEDULE: 0.1,
    A.START_DELIVERY: 4.0,
    A.REPORT_DELIVERED: 4.0,
    A.CONFIRM_DELIVERY: 2.0,
    A.DEEM_DELIVERY_CONFIRMED: 0.4,
    A.CONTEST_DELIVERY: 0.15,
    A.REOPEN: 0.05,
    A.REVIVE: 0.2,
    A.RECONSIDER: 0.2,
}
#: How often a step may be in one history.
MOST: Final[dict[Action, int]] = {A.RECONSIDER: 1, A.REVIVE: 1, A.REOPEN: 1, A.HOLD: 1, A.RESCHEDULE: 1, A.REASSESS: 1}
MOST_ELSE: Final = 2

#: Days that usually pass before a step, act or mark; what is not named follows within the same days.
WAITS: Final[dict[Action | Mark, float]] = {
    A.SEND_TO_MISSION: 6,
    A.CONFIRM_REQUEST: 7,
    A.RETURN_TO_DRAFT: 5,
    A.SUBMIT: 9,
    A.DISCARD: 30,
    A.PURGE: 204,
    A.TAKE_UP: 2,
    A.RETURN_FOR_INFORMATION: 3,
    A.ANSWER: 18,
    A.LAPSE_UNANSWERED: 75,
    A.REVIVE: 40,
    A.ACCEPT: 2,
    A.MERGE: 3,
    A.FIND_INELIGIBLE: 5,
    A.REFER: 5,
    A.CONSULT: 3,
    A.REVISE: 4,
    A.PUT_FOR_DECISION: 4,
    A.DECLINE: 5,
    A.APPROVE: 5,
    A.SEND_BACK: 4,
    A.RECONSIDER: 12,
    A.AGREE_PLAN: 12,
    A.LAPSE_PLAN: 70,
    A.REASSESS: 15,
    A.HOLD: 9,
    A.RESUME_PLANNING: 45,
    A.RESUME_REVIEW: 45,
    A.RESCHEDULE: 10,
    A.START_DELIVERY: 1,
    A.REPORT_DELIVERED: 14,
    A.CONFIRM_DELIVERY: 14,
    A.DEEM_DELIVERY_CONFIRMED: 31,
    A.CONTEST_DELIVERY: 10,
    A.CLOSE: 6,
    A.REOPEN: 12,
    A.DISCONTINUE: 6,
    A.WITHDRAW: 8,
    A.EDIT_DRAFT: 1.5,
    A.ASK_STATE: 4,
    A.ANSWER_QUESTION: 12,
    A.ASSESS: 10,
    A.CONFIRM_URGENCY: 1,
    A.PROPOSE_OUTCOME: 3,
    A.GIVE_POSITION: 8,
    A.RECORD_POSITION: 9,
    A.ASK_MORE_TIME: 6,
    A.WITHDRAW_OBJECTION: 7,
    A.PROCEED_WITHOUT: 31,
    A.DRAFT_PLAN: 3,
    A.PROPOSE_PLAN: 9,
    A.REQUEST_PLAN_CHANGES: 9,
    A.ALLOCATE: 8,
    A.APPROVE_ALLOCATION: 2,
    A.RECOMMEND: 1,
    A.RECORD_ACTIVITY: 20,
    A.EVALUATE: 18,
    A.ASK_RECONSIDERATION: 25,
    A.WRITE: 1,
    Mark.NOTICE_DELIVERED: 1,
    Mark.ACTIVITY_ENDED: 4,
}

#: How many of a hundred cases are to be found where; the rest is closed. Every state is there.
SHARES: Final[dict[State, float]] = {
    S.DRAFT: 3,
    S.AWAITING_MISSION: 1.5,
    S.SUBMITTED: 2,
    S.SCREENING: 3,
    S.RETURNED: 3,
    S.IN_REVIEW: 6,
    S.IN_COORDINATION: 6,
    S.DECISION: 2,
    S.PLANNING: 6,
    S.ON_HOLD: 2.5,
    S.SCHEDULED: 4,
    S.IN_DELIVERY: 4,
    S.DELIVERED: 3,
    S.EVALUATION: 3,
    S.CLOSED: 29,
    S.NOT_ELIGIBLE: 4,
    S.DECLINED: 5,
    S.REFERRED: 3,
    S.MERGED: 2,
    S.WITHDRAWN: 3,
    S.DISCONTINUED: 2,
    S.LAPSED: 2,
    S.DISCARDED: 1,
}
#: For how many days a case usually has been in an open state: about as long as its limit is.
STANDS: Final[dict[State, float]] = {
    S.DRAFT: 40,
    S.AWAITING_MISSION: 7,
    S.SUBMITTED: 2,
    S.SCREENING: 4,
    S.RETURNED: 16,
    S.IN_REVIEW: 11,
    S.IN_COORDINATION: 8,
    S.DECISION: 5,
    S.PLANNING: 12,
    S.ON_HOLD: 60,
    S.SCHEDULED: 25,
    S.IN_DELIVERY: 20,
    S.DELIVERED: 15,
    S.EVALUATION: 16,
}


def _distances() -> dict[tuple[State, State], int]:
    """How many steps lie between two states at least, over the steps that a walk may take."""
    ways = {
        source: {
            step.target
            for step in PROCESS.steps
            # what was not approved goes back to review after a hold; what was approved comes nearer anyway
            if source in step.sources and ODDS.get(step.action, 1.0) > 0 and step.action is not A.RESUME_PLANNING
        }
        for source in State
    }
    found: dict[tuple[State, State], int] = {}
    for start in State:
        edge, distance = {start}, 0
        while edge:
            found.update({(start, one): distance for one in edge})
            distance += 1
            edge = {target for one in edge for target in ways[one]} - {end for begin, end in found if begin is start}
    return found


#: Least number of steps between two states that a walk can go; a pair that is absent cannot be gone.
DISTANCE: Final = _distances()
ENDINGS: Final = frozenset(ENDED)
