"""Rules from the first draft to the end of screening."""

from __future__ import annotations

from app.workflow.facts import CaseFacts, required
from app.workflow.guards.times import passed_with_reminders
from app.workflow.model import guard
from app.workflow.refusals import Refusal, RefusalCode
from app.workflow.vocabulary import AssistanceType, EligibilityCheck, LimitKey, Section

FAST_LANE_TYPES = frozenset({AssistanceType.TOOLS, AssistanceType.ONLINE_COURSE})


@guard()
def adopted(facts: CaseFacts) -> Refusal | None:
    """The State made a draft its own that somebody else proposed (Acts, propose_request)."""
    return Refusal(RefusalCode.NOT_ADOPTED) if facts.core.to_adopt else None


@guard(Section.CONTENT)
def complete_for_submission(facts: CaseFacts) -> Refusal | None:
    """Every field required at submission is there (Steps, send_to_mission)."""
    missing = required(facts.content, Section.CONTENT).missing_for_submission
    return Refusal(RefusalCode.CONTENT_INCOMPLETE, {"paths": missing}) if missing else None


@guard(Section.CONSENTS)
def ctc_consent_given(facts: CaseFacts) -> Refusal | None:
    """The State agreed to share with CTC: the resolution asks for coordination (1, 3, 4, 7)."""
    return None if required(facts.consents, Section.CONSENTS).ctc else Refusal(RefusalCode.CTC_CONSENT_MISSING)


@guard(of_case=True)
def urgency_asked(facts: CaseFacts) -> Refusal | None:
    """The State asks for urgent treatment, for which it must name a dated event (field list, need.urgency)."""
    return None if facts.core.asks_urgency else Refusal(RefusalCode.URGENCY_NOT_ASKED)


@guard(of_case=True)
def urgency_not_confirmed(facts: CaseFacts) -> Refusal | None:
    """The chief confirms the event once (Limits, urgent)."""
    return Refusal(RefusalCode.URGENCY_CONFIRMED) if facts.core.urgent else None


@guard(Section.CLOCK)
def untouched_and_warned(facts: CaseFacts) -> Refusal | None:
    """The draft rested for the whole limit and both warnings were delivered (Steps, purge)."""
    return passed_with_reminders(facts, LimitKey.PURGE)


@guard(Section.QUESTIONS, by_command=True)
def every_question_answered(facts: CaseFacts) -> Refusal | None:
    """Every question has an answer, or "cannot answer" with a reason; the answers may come with the command."""
    unanswered = required(facts.questions, Section.QUESTIONS).unanswered
    return Refusal(RefusalCode.QUESTIONS_OPEN, {"questions": unanswered}) if unanswered else None


@guard(Section.QUESTIONS)
def some_question_open(facts: CaseFacts) -> Refusal | None:
    """There is a question to answer."""
    return None if required(facts.questions, Section.QUESTIONS).unanswered else Refusal(RefusalCode.NOTHING_TO_ANSWER)


@guard(Section.CLOCK)
def unanswered_past_lapse(facts: CaseFacts) -> Refusal | None:
    """Limit `lapse` passed and two reminders were delivered (Steps, lapse_unanswered)."""
    return passed_with_reminders(facts, LimitKey.LAPSE)


@guard(Section.SCREENING)
def checks_passed(facts: CaseFacts) -> Refusal | None:
    """All eight eligibility checks were judged and pass (Steps, accept)."""
    checks = required(facts.screening, Section.SCREENING).checks
    failing = tuple(check.value for check in EligibilityCheck if not checks.get(check, False))
    return Refusal(RefusalCode.CHECKS_NOT_PASSED, {"checks": failing}) if failing else None


@guard(by_command=True)
def officer_assigned(facts: CaseFacts) -> Refusal | None:
    """A case officer is assigned (Steps, accept); the command may name one."""
    return Refusal(RefusalCode.NO_OFFICER) if facts.core.officer_id is None else None


@guard(Section.CONTENT, of_case=True)
def only_fast_lane_types(facts: CaseFacts) -> Refusal | None:
    """The request is for nothing but published tools or an online course (Steps, Fast lane)."""
    types = required(facts.content, Section.CONTENT).types
    other = tuple(sorted(kind.value for kind in types - FAST_LANE_TYPES))
    return None if types and not other else Refusal(RefusalCode.FAST_LANE_TYPES, {"types": other})


@guard(Section.SCREENING)
def cost_below_fast_lane(facts: CaseFacts) -> Refusal | None:
    """The cost is below the setting for the fast lane (Steps, Fast lane)."""
    below = required(facts.screening, Section.SCREENING).cost_below_fast_lane
    return None if below else Refusal(RefusalCode.FAST_LANE_COST)


@guard(Section.CONTENT, Section.SCREENING)
def standing_no_objection(facts: CaseFacts) -> Refusal | None:
    """CTC/CTED's dated standing no-objection is in force for every type asked (Steps, Fast lane)."""
    types = required(facts.content, Section.CONTENT).types
    without = types - required(facts.screening, Section.SCREENING).standing_no_objection
    if types and not without:
        return None
    return Refusal(RefusalCode.FAST_LANE_NO_STANDING, {"types": tuple(sorted(kind.value for kind in without))})
