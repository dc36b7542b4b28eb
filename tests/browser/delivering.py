"""From the first day of an activity to the end of a request and what became of it: through pages only."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import FilePayload

from app.delivery.evaluation.texts import QUESTION_TEXTS
from tests.browser import scenes
from tests.browser.consulting import Titled, come_to, come_to_ended, refused, still_reads, write_date
from tests.browser.person import Person
from tests.browser.planning import COURSE, EMPTY, NO_DAY

OUTCOME: Final = "The ministry knows which papers are deposited, and how."
RECOMMENDED: Final = "Deposit the instrument before the next session of parliament."
MISSING: Final = "The advice by mail that was agreed has not begun."
LOGGED: Final = "The advice by mail was given in four letters."
REASON: Final = "Two answers of our evaluation were about another course."
_LINES: Final = b"Name;State;Profession;Gender\nVera Nix;KEN;judges;women\nIda Bo;KEN;judges;women\n;KEN;police;men\n"
PEOPLE: Final[FilePayload] = {"name": "people.csv", "mimeType": "text/csv", "buffer": _LINES}


def begin(officer: Person, case: Titled) -> None:
    """The first day is recorded, one that has not come at first; then the delivery starts."""
    come_to(officer, case)
    officer.follow("Delivery")
    officer.follow("Record an activity")
    write_date(officer, "It began on", 5, 5, 2026)
    officer.press("Record that it began")
    refused(officer, "Enter a day that has come")
    write_date(officer, "It began on", 4, 5, 2026)
    officer.press("Record that it began")
    officer.reads("It was recorded that the activity began. The delivery can start.")
    officer.press("Start delivery")
    officer.reads("The delivery has started. The State is told.")


def hold(officer: Person, case: Titled) -> None:
    """What came of the activity, who came, and what is recommended."""
    come_to(officer, case)
    officer.follow("Delivery")
    officer.follow(COURSE)
    officer.follow("Record that it was held")
    officer.press("Record it")
    refused(officer, EMPTY)
    officer.write("What came of it", OUTCOME)
    write_date(officer, "Last day", 31, 4, 2026)
    officer.press("Record it")
    refused(officer, NO_DAY)
    still_reads(officer, "What came of it", OUTCOME)
    write_date(officer, "Last day", 6, 5, 2026)
    officer.press("Record it")
    officer.reads("It was recorded that the activity was held.", OUTCOME)


def count(officer: Person) -> None:
    """By hand, a number in words at first; then from a list, which replaces it and of which no name is kept."""
    officer.follow("Count the participants")
    officer.choose("Profession", "Judges", inside="Group 1")
    officer.choose("Gender", "Women", inside="Group 1")
    officer.write("How many", "twelve", inside="Group 1")
    officer.press("Save the count")
    refused(officer, "Enter a number from 1 to 100,000")
    still_reads(officer, "How many", "twelve")
    officer.write("How many", "12", inside="Group 1")
    officer.press("Save the count")
    officer.reads("The participants were counted.", "Judges", "12")
    officer.follow("Count the participants")
    officer.follow("Count from a list instead (CSV)")
    officer.tab.locator("input[type=file]").set_input_files(PEOPLE)
    officer.press("Show what the list says")
    officer.does_not_read("Vera")
    officer.reads("What the list says")
    officer.press("Save the count")
    officer.reads("The participants of the list were counted.", "Police officers")


def recommend(officer: Person) -> None:
    """What should follow, with owner and date."""
    officer.follow("Back to the delivery")
    officer.follow("Recommend something, or say that there is nothing")
    officer.press("Add the recommendation")
    refused(officer, "Say what should be done, or that nothing is recommended")
    officer.write("What should be done", RECOMMENDED)
    officer.write("Who does it", "Ministry of Justice")
    write_date(officer, "Until when", 30, 11, 2026)
    officer.press("Add the recommendation")
    officer.reads("It was listed.", RECOMMENDED)


def report(officer: Person) -> None:
    """Report the assistance as delivered, having read what the State will read."""
    officer.follow("Overview")
    officer.follow("Report as delivered")
    officer.reads("What was delivered", COURSE, RECOMMENDED, "Who is told")
    officer.press("Report as delivered")
    officer.reads("The assistance was reported as delivered.")


def contest(focal: Person, case: Titled) -> None:
    """The State says what is missing."""
    come_to(focal, case)
    focal.follow("Say what is missing")
    focal.reads(COURSE, "3 participants")
    focal.press("Send it to the Branch")
    refused(focal, EMPTY)
    focal.write("What is missing?", MISSING)
    focal.press("Send it to the Branch")
    focal.reads("The Branch has what you wrote. The delivery goes on.")


def record_and_report_again(officer: Person, case: Titled) -> None:
    """The officer reads what is missing, writes what was done since, and reports once more."""
    come_to(officer, case)
    officer.reads("Delivery contested", MISSING)
    officer.follow("Delivery")
    officer.follow(COURSE)
    officer.follow("Write into the log")
    officer.press("Add the line")
    refused(officer, "Enter an answer")
    write_date(officer, "Day", 7, 5, 2026)
    officer.write("What happened", LOGGED)
    officer.tick("The State as well", inside="Who reads it")
    officer.press("Add the line")
    officer.reads("The line was added to the log.", LOGGED)
    report(officer)


def evaluate(person: Person, case: Titled, grade: str, *, again: bool = False) -> None:
    """The five questions, sent without an answer at first."""
    come_to(person, case)
    person.follow("Evaluate")
    if again:
        person.reads("What your State said before", "4, good")
    person.write("Remark", "As typed")
    person.press("Send the evaluation")
    assert list(person.complaints()) == [f"{words}: Choose a grade from 1 to 5" for words in QUESTION_TEXTS.values()]
    still_reads(person, "Remark (optional)", "As typed")
    for words in QUESTION_TEXTS.values():
        person.tick(grade, inside=str(words))
    person.press("Send the evaluation")
    person.reads("Your answer was kept. Thank you.")


def close(officer: Person, case: Titled, grade: str) -> None:
    """Close, having read what the State said."""
    come_to(officer, case)
    officer.follow("Close")
    officer.reads(grade, "The State can have it opened again within 30 days")
    officer.press("Close the request")
    officer.reads("The request is closed. The State is told.", "Closed")


def reopen(mission: Person, case: Titled) -> None:
    """The State says why it should be opened again."""
    come_to_ended(mission, case)
    mission.follow("Reopen")
    mission.press("Open it again")
    refused(mission, EMPTY)
    mission.write("Why should it be opened again?", REASON)
    mission.press("Open it again")
    mission.reads("The request is open again.", REASON)


def look_back(focal: Person, case: Titled) -> None:
    """Half a year later the State says what became of the assistance."""
    come_to_ended(focal, case)
    focal.follow("Look back")
    focal.write("How many instruments were deposited", "one")
    focal.press("Send the answer")
    refused(focal, "Choose an answer", "Enter a whole number up to 1,000,000, or leave it empty")
    still_reads(focal, "How many instruments were deposited (optional)", "one")
    focal.tick("Yes", inside="Was the consent to be bound deposited?")
    focal.write("How many instruments were deposited", "1")
    focal.press("Send the answer")
    focal.reads("Your answer was kept. Thank you.")


def follow_up(focal: Person, case: Titled) -> None:
    """What was recommended leads to the draft of another request."""
    come_to_ended(focal, case)
    focal.follow("Ask for a follow-up")
    focal.reads(RECOMMENDED, "Ministry of Justice")
    focal.press("Begin the follow-up")
    focal.is_on(scenes.TITLE)
