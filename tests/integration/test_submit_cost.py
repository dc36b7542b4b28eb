"""What a step of the State costs: at most 14 SQL statements, whatever the number of answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from app.triage.asking import return_for_information
from app.triage.commands import ReturnForInformation, TakeUp
from app.triage.services import take_up
from app.workflow.vocabulary import Role, State
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import Government, make_government, new_draft, sent, with_mission
from tests.support.screening import case_of
from tests.support.statements import Statements

Recorder = Callable[[], AbstractContextManager[Statements]]
MOST = 14
PAGE_MOST = 10
DECLARED = {"answers_checked": "y"}


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    made = make_government(app)
    make_person(app, Role.INTAKE_OFFICER, name="Ines Take")
    return made


@pytest.fixture
def mission(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.mission.email)
    client.get("/home")
    return client


def test_a_submission(app: Flask, government: Government, mission: InspectedClient, statements: Recorder) -> None:
    page = mission.get(f"/cases/{new_draft(app, government.mission.actor, 'Own')}/check")
    with statements() as seen:
        assert mission.submit(page, DECLARED, button="submit").status_code == 303
    seen.at_most(MOST)


def test_a_confirmation(government: Government, mission: InspectedClient, statements: Recorder) -> None:
    page = mission.get(f"/cases/{with_mission(government)}/confirm")
    with statements() as seen:
        assert mission.submit(page).status_code == 303
    seen.at_most(MOST)


def test_sending_to_the_mission(
    app: Flask, government: Government, client: InspectedClient, statements: Recorder
) -> None:
    sign_in(client, government.focal.email)
    page = client.get(f"/cases/{new_draft(app, government.focal.actor, 'Own')}/check")
    with statements() as seen:
        assert client.submit(page, DECLARED, button="send_to_mission").status_code == 303
    seen.at_most(MOST)


def test_the_smaller_steps(app: Flask, government: Government, mission: InspectedClient, statements: Recorder) -> None:
    returned = with_mission(government)
    withdrawn = sent(government)
    discarded = new_draft(app, government.mission.actor, "Own")
    for address, values in (
        (f"/cases/{returned}/return_to_draft", {"what_to_change": "The title"}),
        (f"/cases/{withdrawn}/withdraw", {"committed_costs": "none"}),
        (f"/cases/{discarded}/discard", {}),
    ):
        page = mission.get(address)
        with statements() as seen:
            assert mission.submit(page, values).status_code == 303
        seen.at_most(MOST)


def test_answers(app: Flask, government: Government, mission: InspectedClient, statements: Recorder) -> None:
    intake = make_person(app, Role.INTAKE_OFFICER, name="Ian Take")
    key = sent(government)
    asked = tuple({"field_path": "other", "text": f"Question {number}?"} for number in range(5))
    with app.app_context():
        take_up(intake.actor, TakeUp(key=key, version=case_of(app, key).version))
        command = ReturnForInformation(key=key, version=case_of(app, key).version, questions=asked)  # type: ignore[arg-type]
        return_for_information(intake.actor, command)
    page = mission.get(f"/cases/{key}/answer")
    values = {f"answers-{number}-answer": "An answer" for number in range(5)}
    with statements() as seen:
        assert mission.submit(page, values).status_code == 303
    assert case_of(app, key).state is State.SCREENING
    seen.at_most(MOST)


def test_the_pages(app: Flask, government: Government, mission: InspectedClient, statements: Recorder) -> None:
    draft, waiting = new_draft(app, government.mission.actor, "Own"), with_mission(government)
    for address in (
        f"/cases/{draft}/tasks",
        f"/cases/{draft}/tasks/who",
        f"/cases/{draft}/check",
        f"/cases/{waiting}/confirm",
        f"/cases/{waiting}/sent",
    ):
        mission.get(address)
        with statements() as seen:
            assert mission.get(address).status_code == 200
        seen.at_most(PAGE_MOST)
