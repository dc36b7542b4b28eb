"""Acts: what is done about a case under the same permission table, without a change of state. One line each."""

from __future__ import annotations

from app.workflow.guards import coordination as c
from app.workflow.guards import delivery as d
from app.workflow.guards import intake as i
from app.workflow.guards import review as r
from app.workflow.guards.times import within
from app.workflow.model import Act, Guard, Who
from app.workflow.people import (
    ANY_CHIEF,
    ANY_CTC,
    ANY_OFFICER,
    CHIEF,
    INTAKE,
    LIAISONS,
    MANAGER,
    OFFICER,
    PARTICIPANTS,
    STAFF_WHO_SEE,
    STATE_SIDE,
    SUPPORT,
    SYSTEM,
)
from app.workflow.states import ALL, OPEN, STATE_ONLY
from app.workflow.vocabulary import Action, Ask, State, Window

A, S = Action, State


def at(*states: State) -> frozenset[State]:
    """The states of a line."""
    return frozenset(states)


def act(
    action: Action,
    states: frozenset[State],
    people: tuple[Who, ...],
    guards: tuple[Guard, ...] = (),
    asks: tuple[Ask, ...] = (),
) -> Act:
    """One line: act, states, who, only if, what the command brings."""
    return Act(action, states, people, guards, frozenset(asks))


def begin(action: Action, created: State, people: tuple[Who, ...], asks: tuple[Ask, ...] = ()) -> Act:
    """One line of an act that begins a case."""
    return Act(action, frozenset(), people, (), frozenset(asks), creates=created)


ASKABLE = at(S.IN_REVIEW, S.IN_COORDINATION, S.PLANNING, S.IN_DELIVERY)
# Until the plan is agreed some limit with an urgent figure still lies ahead.
HURRIED = at(S.SUBMITTED, S.SCREENING, S.RETURNED, S.IN_REVIEW, S.IN_COORDINATION, S.DECISION, S.PLANNING)
FUNDABLE = at(S.PLANNING, S.ON_HOLD, S.SCHEDULED, S.IN_DELIVERY)
PLANNABLE = at(S.IN_COORDINATION, S.PLANNING)
RECOMMENDABLE = at(S.IN_DELIVERY, S.DELIVERED, S.EVALUATION)
REPORTED = at(S.DELIVERED, S.EVALUATION, S.CLOSED)
HELD = at(S.SCHEDULED, S.IN_DELIVERY)
# One activity may begin while another is still to come.
INVITING = at(S.PLANNING, S.SCHEDULED, S.IN_DELIVERY)
REFUSED = at(S.NOT_ELIGIBLE, S.DECLINED)
COORD = at(S.IN_COORDINATION)
WRITABLE = ALL - STATE_ONLY
AMONG_THEMSELVES = STATE_ONLY - {S.DRAFT}
EVERYBODY = (*STATE_SIDE, *STAFF_WHO_SEE)
MESSAGE, FILE = (Ask.TEXT, Ask.AUDIENCE), (Ask.DOCUMENT, Ask.AUDIENCE)
PAPER = (Ask.SCAN, Ask.NOTE_VERBALE, Ask.RECEIVED_ON)
GIVEN = (Ask.CONSULTATION, Ask.POSITION)

# fmt: off
ACTS: tuple[Act, ...] = (
    begin(A.DRAFT_REQUEST, S.DRAFT, STATE_SIDE),
    begin(A.REGISTER_PAPER, S.SUBMITTED, (INTAKE,), PAPER),
    begin(A.PROPOSE_REQUEST, S.DRAFT, (ANY_CTC, ANY_OFFICER)),
    begin(A.REQUEST_FOLLOW_UP, S.DRAFT, STATE_SIDE, (Ask.PARENT_CASE,)),
    act(A.EDIT_DRAFT, at(S.DRAFT), STATE_SIDE, (i.adopted,)),
    act(A.ASSIGN, OPEN, (INTAKE, MANAGER, ANY_CHIEF), (), (Ask.OFFICER,)),
    act(A.WRITE, WRITABLE, EVERYBODY, (), MESSAGE),
    act(A.WRITE, AMONG_THEMSELVES, STATE_SIDE, (), MESSAGE),
    act(A.ATTACH, WRITABLE, EVERYBODY, (), FILE),
    act(A.ATTACH, AMONG_THEMSELVES, STATE_SIDE, (), FILE),
    act(A.ASK_STATE, ASKABLE, (OFFICER,), (), (Ask.QUESTIONS, Ask.BLOCKING)),
    act(A.ANSWER_QUESTION, ASKABLE, STATE_SIDE, (i.some_question_open,), (Ask.ANSWERS,)),
    act(A.ASSESS, at(S.IN_REVIEW), (OFFICER,)),
    act(A.CONFIRM_URGENCY, HURRIED, (ANY_CHIEF,), (i.urgency_asked, i.urgency_not_confirmed)),
    act(A.PROPOSE_OUTCOME, frozenset(r.OUTCOMES), (INTAKE, OFFICER), (r.no_outcome_pending,),
        (Ask.OUTCOME_KIND, Ask.REASON_CODE, Ask.TEXT)),
    act(A.RETURN_PROPOSAL, frozenset(r.OUTCOMES), (CHIEF,), (r.some_outcome_pending,), (Ask.COMMENT,)),
    act(A.GIVE_POSITION, COORD, LIAISONS, (c.some_consultation_open,), GIVEN),
    act(A.ASK_MORE_TIME, COORD, LIAISONS, (c.more_time_left,), (Ask.CONSULTATION,)),
    act(A.WITHDRAW_OBJECTION, COORD, LIAISONS, (c.objection_to_withdraw,), (Ask.CONSULTATION,)),
    act(A.RECORD_POSITION, COORD, (OFFICER,), (c.some_consultation_open,), (*GIVEN, Ask.ORIGINAL)),
    act(A.DEEM_NO_OBJECTION, COORD, (SYSTEM,), (c.silence_counts,), (Ask.CONSULTATION,)),
    act(A.PROCEED_WITHOUT, COORD, (CHIEF,), (c.escalated_past_last_limit,), (Ask.CONSULTATION, Ask.REASON)),
    act(A.DRAFT_PLAN, PLANNABLE, (OFFICER,)),
    act(A.PROPOSE_PLAN, at(S.PLANNING), (OFFICER,), (d.plan_ready_to_propose,), (Ask.PLAN_VERSION,)),
    act(A.REQUEST_PLAN_CHANGES, at(S.PLANNING), STATE_SIDE, (d.plan_with_state,), (Ask.PLAN_VERSION, Ask.COMMENT)),
    act(A.ANSWER_PARTICIPATION, INVITING, PARTICIPANTS, (d.participation_asked,), (Ask.PARTICIPATION,)),
    act(A.RECORD_ACTIVITY, HELD, (OFFICER,), (), (Ask.ACTIVITY,)),
    act(A.MOVE_ACTIVITY, HELD, (OFFICER,), (), (Ask.ACTIVITY, Ask.REASON)),
    act(A.ANSWER_MOVE, HELD, STATE_SIDE, (d.move_waits,), (Ask.ACTIVITY, Ask.ACCEPTED)),
    act(A.ALLOCATE, FUNDABLE, (SUPPORT,), (), (Ask.ALLOCATION,)),
    act(A.CORRECT_COUNT, REPORTED, (OFFICER,), (), (Ask.ACTIVITY, Ask.REASON)),
    act(A.RECOMMEND, RECOMMENDABLE, (OFFICER,), (), (Ask.RECOMMENDATION,)),
    act(A.FOLLOW_RECOMMENDATION, REPORTED, (OFFICER, ANY_CHIEF, *STATE_SIDE),
        (d.some_recommendation,), (Ask.RECOMMENDATION,)),
    act(A.APPROVE_ALLOCATION, FUNDABLE, (SUPPORT, ANY_CHIEF), (d.allocation_proposed,), (Ask.ALLOCATION,)),
    act(A.EVALUATE, at(S.EVALUATION), STATE_SIDE, (), (Ask.EVALUATION,)),
    act(A.ANSWER_LOOK_BACK, at(S.CLOSED), STATE_SIDE, (d.look_back_asked,), (Ask.LOOK_BACK,)),
    act(A.ASK_RECONSIDERATION, REFUSED, STATE_SIDE, (r.reconsideration_unused, within(Window.RECONSIDER)),
        (Ask.NEW_FACT,)),
    act(A.GIVE_CONSENT, ALL, STATE_SIDE, (), (Ask.CONSENT,)),
    act(A.WITHDRAW_CONSENT, ALL, STATE_SIDE, (), (Ask.CONSENT,)),
)
# fmt: on
