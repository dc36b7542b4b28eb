"""Words of the queue and of screening."""

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts
from app.workflow.vocabulary import EligibilityCheck as E
from app.workflow.vocabulary import LimitKey, Party, State

S = State

#: The eight checks as statements: "yes" is always the answer that passes (requests, Eligibility).
CHECK_TEXTS = {
    E.E1: _l("It came through an official channel and is authenticated"),
    E.E2: _l("It comes from a Member State"),
    E.E3: _l("Its subject lies inside paragraphs 4 to 10 of the resolution"),
    E.E4: _l("It asks for no operation, intelligence, equipment or funding of security operations"),
    E.E5: _l("The State agreed to share it with the Counter-Terrorism Committee"),
    E.E6: _l("It does not repeat another request"),
    E.E7: _l("The human-rights questions are answered"),
    E.E8: _l("The minimum facts for its types of assistance are there"),
}

#: What whoever has the case does next, in the words of those who work on it.
NEXT_STEPS = {
    S.SUBMITTED: _l("Take up"),
    S.SCREENING: _l("Judge the eight checks"),
    S.RETURNED: _l("Answer the questions"),
    S.IN_REVIEW: _l("Assess"),
    S.IN_COORDINATION: _l("Give positions"),
    S.DECISION: _l("Decide"),
    S.PLANNING: _l("Agree on a plan"),
    S.ON_HOLD: _l("Remove the cause of the hold"),
    S.SCHEDULED: _l("Begin the first activity"),
    S.IN_DELIVERY: _l("Deliver"),
    S.DELIVERED: _l("Confirm the delivery"),
    S.EVALUATION: _l("Evaluate"),
}
#: While a proposal waits for the chief, whatever the state.
DECIDE_ON_PROPOSAL = _l("Decide on the proposal")
#: What comes next while one of these limits is the next that ends, whatever the state.
STEPS_OF_LIMITS = {
    LimitKey.OUTCOME: DECIDE_ON_PROPOSAL,
    LimitKey.HOLD_REVIEW: _l("Look again whether the cause of the hold has gone"),
}

#: Who has a case, short enough for a column.
SHORT_PARTIES = {
    Party.STATE: _l("State"),
    Party.TPB: _l("TPB"),
    Party.CTC_CTED: _l("CTC/CTED"),
    Party.OLA: _l("OLA"),
    Party.PARTNER: _l("Partner"),
    Party.OTHER_STATE: _l("Participating State"),
    Party.FUNDING: _l("Funding"),
    Party.NOBODY: _l("Nobody"),
}

_ERRORS = {
    "remark_needed": _l("Say in a remark why the answer is no"),
    "reason_needed": _l("Choose why the answer is no"),
    "differs_needs_remark": _l("The record says otherwise. Say in a remark why the check passes all the same"),
    "no_consent_in_force": _l("This check passes only while the consent of the State is in force"),
    "supply.not_published": _l("One of the tools is not in the library any more. Choose again"),
    "supply.tools_needed": _l("Choose at least one tool: the request asks for tools"),
    "supply.course_needed": _l("Name the course: the request asks for an online course"),
    "supply.cost_too_high": _l(
        "In the fast lane the cost must be below %(limit)s US dollars. Accept the request instead"
    ),
    "supply.address_needed": _l("Enter the address to which the printed copies go"),
    "officer_same": _l("This officer has the request already. Choose another one"),
    "questions_needed": _l("Enter at least one question"),
    "too_many_questions": _l("Ask at most %(most)s questions at once"),
    "part_needed": _l("Choose the part of the request that the question is about, or “other”"),
    "too_many_views": _l("You have %(most)s views already. Delete one first"),
    "bulk_ended": _l("It has ended"),
    "bulk_not_now": _l("It cannot be assigned in its present state, or not by you"),
    "search_empty": _l("Enter at least one letter or digit"),
    "search_too_long": _l("Search for at most %(most)s words at once"),
    "merge_number_needed": _l("Enter the number of the request that goes on, such as TPB-2026-0001"),
    "merge_number_form": _l("Enter a number such as TPB-2026-0001"),
    "merge_target_missing": _l("There is no request with this number"),
    "list_changed": _l("This part of the list is no longer there. The list starts again from its beginning"),
}

register_texts({f"check.{code.value}": words for code, words in CHECK_TEXTS.items()})
register_texts(_ERRORS)
