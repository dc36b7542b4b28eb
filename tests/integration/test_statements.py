"""How many SQL statements a page and a step cost, asserted; the same for 25, 50 and 100 rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.models import CaseRevision
from app.composition import WIRING
from app.workflow.vocabulary import Action, Body, Role, State
from tests.factories.acting import do, do_on, path_of, read_letter
from tests.factories.cases import at_home, make_case, make_cases
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.one_page import TYPED
from tests.factories.people import Cast, cast_of
from tests.factories.readiness import furnish, ready_for
from tests.factories.reading import count_of, standing
from tests.factories.supplies import asking_for, stand_by
from tests.integration.test_stale import OF_A_ROW, STEPS
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
QUEUE: Final = 6
CASE_PAGE: Final = 10
TRANSITION: Final = 14
#: The one page begins, saves and sends in one transaction: two acts and a step, fewer than the three cost apart.
BEGUN_AND_SAVED, SAVED_AND_SENT, ALL_AT_ONCE = 20, 22, 30
#: Opening consultations freezes the brief, opens a row for each body and tells three circles, once for a request; what
#: is recorded is told to the liaisons of one body, whom no circle around the case names.
COORDINATING: Final = {Action.CONSULT: 6, Action.RECORD_POSITION: 1}
#: What ends a request in a state in which bodies may be asked closes what they have not answered; a referral is shared
#: with CTC/CTED as well, if the State consents. What ends early a request that was planned cancels what was to take
#: place, and calls off who was invited. What was allocated and not spent is looked for and goes back.
ENDING: Final = {Action.FIND_INELIGIBLE: 2, Action.DISCONTINUE: 4, Action.CLOSE: 2, Action.REFER: 4}
#: The source is locked, added up, asked who filled it, and written: that is what keeps it from being overdrawn.
ALLOCATING: Final = {Action.ALLOCATE: 3, Action.APPROVE_ALLOCATION: 3}
#: Guards over time need what only a clock that moved gives; its cost is that of the other steps of its kind.
#: Rows of their own and a letter that is checked before it is rendered: what a decision is worth. A refusal ends the
#: request, too; who takes it up again begins a new assessment.
MORE: Final = {
    # four slices are asked; each activity becomes a row of its own, and begins again as one of the next version
    Action.AGREE_PLAN: 7,
    Action.RESCHEDULE: 7,
    # what was proposed, the activity, and the States that were invited to it
    Action.ANSWER_MOVE: 3,
    # a row says what became of it, another when and by whom, and the officer is told
    Action.FOLLOW_RECOMMENDATION: 1,
    Action.ANSWER_LOOK_BACK: 1,
    # the activity, who can have come, what was counted and what counts instead; and the State is told
    Action.CORRECT_COUNT: 4,
    Action.SUPPLY: 5,
    Action.APPROVE: 3,
    Action.DECLINE: 3,
    Action.RECONSIDER: 4,
    Action.PUT_FOR_DECISION: 1,
    # A plan that is put to the State brings the invitations of other States in line with it; one that is given up
    # calls them off.
    Action.PROPOSE_PLAN: 2,
    # what was allocated is added up, and whoever was still asked is not waited for any more
    Action.RESUME_REVIEW: 1,
    Action.REASSESS: 1,
    **COORDINATING,
    **ENDING,
    **ALLOCATING,
}
NEEDS_TIME: Final = {Action.LAPSE_UNANSWERED, Action.LAPSE_PLAN, Action.PROCEED_WITHOUT}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_the_queue_costs_the_same_for_25_50_and_100_rows(app: Flask, cast: Cast, statements: Recorded) -> None:
    states = (State.SUBMITTED, State.SCREENING, State.RETURNED, State.IN_REVIEW)
    make_cases(app, cast, [(states[number % 4], at_home(cast, title=f"Number {number}")) for number in range(102)])
    for person in ("intake_officer", "branch_chief", "auditor"):
        client, costs = quick_client(app, cast[person]), []
        get(app, client, "/queue")
        for size in (25, 50, 100):
            with statements() as seen:
                page = get(app, client, f"/queue?rows={size}")
            text = page.get_data(as_text=True)
            assert page.status_code == 200
            assert sum(f"Number {number}<" in text for number in range(102)) == size
            seen.at_most(QUEUE)
            costs.append(len(seen))
        assert len(set(costs)) == 1, (person, costs)


@pytest.mark.parametrize(
    "query",
    ["?view=ended", "?view=mine", "?due=overdue&type=tools", "?q=TPB-2026-0001", "?q=law", "?sort=state&q=zebra"],
)
def test_the_queue_narrowed_costs_no_more(app: Flask, cast: Cast, statements: Recorded, query: str) -> None:
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast)), (State.WITHDRAWN, at_home(cast))])
    client = quick_client(app, cast.intake_officer)
    get(app, client, "/queue")
    with statements() as seen:
        assert get(app, client, f"/queue{query}").status_code == 200
    seen.at_most(QUEUE)


def test_the_home_costs_the_same_for_few_and_many(app: Flask, cast: Cast, statements: Recorded) -> None:
    client, costs = quick_client(app, cast.focal_point), []
    for more in (3, 40):
        make_cases(app, cast, [(State.RETURNED, at_home(cast)) for _ in range(more)])
        get(app, client, "/home")
        with statements() as seen:
            assert get(app, client, "/home").status_code == 200
        seen.at_most(QUEUE)
        costs.append(len(seen))
    assert len(set(costs)) == 1, costs


PEOPLE_AND_STATES: Final = [
    *(("mission", state) for state in State),
    *(("focal_point", state) for state in (State.DRAFT, State.RETURNED, State.LAPSED)),
    *(("intake_officer", state) for state in (State.SUBMITTED, State.SCREENING, State.RETURNED)),
    *((name, State.IN_REVIEW) for name in ("case_officer", "branch_chief", "ctc_liaison", "auditor")),
    *(("branch_chief", state) for state in (State.DECISION, State.ON_HOLD, State.PLANNING)),
]


TABS: Final = ("", "/history", "/screening", "/consultations", "/documents", "/documents/new")


def test_a_case_page_costs_no_more_than_allowed(app: Flask, cast: Cast, statements: Recorded) -> None:
    plan = at_home(cast, judged=True, bodies=(Body.CTC_CTED,))
    made = {case.state: case for case in make_cases(app, cast, [(state, plan) for state in State])}
    faults = []
    for name, state in PEOPLE_AND_STATES:
        client = quick_client(app, cast[name])
        for path in [f"/cases/{made[state].key}{tab}" for tab in TABS]:
            # The first page reads reference data that the next has in memory: what seems dear is read again.
            for _look in range(2):
                with statements() as seen:
                    status = get(app, client, path).status_code
                if len(seen) <= CASE_PAGE:
                    break
            if status not in (200, 403, 404):
                faults.append(f"{name} in {state}, {path}: {status}")
            if len(seen) > CASE_PAGE:
                faults.append(f"{name} in {state}, {path}: {seen}")
    assert not faults, "\n".join(faults)


def test_every_step_of_the_product_is_counted() -> None:
    assert {action for action, _state, _role in STEPS} | OF_A_ROW == set(WIRING.action_pages)


@pytest.mark.parametrize(("action", "state", "role"), [step for step in STEPS if step[0] not in NEEDS_TIME])
def test_a_transition_costs_no_more_than_allowed(
    app: Flask, cast: Cast, statements: Recorded, action: Action, state: State, role: Role
) -> None:
    usual = at_home(cast, judged=True, asked=True, urgent=True)
    case = make_case(app, cast, state, ready_for(action, asking_for(action, usual)))
    stand_by(app, cast)
    furnish(app, cast, action, case)
    target = str(make_case(app, cast, State.SUBMITTED).number)
    client = signed_in(app, cast.of(role))
    page = read_letter(client, client.get(path_of(action, case.key, target=target)), action)
    with statements() as seen:
        answer = do_on(client, page, action, officer=cast.other_officer.key, target=target)
    assert answer.status_code == 303
    assert standing(app, case.key).history[-1] == action.value
    seen.at_most(TRANSITION + MORE.get(action, 0))


def test_answers_that_correct_the_request_cost_no_more(app: Flask, cast: Cast, statements: Recorded) -> None:
    case = make_case(app, cast, State.RETURNED)
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/answer")
    said = {
        "answers-0-answer": "The Ministry of Justice.",
        "answers-0-correction": "Another problem.",
    }
    with statements() as seen:
        assert client.submit(page, said, button=None).status_code == 303
    assert count_of(app, CaseRevision, CaseRevision.case_id == case.id) == 2
    seen.at_most(TRANSITION)


def test_an_acceptance_by_the_officer_who_has_it_costs_no_more(app: Flask, cast: Cast, statements: Recorded) -> None:
    case = make_case(app, cast, State.SCREENING, at_home(cast, judged=True))
    client = signed_in(app, cast.intake_officer)
    assert do(client, Action.ASSIGN, case.key, officer=cast.other_officer.key).status_code == 303
    page = client.get(f"/cases/{case.key}/accept")
    with statements() as seen:
        assert do_on(client, page, Action.ACCEPT, officer=cast.other_officer.key).status_code == 303
    assert standing(app, case.key).history[-2:] == ("assign", "accept")
    seen.at_most(TRANSITION)


def test_saving_a_task_costs_no_more_than_a_transition(app: Flask, cast: Cast, statements: Recorded) -> None:
    case = make_case(app, cast, State.DRAFT)
    client = signed_in(app, cast.focal_point)
    for task in ("who", "need", "rights", "consents"):
        page = client.get(f"/cases/{case.key}/tasks/{task}")
        with statements() as seen:
            assert client.submit(page, button="later").status_code == 303
        seen.at_most(TRANSITION)


def test_the_one_page_costs_less_than_its_acts_apart(app: Flask, cast: Cast, statements: Recorded) -> None:
    make_case(app, cast, State.SUBMITTED)  # what is read once is in memory
    client, typed = signed_in(app, cast.focal_alone), TYPED["tool"]

    def costs(limit: int, ask: Callable[[], TestResponse]) -> TestResponse:
        with statements() as seen:
            answer = ask()
        seen.at_most(limit)
        return answer

    page = costs(QUEUE, lambda: client.get("/requests/new/tool"))
    kept = costs(BEGUN_AND_SAVED, lambda: client.submit(page, typed, button="later"))
    draft = costs(CASE_PAGE, lambda: client.get(kept.location))
    assert costs(SAVED_AND_SENT, lambda: client.submit(draft, typed, button="send_to_mission")).status_code == 303
    again = client.get("/requests/new/tool")
    assert costs(ALL_AT_ONCE, lambda: client.submit(again, typed, button="submit")).status_code == 303


def test_judging_all_checks_costs_no_more_than_a_transition(app: Flask, cast: Cast, statements: Recorded) -> None:
    case = make_case(app, cast, State.SCREENING)
    client = signed_in(app, cast.intake_officer)
    page = client.get(f"/cases/{case.key}/screening")
    values = {f"e{number}-passed": "true" for number in range(1, 9)}
    with statements() as seen:
        assert client.submit(page, values, form="form:has([name='e1-passed'])").status_code == 303
    seen.at_most(TRANSITION)
