"""Rules of plan, money, delivery, evaluation and closure."""

from __future__ import annotations

from app.workflow.facts import CaseFacts, required
from app.workflow.guards.times import passed, passed_with_reminders
from app.workflow.model import guard
from app.workflow.refusals import Refusal, RefusalCode
from app.workflow.vocabulary import HoldReason, LimitKey, Section


@guard(Section.PLAN)
def draft_plan_exists(facts: CaseFacts) -> Refusal | None:
    """There is a plan, if only a draft (Steps, put_for_decision)."""
    return Refusal(RefusalCode.NO_PLAN) if required(facts.plan, Section.PLAN).version is None else None


@guard(Section.PLAN)
def plan_ready_to_propose(facts: CaseFacts) -> Refusal | None:
    """The plan is complete, and its current version was not put to the State before (Acts, propose_plan)."""
    plan = required(facts.plan, Section.PLAN)
    if plan.version is None:
        return Refusal(RefusalCode.NO_PLAN)
    if plan.proposed_at is not None:
        return Refusal(RefusalCode.PLAN_PROPOSED if plan.with_state else RefusalCode.PLAN_ANSWERED)
    return Refusal(RefusalCode.PLAN_INCOMPLETE, {"paths": plan.missing}) if plan.missing else None


@guard(Section.PLAN)
def plan_with_state(facts: CaseFacts) -> Refusal | None:
    """This version was proposed and waits for the State (Steps, agree_plan and lapse_plan)."""
    return None if required(facts.plan, Section.PLAN).with_state else Refusal(RefusalCode.PLAN_NOT_PROPOSED)


@guard(Section.PLAN, of_case=True)
def move_waits(facts: CaseFacts) -> Refusal | None:
    """Other dates of an activity were proposed and wait for the State (Acts, answer_move)."""
    waits = required(facts.plan, Section.PLAN).move_waits
    return None if waits else Refusal(RefusalCode.NO_MOVE_WAITING)


@guard(Section.CONTENT)
def complete_for_plan(facts: CaseFacts) -> Refusal | None:
    """Fields required before `agree_plan` (field list, required_at)."""
    missing = required(facts.content, Section.CONTENT).missing_for_plan
    return Refusal(RefusalCode.CONTENT_OPEN, {"paths": missing}) if missing else None


@guard(Section.FUNDING)
def plan_funded(facts: CaseFacts) -> Refusal | None:
    """Allocations cover the plan (Steps, agree_plan; Money)."""
    funding = required(facts.funding, Section.FUNDING)
    if funding.covers_plan:
        return None
    lacking = {"minor_units": funding.shortfall_minor, "currency": funding.currency}
    return Refusal(RefusalCode.PLAN_UNFUNDED, lacking)


@guard(Section.FUNDING, of_case=True)
def allocation_proposed(facts: CaseFacts) -> Refusal | None:
    """An allocation waits for a second person (Money: who recorded a pledge does not allocate it alone)."""
    proposed = required(facts.funding, Section.FUNDING).proposed
    return None if proposed else Refusal(RefusalCode.ALLOCATION_NOT_PROPOSED)


@guard(Section.PLAN)
def participations_consented(facts: CaseFacts) -> Refusal | None:
    """Every participating State in this version consented; silence is never consent (Other States)."""
    missing = required(facts.plan, Section.PLAN).participations_missing
    return Refusal(RefusalCode.PARTICIPATION_MISSING, {"participations": missing}) if missing else None


@guard(Section.CONSENTS)
def visits_consented(facts: CaseFacts) -> Refusal | None:
    """Each joint visit has its own dated consent (preamble, SC 1535)."""
    without = required(facts.consents, Section.CONSENTS).visits_without_consent
    return Refusal(RefusalCode.VISIT_CONSENT_MISSING, {"activities": without}) if without else None


@guard(Section.PLAN)
def participation_asked(facts: CaseFacts) -> Refusal | None:
    """A participation waits for an answer, or for another before it begins; the host agreed to its disclosure."""
    plan = required(facts.plan, Section.PLAN)
    if not plan.participations_asked:
        return Refusal(RefusalCode.NOTHING_TO_ANSWER)
    undisclosed = set(plan.participations_asked) <= set(plan.undisclosed)
    return Refusal(RefusalCode.DISCLOSURE_NOT_AGREED) if undisclosed else None


@guard(Section.CLOCK)
def plan_unanswered_past_lapse(facts: CaseFacts) -> Refusal | None:
    """Limit `lapse` of the proposed plan passed and two reminders were delivered (Steps, lapse_plan)."""
    return passed_with_reminders(facts, LimitKey.LAPSE)


@guard()
def approved_before(facts: CaseFacts) -> Refusal | None:
    """The chief approved before the hold: planning goes on (Steps, resume_planning)."""
    return None if facts.core.approved_at else Refusal(RefusalCode.NOT_APPROVED_BEFORE)


@guard()
def not_approved_before(facts: CaseFacts) -> Refusal | None:
    """Nothing was approved before the hold: the review goes on (Steps, resume_review)."""
    return Refusal(RefusalCode.WAS_APPROVED) if facts.core.approved_at else None


@guard(Section.FUNDING)
def money_allocated(facts: CaseFacts) -> Refusal | None:
    """A hold for money ends once money is allocated; the end of another cause is stated in the command."""
    if facts.core.hold_reason is not HoldReason.MONEY or required(facts.funding, Section.FUNDING).covers_plan:
        return None
    return Refusal(RefusalCode.CAUSE_NOT_GONE, {"cause": HoldReason.MONEY.value})


@guard(Section.DELIVERY)
def first_activity_begun(facts: CaseFacts) -> Refusal | None:
    """The first activity has begun (Steps, start_delivery)."""
    return None if required(facts.delivery, Section.DELIVERY).begun else Refusal(RefusalCode.NOTHING_BEGUN)


@guard(Section.DELIVERY)
def activities_accounted(facts: CaseFacts) -> Refusal | None:
    """Each activity was held, or cancelled with a reason (Steps, report_delivered)."""
    delivery = required(facts.delivery, Section.DELIVERY)
    if delivery.open_activities:
        return Refusal(RefusalCode.ACTIVITIES_OPEN, {"activities": delivery.open_activities})
    bare = delivery.cancelled_without_reason
    return Refusal(RefusalCode.CANCELLED_WITHOUT_REASON, {"activities": bare}) if bare else None


@guard(Section.DELIVERY)
def participants_counted(facts: CaseFacts) -> Refusal | None:
    """Participants of each activity held are counted (Steps, report_delivered)."""
    uncounted = required(facts.delivery, Section.DELIVERY).participants_uncounted
    return Refusal(RefusalCode.PARTICIPANTS_NOT_COUNTED, {"activities": uncounted}) if uncounted else None


@guard(Section.DELIVERY)
def recommendations_listed(facts: CaseFacts) -> Refusal | None:
    """Recommendations are listed, or it is said that there are none (Steps, report_delivered)."""
    listed = required(facts.delivery, Section.DELIVERY).recommendations_listed
    return None if listed else Refusal(RefusalCode.RECOMMENDATIONS_NOT_LISTED)


@guard(Section.CLOCK)
def confirmation_overdue(facts: CaseFacts) -> Refusal | None:
    """Limit `confirm` passed, notice and two reminders delivered (Steps, deem_delivery_confirmed)."""
    return passed_with_reminders(facts, LimitKey.CONFIRM, notice=True)


@guard(Section.DELIVERY, Section.CLOCK)
def evaluated_or_overdue(facts: CaseFacts) -> Refusal | None:
    """The State evaluated, declined to, or limit `evaluate` passed (Steps, close)."""
    if required(facts.delivery, Section.DELIVERY).evaluation is not None:
        return None
    return Refusal(RefusalCode.NOT_EVALUATED) if passed(facts, LimitKey.EVALUATE) else None


@guard(Section.DELIVERY)
def recommendations_complete(facts: CaseFacts) -> Refusal | None:
    """Each recommendation has an owner and a date (Steps, close)."""
    bare = required(facts.delivery, Section.DELIVERY).recommendations_incomplete
    return Refusal(RefusalCode.RECOMMENDATIONS_INCOMPLETE, {"recommendations": bare}) if bare else None


@guard(Section.DELIVERY, of_case=True)
def some_recommendation(facts: CaseFacts) -> Refusal | None:
    """There is a recommendation of which something can be said (Acts, follow_recommendation)."""
    some = required(facts.delivery, Section.DELIVERY).recommendations
    return None if some else Refusal(RefusalCode.NOTHING_TO_FOLLOW)


@guard(Section.DELIVERY, of_case=True)
def look_back_asked(facts: CaseFacts) -> Refusal | None:
    """The State was asked what became of the assistance and has not answered (Acts, answer_look_back)."""
    asked = required(facts.delivery, Section.DELIVERY).look_backs_open
    return None if asked else Refusal(RefusalCode.NOTHING_TO_LOOK_BACK)
