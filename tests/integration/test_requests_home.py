"""The home of a State's people: what waits for them first, then the list, and what both cost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.requests.queries import PAGE
from app.workflow.vocabulary import Party, Role, State
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import Government, make_government, new_draft, sent, soup, with_mission, words
from tests.support.screening import fill_queue
from tests.support.statements import Statements


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def focal(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.focal.email)
    return client


@pytest.fixture
def mission(government: Government, new_client: Callable[[], InspectedClient]) -> InspectedClient:
    client = new_client()
    sign_in(client, government.mission.email)
    return client


def to_do(page: TestResponse) -> list[str]:
    return [one.get_text(" ", strip=True) for one in soup(page).select("ul.todo li")]


def titles(page: TestResponse) -> list[str]:
    return [one.get_text(strip=True) for one in soup(page).select("tbody .c-main")]


def link(page: BeautifulSoup, rel: str) -> str:
    found = page.select_one(f"nav.pager a[rel={rel}]")
    assert found is not None
    return str(found["href"])


def test_without_requests_the_page_says_what_will_appear(focal: InspectedClient) -> None:
    assert "Your State has not asked for anything yet." in words(focal.get("/home"))


def test_what_waits_depends_on_the_reader(
    app: Flask, government: Government, focal: InspectedClient, mission: InspectedClient
) -> None:
    new_draft(app, government.focal.actor, "A draft")
    with_mission(government, "A request to confirm")
    sent(government, "A request in work")
    assert [line.split(" ,")[0] for line in to_do(focal.get("/home"))] == ["A draft"]
    first, second = to_do(mission.get("/home"))
    assert first.startswith("A request to confirm")
    assert "by 16 March 2026" in first
    assert second.startswith("A draft")


def test_each_row_says_where_it_is_and_who_has_it(government: Government, focal: InspectedClient) -> None:
    with_mission(government, "With them")
    sent(government, "Sent")
    rows = [one.get_text(" ", strip=True) for one in soup(focal.get("/home")).select("tbody tr")]
    assert rows == [
        "TPB-2026-0001 Sent Received Terrorism Prevention Branch 4 March 2026",
        "– With them With your Permanent Mission Your Permanent Mission 16 March 2026",
    ]


def test_views_show_and_count_what_they_name(app: Flask, government: Government, focal: InspectedClient) -> None:
    ended = {"state": State.WITHDRAWN, "title": "Ended"}
    fill_queue(app, government.state, [{"title": "Open"}, ended])
    page = focal.get("/home")
    counts = [one.get_text(" ", strip=True) for one in soup(page).select("nav.views a")]
    assert counts == ["Open 1", "Ended 1", "All 2"]
    assert titles(page) == ["Open"]
    assert titles(focal.get("/home?view=ended")) == ["Ended"]
    assert titles(focal.get("/home?view=all")) == ["Ended", "Open"]
    assert titles(focal.get("/home?view=nonsense&after=nobody")) == ["Open"]


def test_pages_go_on_and_back_without_gaps(app: Flask, government: Government, focal: InspectedClient) -> None:
    fill_queue(app, government.state, [{"title": f"Request {number}"} for number in range(1, 2 * PAGE + 6)])
    newest = [f"Request {number}" for number in range(2 * PAGE + 5, 0, -1)]
    first = focal.get("/home")
    second = focal.get(link(soup(first), "next"))
    third = focal.get(link(soup(second), "next"))
    assert titles(first) + titles(second) + titles(third) == newest
    assert soup(third).select("nav.pager a[rel=next]") == []
    assert titles(focal.get(link(soup(third), "prev"))) == titles(second)
    back = focal.get(link(soup(second), "prev"))
    assert titles(back) == titles(first)
    assert soup(back).select("nav.pager a[rel=prev]") == []


def test_another_state_is_not_there(app: Flask, government: Government, focal: InspectedClient) -> None:
    other = make_government(app, "XTB", "Borealia")
    foreign = fill_queue(app, other.state, [{"title": "Foreign", "holder": Party.STATE}])[0]
    fill_queue(app, government.state, [{"title": "Mine"}])
    for address in ("/home", f"/home?after={foreign}", f"/home?before={foreign}"):
        page = focal.get(address)
        assert (titles(page), to_do(page)) == (["Mine"], []), address


@pytest.mark.parametrize("rows", [1, PAGE, 2 * PAGE])
def test_the_page_costs_no_more_than_allowed(
    app: Flask,
    government: Government,
    focal: InspectedClient,
    statements: Callable[[], AbstractContextManager[Statements]],
    rows: int,
) -> None:
    fill_queue(app, government.state, [{"holder": Party.STATE, "state": State.RETURNED}] * rows)
    focal.get("/home")
    with statements() as seen:
        focal.get("/home")
    seen.at_most(6)


def test_drafts_say_how_far_they_are_for_one_statement(
    app: Flask,
    government: Government,
    focal: InspectedClient,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    for title in ("First", "Second"):
        new_draft(app, government.focal.actor, title)
    assert all("of 7 tasks complete" in line for line in to_do(focal.get("/home")))
    with statements() as seen:
        focal.get("/home")
    seen.at_most(7)  # who asks, counts, the list, what is to do, drafts, invitations, unread notices


@pytest.mark.parametrize("role", [Role.INTAKE_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR, Role.CTC_LIAISON])
def test_only_a_states_people_have_it(app: Flask, government: Government, client: InspectedClient, role: Role) -> None:
    sign_in(client, make_person(app, role, name="Some Body").email)
    for path in ("/home", "/requests/new"):
        assert client.get(path).status_code == 403
