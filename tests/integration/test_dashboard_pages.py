"""The dashboard: who reads it, what its numbers lead to, and what happens to a bad address."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.dashboards.pages import PAGES
from app.workflow.vocabulary import Body, Position, State
from tests.factories.activities import put_activity
from tests.factories.cases import at_home, away, make_cases
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
#: Statements of one page (performance.md).
DASHBOARD = 8
NAMES = [page.name for page in PAGES]


def soup_of(page: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def cases(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    plan = at_home(cast, bodies=(Body.CTC_CTED,), positions={Body.CTC_CTED: Position.OBJECTION})
    usual = [(state, at_home(cast)) for state in State]
    made = make_cases(app, cast, [*usual, (State.IN_COORDINATION, plan), (State.CLOSED, away(cast))])
    put_activity(app, made[-1])
    clock.move(days=40)


def path_of_page(name: str) -> str:
    return "/dashboard" if name == "requests" else f"/dashboard/{name}"


def test_a_page_costs_at_most_eight_statements(app: Flask, cast: Cast, cases: None, statements: Recorded) -> None:
    client = quick_client(app, cast.manager)
    for name in NAMES:
        get(app, client, path_of_page(name))
        with statements() as seen:
            assert get(app, client, path_of_page(name)).status_code == 200, name
        seen.at_most(DASHBOARD)


#: Figures whose rows show days, not how many records there are.
DAYS = {"card-parties", "card-decided", "card-decided-with-pauses", "card-consultation-days"}


def test_every_number_leads_to_as_many_records(app: Flask, cast: Cast, cases: None) -> None:
    client, seen = signed_in(app, cast.manager), 0
    for name in NAMES:
        page = client.get(f"{path_of_page(name)}?since=2026-01-01&until=2026-12-31")
        for card in soup_of(page).select("section.card"):
            for link in card.select("a[href*='/records']"):
                listed = soup_of(client.get(str(link["href"])))
                said, count = link.get_text(strip=True), listed.select_one("[data-records]")
                found = count.attrs if count else {"data-records": "0", "data-amount": "0"}
                if said.isdigit() and card["aria-labelledby"] not in DAYS:
                    assert said in (found["data-records"], found["data-amount"]), (name, link)
                    seen += 1
    assert seen > 40


def test_a_bad_period_is_said_beside_its_field_and_kept(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    client = signed_in(app, cast.manager)
    typed = "since-day=31&since-month=2&since-year=2026&until-day=1&until-month=7&until-year=2026"
    answer = client.get(f"/dashboard?{typed}")
    assert answer.status_code == 422
    soup = soup_of(answer)
    assert soup.select_one("#since-day")["value"] == "31"
    assert "not in the calendar" in soup.select_one("#since-error").get_text()
    for query, field in (
        ("since=2026-07-01&until=2026-01-01", "until"),
        ("since=1900-01-01", "since"),
        ("type=nothing", "type"),
        ("group=nothing", "group"),
        ("member_state=XXX", "member_state"),
        ("member_state=k", "member_state"),
    ):
        answer = client.get(f"/dashboard/time?{query}")
        assert answer.status_code == 422, query
        assert soup_of(answer).select_one(f"#{field}-error"), query
        assert client.get(f"/dashboard/received/records?{query}").status_code == 422


def test_filters_narrow_the_figures(app: Flask, cast: Cast, cases: None) -> None:
    client = signed_in(app, cast.manager)

    def received(query: str) -> str:
        return soup_of(client.get(f"/dashboard?{query}")).select_one("[aria-labelledby=card-received] .big").get_text()

    assert received("member_state=FJI").strip() == "1"
    assert received("group=asia_pacific").strip() == "1"
    assert received("type=tools").strip() == "0"
    assert received("since=2025-01-01&until=2026-01-01").strip() == "0"
    assert int(received("member_state=KEN")) > 10


@pytest.mark.parametrize("person", ["intake_officer", "case_officer", "focal_point", "ctc_liaison", "administrator"])
def test_others_do_not_read_it(app: Flask, cast: Cast, clock: StoppedClock, person: str) -> None:
    client = quick_client(app, cast[person])
    for path in ("/dashboard", "/dashboard/time", "/dashboard/received/records", "/dashboard/time/figures/csv"):
        assert get(app, client, path).status_code == 403, path


def test_files_say_what_narrows_them(app: Flask, cast: Cast, cases: None) -> None:
    client = signed_in(app, cast.auditor)
    figures = client.get("/dashboard/requests/figures/csv?group=african")
    text = figures.get_data(as_text=True)
    assert "African States" in text
    assert "Data as of" in text
    assert '"Requests received"' in text
    listed = client.get("/dashboard/received/records/csv?member_state=FJI").get_data(as_text=True)
    assert listed.count("TPB-2026-") == 1
    assert client.get("/dashboard/received/records/xlsx").data[:2] == b"PK"
    assert client.get("/dashboard/received/records/csv?since=x").status_code == 422
    assert client.get("/dashboard/nothing/records/csv").status_code == 404
