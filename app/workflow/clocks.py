"""When the clocks of one limit start and stop, read from history; how long they run is counted elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.workflow.model import Runs
from app.workflow.states import PAUSED
from app.workflow.timeline import Event
from app.workflow.vocabulary import Action, HoldReason, Mark, State


@dataclass(frozen=True, slots=True)
class Clock:
    """One run of a limit. `more_time` counts how often the body was given more time; `urgent` is as it began.

    `begun_by` is the step, act or mark that started it, `begun_in` the state in which the case then was.
    """

    runs: Runs
    starts_at: datetime
    begun_by: Action | Mark | None = None
    begun_in: State | None = None
    subject: str = ""
    round: int = 1
    urgent: bool = False
    more_time: int = 0
    received_on: date | None = None
    hold_reason: HoldReason | None = None
    ended_at: datetime | None = None


@dataclass(slots=True)
class _Reader:
    runs: Runs
    finished: list[Clock] = field(default_factory=list)
    running: dict[str, Clock] = field(default_factory=dict)
    state: State | None = None
    settled: State | None = None  # the last state in which the case did not rest
    urgent: bool = False
    entered_before: bool = False

    def read(self, event: Event) -> None:
        """Take one more event into account: what it stops, then what it starts."""
        self.urgent = self.urgent or event.kind is Action.CONFIRM_URGENCY
        if event.target is not None:
            self._enter(event, event.target)
        if event.kind in self.runs.stops:
            self._stop(event)
        if event.kind in self.runs.starts and self._concerns(event):
            self._start(event)
        if event.kind is Action.ASK_MORE_TIME and event.subject in self.running:
            clock = self.running[event.subject]
            self.running[event.subject] = replace(clock, more_time=clock.more_time + 1)

    def _enter(self, event: Event, target: State) -> None:
        came_from, self.state = self.settled, target
        inside = target in self.runs.states
        if (not inside and target not in PAUSED) or (not inside and self.state in PAUSED and came_from in PAUSED):
            self._finish_all(event.at)
        if target not in PAUSED:
            self.settled = target
        fresh = came_from not in self.runs.states and not self.running
        if self.runs.on_entry and inside and fresh and not (self.runs.first_only and self.entered_before):
            self.entered_before = True
            self._start(event)

    def _concerns(self, event: Event) -> bool:
        ours = self.runs.body is None or self.runs.body is event.body
        return ours and self.state in self.runs.states and (event.blocking or not self.runs.blocking)

    def _subject(self, event: Event) -> str:
        """One clock for all, unless each question, consultation or participation has its own."""
        alone = self.runs.restarts or self.runs.on_entry
        return "" if alone else event.subject

    def _start(self, event: Event) -> None:
        subject = self._subject(event)
        before = self.running.pop(subject, None)
        if before is not None and not self.runs.restarts:
            if before.round == event.round:
                self.running[subject] = before  # the same notice, delivered again
                return
            self.finished.append(replace(before, ended_at=event.at))
        self.running[subject] = Clock(
            runs=self.runs,
            starts_at=event.at,
            begun_by=event.kind,
            begun_in=self.state,
            subject=subject,
            round=event.round,
            urgent=self.urgent,
            received_on=event.received_on,
            hold_reason=event.hold_reason,
        )

    def _stop(self, event: Event) -> None:
        clock = self.running.pop(self._subject(event), None)
        if clock is not None:
            self.finished.append(replace(clock, ended_at=event.at))

    def _finish_all(self, at: datetime) -> None:
        if not self.running:
            return
        self.finished.extend(replace(clock, ended_at=at) for clock in self.running.values())
        self.running.clear()


def run_clocks(history: Sequence[Event], runs: Sequence[Runs], *, only_open: bool = False) -> tuple[Clock, ...]:
    """Every clock that `runs` started in this history, ended ones first.

    A clock goes on over a pause outside its states and ends when the case settles elsewhere. One that begins anew
    leaves no trace of the earlier start: a draft touched again, a later last activity. With `only_open`, those that
    still run alone.
    """
    found: list[Clock] = []
    targets = [event.target for event in history if event.target is not None]
    visited, kinds, last = set(targets), {event.kind for event in history}, targets[-1] if targets else None
    for pattern in runs:
        if pattern.states.isdisjoint(visited) or not (pattern.on_entry or pattern.starts & kinds):
            continue  # a clock begins in one of its states, by entry or by what starts it, or never
        if only_open and last not in pattern.states and last not in PAUSED:
            continue  # every clock ended when the case settled elsewhere
        reader = _Reader(pattern)
        for event in history:
            reader.read(event)
        found.extend(reader.running.values() if only_open else (*reader.finished, *reader.running.values()))
    return tuple(found)
