"""The permission table over HTTP: every allowed cell with a page works, the rest is refused, buttons agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.action_pages import ACTION_PAGES
from app.casework.models import AssistanceRequest, CaseReminder
from app.casework.texts.actions import WORDS
from app.composition import WIRING
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.triage.paper.commands import today
from app.workflow.definition import PROCESS
from app.workflow.model import Step
from app.workflow.policy import Cell
from app.workflow.states import OPEN, STATE_ONLY
from app.workflow.vocabulary import (
    LIAISON_ROLES,
    STATE_ROLES,
    Action,
    Body,
    Condition,
    LimitKey,
    Role,
    State,
    Tie,
)
from tests.architecture.test_permissions_csv import AGREED
from tests.factories.acting import DOINGS, body_for, do
from tests.factories.beginnings import ANSWERS
from tests.factories.cases import Made, Plan, at_home, make_cases
from tests.factories.clients import post, quick_client, signed_in
from tests.factories.consultations import consult, escalate
from tests.factories.paper import filled_in
from tests.factories.people import AWAY, Cast, Member, cast_of
from tests.factories.readiness import furnish, ready_for
from tests.factories.reading import standing
from tests.factories.supplies import asking_for, stand_by
from tests.support.clock import StoppedClock
from tests.support.readers import by_reader

PAGES = WIRING.action_pages
CELLS = [cell for cell in AGREED if cell.action in PAGES]
LAPSING = {Action.LAPSE_UNANSWERED, Action.LAPSE_PLAN}
CASE_ROLES = sorted(set(Role) - {Role.SYSTEM, Role.ADMINISTRATOR})


def test_every_action_with_a_page_is_done_here() -> None:
    assert set(DOINGS) == set(PAGES)


def plan_for(cast: Cast, role: Role, tie: Tie, *, fulfils: bool) -> tuple[Plan, Member]:
    """A case and the person of `role` who has `tie` to it and no closer one."""
    person = cast.of(role)
    plan = at_home(cast, judged=True, asked=True)
    if role is Role.FOCAL_POINT:
        person = cast.focal_alone if fulfils else cast.colleague
        plan = at_home(cast, judged=True, asked=True, drafter=person if fulfils else cast.focal_point)
    if role is Role.CASE_OFFICER:
        officer = person if tie is Tie.ASSIGNED else cast.other_officer
        plan = at_home(cast, judged=True, asked=True, officer=officer, assigned=True)
    if role is Role.BRANCH_CHIEF:
        plan = at_home(cast, judged=True, asked=True, independent=tie is Tie.INDEPENDENT)
    if role in LIAISON_ROLES and tie is Tie.CONSULTED:
        plan = at_home(cast, judged=True, asked=True, bodies=(Body.CTC_CTED, Body.OLA))
    return plan, person


def remind(app: Flask, cast: Cast, clock: StoppedClock, cases: list[Made]) -> None:
    """Let the limit `lapse` pass with two delivered reminders."""
    started = now()
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        for case in cases:
            for number in (1, 2):
                reminder = CaseReminder(case_id=case.id, state_id=case.state_id, limit_key=LimitKey.ANSWER)
                reminder.starts_at = reminder.sent_at = reminder.delivered_at = started
                reminder.number, reminder.code = number, "case.answer_reminder"
                session.add(reminder)
    clock.move(days=90)


def prepare(app: Flask, cast: Cast, clock: StoppedClock, made: dict[Cell, Made]) -> None:
    """What the guards of some actions ask for, beside what the case itself was made with."""
    for cell, case in made.items():
        furnish(app, cast, cell.action, case)
    if lapsing := [case for cell, case in made.items() if cell.action in LAPSING]:
        remind(app, cast, clock, lapsing)
    late = [case for cell, case in made.items() if cell.action is Action.PROCEED_WITHOUT]
    for case in late:
        consult(app, case, Body.OLA)
    if late:
        clock.move(days=40)
    for case in late:
        escalate(app, case)
    if late:
        close_today(app, [case for cell, case in made.items() if cell.action is Action.REOPEN])


def close_today(app: Flask, cases: list[Made]) -> None:
    """Let requests have been closed today, so that they can be opened again."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        for case in cases:
            session.get_one(AssistanceRequest, case.id).state_since = now()


@pytest.mark.parametrize("role", sorted({cell.role for cell in CELLS}))
def test_every_allowed_cell_works(app: Flask, clock: StoppedClock, role: Role) -> None:
    cast, faults = cast_of(app), []
    stand_by(app, cast)
    cells = [cell for cell in CELLS if cell.role is role]
    asked = {cell: plan_for(cast, role, cell.tie, fulfils=True) for cell in cells}
    plans = {
        cell: (ready_for(cell.action, asking_for(cell.action, plan)), person) for cell, (plan, person) in asked.items()
    }
    made = dict(
        zip(cells, make_cases(app, cast, [(cell.state, plans[cell][0]) for cell in cells if cell.state]), strict=True)
    )
    prepare(app, cast, clock, made)
    (other,) = make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    clients = {person.key: signed_in(app, person) for _plan, person in plans.values()}
    for cell, case in made.items():
        client = clients[plans[cell][1].key]
        answer = do(client, cell.action, case.key, officer=cast.other_officer.key, target=str(other.number))
        after, line = standing(app, case.key), PROCESS.line(cell.action, cell.state)
        wanted = line.target if isinstance(line, Step) else cell.state
        if answer.status_code not in (302, 303) or after.state is not wanted or after.history[-1] != cell.action.value:
            faults.append(f"{cell.action} in {cell.state}: {answer.status_code}, {after.state}, {after.history[-1]}")
    assert not faults, "\n".join(faults)


def refused_cells() -> Iterator[tuple[Role, Action, State]]:
    """One state for each (role, action) in which no cell allows it, best one that has the action for others."""
    for role in CASE_ROLES:
        for action in PAGES:
            mine = {cell.state for cell in CELLS if (cell.role, cell.action) == (role, action)}
            others = {cell.state for cell in CELLS if cell.action is action and cell.state} - mine
            rest = set(State) - mine - others
            yield role, action, next(state for state in (*sorted(others), *sorted(rest)) if state)


@pytest.mark.parametrize("role", by_reader(CASE_ROLES))
def test_what_is_not_written_is_refused_and_changes_nothing(app: Flask, clock: StoppedClock, role: Role) -> None:
    cast, faults = cast_of(app), []
    asked = [(action, state) for who, action, state in refused_cells() if who is role]
    plan = at_home(cast, judged=True, asked=True, bodies=(Body.CTC_CTED, Body.OLA))
    # what changes nothing needs no case of its own
    made = {case.state: case for case in make_cases(app, cast, [(state, plan) for state in {one for _, one in asked}])}
    client = quick_client(app, cast.of(role))
    for action, state in asked:
        case = made[state]
        before = standing(app, case.key)
        endpoint_path = DOINGS[action].posts or DOINGS[action].path or "/take-up"
        body = body_for(action, version=case.version, officer=cast.other_officer.key)
        if action is Action.EDIT_DRAFT:
            body["version"] = "1"
        status = post(app, client, f"/cases/{case.key}{endpoint_path}", **body).status_code
        if standing(app, case.key) != before:
            faults.append(f"{action} in {case.state} was done")
        hidden = case.state in STATE_ONLY and role not in STATE_ROLES
        # a draft that is none any more is stale rather than forbidden
        expected = {403, 404} if hidden else {403, 409}
        if status not in expected:
            faults.append(f"{action} in {case.state} answered {status}")
    assert not faults, "\n".join(faults)


def test_only_the_agreed_roles_begin_a_request(app: Flask, clock: StoppedClock) -> None:
    """The cells without a state: every role tries every way in which a request begins."""
    cast, faults = cast_of(app), []
    (closed,) = make_cases(app, cast, [(State.CLOSED, at_home(cast))])
    beginnings = {
        Action.DRAFT_REQUEST: ("/requests/new", dict),
        Action.REGISTER_PAPER: ("/paper/new", lambda: filled_in(today() - timedelta(days=2), today())),
        Action.PROPOSE_REQUEST: (
            "/proposals/new",
            lambda: {**ANSWERS, "state": AWAY, "language": "en", "reason": "So."},
        ),
        Action.REQUEST_FOLLOW_UP: (f"/cases/{closed.key}/follow-up", dict),
    }
    agreed = {(cell.role, cell.action) for cell in AGREED if cell.state is None}
    assert {action for _role, action in agreed} == set(beginnings)
    for role in sorted(set(Role) - {Role.SYSTEM}):
        client = quick_client(app, cast.of(role))
        for action, (path, body) in beginnings.items():
            status = post(app, client, path, **body()).status_code
            if status != (303 if (role, action) in agreed else 403):
                faults.append(f"{role} {action}: {status}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("action", "state"), [(Action.SUBMIT, State.DRAFT), *((Action.WITHDRAW, state) for state in sorted(OPEN))]
)
def test_conditions_of_one_person_hold(app: Flask, clock: StoppedClock, action: Action, state: State) -> None:
    """Who may not submit alone does not; who did not draft it does not withdraw."""
    cast = cast_of(app)
    (case,) = make_cases(app, cast, [(state, at_home(cast))])
    before = standing(app, case.key)
    client = quick_client(app, cast.colleague)
    answer = post(app, client, f"/cases/{case.key}{DOINGS[action].path}", **body_for(action, version=case.version))
    assert answer.status_code == 403
    assert standing(app, case.key) == before


#: (role, tie, fulfils the condition): everything that a person can be to a case that they see.
STANDINGS = [
    (Role.FOCAL_POINT, Tie.OWN, True),
    (Role.FOCAL_POINT, Tie.OWN, False),
    (Role.MISSION, Tie.OWN, False),
    (Role.INTAKE_OFFICER, Tie.ANY, False),
    (Role.CASE_OFFICER, Tie.ASSIGNED, False),
    (Role.CASE_OFFICER, Tie.ANY, False),
    (Role.BRANCH_CHIEF, Tie.INDEPENDENT, False),
    (Role.BRANCH_CHIEF, Tie.ANY, False),
    (Role.PROGRAMME_SUPPORT, Tie.ANY, False),
    (Role.MANAGER, Tie.ANY, False),
    (Role.AUDITOR, Tie.ANY, False),
    (Role.CTC_LIAISON, Tie.CONSULTED, False),
    (Role.OLA_LIAISON, Tie.CONSULTED, False),
]


def agreed_buttons(role: Role, tie: Tie, state: State, *, fulfils: bool) -> set[str]:
    """The labels that the agreed table gives this person, of actions that have a page."""
    met = {None, Condition.MAY_SUBMIT, Condition.DRAFTED_IT} if fulfils else {None}
    ties = {tie, Tie.ANY}
    return {
        str(WORDS[cell.action][0])
        for cell in CELLS
        if cell.role is role and cell.tie in ties and cell.state is state and cell.condition in met
    }


def of_some_cases() -> set[str]:
    """The labels of what does not concern every case: there is no button where it does not."""
    guarded = {line.action for line in PROCESS.lines if any(guard.of_case for guard in line.guards)}
    waiting = {action for action, page in ACTION_PAGES.items() if page.waits is not None}
    return {str(WORDS[action][0]) for action in guarded | waiting}


@pytest.mark.parametrize(("role", "tie", "fulfils"), by_reader(STANDINGS))
def test_the_buttons_of_a_case_are_the_agreed_ones(
    app: Flask, clock: StoppedClock, role: Role, tie: Tie, fulfils: bool
) -> None:
    cast, faults = cast_of(app), []
    plan, person = plan_for(cast, role, tie, fulfils=fulfils)
    states = [state for state in State if role in STATE_ROLES or state not in STATE_ONLY]
    client = quick_client(app, person)
    base = app.config["ACCEDE_BASE_URL"]
    for case in make_cases(app, cast, [(state, plan) for state in states]):
        page = client.get(f"/cases/{case.key}", base_url=base)
        soup = BeautifulSoup(page.get_data(as_text=True), "lxml")
        shown = [tag.get_text(strip=True) for tag in soup.select(".acts a.btn, .acts button")]
        with app.test_request_context():
            agreed = agreed_buttons(role, tie, case.state, fulfils=fulfils)
            elsewhere = of_some_cases()
        some = sorted(agreed - elsewhere) == sorted(set(shown) - elsewhere) and len(shown) == len(set(shown))
        if page.status_code != 200 or not some or not set(shown) <= agreed:
            faults.append(f"{case.state}: {page.status_code}, shown {sorted(shown)}, agreed {sorted(agreed)}")
    assert not faults, "\n".join(faults)
