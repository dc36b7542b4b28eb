"""Checks of the definition itself: what every version of the process must fulfil, whatever its lines say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.workflow.model import Act, Process
from app.workflow.people import TIES_OF
from app.workflow.vocabulary import Action, HoldReason, LimitKey, State, Window


def problems(process: Process) -> tuple[str, ...]:
    """Everything that is wrong with `process`, one sentence each; empty when it is sound."""
    found = (_states, _start, _reached, _ends, _once, _complete, _people, _limits)
    return tuple(problem for check in found for problem in check(process))


def reached_from(process: Process, start: State) -> frozenset[State]:
    """The states that steps can lead to from `start`, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        following = {step.target for step in process.steps if state in step.sources} - seen
        seen |= following
        waiting.extend(following)
    return frozenset(seen)


def _states(process: Process) -> Iterator[str]:
    for state, times in Counter(line.state for line in process.states).items():
        if times > 1:
            yield f"state {state.value} stands {times} times in the table of states"
    known = {line.state for line in process.states}
    used = {state for line in process.lines for state in line.sources} | {step.target for step in process.steps}
    yield from (f"state {state.value} has no line" for state in State if state in used - known)


def _start(process: Process) -> Iterator[str]:
    starts = [line.state.value for line in process.states if line.start]
    if len(starts) != 1:
        yield f"one start is needed, not {len(starts)}: {', '.join(starts)}"


def _reached(process: Process) -> Iterator[str]:
    starts = [line.state for line in process.states if line.start]
    seen = frozenset[State]().union(*(reached_from(process, start) for start in starts))
    yield from (f"state {line.state.value} is never reached" for line in process.states if line.state not in seen)


def _ends(process: Process) -> Iterator[str]:
    ended = {line.state for line in process.states if line.ended}
    for line in process.states:
        if not ended & reached_from(process, line.state):
            yield f"state {line.state.value} cannot end"


def _once(process: Process) -> Iterator[str]:
    cells: Counter[tuple[str, Action]] = Counter()
    for line in process.lines:
        cells.update((state.value, line.action) for state in line.sources)
        if isinstance(line, Act) and line.creates is not None:
            cells["new", line.action] += 1
    for (state, action), times in cells.items():
        if times > 1:
            yield f"action {action.value} in state {state} stands {times} times"


def _complete(process: Process) -> Iterator[str]:
    defined = {line.action for line in process.lines}
    yield from (f"action {action.value} has no line" for action in Action if action not in defined)
    steps, acts = ({line.action for line in part} for part in (process.steps, process.acts))
    yield from (f"action {action.value} is both step and act" for action in Action if action in steps & acts)
    for line in process.lines:
        begins = isinstance(line, Act) and line.creates is not None
        if begins == bool(line.sources):
            yield f"action {line.action.value} must either begin a case or have a state"


def _people(process: Process) -> Iterator[str]:
    for line in process.lines:
        if not line.people:
            yield f"nobody may do {line.action.value}"
        cells = Counter((who.role, who.tie) for who in line.people)
        for (role, tie), times in cells.items():
            if times > 1:
                yield f"{line.action.value} names {role.value} ({tie.value}) {times} times"
            if tie not in TIES_OF[role]:
                yield f"{line.action.value}: tie {tie.value} means nothing for {role.value}"
    reasons = [
        reason for line in process.lines if line.action is Action.HOLD for w in line.people for reason in w.holds_for
    ]
    if sorted(reasons) != sorted(HoldReason):
        yield "every reason to hold belongs to exactly one role"


def _limits(process: Process) -> Iterator[str]:
    limits = Counter(limit.key for limit in process.limits)
    windows = Counter(window for window, _ in process.windows)
    yield from (f"limit {key.value} stands {limits[key]} times" for key in LimitKey if limits[key] != 1)
    yield from (f"window {key.value} stands {windows[key]} times" for key in Window if windows[key] != 1)
    for limit in process.limits:
        spans = [span for span in (limit.span, limit.urgent, limit.last, limit.more_time, limit.second_round) if span]
        if any(span.amount < 1 or span.unit is not limit.span.unit for span in spans):
            yield f"limit {limit.key.value} has an amount below one or mixed units"
        inner = (*limit.reminders, *limit.reminders_left)
        if any(not 0 < day < limit.span.amount for day in inner):
            yield f"limit {limit.key.value} reminds outside its time"
