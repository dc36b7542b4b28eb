"""One request from its first draft until it is closed: everybody signs in and does their part, through pages only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pytest
from flask import Flask

from app.casework.texts.actions import WORDS
from app.reference import cache
from app.workflow.vocabulary import Action
from tests.browser import delivering, financing, planning, scenes
from tests.browser.assessing import assess
from tests.browser.conftest import Enter
from tests.browser.consulting import (
    CTC,
    approve,
    ask_bodies,
    come_to,
    come_to_ended,
    follow_notice,
    put_for_decision,
    work,
)
from tests.browser.person import Person
from tests.browser.state_reading import mails_to
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock
from tests.support.mail import MailServer

#: Steps and acts that the journey takes.
TAKEN: Final = (
    *(Action.SEND_TO_MISSION, Action.CONFIRM_REQUEST, Action.TAKE_UP, Action.ACCEPT, Action.ASSESS, Action.CONSULT),
    *(Action.GIVE_POSITION, Action.PUT_FOR_DECISION, Action.APPROVE, Action.ALLOCATE),
    *(Action.APPROVE_ALLOCATION, Action.PROPOSE_PLAN, Action.REQUEST_PLAN_CHANGES, Action.AGREE_PLAN),
    *(Action.START_DELIVERY, Action.RECOMMEND, Action.REPORT_DELIVERED, Action.CONTEST_DELIVERY),
    *(Action.DEEM_DELIVERY_CONFIRMED, Action.EVALUATE, Action.CLOSE, Action.REOPEN, Action.ANSWER_LOOK_BACK),
)
#: What the history says of the neighbour, and of what was recorded of the activity.
BESIDE: Final = (
    *("Invitations of other States put to the State", "The State agreed that other States are told of an activity"),
    *("Fiji was asked to take part", "Fiji declined to take part", "The plan goes on without Fiji"),
    *("Activity begun", "Activity held", "Participants counted", "Written into the log of an activity"),
)
FORBIDDEN: Final = "This page is not open to you"


@dataclass(frozen=True, slots=True)
class Asked:
    """The request, as people find it."""

    title: str
    number: str


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    cache.forget()
    return cast_of(app)


@pytest.fixture
def days_pass(app: Flask, clock: StoppedClock, smtp_server: MailServer) -> Callable[[int], None]:
    """`days_pass(11)`: so many days later the worker does what is due; mails are delivered."""

    def move(days: int) -> None:
        clock.move(days=days)
        work(app, clock)

    return move


def to_assessment(enter: Enter, officer_name: str) -> Asked:
    """The State drafts and confirms; intake takes up, passes the checks and assigns the officer."""
    focal, mission, intake = (enter(name) for name in ("focal_point", "mission", "intake_officer"))
    number = scenes.to_submission(focal, mission, results=scenes.say_everything_on_results)
    scenes.take_up(intake.sign_in(), number)
    scenes.pass_checks(intake)
    scenes.accept(intake, officer_name)
    return Asked(scenes.TITLE, number)


def to_approval(enter: Enter, officer: Person, asked: Asked) -> None:
    """Assessed, consulted, decided."""
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
    planning.draft_plan(officer)
    officer.follow("Overview")
    put_for_decision(officer, "round 1: No objection", "Draft plan, version 1")
    chief.sign_in().follow(asked.title)
    chief.follow("Approve")
    approve(chief, scenes.TYPE)


def invite(enter: Enter, officer: Person, mission: Person, asked: Asked, mails: MailServer) -> None:
    """The neighbour is told of the activity, declines, and never reads of which request it is a part."""
    neighbour = enter("away_mission")
    planning.ask_neighbour(officer, mission, asked)
    path = planning.decline(neighbour)
    planning.go_on_without(officer, asked)
    read = {one: neighbour.tab.request.get(one).text() for one in ("/home", "/notices", path)}
    read |= dict(mails_to(neighbour, mails))
    assert planning.COURSE in read[path]
    for where, text in read.items():
        assert asked.title not in text, where
        assert asked.number not in text, where
    neighbour.is_refused(f"/n/{asked.number}", "Page not found", 404)


def fund(enter: Enter, officer: Person, asked: Asked) -> None:
    """One records and allocates, another approves; the donor gives less, and the rest comes from elsewhere."""
    support, other = enter("programme_support"), enter("other_support")
    financing.record_pledge(support.sign_in())
    financing.allocate(support, asked, financing.PLEDGED, "20000", wrong=True)
    financing.approve_allocation(other, asked)
    financing.reduce_pledge(other)
    come_to(officer, asked)
    follow_notice(officer, f"Request {asked.number}: an allocation is no longer covered")
    financing.to_money(support, asked)
    for person in (officer, support):
        person.reads("Not covered: USD 10,000.00", "USD 10,000.00 is missing")
    financing.record_budget(other)
    financing.allocate(support, asked, financing.BUDGET, "9000")
    support.reads("What was allocated covers what is needed.")


def agree(officer: Person, mission: Person, asked: Asked) -> None:
    """The State sends the first version back and agrees to the second."""
    officer.follow("Plan")
    planning.propose(officer, 1)
    planning.ask_for_changes(mission, asked)
    planning.change_and_propose(officer, asked)
    planning.agree(mission, asked)


def deliver(officer: Person, focal: Person, asked: Asked, days_pass: Callable[[int], None]) -> None:
    """Held, reported, contested, reported again; nobody answers, which counts after two reminders."""
    days_pass(63)
    delivering.begin(officer, asked)
    days_pass(3)
    delivering.hold(officer, asked)
    delivering.count(officer)
    delivering.recommend(officer)
    delivering.report(officer)
    delivering.contest(focal, asked)
    delivering.record_and_report_again(officer, asked)
    for days in (0, 11, 10, 11):
        days_pass(days)
    come_to(officer, asked)
    officer.reads("Delivery deemed confirmed")


def close(officer: Person, mission: Person, asked: Asked) -> None:
    """Evaluated and closed, opened again by the State, evaluated once more and closed."""
    delivering.evaluate(mission, asked, "4, good")
    delivering.close(officer, asked, "4, good")
    delivering.reopen(mission, asked)
    delivering.evaluate(mission, asked, "5, very good", again=True)
    delivering.close(officer, asked, "5, very good")


def audit(auditor: Person, asked: Asked) -> None:
    """The history names every step, and its chain holds."""
    come_to_ended(auditor, asked)
    auditor.follow("History")
    pages = [auditor.tab.locator("main").inner_text()]
    while auditor.tab.get_by_role("link", name="Next", exact=True).count():
        auditor.follow("Next")
        pages.append(auditor.tab.locator("main").inner_text())
    wanted = [*(str(WORDS[action][1]) for action in TAKEN), *BESIDE]
    missing = [words for words in wanted if words not in "\n".join(pages)]
    assert not missing, (missing, pages)
    auditor.follow("Histories")
    auditor.follow("Verification")
    auditor.press("Verify now")
    auditor.reads("Every history holds.")


@pytest.mark.timeout(1200)
def test_from_draft_to_closed(
    enter: Enter, cast: Cast, smtp_server: MailServer, days_pass: Callable[[int], None]
) -> None:
    asked = to_assessment(enter, cast.case_officer.name)
    officer, mission, focal = enter("case_officer").sign_in(), enter("mission"), enter("focal_point")
    to_approval(enter, officer, asked)
    invite(enter, officer, mission, asked, smtp_server)
    path = officer.tab.url.split("?")[0]
    mission.is_refused(f"{path}/propose", FORBIDDEN)
    fund(enter, officer, asked)
    come_to(officer, asked)
    agree(officer, mission, asked)
    deliver(officer, focal, asked, days_pass)
    close(officer, mission, asked)
    days_pass(190)
    delivering.look_back(focal, asked)
    delivering.follow_up(focal, asked)
    audit(enter("auditor"), asked)
