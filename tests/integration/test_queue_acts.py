"""Several requests for one officer, the way from case to case, files, own views."""

from __future__ import annotations

import csv
import io
import secrets
import time
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from app.triage.models import SavedView
from app.workflow.vocabulary import State
from tests.factories.cases import Made, at_home, make_case, make_cases
from tests.factories.clients import csrf_of, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, standing
from tests.integration.test_concurrency import all_at_once
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def intake(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.intake_officer)


def soup(page: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


def outcomes(page: TestResponse) -> list[str]:
    return [badge.get_text(strip=True) for badge in soup(page).select(".results .badge")]


@pytest.fixture
def five(app: Flask, cast: Cast) -> list[Made]:
    return make_cases(app, cast, [(State.SUBMITTED, at_home(cast, title=f"Request {n}")) for n in range(5)])


def check_list(client: InspectedClient, cases: list[Made]) -> TestResponse:
    return client.get("/queue/assign?" + "&".join(f"case={case.key}" for case in cases))


def test_each_request_gets_the_officer_or_a_reason(
    app: Flask, cast: Cast, intake: InspectedClient, five: list[Made]
) -> None:
    ended = make_case(app, cast, State.WITHDRAWN)
    page = check_list(intake, [*five[:3], ended])
    assert "No: It has ended" in page.get_data(as_text=True)
    changed = intake.get(f"/cases/{five[1].key}")
    assert intake.submit(changed, form="form[action$='/take-up']").status_code == 303
    answer = intake.submit(page, {"officer": cast.case_officer.key})
    assert answer.status_code == 200
    assert outcomes(answer) == ["Assigned", "Not assigned: it changed meanwhile", "Assigned", "Not assigned"]
    assert "2 of 4 requests were assigned" in answer.get_data(as_text=True)
    assert soup(answer).select_one(".results .rail") is not None
    assert [standing(app, case.key).history.count("assign") for case in five[:3]] == [1, 0, 1]


def test_the_form_sent_twice_assigns_once(app: Flask, cast: Cast, intake: InspectedClient, five: list[Made]) -> None:
    page = check_list(intake, five)
    first = intake.submit(page, {"officer": cast.case_officer.key})
    again = intake.submit(page, {"officer": cast.case_officer.key})
    assert outcomes(first) == outcomes(again) == ["Assigned"] * 5
    assert [standing(app, case.key).history.count("assign") for case in five] == [1] * 5


def test_an_officer_must_be_chosen_and_be_one(cast: Cast, intake: InspectedClient, five: list[Made]) -> None:
    page = check_list(intake, five[:2])
    for officer, said in (("", "Choose a case officer"), (cast.mission.key, "Choose one of the answers in the list")):
        answer = intake.post(
            "/queue/assign",
            data={"csrf_token": csrf_of(intake.application, intake), "officer": officer, "case": f"{five[0].key}.2"},
        )
        assert answer.status_code == 422
        assert said in answer.get_data(as_text=True)
    assert page.status_code == 200


def test_hostile_ticks(cast: Cast, intake: InspectedClient, five: list[Made]) -> None:
    token = csrf_of(intake.application, intake)
    many = {"csrf_token": token, "officer": cast.case_officer.key, "case": [f"{n:012d}.1" for n in range(10_000)]}
    assert intake.post("/queue/assign", data=many).status_code in (413, 422)
    strange = {"csrf_token": token, "officer": cast.case_officer.key, "case": ["x" * 500, f"{five[0].key}.9e9", ".."]}
    assert intake.post("/queue/assign", data=strange).status_code == 422
    assert intake.get("/queue/assign", follow_redirects=True).status_code == 200
    missing = intake.post("/queue/assign", data=many | {"case": ["zzzzzzzzzzzz.1"]})
    assert outcomes(missing) == ["Not found"]


def test_whoever_may_not_assign_is_not_offered_it(app: Flask, cast: Cast, five: list[Made]) -> None:
    client = signed_in(app, cast.auditor)
    assert soup(client.get("/queue")).select_one("#bulk, .c-pick") is None
    assert check_list(client, five).status_code == 403


def test_the_way_from_case_to_case(app: Flask, cast: Cast, intake: InspectedClient, five: list[Made]) -> None:
    first = soup(intake.get("/queue?view=new&q=request")).select_one("tbody .c-main a")
    assert first is not None
    page, seen = intake.get(str(first["href"])), []
    while True:
        heading = soup(page).select_one("h1")
        assert heading is not None
        seen.append(heading.get_text(strip=True))
        if len(seen) == 2:
            # what was taken up leaves the list; the way goes on from where it stood
            taken = intake.submit(page, form="form[action*='/take-up']", follow_redirects=True)
            assert soup(taken).select_one(".trail [rel=next]") is not None
        following = soup(page).select_one(".trail [rel=next]")
        if following is None:
            break
        page = intake.get(str(following["href"]))
    assert seen == [f"Request {n}" for n in range(5)]
    back = soup(page).select_one(".trail .back")
    assert back is not None
    assert str(back["href"]) == "/queue?view=new&q=request"
    previous = soup(page).select_one(".trail [rel=prev]")
    assert previous is not None
    assert "Request 3" in intake.get(str(previous["href"])).get_data(as_text=True)


def test_the_way_costs_one_statement(intake: InspectedClient, five: list[Made], statements: Callable[..., Any]) -> None:
    costs = []
    for more in ("", "?list=view%3Dnew%26at%3Dnone", "?list=view%3Dopen%26sort%3Dstate%26at%3DXTA%26q%3Drequest"):
        intake.get(f"/cases/{five[2].key}{more}")
        with statements() as seen:
            assert intake.get(f"/cases/{five[2].key}{more}").status_code == 200
        seen.at_most(10)
        costs.append(len(seen))
    assert costs == [costs[0], costs[0] + 1, costs[0] + 1]


def test_who_has_no_queue_walks_none(app: Flask, cast: Cast, five: list[Made]) -> None:
    page = signed_in(app, cast.mission).get(f"/cases/{five[2].key}?list=view%3Dnew%26at%3Dnone")
    assert page.status_code == 200
    assert soup(page).select_one(".trail") is None


@pytest.mark.parametrize(
    "text", ["x", "view=secret", "view=new", "view=new&at=NOR", "at=1e9", "q=%25&at=none", "view=open&" * 400]
)
def test_a_list_that_nobody_was_given_shows_no_way(intake: InspectedClient, five: list[Made], text: str) -> None:
    page = intake.get(f"/cases/{five[0].key}", query_string={"list": text})
    assert page.status_code == 200
    assert soup(page).select_one(".trail") is None


def test_files_hold_what_the_page_shows(
    app: Flask, cast: Cast, intake: InspectedClient, five: list[Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    # rows are still being read when the view has answered, as in a list of thousands
    monkeypatch.setattr("app.triage.queue.ROWS_AT_ONCE", 2)
    monkeypatch.setattr("app.foundation.export.csv_file.PIECE", 1)
    make_case(app, cast, State.DRAFT, at_home(cast, title="Canary"))
    make_case(app, cast, State.SUBMITTED, at_home(cast, title="=1+1"))
    text = intake.get("/queue/export?view=new&file=csv").get_data().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    rows = lines[lines.index([]) + 2 :]
    assert [row[3] for row in rows] == [*(f"Request {n}" for n in range(5)), "'=1+1"]
    assert "Canary" not in text
    answer = intake.get("/queue/export?view=new&q=request&file=xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="accede-queue-2026-03-02.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.get_data()))["Data"]
    assert [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)] == [f"Request {n}" for n in range(5)]
    assert intake.get("/queue/export?file=exe").status_code == 422


def test_a_file_asks_for_a_recent_sign_in(app: Flask, intake: InspectedClient, five: list[Made]) -> None:
    with intake.session_transaction(base_url=app.config["ACCEDE_BASE_URL"]) as cookie:
        cookie["fs_paa"] = time.time() - 3600
    answer = intake.get("/queue/export?view=new&file=csv")
    assert answer.status_code == 303
    assert "/login/again" in answer.headers["Location"]


def test_two_views_of_one_name_saved_at_once_are_one(app: Flask, cast: Cast) -> None:
    """At the same moment, in threads of their own."""

    def saving(client: FlaskClient, token: str) -> int:
        body = {"csrf_token": token, "_key": secrets.token_urlsafe(18), "name": "Mine"}
        path = "/queue/views?list=view%3Dnew"
        return client.post(path, data=body, base_url=app.config["ACCEDE_BASE_URL"]).status_code

    assert all_at_once(app, [saving] * 4, [cast.intake_officer] * 4) == [303] * 4
    assert count_of(app, SavedView) == 1


def test_own_views(app: Flask, cast: Cast, intake: InspectedClient) -> None:
    address = "/queue/views?list=view%3Dnew%26sort%3Dstate"
    page = intake.get(address)
    assert intake.submit(page, {"name": "  "}).status_code == 422
    assert intake.submit(page, {"name": "x" * 61}).status_code == 422
    for number in range(20):
        name = "عاجل 紧急 \u202eoops" if number == 0 else f"View {number}"
        assert intake.submit(intake.get(address), {"name": name}).status_code == 303
    refused = intake.submit(intake.get(address), {"name": "One more"})
    assert refused.status_code == 422
    assert "You have 20 views already" in refused.get_data(as_text=True)
    assert intake.submit(intake.get(address), {"name": "View 1"}).status_code == 303
    shown = soup(intake.get("/queue")).select("nav.views")[1]
    link = shown.find("a", string=lambda text: text == "View 5")
    assert link is not None
    assert sorted(str(link["href"]).removeprefix("/queue?").split("&")) == ["sort=state", "view=new"]  # type: ignore[index]
    other = signed_in(app, cast.branch_chief)
    assert len(soup(other.get("/queue")).select("nav.views")) == 1
    form = soup(intake.get(address)).select_one("form[action$='/delete']")
    assert form is not None
    stolen = other.post(str(form["action"]), data={"csrf_token": csrf_of(app, other)})
    assert stolen.status_code == 404
    assert intake.submit(intake.get(address), form="form[action$='/delete']").status_code == 303
    assert len(soup(intake.get(address)).select("form[action$='/delete']")) == 19
    assert intake.get("/queue/views?list=view%3Dsecret").status_code == 404
