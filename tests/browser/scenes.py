"""What each role does in a journey, through its pages only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from playwright.sync_api import expect

from app.triage.texts import CHECK_TEXTS
from tests.browser.leading import lead_on
from tests.browser.person import Person

TITLE: Final = "Drafting support for the nuclear terrorism convention"
PROBLEM: Final = "The draft law of 2024 does not cover financing. The bill is to reach parliament in autumn."
TYPE: Final = "Ratification of or accession to the instruments"
#: No list says anything of it.
INSTRUMENT: Final = "Montreal Protocol 2014"
TOOL: Final = "Legislative guide to the universal legal regime against terrorism"
RIGHTS: Final = (
    "We will use what is asked in conformity with our obligations under human rights, refugee and humanitarian law"
)
DECLARATION: Final = (
    "We have checked these answers. They are correct, and we ask for the assistance on behalf of our Government"
)
RECEIVED: Final = re.compile(r"TPB-\d{4}-\d{4}")


def begin_draft(focal: Person) -> str:
    """Begin a draft; returns the address of its task list."""
    focal.is_on("Requests of your State")
    focal.follow("Start a request")
    focal.press("Start now")
    focal.is_on("New request")
    return focal.tab.url


def say_who(focal: Person) -> None:
    """The first task; the contact begins with what the account says."""
    focal.follow("Who asks, and for whom")
    focal.write("Function", "Counsel", inside="Contact person")
    focal.write("Institution", "Ministry of Justice", inside="Contact person")
    focal.choose("Language of this request", "English")
    focal.write("Name of the institution", "Supreme Court", inside="Institution 1")
    focal.choose("Kind of institution", "Courts", inside="Institution 1")
    focal.press("Save and continue")


def say_need(focal: Person, title: str = TITLE) -> None:
    """The second task."""
    focal.is_on("What is needed")
    focal.write("Short title of the request", title)
    focal.tick(TYPE, inside="Types of assistance")
    focal.write("The problem", PROBLEM)
    focal.press("Save and continue")


def choose_instruments(focal: Person) -> None:
    """The third task: what the lists say is shown, what they do not say is asked."""
    focal.is_on("Instruments")
    focal.choose(INSTRUMENT, "No, we are not a party", inside="Is your State a party?")
    focal.tick(INSTRUMENT, inside="With which instruments do you ask for help?")
    focal.press("Save and continue")
    focal.is_on("Resolutions of the Security Council")
    focal.press("Save and continue")


def say_details(focal: Person) -> None:
    """The fourth task: only what the chosen type asks for."""
    focal.is_on("Ratification or accession")
    focal.tick("Before parliament", inside="Where ratification or accession stands")
    focal.tick("No", inside="Reservation or declaration")
    focal.press("Save and continue")


def say_results(focal: Person) -> None:
    """The fifth task: rows are added without a script, and the rest may stay open."""
    focal.is_on("Expected results and previous assistance")
    focal.write("Result", "The instrument is deposited", inside="Result 1")
    focal.press("Add another result")
    focal.write("Result", "The law is in force", inside="Result 2")
    focal.press("Save and continue")
    for heading in ("Criminal justice and other crime", "When, where and how"):
        focal.is_on(heading)
        focal.press("Save and continue")


def say_everything_on_results(focal: Person) -> None:
    """The fifth task with all that is needed before bodies are asked and a plan is agreed to."""
    focal.is_on("Expected results and previous assistance")
    focal.write("Result", "The instrument is deposited", inside="Result 1")
    focal.write("How it will be seen", "The depositary's notification", inside="Result 1")
    focal.write("Target", "Deposited", inside="Result 1")
    for part, value in (("Day", "1"), ("Month", "3"), ("Year", "2027")):
        focal.write(part, value, inside="By when")
    focal.tick("There was no previous assistance on this subject")
    focal.press("Save and continue")
    focal.is_on("Criminal justice and other crime")
    focal.tick("Courts")
    focal.tick("No link to other crime")
    focal.press("Save and continue")
    focal.is_on("When, where and how")
    for end, month in (("From", "5"), ("To", "6")):
        for part, value in (("Day", "4"), ("Month", month), ("Year", "2026")):
            focal.write(part, value, inside=end)
    focal.tick("Remote", inside="On site or remote")
    focal.press("Save and continue")


def answer_on_rights(focal: Person) -> None:
    """The six questions."""
    focal.is_on("Human rights")
    for number in range(1, 7):
        focal.tick("Yes", inside=f"{number}.")
    focal.press("Save and continue")


def consent(focal: Person) -> None:
    """The last task; then everything stands on one page."""
    focal.is_on("With whom the request is shared")
    focal.tick("Yes", inside="May we share this request with the Counter-Terrorism Committee")
    focal.press("Save and continue")
    focal.is_on("Check your answers")


def fill_in(focal: Person, title: str = TITLE, results: Callable[[Person], None] = say_results) -> None:
    """All seven tasks, one after the other."""
    say_who(focal)
    say_need(focal, title)
    choose_instruments(focal)
    say_details(focal)
    results(focal)
    answer_on_rights(focal)
    consent(focal)


def send(focal: Person) -> None:
    """Declare and send to the mission."""
    focal.tick(
        "We have checked these answers. They are correct, and we ask for the assistance on behalf of our Government"
    )
    focal.press("Send to your Permanent Mission")
    focal.is_on("Sent to your Permanent Mission")


def confirm(mission: Person, title: str = TITLE) -> str:
    """The mission confirms from its home; returns the number."""
    mission.is_on("Requests of your State")
    mission.reads("You need to do")
    mission.follow(re.compile(re.escape(title)))  # leads to what is to be done
    mission.reads(PROBLEM, "Supreme Court")
    mission.press("Confirm and submit")
    mission.is_on("Request received")
    found = RECEIVED.search(mission.tab.locator("main").inner_text())
    assert found is not None
    return found.group()


def take_up(intake: Person, number: str, title: str = TITLE) -> None:
    """Intake finds the request in its queue and takes it up."""
    intake.is_on("Queue")
    row = intake.tab.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text(title)
    lead_on(intake.tab, row.get_by_role("rowheader").get_by_role("link"))
    intake.press("Take up")
    intake.reads("You took up the request. Judge the eight checks.")


def pass_checks(intake: Person) -> None:
    """All eight, on the page that shows the request beside them."""
    for words in CHECK_TEXTS.values():
        intake.tick("Yes", inside=str(words))
    intake.press("Save the checks")
    intake.reads("The checks were saved.")


def accept(intake: Person, officer: str) -> None:
    """Assign the officer and accept, on one page."""
    intake.follow("Choose the officer and accept on one page")
    intake.pick("Case officer", officer)
    intake.press("Accept for review")
    intake.reads("The request was accepted for review.")


def to_submission(
    focal: Person, mission: Person, title: str = TITLE, results: Callable[[Person], None] = say_results
) -> str:
    """From nothing to the number; `results` answers the fifth task."""
    begin_draft(focal.sign_in())
    fill_in(focal, title, results)
    send(focal)
    return confirm(mission.sign_in(), title)
