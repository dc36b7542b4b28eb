"""Every history that is drawn for a filled demo is one that the definition of the process allows."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from app.demo.filling.odds import DISTANCE, ODDS, SHARES
from app.demo.filling.stays import walk_to
from app.demo.filling.telling import TELLERS
from app.demo.filling.walk import NoWay, Traits, Turn, Walk
from app.workflow.definition import PROCESS
from app.workflow.model import Act, Step
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import Action, Body, Condition, Mark, Role, State, Urgency

WALKS = 40


def drawn(goal: State, number: int) -> tuple[Traits, list[Turn]]:
    on_paper = number % 5 == 0 and goal not in STATE_ONLY
    traits = Traits(
        begins=Action.REGISTER_PAPER if on_paper else Action.DRAFT_REQUEST,
        alone=number % 3 == 0,
        bodies=(Body.CTC_CTED, Body.OLA) if number % 2 else (Body.CTC_CTED,),
        urgency=Urgency.URGENT if number % 4 == 0 else Urgency.ROUTINE,
        activities=1 + number % 3,
    )
    return traits, walk_to(Random(number), traits, goal)


@pytest.mark.parametrize("goal", list(State))
def test_each_turn_is_a_line_of_the_process_and_leads_to_the_goal(goal: State) -> None:
    for number in range(WALKS):
        traits, turns = drawn(goal, number)
        state: State | None = None
        for turn in turns:
            if isinstance(turn.kind, Mark):
                assert (turn.source, turn.target) == (None, None)
                continue
            line = PROCESS.line(turn.kind, state)
            assert line is not None, f"{turn.kind} in {state}"
            who = [one for one in line.people if one.role is turn.by]
            assert who, f"{turn.kind} by {turn.by}"
            assert traits.alone or any(one.only is not Condition.MAY_SUBMIT for one in who)
            after = line.target if isinstance(line, Step) else (line.creates or state)
            assert (turn.source, turn.target) == (state, after)
            state = after
        assert state is goal


def test_walks_take_nearly_every_line_and_differ() -> None:
    taken = Counter(turn.kind for goal in State for number in range(WALKS) for turn in drawn(goal, number)[1])
    left = {step.action for step in PROCESS.steps} - set(taken)
    assert left == {action for action, odds in ODDS.items() if odds == 0}
    histories = {tuple(turn.kind for turn in drawn(State.CLOSED, number)[1]) for number in range(WALKS)}
    assert len(histories) > WALKS * 0.8


def test_everything_that_a_walk_does_is_told_or_has_nothing_to_tell() -> None:
    silent = {kind for goal in State for number in range(WALKS) for kind in (t.kind for t in drawn(goal, number)[1])}
    assert silent - set(TELLERS) == {
        Action.DRAFT_REQUEST,
        Action.DISCARD,
        Action.PURGE,
        Action.TAKE_UP,
        Action.LAPSE_UNANSWERED,
        Action.REVIVE,
        Action.PUT_FOR_DECISION,
        Action.START_DELIVERY,
        Action.REPORT_DELIVERED,
        Action.CONFIRM_DELIVERY,
        Action.DEEM_DELIVERY_CONFIRMED,
        Action.CLOSE,
    }


def test_what_a_plan_needs_was_done_before_it_is_agreed() -> None:
    for number in range(WALKS):
        kinds = [turn.kind for turn in drawn(State.CLOSED, number)[1]]
        for place, kind in enumerate(kinds):
            before = kinds[:place]
            if kind is Action.CONSULT:
                assert Action.ASSESS in before
            if kind is Action.PUT_FOR_DECISION:
                assert Action.DRAFT_PLAN in before
            if kind is Action.AGREE_PLAN:
                assert {Action.APPROVE, Action.PROPOSE_PLAN, Action.ALLOCATE} <= set(before)
            if kind is Action.CLOSE:
                assert Action.EVALUATE in before


def test_a_walk_refuses_what_the_process_does_not_have() -> None:
    walk = Walk(Random(1), Traits(), State.CLOSED)
    walk.begin()
    with pytest.raises(KeyError):
        walk.act(Action.ASSESS)
    with pytest.raises(NoWay):
        walk.act(Action.EDIT_DRAFT, Role.BRANCH_CHIEF)
    assert isinstance(PROCESS.line(Action.EDIT_DRAFT, State.DRAFT), Act)


def test_cases_rest_in_every_state_and_each_can_be_reached() -> None:
    assert SHARES.keys() == set(State)
    assert all((State.DRAFT, goal) in DISTANCE for goal in State)
