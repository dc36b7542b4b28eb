"""CTC/CTED is consulted and does not object, or is silent: in a real browser, every role entering by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.assessment.vocabulary import Part
from app.reference import cache
from app.workflow.vocabulary import AssistanceType, State
from tests.browser.conftest import Enter
from tests.browser.consulting import (
    CTC,
    ask_bodies,
    come_to,
    follow_notice,
    put_for_decision,
    refused,
    still_reads,
    work,
    write_date,
)
from tests.browser.person import Person
from tests.browser.state_reading import nothing_of
from tests.factories.assessment import assessed
from tests.factories.cases import Made, at_home, away, make_case
from tests.factories.people import Cast, cast_of
from tests.factories.silence import OFFICE, register_office
from tests.support import files
from tests.support.clock import StoppedClock
from tests.support.mail import MailServer
from tests.support.pdf import words_of

DRAFTING, WORKSHOP = "Drafting or review of laws", "National workshop"
TYPES = (AssistanceType.LEGISLATIVE_DRAFTING, AssistanceType.NATIONAL_WORKSHOP)
PROBLEM = "The law of 1987 knows no video hearing"
NO_DAY = "This day is not in the calendar. Check day and month"
WHY_NOT = "The courts are being reorganized until next year."
LETTER = "CTED/2026/41"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    cache.forget()
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    """A request in review whose officer has left cost and priority for the end."""
    made = make_case(app, cast, State.IN_REVIEW, at_home(cast, types=TYPES))
    assessed(app, made, signed=False, without=(Part.COST_ESTIMATE, Part.PRIORITY))
    return made


def assess_and_sign(officer: Person) -> None:
    """The last two parts, each wrong at first, and the signature."""
    officer.follow("Assess")
    officer.reads("Complete the assessment first. Still open: Priority and Cost estimate.")
    officer.follow("Cost estimate")
    officer.write("Value", "twenty thousand")
    officer.write("How you estimated it", "Two experts for ten days.")
    officer.press("Save and continue")
    refused(officer, "Enter an amount in numbers, for example 2500")
    still_reads(officer, "Value", "twenty thousand")
    still_reads(officer, "How you estimated it", "Two experts for ten days.")
    officer.write("Value", "24000")
    officer.press("Save and continue")
    officer.reads("What the State says", "It advises: Low priority.")
    for question in ("Does CTED recommend", "Is the text", "Is the host", "Is the counterpart"):
        officer.tick("Yes", inside=question)
    officer.tick("High priority", inside="Your priority")
    officer.press("Save and continue")
    refused(officer, "The priority departs from what the score advises: say why, in the part Priority")
    officer.write("Reason", "Parliament reads the bill in May.")
    officer.press("Save and continue")
    officer.press("Sign the assessment")
    officer.reads("You signed the assessment.", "Signed: High priority")


def find_and_answer(liaison: Person, case: Made) -> None:
    """The liaison confirms the receipt, finds the request behind what is due earlier, and does not object."""
    liaison.is_on("Consultations")
    liaison.follow(case.title)
    liaison.reads(PROBLEM, DRAFTING, "Documents for all")
    liaison.does_not_read("Ines Marlow")  # the contact person is no matter of the bodies
    liaison.press("We have received this notice")
    liaison.reads("The limit runs from now on.", "Answer by 17 March 2026 (working days of New York).")
    liaison.follow(re.compile("^Consultations 2"))
    rows = liaison.tab.get_by_role("row").filter(has_text="TPB-")
    expect(rows).to_contain_text(["Training of judges in Suva", case.title])
    expect(rows.last).to_contain_text("17 Mar")
    liaison.follow(case.title)
    liaison.press("Give the position")
    refused(liaison, "Choose a position")
    liaison.tick("No objection", inside="Position")
    liaison.press("Give the position")
    liaison.reads("Your position is on record.", "The position is on record", CTC, "No objection")
    paper = words_of(liaison.download("Download as PDF"))
    assert "No objection" in paper
    assert str(case.number) in paper


def draft_plan(officer: Person) -> None:
    """A plan with one activity, whose first day is wrong at first."""
    officer.follow("Draft the plan")
    officer.write("Expected results", "Requests are answered in time.")
    officer.press("Save the plan")
    refused(officer, "Enter an answer")
    still_reads(officer, "Expected results", "Requests are answered in time.")
    officer.write("What will be done", "Comments on the draft law, then a workshop in Nairobi.")
    officer.press("Save the plan")
    officer.follow("Add an activity")
    officer.write("Title", "Workshop on requests for assistance")
    officer.choose("Type of assistance", WORKSHOP)
    officer.tick("National", inside="Scope")
    write_date(officer, "First day", 31, 2, 2027)
    write_date(officer, "Last day", 17, 3, 2027)
    officer.press("Save the activity")
    refused(officer, NO_DAY)
    still_reads(officer, "Title", "Workshop on requests for assistance")
    write_date(officer, "First day", 15, 3, 2027)
    officer.press("Save the activity")
    officer.reads("Workshop on requests for assistance", "15 March 2027 to 17 March 2027")


def approve_in_part(chief: Person) -> None:
    """One type is approved, one declined, which needs reason and words; the letter is read before it is sent."""
    chief.follow("Approve")
    chief.reads("round 1: No objection")
    chief.tick("Approve", inside=DRAFTING)
    chief.tick("Decline", inside=WORKSHOP)
    chief.press("Show the letter")
    refused(chief, "Choose why it is declined", "Say why it is declined, in words for the State")
    expect(chief.tab.get_by_role("group", name=WORKSHOP).get_by_label("Decline").first).to_be_checked()
    chief.choose("Reason", "No capacity", inside=WORKSHOP)
    chief.write("Why not, for the State", WHY_NOT, inside=WORKSHOP)
    chief.press("Show the letter")
    chief.reads("The letter to the State", WHY_NOT, "Nothing begins before your State has agreed to it.")
    chief.reads("Who is told", "Focal Point Quill", "Mission Quill", "Case Officer Quill", "Ctc Liaison Quill")
    chief.press("Approve and send the letter")
    chief.reads("In planning")


def test_no_objection(
    enter: Enter, app: Flask, cast: Cast, case: Made, clock: StoppedClock, smtp_server: MailServer
) -> None:
    make_case(app, cast, State.IN_COORDINATION, away(cast, title="Training of judges in Suva"))
    clock.move(days=1)
    officer, liaison, chief, focal = (
        enter(name) for name in ("case_officer", "ctc_liaison", "branch_chief", "focal_point")
    )
    come_to(officer, case)
    assess_and_sign(officer)
    officer.follow("Open consultation")
    officer.reads(CTC, "It is asked about every request", "Is not asked: no rule demands it")
    officer.reads("What the bodies are shown", PROBLEM, "Who is told", "Mission Quill")
    ask_bodies(officer)

    find_and_answer(liaison.sign_in(), case)

    officer.follow("Overview")
    follow_notice(officer, f"Request {case.number}: a position was given")
    officer.reads("No objection", "Opened by a liaison", cast.ctc_liaison.name)
    draft_plan(officer)
    officer.follow("Overview")
    put_for_decision(officer, "round 1: No objection", "Draft plan, version 1")
    expect(officer.tab.get_by_role("region", name="What happens now")).to_contain_text("Chief of the Branch")
    focal.sign_in()
    expect(focal.tab.get_by_role("row").filter(has_text=case.title)).to_contain_text("Chief of the Branch")

    come_to(chief, case)
    approve_in_part(chief)

    work(app, clock)
    come_to(focal, case)
    focal.reads("Being planned", "What was decided", "Declined", WHY_NOT)
    focal.follow(re.compile("^Documents"))
    letter = words_of(focal.download(f"Your request {case.number} was approved"))
    assert WHY_NOT in letter
    words = ("objection", cast.ctc_liaison.name, "Parliament reads the bill", "two experts")
    nothing_of(words, focal, case, smtp_server)
    assert [mail["Subject"] for mail in smtp_server.to(cast.focal_point.email)] == [
        f"Request {case.number}: consultation begun",
        f"Request {case.number} was approved",
    ]


def record_agreement(chief: Person, scan: Path) -> None:
    """The chief records the letter in which CTC/CTED agreed to the silence rule."""
    chief.follow("Agreements")
    chief.reads("The silence rule is off: no written agreement is in force.")
    chief.follow("Record an agreement")
    chief.tick("Silence rule", inside="agreed to")
    chief.write("Reference of the letter", LETTER)
    write_date(chief, "Date of the letter", 31, 2, 2026)
    chief.tab.get_by_label("Scan of the letter").set_input_files(scan)
    chief.press("Record the agreement")
    refused(chief, NO_DAY)
    still_reads(chief, "Reference of the letter", LETTER)
    chief.reads("Kept:", scan.name)
    write_date(chief, "Date of the letter", 23, 2, 2026)
    chief.press("Record the agreement")
    chief.reads("The agreement is on record.", "CTC/CTED agreed in writing to the silence rule", LETTER)


def read_proof(person: Person) -> None:
    """The proof of silence as a page and as paper: who was told, how, each day, and the letter."""
    person.reads("Deemed no objection", "Days of the limit")
    paper = words_of(person.download("Download as PDF")).replace(" ", "")
    for words in (OFFICE, LETTER, "2026-03-18 04:00:00+00:00"):
        person.reads(words)
        assert words.replace(" ", "") in paper, words
    expect(person.tab.get_by_role("row").filter(has_text="17 March 2026")).to_contain_text("10")


def test_silence_with_its_proof(
    enter: Enter, app: Flask, cast: Cast, clock: StoppedClock, smtp_server: MailServer, tmp_path: Path
) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast))
    assessed(app, case)
    register_office(app)
    scan = tmp_path / "letter of 23 February.pdf"
    scan.write_bytes(files.GOOD["pdf"])
    officer, chief, auditor, focal = (
        enter(name) for name in ("case_officer", "branch_chief", "auditor", "focal_point")
    )
    record_agreement(chief.sign_in(), scan)

    come_to(officer, case)
    officer.follow("Open consultation")
    officer.tick("Office of Legal Affairs (OLA)", inside="Also ask")
    officer.press("Ask the bodies")
    refused(officer, "Choose why the Office of Legal Affairs is asked")
    box = officer.tab.get_by_role("group", name="Also ask").get_by_role("checkbox")
    expect(box).to_be_checked()
    box.uncheck()
    ask_bodies(officer)
    work(app, clock)
    (notice,) = smtp_server.to(OFFICE)
    assert notice["Subject"] == f"Request {case.number}: the position of your body is asked"
    clock.move(days=1)
    work(app, clock)
    come_to(officer, case)
    officer.follow("Consultations")
    officer.reads("Accepted by the mail relay of its address", "Answer by", "17 March 2026")
    clock.move(days=15)
    work(app, clock)

    come_to(officer, case)
    follow_notice(officer, f"Request {case.number}: CTC/CTED is deemed to have no objection")
    read_proof(officer)
    come_to(auditor, case)
    auditor.follow("Consultations")
    auditor.follow("Proof of silence")
    read_proof(auditor)
    come_to(focal, case)
    focal.follow("Consultations")
    focal.reads(CTC, "Closed on")
    words = ("silence", "deemed", "objection", OFFICE, LETTER, "relay")
    nothing_of(words, focal, case, smtp_server)
