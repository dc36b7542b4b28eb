"""A plan from its draft until State and Branch agree, with a neighbour that is invited: through pages only."""

from __future__ import annotations

import re
from typing import Final

from tests.browser import scenes
from tests.browser.consulting import Titled, come_to, refused, still_reads, write_date
from tests.browser.person import Person

COURSE: Final = "Course on the deposit of instruments"
NEIGHBOUR: Final = "Fiji"
NO_DAY: Final = "This day is not in the calendar. Check day and month"
EMPTY: Final = "Enter an answer"
COST: Final = "Two experts with travel"
CHANGES: Final = "The course should also show how a reservation is withdrawn."
CANNOT: Final = "Our experts are at another course that week."


def draft_plan(officer: Person) -> None:
    """A plan with one activity, in which a neighbour takes part, and its cost; each form is wrong at first."""
    officer.follow("Draft the plan")
    officer.write("Expected results", "The instrument is deposited.")
    officer.write("What for", COST, inside="Cost 1")
    officer.write("Amount", "20000", inside="Cost 1")
    officer.press("Save the plan")
    refused(officer, EMPTY)
    still_reads(officer, "Amount", "20000")
    officer.write("What will be done", "A course, then advice by mail.")
    officer.press("Save the plan")
    officer.follow("Add an activity")
    officer.write("Title", COURSE)
    officer.choose("Type of assistance", scenes.TYPE)
    officer.tick("Subregional", inside="Scope")
    officer.tick("Remote", inside="How it is held")
    write_date(officer, "First day", 31, 4, 2026)
    write_date(officer, "Last day", 6, 5, 2026)
    officer.write("What it should bring", "Everybody knows which papers are deposited.")
    officer.press("Save the activity")
    refused(officer, NO_DAY)
    still_reads(officer, "Title", COURSE)
    write_date(officer, "First day", 4, 5, 2026)
    _complete(officer)
    officer.press("Save the activity")
    officer.reads(COURSE, "4 May 2026 to 6 May 2026", NEIGHBOUR)


def ask_neighbour(officer: Person, mission: Person, case: Titled) -> None:
    """The officer has the State asked which may be told; its mission agrees, after it chose nothing at first."""
    come_to(officer, case)
    officer.follow("Plan")
    officer.follow(f"{NEIGHBOUR} has not consented to take part")
    officer.reads("Not put to the host yet")
    officer.press("Ask the State which may be told")
    officer.reads("The State is asked which States may be told.", "The host has not agreed yet that it is told")
    come_to(mission, case)
    mission.follow("Plan")
    mission.does_not_read("Two experts with travel")  # the draft is the Branch's own
    mission.follow("Say which other States may be told of an activity")
    mission.press("Agree that these are told")
    refused(mission, "Choose at least one State")
    mission.tick(NEIGHBOUR)
    mission.press("Agree that these are told")
    mission.reads("The States are told and asked now.", "Asked, no answer yet")


def decline(neighbour: Person) -> str:
    """The neighbour reads what it is told and declines; returns the address of its invitation."""
    neighbour.sign_in().reads("Invitations to activities of other States", COURSE, "Kenya")
    neighbour.follow(COURSE)
    neighbour.reads("4 May 2026 to 6 May 2026", "Silence is never taken for consent.")
    neighbour.tick("Our State does not take part", inside="Your answer")
    neighbour.write("Name", "Ana Reva", inside="Person 1")
    neighbour.write("Remark", CANNOT)
    neighbour.press("Send the answer")
    refused(neighbour, "People are nominated by a State that takes part. Take the names out, or consent")
    still_reads(neighbour, "Name", "Ana Reva")
    still_reads(neighbour, "Remark", CANNOT)
    neighbour.write("Name", "", inside="Person 1")
    neighbour.press("Send the answer")
    neighbour.reads("Your answer is on record.", "Declined")
    return neighbour.tab.url


def go_on_without(officer: Person, case: Titled) -> None:
    """The officer takes the neighbour out, and gives the activity the scope that it has without it."""
    come_to(officer, case)
    officer.follow("Plan")
    officer.follow(f"{NEIGHBOUR} has not consented to take part")
    officer.reads("Declined", CANNOT)
    officer.press(f"Go on without {NEIGHBOUR}")
    officer.reads("The State is out of the plan.")
    officer.follow(re.compile(f"^Change {COURSE}"))
    officer.tick("National", inside="Scope")
    officer.press("Save the activity")
    officer.reads("The activity was saved.")
    officer.does_not_read(NEIGHBOUR)


def propose(officer: Person, number: int) -> None:
    """Put the version to the State, having seen what it will read."""
    officer.reads(f"Plan, version {number}")
    officer.follow("Propose the plan")
    officer.reads("costs included", "USD 22,600.00", "Who is told", "Mission Quill")
    officer.press("Propose the plan")
    officer.reads("The plan lies with the State.", "With the State")


def ask_for_changes(mission: Person, case: Titled) -> None:
    """The State reads all of the plan, costs included, and says what should change."""
    come_to(mission, case)
    mission.follow("Plan")
    mission.reads("Plan, version 1", COST, "USD 22,600.00")
    mission.does_not_read(NEIGHBOUR)
    mission.follow("Ask for changes to the plan")
    mission.press("Ask for changes")
    refused(mission, EMPTY)
    mission.write("What should change?", CHANGES)
    mission.press("Ask for changes")
    mission.reads("The case officer has what you wrote, and puts a new version to you.")


def change_and_propose(officer: Person, case: Titled) -> None:
    """The officer reads what the State asked, and begins a version with it; the first one stays as it was."""
    come_to(officer, case)
    officer.follow("Plan")
    officer.reads("What the State asked to change", CHANGES)
    officer.follow(re.compile(f"^Change {COURSE}"))
    officer.reads("A change begins a new version.")
    officer.write("What it should bring", "Everybody knows how a reservation is withdrawn.")
    officer.press("Save the activity")
    officer.reads("The activity was saved.", "Draft")
    propose(officer, 2)


def agree(mission: Person, case: Titled) -> None:
    """The State compares the versions and agrees to the second."""
    come_to(mission, case)
    mission.follow("Plan")
    mission.reads("Plan, version 2", "how a reservation is withdrawn", CHANGES)
    mission.follow("What differs between two versions")
    mission.reads("Version 2 (With the State) beside version 1.", COURSE, "Changed", "deposited", "withdrawn")
    mission.follow("Back to the plan")
    mission.follow("Agree to the plan")
    mission.reads("With this your State agrees to version 2")
    mission.press("Agree to the plan")
    mission.reads("Your State agreed to the plan.", "Agreed")


def _complete(officer: Person) -> None:
    """What an activity lacks beside its days and what the request says already."""
    group = officer.tab.get_by_role("group", name="Paragraphs of the resolution")
    group.get_by_role("checkbox").first.check()
    officer.tab.locator("summary").filter(has_text="Asia").click()
    officer.tick(NEIGHBOUR)
