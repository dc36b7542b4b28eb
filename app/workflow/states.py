"""The states, the phases that the requesting State reads, and the sets that other rules are written in."""

from __future__ import annotations

from app.workflow.model import StateLine
from app.workflow.vocabulary import Phase, State

S, P = State, Phase

# fmt: off
STATES = (
    StateLine(S.DRAFT,            P.PREPARING, start=True),
    StateLine(S.AWAITING_MISSION, P.WITH_MISSION),
    StateLine(S.SUBMITTED,        P.RECEIVED),
    StateLine(S.SCREENING,        P.RECEIVED),
    StateLine(S.RETURNED,         P.RECEIVED, your_turn=True),
    StateLine(S.IN_REVIEW,        P.BEING_ASSESSED),
    StateLine(S.IN_COORDINATION,  P.IN_CONSULTATION),
    StateLine(S.DECISION,         P.AWAITING_DECISION),
    StateLine(S.PLANNING,         P.BEING_PLANNED),
    StateLine(S.ON_HOLD,          P.BEING_PLANNED),
    StateLine(S.SCHEDULED,        P.AGREED),
    StateLine(S.IN_DELIVERY,      P.UNDER_WAY),
    StateLine(S.DELIVERED,        P.UNDER_WAY, your_turn=True),
    StateLine(S.EVALUATION,       P.BEING_EVALUATED),
    StateLine(S.CLOSED,           P.ENDED, ended=True),
    StateLine(S.NOT_ELIGIBLE,     P.ENDED, ended=True),
    StateLine(S.DECLINED,         P.ENDED, ended=True),
    StateLine(S.REFERRED,         P.ENDED, ended=True),
    StateLine(S.MERGED,           P.ENDED, ended=True),
    StateLine(S.WITHDRAWN,        P.ENDED, ended=True),
    StateLine(S.DISCONTINUED,     P.ENDED, ended=True),
    StateLine(S.LAPSED,           P.ENDED, ended=True),
    StateLine(S.DISCARDED,        P.ENDED, ended=True),
)
# fmt: on

PHASE_OF: dict[State, Phase] = {line.state: line.phase for line in STATES}
ALL = frozenset(State)
ENDED = frozenset(line.state for line in STATES if line.ended)
OPEN = ALL - ENDED - {S.DRAFT, S.AWAITING_MISSION}
YOUR_TURN = frozenset(line.state for line in STATES if line.your_turn)
# The clock of the case stands here (process page, Limits, Pauses); a blocking question is the third pause.
PAUSED = frozenset({S.RETURNED, S.ON_HOLD})
# Before it is submitted a request is the State's own affair; a discarded one was never anything else.
STATE_ONLY = frozenset({S.DRAFT, S.AWAITING_MISSION, S.DISCARDED})
