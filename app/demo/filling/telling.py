"""What each turn of a history leaves behind: rows of its slice, and what history keeps of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.casework.questions import leaves_questions
from app.coordination.vocabulary import ClosedHow
from app.demo.filling import deciding, delivering, following, money, requesting, reviewing
from app.demo.filling.cast import Person
from app.demo.filling.record import Record
from app.demo.filling.reminding import remind
from app.demo.filling.walk import Turn
from app.workflow.definition import PROCESS
from app.workflow.model import Step
from app.workflow.states import ENDED
from app.workflow.vocabulary import Action, Body, Mark, State

Teller = Callable[[Record, Turn, datetime, Person], Mapping[str, Any]]
_SLICES: tuple[Mapping[Any, Teller], ...] = (
    requesting.TELLERS,
    reviewing.TELLERS,
    deciding.TELLERS,
    delivering.TELLERS,
    following.TELLERS,
)
TELLERS: Mapping[Action | Mark, Teller] = {kind: teller for each in _SLICES for kind, teller in each.items()}


def tell_turn(record: Record, turn: Turn, at: datetime) -> None:
    """Write one turn: the rows of its slice, then its entry in the history."""
    requesting.give_officer(record, turn)
    who = record.sketch.by(turn, record.officer)
    if isinstance(turn.kind, Action):
        remind(record, turn.kind)
    teller = TELLERS.get(turn.kind)
    payload = teller(record, turn, at, who) if teller else {}
    line = PROCESS.line(turn.kind, turn.source) if isinstance(turn.kind, Action) else None
    if isinstance(line, Step) and turn.source is not None:
        _leave(record, line, turn.source, at)
    record.tell(turn, at, who, payload)


#: What ends a request before all of it was delivered.
_ENDS_EARLY = frozenset({Action.WITHDRAW, Action.DISCONTINUE, Action.LAPSE_PLAN})


def _leave(record: Record, step: Step, before: State, at: datetime) -> None:
    """Do what the product does when a step leaves open questions, consultations or money behind."""
    if step.action in _ENDS_EARLY:
        delivering.end_delivery(record, at)
    if step.action is Action.REASSESS:
        delivering.close_version(record, at)
    if step.target in ENDED:
        money.settle(record, at, closed=step.action is Action.CLOSE)
    if leaves_questions(step, before):
        for row in (one for asked in record.questions.values() for one in asked):
            if row["answered_at"] is None and row["closed_at"] is None:
                row["closed_at"] = at
    how = ClosedHow.REQUEST_ENDED if step.target in ENDED else ClosedHow.OVERTAKEN
    if step.target in ENDED or step.target is State.IN_REVIEW:
        for row in record.consultations.values():
            if row["closed_at"] is None and (how is ClosedHow.REQUEST_ENDED or row["body"] is not Body.PARTNER):
                row["closed_at"], row["closed_how"] = at, how
                row["version"] += 1
