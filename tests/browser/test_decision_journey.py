"""A request that is declined, and looked at once more by others than those who had it; in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.accounts.commands import NameStandIn
from app.accounts.own import name_stand_in
from app.foundation.clock import now
from app.workflow.vocabulary import Body, Position, State
from tests.browser.assessing import assess
from tests.browser.person import Person
from tests.factories.assessment import assessed
from tests.factories.cases import Made, at_home, make_case
from tests.factories.decisions import NEW_FACT
from tests.factories.people import Cast, cast_of
from tests.factories.plans import put_plan
from tests.support.pdf import words_of

Enter = Callable[[str], Person]
REASON, WHY_NOT = "Conditions are missing", "The bill has no date in parliament yet."
STILL_NOT = "The bill was taken off the agenda."
ASK = "Ask for reconsideration"
NOT_KNOWN = "What was not known when the decision was made?"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def ready(app: Flask, cast: Cast, state: State, *, second_look: bool = False) -> Made:
    """A request that its officer assessed and planned, to which CTC/CTED does not object."""
    answered = {Body.CTC_CTED: Position.NO_OBJECTION}
    made = make_case(app, cast, state, at_home(cast, positions=answered, second_look=second_look))
    assessed(app, made)
    put_plan(app, made, cast.case_officer)
    return made


def letter_of(focal: Person, title: str) -> str:
    """What the letter with this title says, as the State finds it among the documents of its request."""
    focal.follow(re.compile("^Documents"))
    return words_of(focal.download(title))


def decline(chief: Person, why: str) -> None:
    """The chief says why, reads the letter, and sends it."""
    chief.follow("Decline")
    chief.choose("Reason", REASON)
    chief.write("Why, for the State", why)
    chief.press("Show the letter")
    chief.reads("The letter to the State", why)
    chief.press("Decline and send the letter")
    chief.reads("The request was declined. The State gets the letter.")


def test_declined_and_a_second_look_asked_for(enter: Enter, app: Flask, cast: Cast) -> None:
    case = ready(app, cast, State.IN_COORDINATION)
    officer, chief, focal = (enter(name) for name in ("case_officer", "branch_chief", "focal_point"))
    officer.sign_in().follow(case.title)
    officer.follow("Put for decision")
    officer.reads("What the decision rests on", "Counter-Terrorism Committee, round 1: No objection")
    officer.press("Put for decision")
    officer.reads("The chief has the request for decision.")
    for step in ("Approve", "Decline", "Send back"):
        expect(officer.tab.get_by_role("link", name=step)).to_have_count(0)
    officer.is_refused(f"/cases/{case.key}/decline", "This page is not open to you")

    chief.sign_in().follow(case.title)
    chief.follow("Decline")
    chief.reads(f"The case officer: {cast.case_officer.name}", cast.focal_point.name, cast.mission.name)
    chief.reads("1 liaison of the bodies")
    chief.write("Why, for the State", WHY_NOT)
    chief.press("Show the letter")
    assert list(chief.complaints()) == ["Choose why it is declined"]
    chief.does_not_read("Decline and send the letter")  # nobody sends what was not read
    expect(chief.tab.get_by_label("Why, for the State")).to_have_value(WHY_NOT)
    chief.follow("Back to the request")
    decline(chief, WHY_NOT)

    focal.sign_in().tab.goto("/notices")
    focal.follow(f"Request {case.number} was declined")
    focal.reads("The request was declined. The letter says why.", WHY_NOT)
    letter = letter_of(focal, f"Your request {case.number} was declined")
    assert WHY_NOT in letter
    assert "may ask for reconsideration once, within 60 days" in letter
    focal.follow("Overview")
    focal.follow(ASK)
    focal.reads("You can ask until")
    focal.press(ASK)
    assert list(focal.complaints()) == ["Enter an answer"]
    focal.write(NOT_KNOWN, NEW_FACT)
    focal.press(ASK)
    focal.reads("The chief of the Branch has what you wrote.", "Your State asked for reconsideration.")
    expect(focal.tab.get_by_role("link", name=ASK)).to_have_count(0)
    chief.tab.goto("/notices")
    chief.follow(f"Request {case.number}: the State asks for reconsideration")
    chief.reads(NEW_FACT)


def test_in_the_place_of_the_chief_the_officer_decides_nothing(enter: Enter, app: Flask, cast: Cast) -> None:
    case, today = ready(app, cast, State.DECISION), now().date()
    with app.app_context():
        command = NameStandIn(stand_in_key=cast.case_officer.key, first_day=today, last_day=today)
        name_stand_in(cast.branch_chief.actor, command)
    officer = enter("case_officer").sign_in()
    officer.follow("Act for a colleague")
    officer.press(f"Act for {cast.branch_chief.name}")
    officer.tab.goto("/queue")
    officer.follow(case.title)
    officer.reads("Awaiting decision")
    for step in ("Approve", "Decline", "Send back"):
        expect(officer.tab.get_by_role("link", name=step)).to_have_count(0)
    officer.follow("Decision")
    officer.reads("You cannot decide on this request", "Whoever had a part does not decide.")
    expect(officer.tab.get_by_role("region", name="Who can decide")).to_contain_text(cast.branch_chief.name)
    officer.is_refused(f"/cases/{case.key}/approve", "This page is not open to you")


def test_another_officer_looks_and_it_is_declined_for_good(enter: Enter, app: Flask, cast: Cast) -> None:
    case = ready(app, cast, State.DECLINED, second_look=True)
    chief, other, focal = (enter(name) for name in ("branch_chief", "other_officer", "focal_point"))
    chief.sign_in().tab.goto(f"/n/{case.number}")
    chief.follow("Reconsider")
    chief.reads(NEW_FACT, f"Your request {case.number} is looked at again")
    expect(chief.tab.get_by_label("Case officer")).not_to_contain_text(cast.case_officer.name)
    chief.press("Take it up again")
    assert list(chief.complaints()) == ["Choose a case officer"]
    chief.pick("Case officer", cast.other_officer.name)
    chief.press("Take it up again")
    chief.reads("The request is in review again.", cast.other_officer.name)

    other.sign_in().follow(case.title)
    assess(other)
    other.follow("Open consultation")
    other.reads("Its answer holds; it is not asked again")
    other.press("Ask the bodies")
    other.follow("Put for decision")
    other.press("Put for decision")
    chief.tab.goto("/queue")
    chief.follow(case.title)
    decline(chief, STILL_NOT)

    focal.sign_in().tab.goto("/notices")
    focal.follow(f"Request {case.number} was declined")
    focal.reads(STILL_NOT, "The request was reconsidered once already.")
    expect(focal.tab.get_by_role("link", name=ASK)).to_have_count(0)
    letter = letter_of(focal, f"Your request {case.number} was declined")
    assert STILL_NOT in letter
    assert "within 60 days" not in letter
    assert "Reconsideration can be asked for once, and was." in letter
