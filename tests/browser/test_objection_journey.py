"""CTC/CTED objects, the request is revised and asked about again; then nobody answers, and the chief decides."""

from __future__ import annotations

from typing import Final

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.reference import cache
from app.workflow.vocabulary import AssistanceType, Body, State
from tests.browser.conftest import Enter
from tests.browser.consulting import (
    CTC,
    DEPOSITED,
    OLA,
    RESERVATION,
    approve,
    ask_bodies,
    come_to,
    follow_notice,
    put_for_decision,
    refused,
    still_reads,
    work,
)
from tests.browser.person import Person
from tests.browser.state_reading import nothing_of
from tests.factories.agreements import agree
from tests.factories.assessment import assessed
from tests.factories.cases import Made, at_home, make_case
from tests.factories.people import Cast, cast_of
from tests.factories.silence import OFFICE, register_office
from tests.support.clock import StoppedClock
from tests.support.mail import MailServer

TITLE: Final = "Accession to the Nuclear Terrorism Convention"
OBJECTION: Final = "The Executive Directorate visits the ministry in May; nothing may be agreed before it reports."
GROUND: Final = "A visit or report of the Executive Directorate must come first"
CHANGED: Final = "The seminar moves behind the visit of the Executive Directorate."
WITHOUT: Final = "Twenty working days have passed and two calls were not returned."
#: Nobody of the State comes across any of this, nor of what it gives away.
WORDS: Final = (
    "objection",
    OBJECTION[4:30],
    GROUND,
    CHANGED,
    WITHOUT,
    "more time",
    "deemed",
    "silence",
    "round 2",
    "Liaison",
)
OLA_OFFICE: Final = "ola-registry@example.org"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    cache.forget()
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    """A request that was assessed: accession with a reservation, to an instrument deposited with the United Nations."""
    says = {
        "instruments": {"list": ["NUCLEAR_TERRORISM_2005"]},
        "details": {"ratification": {"stage": "parliament", "obstacle": "Few sittings", "reservation": "yes"}},
    }
    plan = at_home(cast, title=TITLE, types=(AssistanceType.RATIFICATION,), says=says)
    made = make_case(app, cast, State.IN_REVIEW, plan)
    assessed(app, made)
    agree(app, cast)
    register_office(app)
    register_office(app, Body.OLA, OLA_OFFICE)
    return made


def ask_more_time(liaison: Person, case: Made) -> None:
    """More time is given once; a second wish finds the way closed."""
    liaison.follow(case.title)
    liaison.press("We have received this notice")
    liaison.reads("Answer by 16 March 2026")
    liaison.follow("Ask for more time")
    liaison.press("Ask for more time")
    liaison.reads("More time was asked.", "23 March 2026")


def object_to(liaison: Person) -> None:
    """An objection needs its ground and its words; what is typed stays while one of them is missing."""
    liaison.follow("Give a position")
    liaison.reads("Answer by 23 March 2026")
    expect(liaison.tab.get_by_role("link", name="Ask for more time")).to_have_count(0)
    liaison.tick("Objection", inside="Position")
    liaison.press("Give the position")
    refused(liaison, "Choose the ground of the objection", "Say it in words")
    liaison.write("Text", OBJECTION)
    liaison.press("Give the position")
    refused(liaison, "Choose the ground of the objection")
    still_reads(liaison, "Text", OBJECTION)
    expect(liaison.tab.get_by_label("Objection", exact=True)).to_be_checked()
    liaison.choose("Ground of the objection", GROUND)
    liaison.press("Give the position")
    liaison.reads("Your position is on record.", OBJECTION, GROUND)
    liaison.follow("Back to the consultations")
    for name in ("Give a position", "Ask for more time"):  # another body is waited for still, this one is not
        expect(liaison.tab.get_by_role("button", name=name)).to_have_attribute("aria-disabled", "true")


def revise(officer: Person) -> None:
    """The plan moves behind the visit, and the request goes back to review with a word on what changes."""
    officer.reads(OBJECTION, GROUND)
    expect(officer.tab.get_by_role("button", name="Put for decision")).to_have_attribute("aria-disabled", "true")
    officer.reads("A consultation is still open.", "An objection stands.")
    officer.follow("Plan")
    officer.follow("Change summary, results and costs")
    officer.write("What will be done", "A seminar in June, after the visit.")
    officer.press("Save the plan")
    officer.follow("Overview")
    officer.follow("Revise")
    officer.reads("Objects; it is asked again", "Has not answered; it is asked anew")
    officer.press("Take back into review")
    refused(officer, "Enter an answer")
    officer.write("What will be changed", CHANGED)
    officer.press("Take back into review")
    officer.reads("The request is in review again.", "Overtaken by a revision")


def proceed_without(chief: Person) -> None:
    """The chief goes on without the Office of Legal Affairs, which needs a reason; never without CTC/CTED."""
    chief.follow("Proceed without an answer")
    options = chief.tab.get_by_label("Which consultation").locator("option")
    expect(options).to_have_text([OLA])
    chief.press("Proceed without an answer")
    refused(chief, "Enter an answer")
    chief.write("Reason", WITHOUT)
    chief.press("Proceed without an answer")
    chief.reads("The request goes on without this answer.", "No answer; the Branch went on without it")
    chief.reads("No consultation is open that can be closed without an answer.")
    chief.follow("History")
    chief.reads("Proceeded without an answer", WITHOUT, "Deemed no objection", CHANGED)


def first_round(officer: Person, liaison: Person, case: Made) -> None:
    """Both bodies are asked, each by its rule; CTC/CTED asks for more time, and objects."""
    come_to(officer, case)
    officer.follow("Open consultation")
    officer.reads(CTC, "It is asked about every request", OLA, DEPOSITED, RESERVATION)
    ask_bodies(officer)
    officer.follow("Draft the plan")
    officer.write("What will be done", "A seminar in April.")
    officer.press("Save the plan")
    ask_more_time(liaison.sign_in(), case)
    object_to(liaison)


def decide(officer: Person, chief: Person, case: Made) -> None:
    """The officer puts what is left before the chief, who approves."""
    come_to(officer, case)
    put_for_decision(officer, "round 2: Deemed no objection", "round 2: No answer")
    chief.follow("Overview")
    chief.follow("Approve")
    approve(chief, "Ratification of or accession to the instruments")


def test_objection_revision_and_a_second_round_in_silence(
    enter: Enter, app: Flask, cast: Cast, case: Made, clock: StoppedClock, smtp_server: MailServer
) -> None:
    officer, liaison, chief, focal = (
        enter(name) for name in ("case_officer", "ctc_liaison", "branch_chief", "focal_point")
    )
    first_round(officer, liaison, case)
    work(app, clock)
    come_to(focal, case)
    focal.reads("In consultation")
    focal.follow("Consultations")
    focal.reads(CTC, "Closed", OLA, "Waits for its answer")
    nothing_of(WORDS, focal, case, smtp_server)

    follow_notice(officer, f"Request {case.number}: a position was given")
    revise(officer)
    officer.follow("Open consultation")
    officer.reads("Is asked again, in round 2")
    ask_bodies(officer)
    work(app, clock)
    assert [len(smtp_server.to(office)) for office in (OFFICE, OLA_OFFICE)] == [1, 2], "nobody asks who has answered"
    clock.move(days=1)
    work(app, clock)  # nobody has reported that a mail did not arrive
    clock.move(days=8)
    work(app, clock)  # the five working days of a second round are over

    come_to(chief, case)
    chief.reads("Proceed without an answer", "The last limit of the consultation has not passed yet.")
    clock.move(days=25)
    work(app, clock)
    come_to(chief, case)
    proceed_without(chief)
    decide(officer, chief, case)

    work(app, clock)
    come_to(focal, case)
    focal.reads("Being planned", "Approved")
    nothing_of(WORDS, focal, case, smtp_server)
    assert len(smtp_server.to(cast.focal_point.email)) == 3
