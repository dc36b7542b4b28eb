"""The queue by its page: who may read it, views, filters, pages, what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.workflow.vocabulary import AssistanceType, Party, Role, State
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.screening import Branch, fill_queue, invented_state, make_branch


@pytest.fixture
def branch(app: Flask, clock: StoppedClock) -> Branch:
    return make_branch(app)


@pytest.fixture
def intake(branch: Branch, client: InspectedClient) -> InspectedClient:
    sign_in(client, branch.intake.email)
    return client


def soup(page: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


def numbers(page: TestResponse) -> list[str]:
    assert page.status_code == 200, page.status_code
    return [cell.get_text(strip=True) for cell in soup(page).select("tbody .c-ref")]


def counts(page: TestResponse) -> dict[str, str]:
    found = {}
    for link in soup(page).select("nav.views a"):
        count = link.select_one(".n")
        words = link.get_text(" ", strip=True)
        found[words.rsplit(" ", 1)[0] if count else words] = count.get_text(strip=True) if count else ""
    return found


def cell(page: TestResponse, number: str, label: str) -> str:
    for row in soup(page).select("tbody tr"):
        if number in row.get_text():
            found = row.select_one(f'[data-label="{label}"]')
            assert found is not None
            return found.get_text(" ", strip=True).replace("\u00a0", " ")
    raise AssertionError(f"{number} is not in the list")


ROLES = {
    **dict.fromkeys(
        (Role.INTAKE_OFFICER, Role.CASE_OFFICER, Role.BRANCH_CHIEF, Role.PROGRAMME_SUPPORT, Role.MANAGER, Role.AUDITOR),
        200,
    ),
    **dict.fromkeys((Role.FOCAL_POINT, Role.MISSION, Role.CTC_LIAISON, Role.OLA_LIAISON, Role.ADMINISTRATOR), 403),
}


@pytest.mark.parametrize(("role", "expected"), ROLES.items())
def test_the_queue_is_read_by_the_branch_and_auditors(
    branch: Branch, client: InspectedClient, role: Role, expected: int
) -> None:
    state = branch.state if role in {Role.FOCAL_POINT, Role.MISSION} else None
    somebody = make_person(branch.app, role, name="Some Body", state=state)
    sign_in(client, somebody.email)
    assert client.get("/queue").status_code == expected


def test_an_empty_queue_says_what_will_appear(intake: InspectedClient) -> None:
    page = intake.get("/queue")
    assert "as soon as a State submits them" in page.get_data(as_text=True)
    assert counts(page) == {
        "New": "0", "In screening": "0", "With the State": "0", "Unassigned": "0", "Mine": "0", "Overdue": "0",
        "On hold": "0", "With CTC/CTED": "0", "Awaiting decision": "0", "All open": "0", "Ended": "",
        "All, also ended": "",
    }  # fmt: skip


@pytest.fixture
def mixed(branch: Branch) -> Branch:
    """One case for each thing that a view or filter looks at."""
    mine = {"officer_id": branch.officer.id}
    fill_queue(
        branch.app,
        branch.state,
        [
            {"state": State.SUBMITTED, "due_in": 30, "age": 1},
            {"state": State.SUBMITTED, "due_in": -50, "type": AssistanceType.TOOLS},
            {"state": State.SCREENING, "due_in": 200},
            {"state": State.RETURNED, "due_in": None, "holder": Party.STATE},
            {"state": State.IN_REVIEW, "due_in": -30, **mine},
            {"state": State.PLANNING, "due_in": 1000, **mine},
            {"state": State.WITHDRAWN},
            {"state": State.CLOSED, **mine},
        ],
    )
    return branch


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("view=new", [2, 1]),
        ("view=screening", [3]),
        ("view=returned", [4]),
        ("view=unassigned", [2, 1, 3, 4]),
        ("view=mine", [5, 6]),
        ("view=overdue", [2, 5]),
        ("view=open", [2, 5, 1, 3, 6, 4]),
        ("", [2, 5, 1, 3, 6, 4]),
        ("view=ended", [8, 7]),
        ("states=planning&states=returned", [6, 4]),
        ("view=ended&states=closed", [8]),
        ("due=overdue", [2, 5]),
        ("due=week", [1]),
        ("due=month", [1, 3]),
        ("due=none", [4]),
        ("type=tools", [2]),
        ("member_state=XTA&view=new", [2, 1]),
        ("member_state=NOR", []),
        ("group=african", [2, 5, 1, 3, 6, 4]),
        ("group=asia_pacific", []),
        ("origin=real", []),
        ("origin=demo&view=mine", [5, 6]),
        ("view=cted", []),
        ("view=all", [1, 8, 7, 6, 5, 4, 3, 2]),
        ("q=tpb-2026-0007", [7]),
        ("q=TPB-2026-0099", []),
        ("states=closed", []),
    ],
)
def test_views_and_filters(mixed: Branch, client: InspectedClient, address: str, expected: list[int]) -> None:
    sign_in(client, mixed.officer.email)
    page = client.get(f"/queue?{address}")
    assert numbers(page) == [f"TPB-2026-{number:04d}" for number in expected]
    assert counts(page) == {
        "New": "2", "In screening": "1", "With the State": "1", "Unassigned": "4", "Mine": "2", "Overdue": "2",
        "On hold": "0", "With CTC/CTED": "0", "Awaiting decision": "0", "All open": "6", "Ended": "",
        "All, also ended": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("q=%25%5F", "Enter at least one letter or digit"),
        (f"q={'x' * 5000}", "Use at most 120 characters"),
        ("q=a+b+c+d+e+f+g+h+i+j+k", "Search for at most 10 words at once"),
        ("sort=title", "Choose one of the answers in the list"),
        ("sort=state&after=1.0123456789ab", "The list starts again"),
        ("due=yesterday", "Choose one of the answers in the list"),
        ("view=secret", "Choose one of the answers in the list"),
        ("rows=9999", "Choose one of the answers in the list"),
        ("after=nothing", "The list starts again"),
        ("before=12.IIIIIIIIIIII", "The list starts again"),
        ("states=nowhere", "Choose one of the answers in the list"),
        ("member_state=1%20%3D%201", "Choose one of the answers in the list"),
    ],
)
def test_an_address_that_nobody_was_given_is_refused_with_the_reason(
    mixed: Branch, client: InspectedClient, address: str, message: str
) -> None:
    sign_in(client, mixed.intake.email)
    page = client.get(f"/queue?{address}")
    assert page.status_code == 422
    assert message in page.get_data(as_text=True)
    assert soup(page).title is not None
    assert soup(page).title.get_text().startswith("Error: ")  # type: ignore[union-attr]


def test_what_a_row_says(mixed: Branch, client: InspectedClient) -> None:
    sign_in(client, mixed.intake.email)
    page = client.get("/queue")
    assert cell(page, "TPB-2026-0002", "Due") == "28 Feb 2 days late"
    assert cell(page, "TPB-2026-0005", "Due") == "1 Mar 1 day late"
    assert cell(page, "TPB-2026-0004", "Due") == ""
    assert cell(page, "TPB-2026-0004", "Next step") == "Answer the questions (State)"
    assert cell(page, "TPB-2026-0005", "Officer") == "Cato Officer"
    assert cell(page, "TPB-2026-0001", "Officer") == "Unassigned"
    assert cell(page, "TPB-2026-0001", "State") == "Aurelia (invented)"
    # Submitted on a Sunday, seen on Monday; and from a Friday ten days ago.
    assert cell(page, "TPB-2026-0001", "Age") == "1 day 1 working"
    assert cell(page, "TPB-2026-0002", "Age") == "10 days 6 working"


def test_a_title_is_shown_as_somebody_s_own_words(branch: Branch, intake: InspectedClient) -> None:
    fill_queue(branch.app, branch.state, [{"title": "<b>Bill</b> & \u202e reversed"}])
    link = soup(intake.get("/queue")).select_one("tbody .c-main a")
    assert link is not None
    assert link.select_one("bdi[data-content]") is not None
    assert "<b>Bill</b> &" in link.get_text()
    assert "\u202e" not in link.get_text()


DUE: Mapping[str, list[int | None]] = {
    "dated and undated": [hours if hours % 7 else None for hours in range(1, 61)],
    "all alike": [5] * 60,
    "none dated": [None] * 60,
    "all dated": list(range(60, 0, -1)),
}


@pytest.mark.parametrize("due", DUE.values(), ids=DUE.keys())
def test_pages_hold_every_row_once_forwards_and_backwards(
    branch: Branch, intake: InspectedClient, due: list[int | None]
) -> None:
    fill_queue(branch.app, branch.state, [{"due_in": hours} for hours in due])
    page = intake.get("/queue")
    forwards = [numbers(page)]
    while (following := soup(page).select_one("a[rel=next]")) is not None:
        page = intake.get(str(following["href"]))
        forwards.append(numbers(page))
    assert [len(one) for one in forwards] == [25, 25, 10]
    seen = [number for one in forwards for number in one]
    order = sorted(range(60), key=lambda place: (due[place] is None, due[place] or 0, place))
    assert seen == [f"TPB-2026-{place + 1:04d}" for place in order]
    backwards = [numbers(page)]
    while (previous := soup(page).select_one("a[rel=prev]")) is not None:
        page = intake.get(str(previous["href"]))
        backwards.append(numbers(page))
    assert [number for one in reversed(backwards) for number in one][-60:] == seen


SCORES: Mapping[str, list[int | None]] = {
    "scored and not": [place % 11 * 9 if place % 3 else None for place in range(60)],
    "all alike": [40] * 60,
    "none scored": [None] * 60,
    "all scored": list(range(60)),
}


@pytest.mark.parametrize("sort", ["score", "-score"])
@pytest.mark.parametrize("scores", SCORES.values(), ids=SCORES.keys())
def test_the_order_by_score_holds_every_row_once_and_those_without_one_last(
    branch: Branch, intake: InspectedClient, scores: list[int | None], sort: str
) -> None:
    fill_queue(branch.app, branch.state, [{"score": score} for score in scores])
    page = intake.get(f"/queue?sort={sort}")
    forwards = [numbers(page)]
    while (following := soup(page).select_one("a[rel=next]")) is not None:
        page = intake.get(str(following["href"]))
        forwards.append(numbers(page))
    assert [len(one) for one in forwards] == [25, 25, 10]
    sign = -1 if sort == "-score" else 1
    order = sorted(range(60), key=lambda place: (scores[place] is None, sign * (scores[place] or 0), sign * place))
    seen = [number for one in forwards for number in one]
    assert seen == [f"TPB-2026-{place + 1:04d}" for place in order]
    backwards = [numbers(page)]
    while (previous := soup(page).select_one("a[rel=prev]")) is not None:
        page = intake.get(str(previous["href"]))
        backwards.append(numbers(page))
    assert [number for one in reversed(backwards) for number in one][-60:] == seen


def test_the_score_is_a_column_while_it_is_the_order(branch: Branch, intake: InspectedClient) -> None:
    fill_queue(branch.app, branch.state, [{"score": 73}, {}])
    usual = intake.get("/queue")
    assert "Priority score" not in [one.get_text(strip=True) for one in soup(usual).select("thead th")]
    choice = soup(usual).find("a", string="Sort by priority score")
    assert choice is not None
    page = intake.get(str(choice["href"]))  # type: ignore[index]
    assert cell(page, "TPB-2026-0001", "Priority score") == "73"
    assert cell(page, "TPB-2026-0002", "Priority score") == "Not assessed yet"
    assert "Highest priority score first" in page.get_data(as_text=True)
    assert soup(page).find("a", string="Sort by priority score") is None
    assert soup(intake.get("/queue?view=ended")).find("a", string="Sort by priority score") is None


def test_ended_requests_are_paged_from_the_newest(branch: Branch, intake: InspectedClient) -> None:
    fill_queue(branch.app, branch.state, [{"state": State.CLOSED if n % 2 else State.LAPSED} for n in range(30)])
    page = intake.get("/queue?view=ended")
    first = numbers(page)
    following = soup(page).select_one("a[rel=next]")
    assert following is not None
    second = intake.get(str(following["href"]))
    assert [*first, *numbers(second)] == [f"TPB-2026-{number:04d}" for number in range(30, 0, -1)]
    previous = soup(second).select_one("a[rel=prev]")
    assert previous is not None
    assert numbers(intake.get(str(previous["href"]))) == first


def test_a_page_stays_where_it_was_when_rows_before_it_go(branch: Branch, intake: InspectedClient) -> None:
    fill_queue(branch.app, branch.state, [{} for _ in range(40)])
    following = soup(intake.get("/queue")).select_one("a[rel=next]")
    assert following is not None
    fill_queue(branch.app, branch.state, [{"due_in": 1}, {"due_in": 2}])
    assert numbers(intake.get(str(following["href"])))[0] == "TPB-2026-0026"


@pytest.mark.parametrize("rows", [25, 50, 100])
def test_the_queue_costs_the_same_for_every_number_of_rows(
    branch: Branch, intake: InspectedClient, statements: Callable[..., Any], rows: int
) -> None:
    other = invented_state(branch.app, "XTB", "Borealis")
    for state in (branch.state, other):
        fill_queue(
            branch.app, state, [{"due_in": n if n % 9 else None, "officer_id": branch.officer.id} for n in range(60)]
        )
    first = intake.get("/queue")  # fills what a process keeps in memory
    place = soup(first).select_one("a[rel=next]")
    assert place is not None
    for address in (f"/queue?rows={rows}", f"{place['href']}&rows={rows}", f"/queue?view=mine&rows={rows}&due=month"):
        with statements() as seen:
            page = intake.get(address)
        seen.at_most(6)
        assert len(seen) == 5, str(seen)
        assert page.status_code == 200
    assert len(numbers(intake.get(f"/queue?rows={rows}"))) == rows


def test_no_key_of_the_database_is_in_the_page(mixed: Branch, client: InspectedClient) -> None:
    sign_in(client, mixed.officer.email)
    page = client.get("/queue?view=mine&rows=25")
    links = [str(link["href"]) for link in soup(page).select("main a[href]")]
    assert all(not part.isdigit() for link in links if link.startswith("/cases/") for part in link.split("/"))
