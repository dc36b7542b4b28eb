"""One request from draft to accepted, in a real browser, every role signing in; without JavaScript, and with it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.workflow.vocabulary import State
from tests.browser import scenes
from tests.browser.person import Person
from tests.factories.cases import at_home, make_case
from tests.factories.people import Cast, cast_of
from tests.support.pdf import words_of

Enter = Callable[[str], Person]


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


@pytest.mark.parametrize("javascript", [False, True], ids=["without-javascript", "with-javascript"], indirect=True)
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
    officer.reads("Confirmed by the Permanent Mission and submitted", "Taken up for screening", "Accepted for review")
    officer.reads(cast.intake_officer.name, cast.mission.name)
    officer.does_not_read("Sent to the Permanent Mission")  # a draft is its State's only

    focal.tab.goto("/home")
    focal.follow(scenes.TITLE)
    focal.reads(number, "Being assessed", cast.case_officer.name)
    focal.follow("Whole history")
    focal.reads("Draft started", "Sent to the Permanent Mission", "Accepted for review")
    focal.tab.goto("/notices")
    focal.reads(f"Request {number} was accepted for assessment")
    focal.sign_out()
    mission.sign_out()


def test_a_tool_is_asked_for_on_one_page(enter: Enter) -> None:
    focal, mission = enter("focal_point").sign_in(), enter("mission")
    focal.follow("Start a request")
    focal.follow("Ask for a tool")
    focal.is_on("Ask for a published tool")
    focal.write("Guide, model law or manual", scenes.TOOL)
    focal.press("Send to your Permanent Mission")
    assert len(focal.complaints()) == 6
    focal.write("Copies", "40")
    focal.write("What is it for?", scenes.PROBLEM)
    focal.write("Name of the institution", "Supreme Court")
    focal.choose("Kind of institution", "Courts")
    focal.press("Save and come back later")
    focal.reads("Saved. You can come back to it at any time.")

    focal.tab.goto("/home")
    focal.follow(re.compile(re.escape(scenes.TOOL)))
    focal.is_on("Ask for a published tool")
    focal.tick(scenes.RIGHTS)
    focal.tick("Yes", inside="May we share this request with the Counter-Terrorism Committee")
    focal.press("Send to your Permanent Mission")
    focal.is_on("Sent to your Permanent Mission")
    assert scenes.confirm(mission.sign_in(), scenes.TOOL)


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

    assert list(focal.complaints()) == ["This day is not in the calendar. Check day and month"]
    for part in ("Day", "Month", "Year"):
        focal.write(part, "", inside="Date of that event")
    focal.press("Save and continue")

    complaints = focal.complaints()
    assert list(complaints) == [
        "Choose at least one type of assistance",
        "Describe the problem",
    ]
    for message, target in complaints.items():
        group = target.locator("xpath=ancestor-or-self::*[contains(concat(' ', @class, ' '), ' bad ')][1]")
        expect(group.locator(".err")).to_contain_text(message)
    expect(focal.tab.get_by_label("Short title of the request")).to_have_value(scenes.TITLE)
    expect(focal.tab.get_by_label("Urgent", exact=True)).to_be_checked()
    focal.tab.get_by_role("alert").get_by_role("link").first.click()
    expect(focal.tab).to_have_url(re.compile("#"))

    focal.tick("Routine", inside="Urgency")
    focal.tick(scenes.TYPE, inside="Types of assistance")
    focal.press("Save and come back later")
    focal.reads("Saved. You can come back to it at any time.")
    assert focal.tab.url.split("#")[0] == tasks
    focal.follow("Check your answers")
    focal.reads("Some answers are still missing")
    expect(focal.tab.get_by_role("button", name="Send to your Permanent Mission")).to_have_attribute(
        "aria-disabled", "true"
    )


def test_returned_for_information_and_answered(enter: Enter, cast: Cast) -> None:
    focal, mission, intake = enter("focal_point"), enter("mission"), enter("intake_officer")
    number = scenes.to_submission(focal, mission)
    scenes.take_up(intake.sign_in(), number)
    intake.follow("Return for information")
    intake.press("Return with these questions")
    assert intake.complaints()
    intake.choose("About which part", "The problem", inside="Question 1")
    intake.write("Question", "Which articles does the draft change?", inside="Question 1")
    intake.press("Add a question")
    intake.choose("About which part", "The request as a whole", inside="Question 2")
    intake.write("Question", "When does parliament sit?", inside="Question 2")
    intake.press("Return with these questions")
    intake.reads("The request was returned with your questions.", "The clock stands still")

    focal.tab.goto("/notices")
    focal.reads(f"Request {number}: we have questions")
    focal.tab.goto("/home")
    focal.follow(re.compile(re.escape(scenes.TITLE)))
    focal.reads("Which articles does the draft change?", "When does parliament sit?")
    focal.write("Your answer", "Articles 3 to 7.", inside="Question 1")
    focal.press("Send the answers")
    assert len(focal.complaints()) == 1
    expect(focal.tab.get_by_label("Your answer").first).to_have_value("Articles 3 to 7.")
    focal.write("If you cannot answer: why not?", "The dates are not fixed yet.", inside="Question 2")
    focal.press("Send the answers")
    focal.reads("Your answers were sent.", "Articles 3 to 7.")

    intake.tab.goto(f"/n/{number}")
    intake.reads("Articles 3 to 7.", "The dates are not fixed yet.")
    intake.follow("Screening")
    scenes.pass_checks(intake)
    scenes.accept(intake, cast.case_officer.name)


def test_withdrawn_by_the_mission(enter: Enter) -> None:
    focal, mission, intake = enter("focal_point"), enter("mission"), enter("intake_officer")
    number = scenes.to_submission(focal, mission)
    mission.follow("Open the request")
    mission.follow("Withdraw the request")
    mission.write("Costs already committed", "None.")
    mission.write("Reason", "Another organization helps us.")
    mission.press("Withdraw the request")
    mission.reads("The request was withdrawn.", "Withdrawn")
    expect(mission.tab.get_by_role("link", name="Withdraw the request")).to_have_count(0)
    intake.sign_in()
    intake.does_not_read(scenes.TITLE)
    intake.follow(re.compile("^Ended"))
    intake.reads(number, scenes.TITLE)


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


@pytest.mark.parametrize("javascript", [False], ids=["without-javascript"], indirect=True)
def test_a_proposal_becomes_a_letter_and_a_merge_is_undone(enter: Enter, app: Flask, cast: Cast) -> None:
    vans, guides, same = (
        make_case(app, cast, State.SCREENING, at_home(cast, title=title))
        for title in ("Vans for border posts", "Guides for judges", "Guides for judges and prosecutors")
    )
    intake, chief = enter("intake_officer").sign_in(), enter("branch_chief").sign_in()
    intake.tab.goto(f"/cases/{vans.key}")
    intake.follow("Propose an outcome")
    intake.choose("Reason", "Equipment")
    intake.write("Why, for the State", "It asks for vans.")
    intake.write("What would make it eligible, for the State", "A request for training.")
    intake.press("Propose to the chief")
    intake.reads("The proposal waits for the chief.", "Chief of the Branch")

    chief.tab.goto("/queue")
    chief.follow("Vans for border posts")
    chief.follow("Find not eligible")
    chief.reads("The letter to the State", "It asks for vans.", "focal points", "within 60 days")
    chief.press("Find not eligible")
    chief.reads("The request was found not eligible. The State gets the letter.")

    focal = enter("focal_point").sign_in()
    focal.tab.goto(f"/cases/{vans.key}")
    focal.follow(re.compile("^Documents"))
    letter = focal.download(f"Your request {vans.number} was found not eligible")
    words = words_of(letter)
    assert "It asks for vans." in words
    assert "A request for training." in words

    intake.tab.goto(f"/cases/{guides.key}")
    intake.follow("Merge")
    intake.follow(re.compile(f"Compare with .*{same.number}"))
    intake.reads("This request ends", "This request goes on", "Both histories are kept.")
    intake.press("Merge")
    intake.reads("The request was merged. The State gets a letter.", str(same.number))
    chief.tab.goto(f"/n/{guides.number}")
    chief.follow("Undo the merge")
    chief.write("Why the merge is undone", "The judges need theirs earlier.")
    chief.press("Undo the merge")
    chief.reads("The merge was undone.", "In screening")
    focal.tab.goto(f"/cases/{guides.key}/history")
    focal.reads("Merged into another request", "Merge undone")
    focal.does_not_read("The judges need theirs earlier.")
