"""The limits with their defaults, one line each; settings with effective dates may change the figures."""

from __future__ import annotations

from app.workflow.guards.review import OUTCOME_STAYS
from app.workflow.model import Limit, Runs, Span
from app.workflow.states import OPEN
from app.workflow.vocabulary import Action, Body, LimitKey, Mark, Party, State, Unit, Window

A, K, M, S = Action, LimitKey, Mark, State


def wd(amount: int) -> Span:
    """So many working days."""
    return Span(amount, Unit.WORKING_DAYS)


def days(amount: int) -> Span:
    """So many calendar days."""
    return Span(amount, Unit.DAYS)


def months(amount: int) -> Span:
    """So many months."""
    return Span(amount, Unit.MONTHS)


def during(*states: State) -> tuple[Runs, ...]:
    """As long as the case is in one of these states."""
    return (Runs(frozenset(states)),)


ANSWERED: frozenset[Action | Mark] = frozenset(
    {A.GIVE_POSITION, A.RECORD_POSITION, A.DEEM_NO_OBJECTION, A.PROCEED_WITHOUT}
)
NOTICE = frozenset({M.NOTICE_DELIVERED})
PROPOSED: frozenset[Action | Mark] = frozenset({A.PROPOSE_PLAN})
SENT_BACK: frozenset[Action | Mark] = frozenset({A.REQUEST_PLAN_CHANGES, M.PLAN_TAKEN_BACK})
COORD, PLANNING = frozenset({S.IN_COORDINATION}), frozenset({S.PLANNING})
ASKABLE = frozenset({S.IN_REVIEW, S.IN_COORDINATION, S.PLANNING, S.IN_DELIVERY})

UNTOUCHED = (Runs(frozenset({S.DRAFT}), starts=frozenset({A.EDIT_DRAFT}), restarts=True),)
FIRST_SCREENING = (Runs(frozenset({S.SCREENING}), first_only=True),)
QUESTION = Runs(ASKABLE, frozenset({A.ASK_STATE}), frozenset({A.ANSWER_QUESTION}), on_entry=False, blocking=True)
PLAN_WITH_STATE = Runs(PLANNING, PROPOSED, SENT_BACK, on_entry=False, restarts=True)
STATE_TO_ANSWER = (Runs(frozenset({S.RETURNED})), QUESTION, PLAN_WITH_STATE)
CTC_NOTICE = (Runs(COORD, NOTICE, ANSWERED, on_entry=False, body=Body.CTC_CTED),)
OLA_NOTICE = (Runs(COORD, NOTICE, ANSWERED, on_entry=False, body=Body.OLA),)
PARTNER_NOTICE = (Runs(OPEN, NOTICE, ANSWERED | {M.PARTNER_ANSWERED}, on_entry=False, body=Body.PARTNER),)
PROPOSAL = tuple(
    Runs(stay, frozenset({A.PROPOSE_OUTCOME}), frozenset({A.RETURN_PROPOSAL}), on_entry=False, restarts=True)
    for stay in OUTCOME_STAYS
)
UNTIL_PROPOSED = (Runs(PLANNING, SENT_BACK, PROPOSED, restarts=True),)
PARTICIPATION = (
    Runs(
        frozenset({S.PLANNING, S.SCHEDULED, S.IN_DELIVERY}),
        frozenset({M.PARTICIPATION_ASKED}),
        frozenset({A.ANSWER_PARTICIPATION, M.PARTICIPATION_CLOSED}),
        on_entry=False,
    ),
)
ACTIVITY_ENDED = (Runs(frozenset({S.IN_DELIVERY}), frozenset({M.ACTIVITY_ENDED}), on_entry=False, restarts=True),)
UNTIL_EVALUATED = (Runs(frozenset({S.EVALUATION}), stops=frozenset({A.EVALUATE})),)

# fmt: off
LIMITS: tuple[Limit, ...] = (
    Limit(K.PURGE, UNTOUCHED, days(180), Party.STATE, reminders=(150, 170)),
    Limit(K.MISSION, during(S.AWAITING_MISSION), wd(10), Party.STATE, urgent=wd(2), reminders=(3, 8)),
    Limit(K.TAKE_UP, during(S.SUBMITTED), wd(2), Party.TPB, urgent=wd(1)),
    Limit(K.SCREEN, FIRST_SCREENING, wd(5), Party.TPB, urgent=wd(1)),
    Limit(K.ANSWER, STATE_TO_ANSWER, wd(20), Party.STATE, reminders_left=(10, 3)),
    Limit(K.LAPSE, STATE_TO_ANSWER, wd(40), Party.STATE),
    Limit(K.ASSESS, during(S.IN_REVIEW), wd(15), Party.TPB, urgent=wd(3)),
    Limit(K.CTC, CTC_NOTICE, wd(10), Party.CTC_CTED, urgent=wd(3), reminders_left=(3,), more_time=wd(5),
          second_round=wd(5)),
    Limit(K.OLA, OLA_NOTICE, wd(10), Party.OLA, urgent=wd(3), escalations=(10, 15), last=wd(20)),
    Limit(K.PARTNER, PARTNER_NOTICE, wd(40), Party.PARTNER),
    Limit(K.OUTCOME, PROPOSAL, wd(5), Party.TPB, urgent=wd(1)),
    Limit(K.DECIDE, during(S.DECISION), wd(5), Party.TPB, urgent=wd(1)),
    Limit(K.PLAN, UNTIL_PROPOSED, wd(15), Party.TPB, urgent=wd(5)),
    Limit(K.PLAN_ANSWER, (PLAN_WITH_STATE,), wd(15), Party.STATE, urgent=wd(5)),
    Limit(K.PARTICIPATION, PARTICIPATION, wd(15), Party.OTHER_STATE, reminders=(5, 10)),
    Limit(K.HOLD_REVIEW, during(S.ON_HOLD), days(30), Party.TPB, times=None),
    Limit(K.HOLD_ASK, during(S.ON_HOLD), days(180), Party.TPB),
    Limit(K.REPORT, ACTIVITY_ENDED, wd(20), Party.TPB),
    Limit(K.CONFIRM, during(S.DELIVERED), days(30), Party.STATE, reminders=(10, 20)),
    Limit(K.EVALUATE, UNTIL_EVALUATED, days(30), Party.STATE, reminders=(10, 20)),
    Limit(K.LOOK_BACK, during(S.CLOSED), months(6), Party.STATE, times=2),
)
# fmt: on

WINDOWS: tuple[tuple[Window, Span], ...] = (
    (Window.REVIVE, months(12)),
    (Window.RECONSIDER, days(60)),
    (Window.REOPEN, days(30)),
    (Window.CORRECT_POSITION, wd(2)),
    (Window.STANDING_NO_OBJECTION, months(12)),
)
