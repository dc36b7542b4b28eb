"""What a draft asks for follows its types; it begins with what is known; the check leads to every input and back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from app.casework.content.pages import PAGES
from app.casework.models import CaseType, DraftTask
from app.foundation.db import write_transaction
from app.reference.states import instruments
from app.workflow.vocabulary import AssistanceType, State
from tests.factories.cases import at_home, make_case
from tests.factories.clients import signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import NEED, errors, make_government, soup, words
from tests.support.screening import case_of, rows_of
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
EVERY = tuple(kind for kind in AssistanceType if kind is not AssistanceType.FOLLOW_UP)
CASE_PAGE = 10
TRANSITION = 14


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def focal(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.focal_point)


def begin(focal: InspectedClient, address: str = "/requests/new") -> str:
    begun = focal.submit(focal.get(address))
    return str(begun.headers["Location"].split("/")[-2])


def task(app: Flask, key: str, name: str) -> dict[str, object]:
    return next((row.data for row in rows_of(app, DraftTask, key) if row.task == name), {})


def test_details_begin_with_the_types_and_say_why(focal: InspectedClient) -> None:
    key = begin(focal)
    assert "Begins with the types of assistance." in words(focal.get(f"/cases/{key}/tasks"))
    assert focal.get(f"/cases/{key}/tasks/details").status_code == 404
    focal.submit(focal.get(f"/cases/{key}/tasks/need"), {**NEED, "types": ["national_workshop"]})
    assert "Your types of assistance ask for no details." in words(focal.get(f"/cases/{key}/tasks"))
    answer = focal.submit(focal.get(f"/cases/{key}/tasks/need"), {**NEED, "types": ["tools", "joint_visit"]})
    said = words(focal.get(answer.headers["Location"]))
    told = focal.get(f"/cases/{key}/tasks")
    assert "Asks about: Joint visit · Guides and tools" in words(told)
    assert answer.headers["Location"].endswith("/tasks/instruments/resolutions")
    assert "Resolutions of the Security Council" in said
    assert focal.get(f"/cases/{key}/tasks/details/drafting").status_code == 404


def test_another_choice_of_types_is_explained_and_loses_nothing(app: Flask, focal: InspectedClient) -> None:
    key = begin(focal)
    need = f"/cases/{key}/tasks/need"
    focal.submit(focal.get(need), {**NEED, "types": ["joint_visit", "judicial_training"]})
    focal.submit(focal.get(f"/cases/{key}/tasks/details/visit"), {"visit-report": "S/2026/9"})
    answer = focal.submit(focal.get(need), {**NEED, "types": ["judicial_training", "tools"]}, button="later")
    said = focal.get(answer.headers["Location"]).get_data(as_text=True)
    assert "The types that you chose now also ask for: Guides and tools." in said
    assert "No longer asked for: Joint visit. What was typed there is kept in the draft." in said
    focal.submit(focal.get(f"/cases/{key}/tasks/details/tools"), {"tools-items-0-tool": "Guide"}, button="later")
    assert "S/2026/9" not in words(focal.get(f"/cases/{key}/check"))
    focal.submit(focal.get(need), {**NEED, "types": ["joint_visit"]})
    assert soup(focal.get(f"/cases/{key}/tasks/details")).find(id="visit-report")["value"] == "S/2026/9"  # type: ignore[index]
    assert task(app, key, "details")["tools"] == {"items": [{"tool": "Guide"}]}


def test_a_request_begins_with_an_instrument(app: Flask, focal: InspectedClient) -> None:
    page = focal.get("/requests/new?instrument=SUA_1988")
    assert "SUA Convention" in words(page)
    begun = focal.submit(page)
    key = str(begun.headers["Location"].split("/")[-2])
    assert task(app, key, "need") == {"types": ["ratification"]}
    assert task(app, key, "instruments")["list"] == ["SUA_1988"]
    assert count_of(app, CaseType, CaseType.type == AssistanceType.RATIFICATION) == 1
    ticked = soup(focal.get(f"/cases/{key}/tasks/instruments")).select("input[name=list][checked]")
    assert [one["value"] for one in ticked] == ["SUA_1988"]


@pytest.mark.parametrize("code", ["NOTHING_1900", "x" * 300, "<b>"])
def test_an_address_that_names_no_instrument_begins_with_nothing(app: Flask, focal: InspectedClient, code: str) -> None:
    key = begin(focal, f"/requests/new?instrument={code}")
    assert rows_of(app, DraftTask, key) == []
    page = focal.get("/requests/new")
    refused = focal.submit(page, {"instrument": "NOTHING_1900"})
    assert refused.status_code == 422
    assert list(errors(refused).values()) == ["Choose one of the answers in the list"]


def test_instruments_come_from_the_lists_and_unknown_is_asked(app: Flask, focal: InspectedClient, cast: Cast) -> None:
    key = begin(focal)
    focal.submit(focal.get(f"/cases/{key}/tasks/need"), {**NEED, "types": ["ratification"]})
    page = soup(focal.get(f"/cases/{key}/tasks/instruments"))
    ticked = {str(one["value"]) for one in page.select("input[name=list][checked]")}
    asked = {str(one["value"]) for one in page.select("input[name^=said]")}
    with app.app_context(), write_transaction(None) as session:
        every = {one.code for one in instruments(session)}
    assert asked
    assert not ticked & asked, "what is not known is asked, not assumed"
    listed = {str(one["value"]) for one in page.select("input[name=list]")}
    assert listed == every
    assert "We assume nothing: please tell us." in page.get_text()
    hints = " ".join(one.get_text() for one in page.select(".opts .hint"))
    assert "as of" in hints or not ticked


def test_a_party_by_its_own_word_is_not_asked_about_nuclear_terrorism(
    app: Flask, client: InspectedClient, clock: StoppedClock
) -> None:
    """No list says anything of an invented State."""
    sign_in(client, make_government(app).focal.email)
    focal, key = client, begin(client)
    focal.submit(focal.get(f"/cases/{key}/tasks/need"), {**NEED, "types": ["ratification"]})
    page = focal.get(f"/cases/{key}/tasks/instruments")
    codes = [str(one["value"]) for one in soup(page).select("input[name^=said]")]
    place = codes.index("NUCLEAR_TERRORISM_2005")
    without = focal.submit(page, {"list": ["SUA_1988"]})
    assert errors(without) == {"nuclear_wanted-0": "Say whether you want the Nuclear Terrorism Convention taken up"}
    assert focal.submit(page, {"list": ["SUA_1988"], f"said-{place}-party": "yes"}).status_code == 303
    assert task(app, key, "instruments")["nuclear_party"] is True


def test_results_begin_with_what_we_delivered_before(app: Flask, cast: Cast, focal: InspectedClient) -> None:
    earlier = make_case(app, cast, State.CLOSED, at_home(cast, title="Course for judges"))
    make_case(app, cast, State.WITHDRAWN, at_home(cast, title="Never delivered"))
    key = begin(focal)
    focal.submit(focal.get(f"/cases/{key}/tasks/need"), {**NEED, "types": ["judicial_training"]})
    page = focal.get(f"/cases/{key}/tasks/results")
    assert soup(page).find(id="previous-0-subject")["value"] == f"Course for judges ({earlier.number})"  # type: ignore[index]
    assert "Never delivered" not in page.get_data(as_text=True)
    focal.submit(page, {"previous-0-remove": "y", "previous_none": "y"})
    assert soup(focal.get(f"/cases/{key}/tasks/results")).find(id="previous-0-subject").get("value") is None  # type: ignore[union-attr]


def test_every_change_leads_to_its_input_and_back_to_the_check(app: Flask, cast: Cast, focal: InspectedClient) -> None:
    case = make_case(app, cast, State.DRAFT, at_home(cast, types=EVERY))
    links = {str(one["href"]) for one in soup(focal.get(f"/cases/{case.key}/check")).select(".sum-act a")}
    assert len(links) > 35
    pages: dict[str, set[str]] = {}
    for link in links:
        address, _hash, anchor = link.partition("#")
        pages.setdefault(address, set()).add(anchor)
    for address, anchors in pages.items():
        shown = soup(focal.get(address))
        assert [anchor for anchor in anchors if shown.find(id=anchor) is None] == [], address
    saved = focal.submit(focal.get(next(iter(pages))))
    assert saved.headers["Location"].endswith(f"/cases/{case.key}/check")


def test_the_pages_of_a_draft_cost_no_more_than_allowed(
    app: Flask, cast: Cast, focal: InspectedClient, statements: Recorded
) -> None:
    case = make_case(app, cast, State.DRAFT, at_home(cast, types=EVERY))
    costs, faults = {}, []
    for page in (page for pages in PAGES.values() for page in pages if page.name != "confirmation"):
        address = f"/cases/{case.key}/tasks/{page.task}/{page.name}"
        focal.get(address)
        with statements() as seen:
            shown = focal.get(address)
        costs[page.name] = len(seen)
        with statements() as saving:
            done = focal.submit(shown)
        if len(seen) > CASE_PAGE or len(saving) > TRANSITION or done.status_code != 303:
            faults.append((page.name, len(seen), str(saving), done.status_code, errors(done)))
    assert not faults, faults
    assert max(costs.values()) <= 5, costs


def test_a_foreign_case_has_no_pages(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.DRAFT)
    away = signed_in(app, cast.away_focal_point)
    for page in ("tasks/details/drafting", "tasks/results", "tasks/instruments/instruments"):
        assert away.get(f"/cases/{case.key}/{page}").status_code == 404
    assert case_of(app, case.key).state is State.DRAFT
