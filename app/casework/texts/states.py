"""Words for where a request stands, for the State that asks and for those who work on it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.workflow.vocabulary import LimitKey, Party, Phase, Role, State

S = State

STATE = {
    S.DRAFT: _l("Draft"),
    S.AWAITING_MISSION: _l("With the Permanent Mission"),
    S.SUBMITTED: _l("New"),
    S.SCREENING: _l("In screening"),
    S.RETURNED: _l("Returned for information"),
    S.IN_REVIEW: _l("In review"),
    S.IN_COORDINATION: _l("In consultation"),
    S.DECISION: _l("Awaiting decision"),
    S.PLANNING: _l("In planning"),
    S.ON_HOLD: _l("On hold"),
    S.SCHEDULED: _l("Scheduled"),
    S.IN_DELIVERY: _l("In delivery"),
    S.DELIVERED: _l("Delivered"),
    S.EVALUATION: _l("In evaluation"),
    S.CLOSED: _l("Closed"),
    S.NOT_ELIGIBLE: _l("Not eligible"),
    S.DECLINED: _l("Declined"),
    S.REFERRED: _l("Referred"),
    S.MERGED: _l("Merged"),
    S.WITHDRAWN: _l("Withdrawn"),
    S.DISCONTINUED: _l("Discontinued"),
    S.LAPSED: _l("Lapsed"),
    S.DISCARDED: _l("Discarded"),
}

PHASE = {
    Phase.PREPARING: _l("Preparing"),
    Phase.WITH_MISSION: _l("With your Permanent Mission"),
    Phase.RECEIVED: _l("Received"),
    Phase.BEING_ASSESSED: _l("Being assessed"),
    Phase.IN_CONSULTATION: _l("In consultation"),
    Phase.AWAITING_DECISION: _l("Awaiting decision"),
    Phase.BEING_PLANNED: _l("Being planned"),
    Phase.AGREED: _l("Agreed"),
    Phase.UNDER_WAY: _l("Under way"),
    Phase.BEING_EVALUATED: _l("Being evaluated"),
    Phase.ENDED: _l("Ended"),
}

#: The phases in the words of those who work on the case, where they differ.
PHASE_FOR_STAFF = {**PHASE, Phase.WITH_MISSION: STATE[S.AWAITING_MISSION]}

#: What happens now, told to the State.
NOW_FOR_STATE = {
    S.DRAFT: _l("The request is being prepared. Nobody outside your State can see it."),
    S.AWAITING_MISSION: _l(
        "Your Permanent Mission has the request and confirms it, or returns it with what to change."
    ),
    S.SUBMITTED: _l("Your request has been received. An intake officer takes it up."),
    S.SCREENING: _l("An intake officer checks that the request is complete and can be taken on."),
    S.RETURNED: _l("The Terrorism Prevention Branch has questions. Please answer them so that the work can go on."),
    S.IN_REVIEW: _l("A case officer assesses what is needed."),
    S.IN_COORDINATION: _l("The Counter-Terrorism Committee is being consulted, as the resolution asks."),
    S.DECISION: _l("The chief of the Branch decides on the request."),
    S.PLANNING: _l("The assistance is being planned with you."),
    S.ON_HOLD: _l("The request rests. Your case officer can tell you why and for how long."),
    S.SCHEDULED: _l("The plan is agreed. The first activity is being prepared."),
    S.IN_DELIVERY: _l("The assistance is under way."),
    S.DELIVERED: _l("The assistance was delivered. Please confirm it, or say what is missing."),
    S.EVALUATION: _l("Please evaluate the assistance. Your answers improve what follows."),
    S.CLOSED: _l("The request is closed."),
    S.NOT_ELIGIBLE: _l("The request could not be taken on. The letter says why and what would make it eligible."),
    S.DECLINED: _l("The request was declined. The letter says why."),
    S.REFERRED: _l("The request was passed on to another provider, as you agreed."),
    S.MERGED: _l("The request was joined with another request of your State."),
    S.WITHDRAWN: _l("Your State withdrew the request."),
    S.DISCONTINUED: _l("The assistance was ended before it was complete."),
    S.LAPSED: _l(
        "The request lapsed because no answer came. You can revive it under the same number within 12 months."
    ),
    S.DISCARDED: _l("The draft was discarded."),
}

#: What happens now, told to the people at TPB and the bodies consulted.
NOW_FOR_STAFF = {
    S.DRAFT: _l("The State is preparing the request."),
    S.AWAITING_MISSION: _l("The Permanent Mission has the request."),
    S.SUBMITTED: _l("The request waits for an intake officer."),
    S.SCREENING: _l("The intake officer judges the eight eligibility checks."),
    S.RETURNED: _l("The State has questions to answer. The clock stands still."),
    S.IN_REVIEW: _l("The case officer assesses the request."),
    S.IN_COORDINATION: _l("The bodies that must be consulted have the request."),
    S.DECISION: _l("The chief of the Branch has the request for decision."),
    S.PLANNING: _l("The response plan is being drawn up and agreed."),
    S.ON_HOLD: _l("The request is on hold. The clock stands still."),
    S.SCHEDULED: _l("The plan is agreed and funded."),
    S.IN_DELIVERY: _l("Activities are under way."),
    S.DELIVERED: _l("The State has the delivery to confirm."),
    S.EVALUATION: _l("The State has the evaluation to fill in."),
    S.CLOSED: _l("The request is closed."),
    S.NOT_ELIGIBLE: _l("The request was found not eligible."),
    S.DECLINED: _l("The request was declined."),
    S.REFERRED: _l("The request was referred to another provider."),
    S.MERGED: _l("The request was merged into another."),
    S.WITHDRAWN: _l("The State withdrew the request."),
    S.DISCONTINUED: _l("The assistance was discontinued."),
    S.LAPSED: _l("The request lapsed unanswered. The State may revive it within 12 months."),
    S.DISCARDED: _l("The draft was discarded."),
}

#: What comes after the state; ended states have nothing to come.
THEN = {
    S.DRAFT: _l("Your Permanent Mission confirms the request"),
    S.AWAITING_MISSION: _l("The request gets its number and is received"),
    S.SUBMITTED: _l("Screening, within 5 working days"),
    S.SCREENING: _l("A case officer assesses the request"),
    S.RETURNED: _l("Screening goes on"),
    S.IN_REVIEW: _l("Consultation of the Counter-Terrorism Committee"),
    S.IN_COORDINATION: _l("Decision of the chief of the Branch"),
    S.DECISION: _l("Planning of the assistance"),
    S.PLANNING: _l("Delivery as agreed in the plan"),
    S.ON_HOLD: _l("The work goes on once the cause has gone"),
    S.SCHEDULED: _l("The first activity"),
    S.IN_DELIVERY: _l("The State confirms the delivery"),
    S.DELIVERED: _l("Evaluation"),
    S.EVALUATION: _l("The request is closed"),
}

PARTY = {
    Party.STATE: _l("The requesting State"),
    Party.TPB: _l("Terrorism Prevention Branch"),
    Party.CTC_CTED: _l("Counter-Terrorism Committee"),
    Party.OLA: _l("Office of Legal Affairs"),
    Party.PARTNER: _l("Partner organization"),
    Party.OTHER_STATE: _l("Participating State"),
    Party.FUNDING: _l("Funding"),
    Party.NOBODY: _l("Nobody"),
}

ROLE = {
    Role.FOCAL_POINT: _l("Focal point"),
    Role.MISSION: _l("Permanent Mission"),
    Role.INTAKE_OFFICER: _l("Intake officer"),
    Role.CASE_OFFICER: _l("Case officer"),
    Role.BRANCH_CHIEF: _l("Chief of the Branch"),
    Role.PROGRAMME_SUPPORT: _l("Programme support"),
    Role.CTC_LIAISON: _l("CTC/CTED liaison"),
    Role.OLA_LIAISON: _l("Legal Affairs liaison"),
    Role.MANAGER: _l("Manager"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.SYSTEM: _l("Scheduler"),
}

LIMIT = {
    LimitKey.PURGE: _l("Draft kept"),
    LimitKey.MISSION: _l("Confirmation by the Permanent Mission"),
    LimitKey.TAKE_UP: _l("Take up"),
    LimitKey.SCREEN: _l("Screening"),
    LimitKey.ANSWER: _l("Answer of the State"),
    LimitKey.LAPSE: _l("Request lapses"),
    LimitKey.ASSESS: _l("Assessment"),
    LimitKey.CTC: _l("Position of CTC/CTED"),
    LimitKey.OLA: _l("Position of Legal Affairs"),
    LimitKey.PARTNER: _l("Answer of the partner"),
    LimitKey.OUTCOME: _l("Decision on the proposal"),
    LimitKey.DECIDE: _l("Decision"),
    LimitKey.PLAN: _l("Response plan"),
    LimitKey.PLAN_ANSWER: _l("Answer to the plan"),
    LimitKey.PARTICIPATION: _l("Answer of the participating State"),
    LimitKey.HOLD_REVIEW: _l("Review of the hold"),
    LimitKey.HOLD_ASK: _l("State asked to keep or withdraw"),
    LimitKey.REPORT: _l("Report on delivery"),
    LimitKey.CONFIRM: _l("Confirmation of delivery"),
    LimitKey.EVALUATE: _l("Evaluation"),
    LimitKey.LOOK_BACK: _l("Look back"),
}

#: The same while a question stops the work, whatever the state.
QUESTION = {
    "now_for_state.question": _l(
        "The Terrorism Prevention Branch has a question and can only go on once you have answered. Its clock stands "
        "still meanwhile."
    ),
    "now_for_staff.question": _l("The State has a question to answer that stops the work. The clock stands still."),
    "then.question": _l("The work goes on where it stopped"),
}


def table() -> dict[str, LazyString]:
    """Return the words by code: `state.draft`, `phase.received`, `now_for_state.draft` and so on."""
    groups: dict[str, Mapping[Any, LazyString]] = {
        "state": STATE,
        "phase": PHASE,
        "phase_for_staff": PHASE_FOR_STAFF,
        "now_for_state": NOW_FOR_STATE,
        "now_for_staff": NOW_FOR_STAFF,
        "then": THEN,
        "party": PARTY,
        "role": ROLE,
        "limit": LIMIT,
    }
    return {f"{name}.{code.value}": words for name, group in groups.items() for code, words in group.items()}
