"""A request returned with questions, answered in place, then asked about while it is assessed; in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from app.workflow.vocabulary import State
from tests.browser.person import Person
from tests.factories.cases import Made, at_home, make_case
from tests.factories.people import Cast, cast_of

Enter = Callable[[str], Person]
BENEFICIARIES, TITLE = "Institutions that will benefit", "Short title of the request"
ADDED = "Office of the Prosecutor General"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    """A request in screening, all of whose checks were judged."""
    return make_case(app, cast, State.SCREENING, at_home(cast, judged=True))


def asked(person: Person, field: str) -> Locator:
    """The question about this field, as an officer sees it."""
    return person.tab.get_by_role("article", name=re.compile(re.escape(field))).first


def sees(question: Locator, before: str, now: str) -> None:
    """Old and new stand beside each other."""
    sides = question.locator(".sides > div")
    expect(sides.nth(0)).to_contain_text(before)
    expect(sides.nth(1)).to_contain_text(now)
    left, right = (sides.nth(place).bounding_box() for place in (0, 1))
    assert left is not None
    assert right is not None
    assert (left["y"], left["x"] < right["x"]) == (right["y"], True)


def return_with_questions(intake: Person, case: Made) -> None:
    """Intake asks about a list and about the title."""
    intake.tab.goto(f"/cases/{case.key}/return-for-information")
    intake.choose("About which part", BENEFICIARIES, inside="Question 1")
    intake.write("Question", "Does the prosecution take part?", inside="Question 1")
    intake.press("Add a question")
    intake.choose("About which part", TITLE, inside="Question 2")
    intake.write("Question", "Which law is it?", inside="Question 2")
    intake.press("Return with these questions")


def answer_in_place(focal: Person, case: Made) -> None:
    """The State changes both fields beside the questions; what it typed survives a mistake."""
    focal.tab.goto("/home")
    focal.follow(re.compile(re.escape(case.title)))
    focal.reads("Does the prosecution take part?", "Which law is it?")
    focal.press("Add another institution")
    second = focal.tab.get_by_label("Name of the institution").nth(1)
    second.fill(ADDED)
    focal.tab.get_by_label("Kind of institution").nth(1).select_option(label="Prosecution service")
    focal.write(TITLE, "", inside="Question 2")
    focal.press("Send the answers")
    assert focal.complaints()
    expect(second).to_have_value(ADDED)
    focal.write(TITLE, "Review of the law of 1987", inside="Question 2")
    focal.press("Send the answers")
    focal.reads("Your answers were sent.")


def accept(intake: Person, cast: Cast, case: Made) -> None:
    """Intake sees old and new beside each other, confirms the checks and accepts."""
    intake.tab.goto(f"/cases/{case.key}/screening")
    sees(asked(intake, BENEFICIARIES), "Supreme Court", ADDED)
    sees(asked(intake, TITLE), case.title, "Review of the law of 1987")
    intake.press("I have read the 2 answers below")
    intake.tab.goto(f"/cases/{case.key}/screening")
    intake.press("Save the checks")
    intake.tab.goto(f"/cases/{case.key}/accept")
    intake.pick("Case officer", cast.case_officer.name)
    intake.press("Accept for review")


@pytest.mark.parametrize("javascript", [False, True], ids=["without-javascript", "with-javascript"], indirect=True)
def test_asked_twice_and_answered_in_place(enter: Enter, cast: Cast, case: Made) -> None:
    intake, focal, officer = (enter(name).sign_in() for name in ("intake_officer", "focal_point", "case_officer"))
    return_with_questions(intake, case)
    answer_in_place(focal, case)
    accept(intake, cast, case)

    officer.tab.goto(f"/cases/{case.key}")
    officer.follow("Ask the State")
    officer.choose("About which part", "The problem", inside="Question 1")
    officer.write("Question", "How many requests are unanswered?", inside="Question 1")
    officer.tick("Yes, it stands still", inside="Does the work wait")
    officer.press("Ask these questions")
    officer.reads("The State has a question to answer that stops the work.", "Waits for the State")

    focal.tab.goto("/home")
    focal.reads("Has a question that the work waits for")
    focal.tab.goto(f"/cases/{case.key}/answer")
    focal.write("Your answer", "Forty of them.", inside="Question 1")
    focal.press("Send the answers")
    focal.reads("A case officer assesses what is needed.")

    officer.tab.goto(f"/cases/{case.key}")
    officer.reads("The case officer assesses the request.", "Answered, to read", "Forty of them.")
    officer.press("I have read the answer below")
    officer.does_not_read("Answered, to read")
