"""One request from its first draft until it is closed: everybody signs in and does their part, through pages only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from app.reference import cache
from tests.browser import scenes
from tests.browser.assessing import assess
from tests.browser.consulting import CTC, approve, ask_bodies, put_for_decision, write_date
from tests.browser.person import Person
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock

Enter = Callable[[str], Person]
COURSE = "Course on the deposit of instruments"


@dataclass(frozen=True, slots=True)
class Asked:
    """The request, as people find it."""

    title: str
    number: str


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    cache.forget()
    return cast_of(app)


def to_assessment(enter: Enter, officer_name: str) -> Asked:
    """The State drafts and confirms; intake takes up, passes the checks and assigns the officer."""
    focal, mission, intake = (enter(name) for name in ("focal_point", "mission", "intake_officer"))
    number = scenes.to_submission(focal, mission, results=scenes.say_everything_on_results)
    scenes.take_up(intake.sign_in(), number)
    scenes.pass_checks(intake)
    scenes.accept(intake, officer_name)
    return Asked(scenes.TITLE, number)


def draft_plan(officer: Person) -> None:
    """A plan with one activity, in which a neighbour takes part, and its cost."""
    officer.follow("Draft the plan")
    officer.write("What will be done", "A course in the capital, then advice by mail.")
    officer.write("Expected results", "The instrument is deposited.")
    officer.write("What for", "Two experts with travel", inside="Cost 1")
    officer.write("Amount", "20000", inside="Cost 1")
    officer.press("Save the plan")
    officer.follow("Add an activity")
    officer.write("Title", COURSE)
    officer.choose("Type of assistance", scenes.TYPE)
    officer.tick("Subregional", inside="Scope")
    officer.tick("Remote", inside="How it is held")
    write_date(officer, "First day", 4, 5, 2026)
    write_date(officer, "Last day", 6, 5, 2026)
    officer.write("What it should bring", "Everybody knows which papers are deposited.")
    officer.press("Save the activity")
    officer.reads(COURSE)


def to_approval(enter: Enter, officer: Person, asked: Asked) -> Person:
    """Assessed, consulted, decided; returns the chief."""
    liaison, chief = enter("ctc_liaison"), enter("branch_chief")
    officer.follow(asked.title)
    assess(officer)
    officer.follow("Overview")
    officer.follow("Open consultation")
    officer.reads(CTC)
    ask_bodies(officer)
    liaison.sign_in().follow(asked.title)
    liaison.press("We have received this notice")
    liaison.tick("No objection", inside="Position")
    liaison.press("Give the position")
    liaison.reads("Your position is on record.")
    officer.follow("Overview")
    draft_plan(officer)
    officer.follow("Overview")
    put_for_decision(officer, "round 1: No objection", "Draft plan, version 1")
    chief.sign_in().follow(asked.title)
    chief.follow("Approve")
    approve(chief, scenes.TYPE)
    return chief


def test_from_draft_to_closed(enter: Enter, app: Flask, cast: Cast, clock: StoppedClock) -> None:
    asked = to_assessment(enter, cast.case_officer.name)
    officer = enter("case_officer").sign_in()
    to_approval(enter, officer, asked)
