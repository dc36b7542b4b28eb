"""The definition of the process is sound, and each check notices what it is there for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.workflow import describe
from app.workflow.checks import problems, reached_from
from app.workflow.definition import PROCESS
from app.workflow.descriptions import DESCRIPTIONS
from app.workflow.guards import coordination, delivery, intake, review
from app.workflow.model import Act, Guard, Process, Span, Step, Who
from app.workflow.people import CHIEF, STATE_SIDE
from app.workflow.states import ENDED, OPEN, PAUSED, PHASE_OF, STATE_ONLY, YOUR_TURN
from app.workflow.vocabulary import Action, Phase, Role, State, Tie, Unit


def without_steps(*actions: Action) -> Process:
    return replace(PROCESS, steps=tuple(step for step in PROCESS.steps if step.action not in actions))


def changed_state(state: State, **changes: object) -> Process:
    lines = (replace(line, **changes) if line.state is state else line for line in PROCESS.states)
    return replace(PROCESS, states=tuple(lines))


def with_step(step: Step) -> Process:
    return replace(PROCESS, steps=(*PROCESS.steps, step))


def changed_step(action: Action, **changes: object) -> Process:
    steps = (replace(step, **changes) if step.action is action else step for step in PROCESS.steps)
    return replace(PROCESS, steps=tuple(steps))


def changed_limit(position: int, **changes: object) -> Process:
    limits = list(PROCESS.limits)
    limits[position] = replace(limits[position], **changes)
    return replace(PROCESS, limits=tuple(limits))


A, S = Action, State
BROKEN: dict[str, tuple[Callable[[], Process], str]] = {
    "no start": (lambda: changed_state(S.DRAFT, start=False), "one start is needed, not 0"),
    "two starts": (lambda: changed_state(S.SUBMITTED, start=True), "one start is needed, not 2"),
    "never reached": (lambda: without_steps(A.HOLD), "state on_hold is never reached"),
    "cannot end": (
        lambda: replace(
            without_steps(A.WITHDRAW, A.RESUME_PLANNING, A.RESUME_REVIEW, A.DISCONTINUE), states=PROCESS.states
        ),
        "state on_hold cannot end",
    ),
    "a cell twice": (
        lambda: with_step(Step(A.TAKE_UP, frozenset({S.SUBMITTED}), S.IN_REVIEW, STATE_SIDE)),
        "action take_up in state submitted stands 2 times",
    ),
    "an act begun twice": (lambda: replace(PROCESS, acts=(*PROCESS.acts, PROCESS.acts[0])), "in state new stands 2"),
    "a state twice": (
        lambda: replace(PROCESS, states=(*PROCESS.states, PROCESS.states[0])),
        "state draft stands 2 times",
    ),
    "a state without line": (lambda: replace(PROCESS, states=PROCESS.states[1:]), "state draft has no line"),
    "an action without line": (lambda: without_steps(A.REFER), "action refer has no line"),
    "step and act": (
        lambda: with_step(Step(A.ASSESS, frozenset({S.SUBMITTED}), S.IN_REVIEW, (CHIEF,))),
        "action assess is both step and act",
    ),
    "an act without state": (
        lambda: replace(PROCESS, acts=(*PROCESS.acts, Act(A.ASSESS, frozenset(), (CHIEF,)))),
        "action assess must either begin a case or have a state",
    ),
    "nobody": (lambda: changed_step(A.REFER, people=()), "nobody may do refer"),
    "a role twice": (lambda: changed_step(A.REFER, people=(CHIEF, CHIEF)), "refer names branch_chief (independent) 2"),
    "a tie without meaning": (
        lambda: changed_step(A.REFER, people=(Who(Role.MANAGER, Tie.OWN),)),
        "tie own means nothing for manager",
    ),
    "a hold reason without role": (lambda: changed_step(A.HOLD, people=(CHIEF,)), "every reason to hold"),
    "a limit missing": (lambda: replace(PROCESS, limits=PROCESS.limits[1:]), "limit purge stands 0 times"),
    "a window missing": (lambda: replace(PROCESS, windows=PROCESS.windows[1:]), "window revive stands 0 times"),
    "mixed units": (
        lambda: changed_limit(1, urgent=Span(2, Unit.DAYS)),
        "limit mission has an amount below one or mixed",
    ),
    "no time": (lambda: changed_limit(1, span=Span(0, Unit.WORKING_DAYS)), "limit mission has an amount below one"),
    "a late reminder": (lambda: changed_limit(1, reminders=(3, 10)), "limit mission reminds outside its time"),
}


def test_the_process_is_sound() -> None:
    assert problems(PROCESS) == ()


@pytest.mark.parametrize("name", BROKEN)
def test_each_check_notices(name: str) -> None:
    broken, says = BROKEN[name]
    assert any(says in problem for problem in problems(broken())), problems(broken())


def test_every_state_has_one_line_and_the_sets_follow() -> None:
    assert [line.state for line in PROCESS.states] == list(State)
    assert set(PHASE_OF.values()) == set(Phase)
    assert {state for state in State if PHASE_OF[state] is Phase.ENDED} == ENDED
    assert set(State) - ENDED - {State.DRAFT, State.AWAITING_MISSION} == OPEN
    assert {State.RETURNED, State.DELIVERED} == YOUR_TURN
    assert {State.RETURNED, State.ON_HOLD} == PAUSED
    assert STATE_ONLY.isdisjoint(OPEN)


def test_only_a_way_through_submission_leads_to_tpb() -> None:
    """Without sending or submitting, a draft never leaves the State."""
    alone = without_steps(A.CONFIRM_REQUEST, A.SUBMIT)
    assert reached_from(alone, State.DRAFT) == STATE_ONLY


def test_planning_needs_a_consultation() -> None:
    """Beside the fast lane, no way leads from submission to planning but through coordination."""
    assert State.PLANNING in reached_from(without_steps(A.SUPPLY), State.SUBMITTED)
    assert State.PLANNING not in reached_from(without_steps(A.SUPPLY, A.CONSULT), State.SUBMITTED)


def test_every_guard_stands_on_a_line() -> None:
    written = {
        name
        for module in (coordination, delivery, intake, review)
        for name, value in vars(module).items()
        if isinstance(value, Guard)
    }
    used = {guard.name for line in PROCESS.lines for guard in line.guards}
    assert written - used == set()


def test_every_action_is_described_once() -> None:
    assert set(DESCRIPTIONS) == set(Action)


def test_the_page_says_what_the_definition_says() -> None:
    assert describe.PAGE.read_text(encoding="utf-8") == describe.page()


def test_check_fails_when_the_page_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(describe, "PAGE", tmp_path / "docs" / "process.md")
    assert describe.main(["--check"]) == 1
    assert describe.main([]) == 0
    assert describe.main(["--check"]) == 0
    describe.PAGE.write_text("something else", encoding="utf-8")
    assert describe.main(["--check"]) == 1
    assert "run python -m app.workflow.describe" in capsys.readouterr().err
