"""A due date explains itself: from the case to every day of the count, to those who may know."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.history import Entry, append
from app.casework.models import AssistanceRequest
from app.casework.projection import compare, project_cases
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Body, Mark, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock
from tests.support.drafts import words
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
CASE_PAGE = 10


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def delivered(app: Flask, case: Made) -> None:
    """The notice of a consultation of CTC/CTED was delivered: its clock begins."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        payload = {"subject": "aaaaaaaaaaaa", "body": Body.CTC_CTED.value, "round": 1}
        append(session, [(row, Entry(SYSTEM, Mark.NOTICE_DELIVERED, None, None, payload))])
        project_cases(session, [row])
        session.flush()
        assert compare(session, row) == []


def days_of(page: TestResponse) -> list[list[str]]:
    soup = BeautifulSoup(page.get_data(as_text=True), "lxml")
    cells = (row.select("th, td") for row in soup.select("table.grid tbody tr"))
    return [[cell.get_text(" ", strip=True) for cell in row] for row in cells]


def test_every_day_is_listed_for_whoever_may_read_it(
    app: Flask, cast: Cast, clock: StoppedClock, statements: Recorded
) -> None:
    case = make_case(app, cast, State.SCREENING, at_home(cast))
    for name in ("focal_point", "intake_officer"):
        client = signed_in(app, cast[name])
        overview = BeautifulSoup(client.get(f"/cases/{case.key}").get_data(as_text=True), "lxml")
        (link,) = (one for one in overview.select("a") if one.get_text() == "How is this counted?")
        page = client.get(str(link["href"]))
        days = days_of(page)
        assert days[0][1] == "Not counted: the day on which it begins"
        assert [day[1] for day in days if day[1].startswith("Day ")] == [f"Day {number}" for number in range(1, 6)]
        assert "The limit ends" in days[-1][2]
        told = "Three quarters" in words(page)
        assert told is (name == "intake_officer"), "how the Branch watches itself is its own affair"
    clock.move(days=30)
    assert "One and a half times" in days_of(signed_in(app, cast.auditor).get(f"/cases/{case.key}/due/screen"))[-1][2]
    quick = quick_client(app, cast.intake_officer)
    get(app, quick, f"/cases/{case.key}/due/screen")
    with statements() as seen:
        assert get(app, quick, f"/cases/{case.key}/due/screen").status_code == 200
    seen.at_most(CASE_PAGE)


def test_a_consultation_is_told_to_the_branch_and_its_body_only(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))
    delivered(app, case)
    expected = {
        "case_officer": 200,
        "auditor": 200,
        "ctc_liaison": 200,
        "ola_liaison": 404,
        "focal_point": 404,
        "mission": 404,
        "away_mission": 404,
    }
    clients = {name: quick_client(app, cast[name]) for name in expected}
    answers = {name: get(app, client, f"/cases/{case.key}/due/ctc") for name, client in clients.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == expected
    assert "America/New_York" in answers["ctc_liaison"].get_data(as_text=True)
    assert "How is this counted?" not in get(app, clients["mission"], f"/cases/{case.key}").get_data(as_text=True)
    for strange in ("lapse", "no_such_limit", "screen?run=7", "screen?run=-1"):
        assert get(app, clients["case_officer"], f"/cases/{case.key}/due/{strange}").status_code == 404, strange
