"""Each "only if" rule agrees with a case that fulfils it, and names what is missing in one that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.workflow.facts import (
    AssessmentFacts,
    CaseCore,
    CaseFacts,
    ClockFacts,
    ConsentFacts,
    ContentFacts,
    DeliveryFacts,
    FundingFacts,
    LimitFacts,
    OutcomeFacts,
    PlanFacts,
    QuestionFacts,
    ScreeningFacts,
)
from app.workflow.guards import delivery as d
from app.workflow.guards import intake as i
from app.workflow.guards import review as r
from app.workflow.guards.related import follow_up_refusal, merge_refusal
from app.workflow.guards.times import within
from app.workflow.model import Guard
from app.workflow.refusals import RefusalCode as C
from app.workflow.states import OPEN
from app.workflow.vocabulary import (
    AssessmentPart,
    AssistanceType,
    EligibilityCheck,
    EvaluationAnswer,
    HoldReason,
    LimitKey,
    OutcomeKind,
    State,
    Window,
)

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
ANSWERED = PlanFacts(2, (), EARLIER, EARLIER)
CORE = CaseCore(1, "key", State.SCREENING, 1, state_id=7, state_since=NOW, officer_id=30)
TOOLS = frozenset({AssistanceType.TOOLS})
INELIGIBLE, REFER, DISCONTINUE = OutcomeKind.INELIGIBLE, OutcomeKind.REFER, OutcomeKind.DISCONTINUE
ALL_PASS = dict.fromkeys(EligibilityCheck, True)


def limit(key: LimitKey, due_at: datetime | None = EARLIER, delivered: int = 2, notice: bool = True) -> ClockFacts:
    return ClockFacts(limits=(LimitFacts(key, due_at, delivered, notice),))


def windows(window: Window, closes: datetime) -> ClockFacts:
    return ClockFacts(windows={window: closes})


def facts(core: CaseCore = CORE, **sections: object) -> CaseFacts:
    return replace(CaseFacts(core, NOW), **sections)


UNFUNDED = facts(funding=FundingFacts())


def outcome(**fields: object) -> OutcomeFacts:
    return replace(OutcomeFacts(), **fields)


def proposal(kind: OutcomeKind, **fields: object) -> CaseFacts:
    return facts(outcome=outcome(proposed=kind, **fields))


Row = tuple[Guard, CaseFacts, CaseFacts, C]
ROWS: list[Row] = [
    (i.adopted, facts(), facts(replace(CORE, state=State.DRAFT, to_adopt=True)), C.NOT_ADOPTED),
    (
        i.complete_for_submission,
        facts(content=ContentFacts()),
        facts(content=ContentFacts(missing_for_submission=("need.title",))),
        C.CONTENT_INCOMPLETE,
    ),
    (
        i.ctc_consent_given,
        facts(consents=ConsentFacts(ctc=True)),
        facts(consents=ConsentFacts()),
        C.CTC_CONSENT_MISSING,
    ),
    (
        i.untouched_and_warned,
        facts(clock=limit(LimitKey.PURGE)),
        facts(clock=limit(LimitKey.PURGE, LATER)),
        C.LIMIT_NOT_PASSED,
    ),
    (
        i.every_question_answered,
        facts(questions=QuestionFacts()),
        facts(questions=QuestionFacts(unanswered=("q1",))),
        C.QUESTIONS_OPEN,
    ),
    (
        i.some_question_open,
        facts(questions=QuestionFacts(unanswered=("q1",))),
        facts(questions=QuestionFacts()),
        C.NOTHING_TO_ANSWER,
    ),
    (
        i.unanswered_past_lapse,
        facts(clock=limit(LimitKey.LAPSE)),
        facts(clock=limit(LimitKey.LAPSE, delivered=1)),
        C.REMINDERS_NOT_DELIVERED,
    ),
    (
        i.checks_passed,
        facts(screening=ScreeningFacts(checks=ALL_PASS)),
        facts(screening=ScreeningFacts(checks=ALL_PASS | {EligibilityCheck.E4: False})),
        C.CHECKS_NOT_PASSED,
    ),
    (i.officer_assigned, facts(), facts(replace(CORE, officer_id=None)), C.NO_OFFICER),
    (
        i.only_fast_lane_types,
        facts(content=ContentFacts(types=TOOLS)),
        facts(content=ContentFacts(types=TOOLS | {AssistanceType.MENTORING})),
        C.FAST_LANE_TYPES,
    ),
    (
        i.cost_below_fast_lane,
        facts(screening=ScreeningFacts(cost_below_fast_lane=True)),
        facts(screening=ScreeningFacts()),
        C.FAST_LANE_COST,
    ),
    (
        i.standing_no_objection,
        facts(content=ContentFacts(types=TOOLS), screening=ScreeningFacts(standing_no_objection=TOOLS)),
        facts(content=ContentFacts(types=TOOLS), screening=ScreeningFacts()),
        C.FAST_LANE_NO_STANDING,
    ),
    (i.urgency_asked, facts(replace(CORE, asks_urgency=True)), facts(), C.URGENCY_NOT_ASKED),
    (i.urgency_not_confirmed, facts(), facts(replace(CORE, urgent=True)), C.URGENCY_CONFIRMED),
    (
        r.assessment_complete,
        facts(assessment=AssessmentFacts(missing=(), signed=True)),
        facts(assessment=AssessmentFacts(missing=(AssessmentPart.CRIME_LINKS,))),
        C.ASSESSMENT_INCOMPLETE,
    ),
    (
        r.assessment_complete,
        facts(assessment=AssessmentFacts(missing=(), signed=True)),
        facts(assessment=AssessmentFacts(missing=())),
        C.ASSESSMENT_NOT_SIGNED,
    ),
    (
        r.complete_for_consult,
        facts(content=ContentFacts()),
        facts(content=ContentFacts(missing_for_consult=("results.expected",))),
        C.CONTENT_OPEN,
    ),
    (
        r.no_outcome_pending,
        facts(outcome=outcome()),
        facts(outcome=outcome(proposed=OutcomeKind.REFER)),
        C.OUTCOME_PENDING,
    ),
    (
        r.proposed(OutcomeKind.REFER),
        facts(outcome=outcome(proposed=OutcomeKind.REFER, reason_given=True)),
        facts(outcome=outcome(proposed=OutcomeKind.INELIGIBLE, reason_given=True)),
        C.OUTCOME_NOT_PROPOSED,
    ),
    (
        r.proposed(OutcomeKind.INELIGIBLE),
        facts(outcome=outcome(proposed=OutcomeKind.INELIGIBLE, reason_given=True)),
        facts(outcome=outcome(proposed=OutcomeKind.INELIGIBLE)),
        C.OUTCOME_INCOMPLETE,
    ),
    (r.remedy_named, proposal(INELIGIBLE, remedy_given=True), proposal(INELIGIBLE), C.OUTCOME_INCOMPLETE),
    (
        r.referral_ready,
        proposal(REFER, provider_named=True, state_agreed=True),
        proposal(REFER, provider_named=True),
        C.STATE_NOT_AGREED,
    ),
    (
        r.referral_ready,
        proposal(REFER, provider_named=True, state_agreed=True),
        proposal(REFER, state_agreed=True),
        C.OUTCOME_INCOMPLETE,
    ),
    (r.account_recorded, proposal(DISCONTINUE, account_recorded=True), proposal(DISCONTINUE), C.OUTCOME_INCOMPLETE),
    (
        r.reconsideration_asked,
        facts(outcome=outcome(reconsideration_asked_at=EARLIER)),
        facts(outcome=outcome()),
        C.RECONSIDERATION_NOT_ASKED,
    ),
    (
        r.reconsideration_asked,
        facts(outcome=outcome(reconsideration_asked_at=EARLIER)),
        facts(outcome=outcome(reconsideration_asked_at=EARLIER, reconsiderations=1)),
        C.RECONSIDERATION_USED,
    ),
    (
        r.reconsideration_unused,
        facts(outcome=outcome()),
        facts(outcome=outcome(reconsideration_asked_at=EARLIER)),
        C.RECONSIDERATION_ASKED,
    ),
    (
        r.reconsideration_unused,
        facts(outcome=outcome()),
        facts(outcome=outcome(reconsideration_asked_at=EARLIER, reconsiderations=1)),
        C.RECONSIDERATION_USED,
    ),
    (
        r.another_officer,
        facts(outcome=outcome(officer_at_decision_id=31)),
        facts(outcome=outcome(officer_at_decision_id=30)),
        C.SAME_OFFICER,
    ),
    (
        r.another_officer,
        facts(outcome=outcome(officer_at_decision_id=31)),
        facts(replace(CORE, officer_id=None), outcome=outcome()),
        C.NO_OFFICER,
    ),
    (d.draft_plan_exists, facts(plan=PlanFacts(version=1)), facts(plan=PlanFacts()), C.NO_PLAN),
    (d.plan_ready_to_propose, facts(plan=PlanFacts(version=1)), facts(plan=PlanFacts()), C.NO_PLAN),
    (d.plan_ready_to_propose, facts(plan=PlanFacts(2)), facts(plan=PlanFacts(2, (), EARLIER)), C.PLAN_PROPOSED),
    (d.plan_ready_to_propose, facts(plan=PlanFacts(2)), facts(plan=ANSWERED), C.PLAN_ANSWERED),
    (d.move_waits, facts(plan=PlanFacts(1, move_waits=True)), facts(plan=PlanFacts(1)), C.NO_MOVE_WAITING),
    (d.plan_ready_to_propose, facts(plan=PlanFacts(1)), facts(plan=PlanFacts(1, ("costs",))), C.PLAN_INCOMPLETE),
    (d.plan_with_state, facts(plan=PlanFacts(1, proposed_at=EARLIER)), facts(plan=PlanFacts(1)), C.PLAN_NOT_PROPOSED),
    (
        d.complete_for_plan,
        facts(content=ContentFacts()),
        facts(content=ContentFacts(missing_for_plan=("results.window",))),
        C.CONTENT_OPEN,
    ),
    (d.allocation_proposed, facts(funding=FundingFacts(proposed=1)), UNFUNDED, C.ALLOCATION_NOT_PROPOSED),
    (d.plan_funded, facts(funding=FundingFacts(covers_plan=True)), UNFUNDED, C.PLAN_UNFUNDED),
    (
        d.participations_consented,
        facts(plan=PlanFacts(1)),
        facts(plan=PlanFacts(1, participations_missing=("p1",))),
        C.PARTICIPATION_MISSING,
    ),
    (
        d.visits_consented,
        facts(consents=ConsentFacts()),
        facts(consents=ConsentFacts(visits_without_consent=("v1",))),
        C.VISIT_CONSENT_MISSING,
    ),
    (
        d.participation_asked,
        facts(plan=PlanFacts(1, participations_asked=("p1", "p2"), undisclosed=("p2",))),
        facts(plan=PlanFacts(1, participations_asked=("p1",), undisclosed=("p1",))),
        C.DISCLOSURE_NOT_AGREED,
    ),
    (
        d.participation_asked,
        facts(plan=PlanFacts(1, participations_asked=("p1",))),
        facts(plan=PlanFacts(1)),
        C.NOTHING_TO_ANSWER,
    ),
    (
        d.plan_unanswered_past_lapse,
        facts(clock=limit(LimitKey.LAPSE)),
        facts(clock=limit(LimitKey.LAPSE, None)),
        C.LIMIT_NOT_PASSED,
    ),
    (d.approved_before, facts(replace(CORE, approved_at=EARLIER)), facts(), C.NOT_APPROVED_BEFORE),
    (d.not_approved_before, facts(), facts(replace(CORE, approved_at=EARLIER)), C.WAS_APPROVED),
    (
        d.money_allocated,
        facts(replace(CORE, hold_reason=HoldReason.MONEY), funding=FundingFacts(covers_plan=True)),
        facts(replace(CORE, hold_reason=HoldReason.MONEY), funding=FundingFacts()),
        C.CAUSE_NOT_GONE,
    ),
    (d.first_activity_begun, facts(delivery=DeliveryFacts(begun=1)), facts(delivery=DeliveryFacts()), C.NOTHING_BEGUN),
    (
        d.activities_accounted,
        facts(delivery=DeliveryFacts()),
        facts(delivery=DeliveryFacts(open_activities=("a",))),
        C.ACTIVITIES_OPEN,
    ),
    (
        d.activities_accounted,
        facts(delivery=DeliveryFacts()),
        facts(delivery=DeliveryFacts(cancelled_without_reason=("a",))),
        C.CANCELLED_WITHOUT_REASON,
    ),
    (
        d.participants_counted,
        facts(delivery=DeliveryFacts()),
        facts(delivery=DeliveryFacts(participants_uncounted=("a",))),
        C.PARTICIPANTS_NOT_COUNTED,
    ),
    (
        d.recommendations_listed,
        facts(delivery=DeliveryFacts(recommendations_listed=True)),
        facts(delivery=DeliveryFacts()),
        C.RECOMMENDATIONS_NOT_LISTED,
    ),
    (
        d.confirmation_overdue,
        facts(clock=limit(LimitKey.CONFIRM)),
        facts(clock=limit(LimitKey.CONFIRM, notice=False)),
        C.REMINDERS_NOT_DELIVERED,
    ),
    (
        d.evaluated_or_overdue,
        facts(delivery=DeliveryFacts(evaluation=EvaluationAnswer.DECLINED), clock=ClockFacts()),
        facts(delivery=DeliveryFacts(), clock=limit(LimitKey.EVALUATE, LATER)),
        C.NOT_EVALUATED,
    ),
    (
        d.evaluated_or_overdue,
        facts(delivery=DeliveryFacts(), clock=limit(LimitKey.EVALUATE)),
        facts(delivery=DeliveryFacts(), clock=ClockFacts()),
        C.NOT_EVALUATED,
    ),
    (
        d.recommendations_complete,
        facts(delivery=DeliveryFacts()),
        facts(delivery=DeliveryFacts(recommendations_incomplete=("r1",))),
        C.RECOMMENDATIONS_INCOMPLETE,
    ),
    (
        within(Window.REOPEN),
        facts(clock=windows(Window.REOPEN, LATER)),
        facts(clock=windows(Window.REOPEN, NOW)),
        C.WINDOW_CLOSED,
    ),
    (
        within(Window.REVIVE),
        facts(clock=windows(Window.REVIVE, LATER)),
        facts(clock=windows(Window.REOPEN, LATER)),
        C.WINDOW_CLOSED,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0].name}-{row[3]}" for row in ROWS])
def test_rule(row: Row) -> None:
    rule, fulfilled, broken, code = row
    assert rule(fulfilled) is None
    refusal = rule(broken)
    assert refusal is not None
    assert refusal.code is code
    assert rule.needs <= fulfilled.loaded, "reads a section that it does not name"


def test_unjudged_checks_do_not_pass() -> None:
    refusal = i.checks_passed(facts(screening=ScreeningFacts()))
    assert refusal is not None
    assert refusal.params == {"checks": tuple(check.value for check in EligibilityCheck)}


def test_another_hold_than_money_asks_no_money() -> None:
    rested = replace(CORE, hold_reason=HoldReason.SECURITY)
    assert d.money_allocated(facts(rested, funding=FundingFacts())) is None


def test_nothing_asked_is_not_the_fast_lane() -> None:
    nothing = facts(content=ContentFacts(), screening=ScreeningFacts())
    assert i.only_fast_lane_types(nothing) is not None
    assert i.standing_no_objection(nothing) is not None


def test_of_several_clocks_the_last_counts_and_a_paused_one_stops_all() -> None:
    two = ClockFacts((LimitFacts(LimitKey.LAPSE, EARLIER, 2), LimitFacts(LimitKey.LAPSE, LATER, 2)))
    assert i.unanswered_past_lapse(facts(clock=two)) is not None
    paused = ClockFacts((LimitFacts(LimitKey.LAPSE, EARLIER, 2), LimitFacts(LimitKey.LAPSE, None, 2)))
    assert i.unanswered_past_lapse(facts(clock=paused)) is not None


def test_merging_needs_an_open_request_of_the_same_state() -> None:
    target = replace(CORE, case_id=2)
    assert merge_refusal(CORE, target, OPEN) is None
    for other, code in (
        (replace(target, state_id=8), C.MERGE_OTHER_STATE),
        (CORE, C.MERGE_SAME_CASE),
        (replace(target, state=State.CLOSED), C.MERGE_TARGET_ENDED),
    ):
        refusal = merge_refusal(CORE, other, OPEN)
        assert refusal is not None
        assert refusal.code is code


@pytest.mark.parametrize("state", State)
def test_a_follow_up_has_a_parent_that_was_delivered_or_lapsed(state: State) -> None:
    possible = {State.DELIVERED, State.EVALUATION, State.CLOSED, State.LAPSED}
    assert (follow_up_refusal(replace(CORE, state=state)) is None) == (state in possible)
