"""An officer works through the queue: searches, ticks, assigns, goes from one request to the next; also by keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.workflow.vocabulary import State
from tests.browser.person import Person
from tests.factories.cases import at_home, make_cases
from tests.factories.people import Cast, cast_of
from tests.support.server import LiveServer


@pytest.fixture
def cast(app: Flask) -> Cast:
    made = cast_of(app)
    titles = ("Law on extradition", "Law on evidence", "Training of judges")
    make_cases(app, made, [(State.SUBMITTED, at_home(made, title=title)) for title in titles])
    return made


@pytest.fixture(params=[False, True], ids=["plain", "with keys"])
def intake(request: Any, browser: Any, live_server: LiveServer, cast: Cast) -> Iterator[Person]:
    person = Person(browser, live_server.url, cast.intake_officer, javascript=request.param)
    person.keys = request.param  # type: ignore[attr-defined]
    yield person
    person.leave()
    assert not person.faults


def test_searched_ticked_assigned_and_walked(intake: Person, cast: Cast) -> None:
    keys, tab = intake.keys, intake.sign_in().tab  # type: ignore[attr-defined]
    if keys:
        tab.keyboard.press("/")
        tab.keyboard.type("law")
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
    else:
        intake.write("Search", "law")
        intake.press("Apply filters")
    expect(tab.locator("tbody tr")).to_have_count(2)
    if keys:
        for key in "jxjx":
            tab.keyboard.press(key)
    else:
        for box in tab.locator("tbody .c-pick input").all():
            box.check()
    intake.press("Assign the ticked requests…")
    intake.is_on("Assign requests")
    option = tab.get_by_label("Case officer").locator("option").filter(has_text=cast.case_officer.name)
    tab.get_by_label("Case officer").select_option(value=option.get_attribute("value"))
    intake.press("Assign")
    intake.reads("2 of 2 requests were assigned")

    tab.goto("/queue?q=law")
    if keys:
        tab.keyboard.press("j")
        for key in "on":
            with tab.expect_navigation():
                tab.keyboard.press(key)
    else:
        intake.follow("Law on extradition")
        intake.follow("Next request")
    intake.is_on("Law on evidence")
    intake.reads("Last of the list", cast.case_officer.name)
    intake.follow("Previous request")
    intake.is_on("Law on extradition")
    intake.follow("Back to the list")
    expect(tab.locator("tbody tr")).to_have_count(2)
