"""History read once from the beginning: who had the case when, and when its clock stood.

Every instant belongs to one party, so that the time with all of them adds up to the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.workflow.states import ENDED, PAUSED
from app.workflow.vocabulary import Action, Body, HoldReason, Mark, Party, State
from app.workflow.workdays import WorkCalendar

ANSWERS_OF_BODIES = frozenset(
    {
        Action.GIVE_POSITION,
        Action.RECORD_POSITION,
        Action.DEEM_NO_OBJECTION,
        Action.PROCEED_WITHOUT,
        Mark.PARTNER_ANSWERED,
    }
)
QUESTION_STATES = frozenset({State.IN_REVIEW, State.IN_COORDINATION, State.PLANNING, State.IN_DELIVERY})
PARTY_OF_BODY = {Body.CTC_CTED: Party.CTC_CTED, Body.OLA: Party.OLA, Body.PARTNER: Party.PARTNER}
STATE_HOLDS = frozenset({State.DRAFT, State.AWAITING_MISSION, State.RETURNED, State.DELIVERED})


@dataclass(frozen=True, slots=True)
class Event:
    """One row of history, as far as clocks need it. `at` is UTC; `target` is set when the state changed.

    `subject` tells clocks of the same kind apart: the key of the question, consultation or participation. `body` and
    `round` belong to a consultation, `blocking` to a question, `hold_reason` to a hold. `received_on` is the day on
    which a paper request arrived; such a request counts from that day. `counts_from` belongs to the mark `merged_in`:
    from when the request counted that was merged into this one.
    """

    at: datetime
    kind: Action | Mark
    target: State | None = None
    subject: str = ""
    body: Body | None = None
    round: int = 1
    blocking: bool = False
    hold_reason: HoldReason | None = None
    received_on: date | None = None
    counts_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """An unbroken time in one state with one party; `ended_at` is None for the last one."""

    state: State
    party: Party
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock of the case stood: `returned`, `on_hold`, or (None) a blocking question."""

    cause: State | None
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(slots=True)
class Situation:
    """What matters for the holder, after the events read so far."""

    state: State
    questions: set[str]
    consultations: dict[str, Body]
    plan_with_state: bool = False
    evaluated: bool = False
    hold_reason: HoldReason | None = None

    def read(self, event: Event) -> None:
        """Take one more event into account."""
        if event.target is not None:
            self._enter(event.target)
        if event.kind is Action.HOLD:
            self.hold_reason = event.hold_reason
        elif event.kind is Action.ASK_STATE and event.blocking:
            self.questions.add(event.subject)
        elif event.kind is Action.ANSWER_QUESTION:
            self.questions.discard(event.subject)
        elif event.kind is Mark.NOTICE_DELIVERED and event.body is not None:
            self.consultations[event.subject] = event.body
        elif event.kind in ANSWERS_OF_BODIES:
            self.consultations.pop(event.subject, None)
        elif event.kind in {Action.PROPOSE_PLAN, Action.REQUEST_PLAN_CHANGES, Mark.PLAN_TAKEN_BACK}:
            self.plan_with_state = event.kind is Action.PROPOSE_PLAN
        elif event.kind is Action.EVALUATE:
            self.evaluated = True

    def _enter(self, target: State) -> None:
        self.state = target
        if target in PAUSED:
            return
        if target not in QUESTION_STATES:
            self.questions.clear()
        if target is not State.IN_COORDINATION:
            self.consultations = {key: body for key, body in self.consultations.items() if body is Body.PARTNER}
        if target is not State.PLANNING:
            self.plan_with_state = False
        self.evaluated = self.evaluated and target is not State.EVALUATION
        self.hold_reason = None

    @property
    def holder(self) -> Party:
        """With whom the case lies. A blocking question comes first, then CTC/CTED, OLA, partners, in this order."""
        if self.state in ENDED:
            return Party.NOBODY
        if self.state is State.ON_HOLD:
            return Party.FUNDING if self.hold_reason is HoldReason.MONEY else Party.TPB
        if self.state in STATE_HOLDS or self.questions:
            return Party.STATE
        if self.state is State.EVALUATION:
            return Party.TPB if self.evaluated else Party.STATE
        if self.state is State.IN_COORDINATION and self.consultations:
            asked = set(self.consultations.values())
            return next(PARTY_OF_BODY[body] for body in Body if body in asked)
        return Party.STATE if self.plan_with_state else Party.TPB

    @property
    def pauses(self) -> frozenset[State | None]:
        """The causes for which the clock stands now."""
        causes: set[State | None] = {state for state in PAUSED if state is self.state}
        if self.questions and self.state not in PAUSED:
            causes.add(None)
        return frozenset(causes)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stays and pauses of one case, and where it stands after its last event."""

    stays: tuple[Stay, ...]
    pauses: tuple[Pause, ...]
    holder: Party


def in_order(history: Sequence[Event], tpb: WorkCalendar) -> tuple[Event, ...]:
    """The same events with instants that never run backwards (two servers, two clocks).

    A paper request begins with the day on which it was received, in TPB's zone, if that is earlier.
    """
    ordered: list[Event] = []
    for event in history:
        at = max(event.at, ordered[-1].at) if ordered else event.at
        if not ordered and event.received_on is not None:
            at = min(at, tpb.as_of(event.at).start_of(event.received_on))
        ordered.append(event if at == event.at else replace(event, at=at))
    return tuple(ordered)


def situations(history: Sequence[Event]) -> Iterator[tuple[Event, Situation]]:
    """Each event with the situation after it. The first event must say in which state the case began: ValueError."""
    if not history:
        return
    first = history[0].target
    if first is None:
        raise ValueError("the first event of a history enters a state")
    situation = Situation(first, set(), {})
    for event in history:
        situation.read(event)
        yield event, situation


def earlier_date(history: Sequence[Event]) -> datetime | None:
    """From when a case counts because of a request that was merged into it; None where its own date is the earlier.

    Of several the earliest; one whose merge was undone counts no more (process page, Steps: merge, unmerge).
    """
    own = next((event.at for event in history if event.target is State.SUBMITTED), None)
    merged: dict[str, datetime] = {}
    for event in history:
        if event.kind is Mark.MERGED_IN and event.counts_from is not None:
            merged[event.subject] = event.counts_from
        elif event.kind is Mark.MERGE_UNDONE:
            merged.pop(event.subject, None)
    first = min(merged.values(), default=None)
    return first if first is not None and (own is None or first < own) else None


def read_timeline(history: Sequence[Event]) -> Timeline:
    """Stays and pauses of a history in order (see `in_order`); an empty history has none and lies with nobody."""
    stays: list[Stay] = []
    pauses: list[Pause] = []
    running: dict[State | None, Pause] = {}
    holder = Party.NOBODY
    for event, situation in situations(history):
        holder = situation.holder
        if not stays or (stays[-1].state, stays[-1].party) != (situation.state, holder):
            if stays:
                stays[-1] = replace(stays[-1], ended_at=event.at)
            stays.append(Stay(situation.state, holder, event.at))
        for cause in situation.pauses - running.keys():
            running[cause] = Pause(cause, event.at)
        over = running.keys() - situation.pauses
        pauses.extend(replace(running.pop(cause), ended_at=event.at) for cause in over)
    pauses.extend(running.values())
    return Timeline(tuple(stays), tuple(sorted(pauses, key=lambda pause: pause.started_at)), holder)
