"""The assessment of a request, part by part, through its pages."""

from __future__ import annotations

from playwright.sync_api import expect

from app.casework.content.field_labels import RIGHTS_QUESTIONS
from tests.browser.person import Person


def assess(officer: Person) -> None:
    """The officer writes what they find, part by part, and signs."""
    officer.follow("Assessment")
    officer.follow("Need")
    officer.tick("Yes", inside="Do you see the need that the State describes?")
    officer.write("What is needed", "A bill that covers video hearings.")
    officer.press("Save and continue")
    officer.tick("No", inside="Did the State have similar assistance")
    officer.press("Save and continue")
    for question in RIGHTS_QUESTIONS.values():
        officer.tick("No concern", inside=str(question))
    officer.press("Save and continue")
    for part in ("Links to other crime", "Justice markers", "Risks"):
        expect(officer.tab.get_by_role("heading", level=2, name=part)).to_be_visible()
        officer.press("Save and continue" if part != "Risks" else "Save and come back later")
    officer.follow("Cost estimate")
    officer.write("Value", "24000", inside="Estimated cost")
    officer.write("How you estimated it", "Two experts for ten days each, with travel.")
    officer.press("Save and continue")
    for question in ("Does CTED recommend", "Is the text", "Is the host named", "Is the counterpart named"):
        officer.tick("No", inside=question)
    officer.tick("Low priority", inside="Your priority")
    officer.press("Save and continue")
    officer.press("Sign the assessment")
    officer.reads("You signed the assessment.")
