"""A tool asked for on one page, supplied in the fast lane, and downloaded; the library, open to everybody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.workflow.vocabulary import AssistanceType
from tests.browser import scenes
from tests.browser.pages import VISITOR
from tests.browser.person import Person
from tests.factories.people import Cast, cast_of
from tests.factories.supplies import stand_by
from tests.factories.tools import put_tool
from tests.support import files
from tests.support.pdf import words_of

Enter = Callable[[str], Person]
ASKED = f"Published tool: {scenes.TOOL}"
ADDRESS = "Supreme Court, Nairobi"


@pytest.fixture
def cast(app: Flask) -> Cast:
    """People, the tool in the library, and the standing no-objection of CTC/CTED to tools."""
    made = cast_of(app)
    stand_by(app, made, AssistanceType.TOOLS)
    put_tool(app, titles={"en": scenes.TOOL}, langs=("en", "fr"))
    return made


def ask_for_the_tool(focal: Person) -> None:
    """The one page of a request for a tool."""
    focal.follow("Start a request")
    focal.follow("Ask for a tool")
    focal.write("Guide, model law or manual", scenes.TOOL)
    focal.write("Copies", "forty")
    focal.write("What is it for?", scenes.PROBLEM)
    focal.write("Name of the institution", "Supreme Court")
    focal.choose("Kind of institution", "Courts")
    focal.tick(scenes.RIGHTS)
    focal.tick("Yes", inside="May we share this request with the Counter-Terrorism Committee")
    focal.press("Send to your Permanent Mission")
    assert list(focal.complaints()) == ["Enter a whole number"]
    expect(focal.tab.get_by_label("Copies")).to_have_value("forty")
    expect(focal.tab.get_by_label("Guide, model law or manual")).to_have_value(scenes.TOOL)
    focal.write("Copies", "40")
    focal.press("Send to your Permanent Mission")
    focal.is_on("Sent to your Permanent Mission")


def supply(intake: Person) -> None:
    """The fast lane: what it costs too much, and what lacks an address, is said beside its field."""
    intake.follow("Supply")
    intake.reads("Standing no-objection in force until", scenes.TOOL)
    intake.write("Printed copies of each tool", "40")
    intake.write("Estimated cost in US dollars", "1000")
    intake.press("Read the letter first")
    assert list(intake.complaints()) == ["Enter the address to which the printed copies go"]
    intake.write("Address for the printed copies", ADDRESS)
    intake.press("Read the letter first")
    assert list(intake.complaints()) == [
        "Choose at least one tool: the request asks for tools",
        "In the fast lane the cost must be below 1000 US dollars. Accept the request instead",
    ]
    expect(intake.tab.get_by_label("Address for the printed copies")).to_have_value(ADDRESS)
    intake.tick(f"{scenes.TOOL} (English)")
    intake.write("Estimated cost in US dollars", "240")
    intake.press("Read the letter first")
    intake.reads("The letter to the State", "40 printed copies of each", "The liaisons of CTC/CTED")
    intake.press("Supply")
    intake.reads("The request was supplied. The State gets the letter, CTC/CTED a notice.", "Delivered")


def test_a_tool_is_supplied_in_the_fast_lane(enter: Enter, cast: Cast) -> None:
    focal, mission, intake, liaison = (
        enter(name) for name in ("focal_point", "mission", "intake_officer", "ctc_liaison")
    )
    ask_for_the_tool(focal.sign_in())
    number = scenes.confirm(mission.sign_in(), scenes.TOOL)
    scenes.take_up(intake.sign_in(), number, scenes.TOOL)
    scenes.pass_checks(intake)
    supply(intake)

    focal.tab.goto("/home")
    focal.follow(ASKED)
    focal.reads("The assistance was delivered. Please confirm it, or say what is missing.", ADDRESS)
    assert focal.download(re.compile(re.escape(f"{scenes.TOOL} (English)"))).read_bytes() == files.GOOD["pdf"]
    focal.follow(re.compile("^Documents"))
    letter = words_of(focal.download(f"Your request {number}: what you asked for"))
    assert "40 printed copies of each" in letter

    liaison.sign_in().tab.goto("/notices")
    liaison.follow(f"Request {number} was supplied under your standing no-objection")
    liaison.reads("Supplied in the fast lane")
    liaison.does_not_read(ADDRESS)  # what is written to the State is not the body's


def test_somebody_without_an_account_downloads_a_tool(enter: Enter, cast: Cast) -> None:
    visitor = enter(VISITOR)
    visitor.tab.goto("/")
    visitor.follow("Library of tools")
    visitor.is_on("Library of tools")
    visitor.follow(scenes.TOOL)
    visitor.is_on(scenes.TOOL)
    assert visitor.download(re.compile(f"^French.*{re.escape(scenes.TOOL)}")).read_bytes() == files.GOOD["pdf"]
    visitor.tab.goto("/")
    visitor.does_not_read(ASKED)
