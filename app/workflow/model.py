"""The shape of the process: steps, acts, limits, and the process that holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.workflow.facts import CaseFacts
from app.workflow.refusals import Refusal
from app.workflow.vocabulary import (
    Action,
    Ask,
    Body,
    Condition,
    HoldReason,
    LimitKey,
    Mark,
    Party,
    Phase,
    Role,
    Section,
    State,
    Tie,
    Unit,
    Window,
)


class NotPermitted(Exception):
    """No permission cell allows this actor this action on this case in its state."""

    def __init__(self, action: Action) -> None:
        super().__init__(action.value)
        self.action = action


class RefusedByGuard(Exception):
    """The actor may, but the case is not ready: every reason at once."""

    def __init__(self, action: Action, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(action.value, *(refusal.code.value for refusal in refusals))
        self.action = action
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class Guard:
    """One "only if" rule: a pure function with the sections that it needs.

    `by_command` marks a rule which the command itself can fulfil (the answers in the form): the button is offered
    without asking it, the step is not done without it. `of_case` marks a rule that says whether the line concerns the
    case at all, and that nobody can fulfil where it is refused: there is no button then, not one with a reason.
    """

    name: str
    needs: frozenset[Section]
    rule: Callable[[CaseFacts], Refusal | None]
    by_command: bool = False
    of_case: bool = False

    def __call__(self, facts: CaseFacts) -> Refusal | None:
        return self.rule(facts)


def guard(
    *needs: Section, by_command: bool = False, of_case: bool = False
) -> Callable[[Callable[[CaseFacts], Refusal | None]], Guard]:
    """Make a Guard out of a function that reads the sections `needs`."""

    def made(rule: Callable[[CaseFacts], Refusal | None]) -> Guard:
        return Guard(rule.__name__, frozenset(needs), rule, by_command, of_case)

    return made


@dataclass(frozen=True, slots=True)
class Who:
    """A role with a tie. `only` narrows it to one kind of person; `holds_for` names the reasons open to the role."""

    role: Role
    tie: Tie
    only: Condition | None = None
    holds_for: frozenset[HoldReason] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table of steps: the full cross product of its sources and its people."""

    action: Action
    sources: frozenset[State]
    target: State
    people: tuple[Who, ...]
    guards: tuple[Guard, ...] = ()
    asks: frozenset[Ask] = frozenset()


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the table of acts. `creates` is set for acts that begin a case; they have no source."""

    action: Action
    sources: frozenset[State]
    people: tuple[Who, ...]
    guards: tuple[Guard, ...] = ()
    asks: frozenset[Ask] = frozenset()
    creates: State | None = None


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state with the phase that the State reads."""

    state: State
    phase: Phase
    start: bool = False
    ended: bool = False
    your_turn: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: so many working days, calendar days or months."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Runs:
    """When a limit runs: while the case is in `states`, from a start to a stop.

    With `on_entry` it begins on entering the states, and with any of `starts`. A start while it runs begins anew when
    it `restarts`, else it is a clock of its own (one per question, consultation, participation). `body` narrows the
    starts to one body's notices, `blocking` to blocking questions; `first_only` counts the first time in these states.
    A pause (`returned`, `on_hold`, a blocking question) stops it, unless the pause is the very thing that it counts.
    """

    states: frozenset[State]
    starts: frozenset[Action | Mark] = frozenset()
    stops: frozenset[Action | Mark] = frozenset()
    on_entry: bool = True
    restarts: bool = False
    body: Body | None = None
    blocking: bool = False
    first_only: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """One line of the table of limits: a default, changed by settings with effective dates.

    `holder` is who is late, and whose working days and midnight count; `runs` says when the clock runs. `reminders` are
    counted from the start, `reminders_left` back from the end, both in the unit of `span`. `times` repeats the limit in
    a row (None: as long as it runs). `escalations` are moments counted from the start at which the next level is told,
    `last` the end after which the chief may proceed without an answer. `valid_from` is the first day (in the holder's
    zone) on which a stay that begins is counted with this line; None is since ever.
    """

    key: LimitKey
    runs: tuple[Runs, ...]
    span: Span
    holder: Party
    urgent: Span | None = None
    reminders: tuple[int, ...] = ()
    reminders_left: tuple[int, ...] = ()
    times: int | None = 1
    escalations: tuple[int, ...] = ()
    last: Span | None = None
    more_time: Span | None = None
    second_round: Span | None = None
    valid_from: date | None = None


@dataclass(frozen=True)
class Process:
    """The whole process."""

    states: tuple[StateLine, ...]
    steps: tuple[Step, ...]
    acts: tuple[Act, ...]
    limits: tuple[Limit, ...]
    windows: tuple[tuple[Window, Span], ...] = ()

    @cached_property
    def lines(self) -> tuple[Step | Act, ...]:
        """Steps and acts together: everything under the permission table."""
        return (*self.steps, *self.acts)

    @cached_property
    def by_cell(self) -> dict[tuple[State | None, Action], Step | Act]:
        """The line for an action in a state; acts that begin a case stand under None."""
        found: dict[tuple[State | None, Action], Step | Act] = {}
        for line in self.lines:
            if isinstance(line, Act) and line.creates is not None:
                found[(None, line.action)] = line
            for source in line.sources:
                found[(source, line.action)] = line
        return found

    def line(self, action: Action, state: State | None) -> Step | Act | None:
        """The line for `action` in `state` (None: there is no case yet), or None when the process has none."""
        return self.by_cell.get((state, action))

    def step(self, action: Action, state: State) -> Step:
        """The step `action` from `state`; KeyError when the process has none."""
        line = self.by_cell[(state, action)]
        if not isinstance(line, Step):
            raise KeyError((state, action))
        return line
