"""One request from draft to accepted, in a real browser, every role signing in; without JavaScript, and with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser import scenes
from tests.browser.person import Person
from tests.factories.people import Cast, cast_of
from tests.support.server import LiveServer

Enter = Callable[[str], Person]


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


@pytest.fixture(params=[False, True], ids=["without-javascript", "with-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def enter(live_server: LiveServer, browser: Any, cast: Cast, javascript: bool) -> Iterator[Enter]:
    """`enter("mission")`: one of the cast at a browser of their own, not signed in yet."""
    people: list[Person] = []

    def come(name: str) -> Person:
        people.append(Person(browser, live_server.url, cast[name], javascript=javascript))
        return people[-1]

    yield come
    for person in people:
        person.leave()
        assert not person.faults, (person.member.name, person.faults)


def test_from_draft_to_accepted(enter: Enter, cast: Cast) -> None:
    focal, mission, intake, officer = (
        enter(name) for name in ("focal_point", "mission", "intake_officer", "case_officer")
    )
    number = scenes.to_submission(focal, mission)

    scenes.take_up(intake.sign_in(), number)
    scenes.pass_checks(intake)
    scenes.accept(intake, cast.case_officer.name)
    intake.sign_out()

    officer.sign_in()
    officer.follow(scenes.TITLE)
    officer.is_on(scenes.TITLE)
    officer.reads(number, scenes.PROBLEM)
    officer.follow("Whole history")
    officer.reads("Sent to the Permanent Mission", "Confirmed by the Permanent Mission and submitted", "Taken up for")
    officer.reads("Accepted for review", cast.intake_officer.name, cast.mission.name, cast.focal_point.name)

    focal.tab.goto("/home")
    focal.follow(scenes.TITLE)
    focal.reads(number, "Being assessed", cast.case_officer.name)
    focal.tab.goto("/notices")
    focal.reads(f"Request {number} was accepted for assessment")
    focal.sign_out()
    mission.sign_out()


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(enter: Enter) -> None:
    focal = enter("focal_point").sign_in()
    tasks = scenes.begin_draft(focal)
    focal.follow("What is needed")
    focal.write("Short title of the request", scenes.TITLE)
    focal.tick("Urgent", inside="Urgency")
    focal.write("Day", "31", inside="Date of that event")
    focal.write("Month", "2", inside="Date of that event")
    focal.write("Year", "2027", inside="Date of that event")
    focal.press("Save and continue")

    complaints = focal.complaints()
    assert {"Enter a real date, for example 15 3 2027", "Choose at least one"} <= set(complaints)
    for target in complaints.values():
        beside = target.locator("xpath=ancestor-or-self::*[contains(concat(' ', @class, ' '), ' bad ')]").first
        expect(beside.locator(".err").first).to_be_visible()
    expect(focal.tab.get_by_label("Short title of the request")).to_have_value(scenes.TITLE)
    expect(focal.tab.get_by_label("Day")).to_have_value("31")
    expect(focal.tab.get_by_label("Urgent", exact=True)).to_be_checked()
    focal.tab.get_by_role("alert").get_by_role("link").first.click()
    assert "#" in focal.tab.url

    focal.tick("Routine", inside="Urgency")
    for part in ("Day", "Month", "Year"):
        focal.write(part, "", inside="Date of that event")
    focal.tick("Drafting or review of laws", inside="Types of assistance")
    focal.press("Save and come back later")
    focal.reads("Saved. You can come back to it at any time.")
    assert focal.tab.url == tasks
    focal.follow("Check your answers")
    focal.reads("Some answers are still missing")
    expect(focal.tab.get_by_role("button", name="Send to your Permanent Mission")).to_have_attribute(
        "aria-disabled", "true"
    )


def test_returned_by_the_mission_corrected_and_sent_again(enter: Enter) -> None:
    focal, mission = enter("focal_point"), enter("mission")
    tasks = scenes.begin_draft(focal.sign_in())
    scenes.fill_in(focal)
    scenes.send(focal)
    mission.sign_in()
    mission.follow(re.compile(re.escape(scenes.TITLE)))
    mission.follow("Return for changes")
    mission.press("Return for changes")
    assert len(mission.complaints()) == 1
    mission.write("What should be changed?", "Please name the ministry as well.")
    mission.press("Return for changes")
    mission.reads("The request is a draft again.")

    focal.tab.goto("/home")
    focal.reads("You need to do")
    focal.tab.goto(tasks)
    focal.reads("Please name the ministry as well.")
    focal.follow("Who asks, and for whom")
    focal.press("Add another institution")
    focal.write("Name of the institution", "Ministry of Justice", inside="Institution 2")
    focal.choose("Kind of institution", "Ministry of justice", inside="Institution 2")
    focal.press("Save and continue")
    focal.tab.goto(tasks)
    focal.follow("Check your answers")
    focal.reads("Supreme Court", "Ministry of Justice")
    scenes.send(focal)
    mission.tab.goto("/home")
    assert scenes.confirm(mission)


def test_a_draft_is_discarded(enter: Enter) -> None:
    focal = enter("focal_point").sign_in()
    tasks = scenes.begin_draft(focal)
    scenes.fill_in(focal)
    focal.tab.goto(tasks)
    focal.follow("Discard this draft")
    focal.press("Discard the draft")
    focal.reads("The draft was discarded.")
    focal.tab.goto(tasks)
    expect(focal.tab.locator("main")).not_to_contain_text(scenes.PROBLEM)
    expect(focal.tab.locator("main")).not_to_contain_text("Supreme Court")
