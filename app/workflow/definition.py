"""The whole process: every step stands here, one line each; acts and limits in the two modules beside it.

Basis: ECOSOC resolution 2005/19. The generated page docs/process.md says the same; change the lines, then run
`python -m app.workflow.describe`.
"""

from __future__ import annotations

from app.workflow.acts import ACTS
from app.workflow.guards import coordination as c
from app.workflow.guards import delivery as d
from app.workflow.guards import intake as i
from app.workflow.guards import review as r
from app.workflow.guards.times import within
from app.workflow.limits import LIMITS, WINDOWS
from app.workflow.model import Guard, Process, Step, Who
from app.workflow.people import (
    ANY_CHIEF,
    CHIEF,
    FOCAL_POINT,
    FOCAL_POINT_ALONE,
    FOCAL_POINT_DRAFTER,
    HOLDERS,
    INTAKE,
    MISSION,
    OFFICER,
    STATE_SIDE,
    SUPPORT,
    SYSTEM,
)
from app.workflow.states import OPEN, STATES
from app.workflow.vocabulary import Action, Ask, OutcomeKind, State, Window

A, S = Action, State

READY = (i.adopted, i.complete_for_submission, i.ctc_consent_given)
INELIGIBLE = (r.proposed(OutcomeKind.INELIGIBLE), r.remedy_named)
REFERRED = (r.proposed(OutcomeKind.REFER), r.referral_ready)
FAST_LANE = (i.only_fast_lane_types, i.cost_below_fast_lane, i.standing_no_objection, i.checks_passed)
ASSESSED = (i.ctc_consent_given, r.assessment_complete, r.complete_for_consult)
COORDINATED = (c.consultations_closed, c.recorded_positions_settled, c.no_objection_open, d.draft_plan_exists)
CLEARED = (c.ctc_cleared, c.no_objection_open)
SECOND_LOOK = (r.reconsideration_asked, r.another_officer)
AGREEABLE = (d.plan_with_state, d.complete_for_plan, d.plan_funded, d.participations_consented, d.visits_consented)
PLAN_SILENT = (d.plan_with_state, d.plan_unanswered_past_lapse)
DELIVERED = (d.activities_accounted, d.participants_counted, d.recommendations_listed)
CLOSABLE = (d.evaluated_or_overdue, d.recommendations_complete)
DISCONTINUED = (r.proposed(OutcomeKind.DISCONTINUE), r.account_recorded)

CHANGE, MISSING, COMMENT, REASON = Ask.WHAT_TO_CHANGE, Ask.WHAT_IS_MISSING, Ask.COMMENT, Ask.REASON
CODE, TEXT, CHANGED, ENDED = Ask.REASON_CODE, Ask.TEXT, Ask.WHAT_CHANGED, Ask.CAUSE_ENDED


def at(*states: State) -> frozenset[State]:
    """The sources of a line."""
    return frozenset(states)


def step(  # one line of the page has these six columns
    action: Action,
    sources: frozenset[State],
    target: State,
    people: tuple[Who, ...],
    guards: tuple[Guard, ...] = (),
    asks: tuple[Ask, ...] = (),
) -> Step:
    """One line: action, from, to, who, only if, what the command brings."""
    return Step(action, sources, target, people, guards, frozenset(asks))


DELIVERING = at(S.PLANNING, S.ON_HOLD, S.SCHEDULED, S.IN_DELIVERY)
HOLDABLE = at(S.IN_COORDINATION, S.PLANNING, S.SCHEDULED, S.IN_DELIVERY)

# fmt: off
STEPS: tuple[Step, ...] = (
    step(A.SEND_TO_MISSION, at(S.DRAFT), S.AWAITING_MISSION, (FOCAL_POINT,), READY, (Ask.ANSWERS_CHECKED,)),
    step(A.RETURN_TO_DRAFT, at(S.AWAITING_MISSION), S.DRAFT, STATE_SIDE, (), (CHANGE,)),
    step(A.CONFIRM_REQUEST, at(S.AWAITING_MISSION), S.SUBMITTED, (MISSION,)),
    step(A.SUBMIT, at(S.DRAFT), S.SUBMITTED, (MISSION, FOCAL_POINT_ALONE), READY, (Ask.ANSWERS_CHECKED,)),
    step(A.DISCARD, at(S.DRAFT), S.DISCARDED, STATE_SIDE),
    step(A.PURGE, at(S.DRAFT), S.DISCARDED, (SYSTEM,), (i.untouched_and_warned,)),
    step(A.TAKE_UP, at(S.SUBMITTED), S.SCREENING, (INTAKE,)),
    step(A.RETURN_FOR_INFORMATION, at(S.SCREENING), S.RETURNED, (INTAKE,), (), (Ask.QUESTIONS,)),
    step(A.ANSWER, at(S.RETURNED), S.SCREENING, STATE_SIDE, (i.every_question_answered,), (Ask.ANSWERS,)),
    step(A.LAPSE_UNANSWERED, at(S.RETURNED), S.LAPSED, (INTAKE,), (i.unanswered_past_lapse,)),
    step(A.REVIVE, at(S.LAPSED), S.SCREENING, STATE_SIDE, (within(Window.REVIVE),)),
    step(A.ACCEPT, at(S.SCREENING), S.IN_REVIEW, (INTAKE,), (i.checks_passed, i.officer_assigned)),
    step(A.SUPPLY, at(S.SCREENING), S.DELIVERED, (INTAKE,), FAST_LANE),
    step(A.FIND_INELIGIBLE, at(S.SCREENING, S.IN_REVIEW), S.NOT_ELIGIBLE, (CHIEF,), INELIGIBLE),
    step(A.MERGE, at(S.SCREENING, S.IN_REVIEW), S.MERGED, (INTAKE, OFFICER), (), (Ask.TARGET_CASE,)),
    step(A.UNMERGE, at(S.MERGED), S.SCREENING, (ANY_CHIEF,), (), (REASON,)),
    step(A.REFER, at(S.IN_REVIEW), S.REFERRED, (CHIEF,), REFERRED),
    step(A.CONSULT, at(S.IN_REVIEW), S.IN_COORDINATION, (OFFICER,), ASSESSED, (Ask.CONSULTED_BODIES,)),
    step(A.REVISE, at(S.IN_COORDINATION), S.IN_REVIEW, (OFFICER,), (c.revision_called_for,), (CHANGED,)),
    step(A.PUT_FOR_DECISION, at(S.IN_COORDINATION), S.DECISION, (OFFICER,), COORDINATED),
    step(A.DECLINE, at(S.IN_COORDINATION, S.DECISION), S.DECLINED, (CHIEF,), (), (CODE, TEXT)),
    step(A.APPROVE, at(S.DECISION), S.PLANNING, (CHIEF,), CLEARED, (Ask.TYPE_DECISIONS,)),
    step(A.SEND_BACK, at(S.DECISION), S.IN_REVIEW, (CHIEF,), (), (COMMENT, CHANGED)),
    step(A.RECONSIDER, at(S.NOT_ELIGIBLE, S.DECLINED), S.IN_REVIEW, (CHIEF,), SECOND_LOOK),
    step(A.AGREE_PLAN, at(S.PLANNING), S.SCHEDULED, STATE_SIDE, AGREEABLE, (Ask.PLAN_VERSION,)),
    step(A.LAPSE_PLAN, at(S.PLANNING), S.LAPSED, (OFFICER,), PLAN_SILENT),
    step(A.REASSESS, at(S.PLANNING), S.IN_REVIEW, (CHIEF,), (), (REASON, CHANGED)),
    step(A.HOLD, HOLDABLE, S.ON_HOLD, HOLDERS, (), (CODE, TEXT, Ask.SHORTFALL)),
    step(A.RESUME_PLANNING, at(S.ON_HOLD), S.PLANNING, (SUPPORT, ANY_CHIEF),
         (d.approved_before, d.money_allocated), (ENDED,)),
    step(A.RESUME_REVIEW, at(S.ON_HOLD), S.IN_REVIEW, (ANY_CHIEF,),
         (d.not_approved_before, d.money_allocated), (ENDED,)),
    step(A.RESCHEDULE, at(S.SCHEDULED), S.PLANNING, (OFFICER,), (), (CHANGED,)),
    step(A.START_DELIVERY, at(S.SCHEDULED), S.IN_DELIVERY, (OFFICER,), (d.first_activity_begun,)),
    step(A.REPORT_DELIVERED, at(S.IN_DELIVERY), S.DELIVERED, (OFFICER,), DELIVERED),
    step(A.CONFIRM_DELIVERY, at(S.DELIVERED), S.EVALUATION, STATE_SIDE),
    step(A.DEEM_DELIVERY_CONFIRMED, at(S.DELIVERED), S.EVALUATION, (SYSTEM,), (d.confirmation_overdue,)),
    step(A.CONTEST_DELIVERY, at(S.DELIVERED), S.IN_DELIVERY, STATE_SIDE, (), (MISSING,)),
    step(A.CLOSE, at(S.EVALUATION), S.CLOSED, (OFFICER, ANY_CHIEF), CLOSABLE),
    step(A.REOPEN, at(S.CLOSED), S.EVALUATION, (*STATE_SIDE, ANY_CHIEF), (within(Window.REOPEN),), (REASON,)),
    step(A.DISCONTINUE, DELIVERING, S.DISCONTINUED, (CHIEF,), DISCONTINUED, (REASON,)),
    step(A.WITHDRAW, OPEN, S.WITHDRAWN, (MISSION, FOCAL_POINT_DRAFTER), (), (Ask.COMMITTED_COSTS,)),
)
# fmt: on

PROCESS = Process(states=STATES, steps=STEPS, acts=ACTS, limits=LIMITS, windows=WINDOWS)
