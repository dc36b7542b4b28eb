"""A request that rests and goes on: for money, and for another reason; in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.workflow.vocabulary import Body, Position, State
from tests.browser.person import Person
from tests.factories.cases import at_home, make_case
from tests.factories.money import put_source
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock

Enter = Callable[[str], Person]
#: What the Branch keeps to itself, and what the State reads.
INSIDE, FOR_STATE = "The pledge of May was halved.", "A contribution comes later than it was promised."
AUTHORITY = "It is not clear which authority acts for the State"
ON_HOLD = "Not counted: the request was on hold"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def hold_for_money(support: Person) -> None:
    """Programme support says how much is missing, first not in figures."""
    support.follow("Put on hold")
    support.press("Put on hold")
    assert list(support.complaints()) == ["Enter how much is missing, for example 12500.00", "Enter an answer"]
    support.write("Value", "12 thousand", inside="Amount")
    support.write("Why, for the Branch", INSIDE)
    support.write("What the State reads besides", FOR_STATE)
    support.press("Put on hold")
    assert list(support.complaints()) == ["Enter an amount in numbers, for example 2500"]
    expect(support.tab.get_by_label("Value")).to_have_value("12 thousand")
    expect(support.tab.get_by_label("Why, for the Branch")).to_have_value(INSIDE)
    support.write("Value", "12000", inside="Amount")
    support.press("Put on hold")
    support.reads("The request rests. The State is told.", "The cause of the hold has not gone yet.")
    expect(support.tab.get_by_role("link", name="Resume planning")).to_have_count(0)


def allocate(support: Person) -> None:
    """Money comes: a colleague recorded it, and somebody else allocates it, first more than is there."""
    support.follow("Allocate money")
    support.reads("What is still missing")
    support.press("Allocate money")
    assert list(support.complaints()) == ["Choose a source", "Enter an amount, for example 12500.00"]
    support.tick("Contribution of 2026, Donor of the Tests", inside="From which source?")
    support.write("Amount", "12000.01")
    support.press("Allocate money")
    (refused,) = support.complaints()
    assert refused.startswith("USD 13,560.00 is available of this source, and USD 1,560.00 of support cost is added")
    expect(support.tab.get_by_label("Amount")).to_have_value("12000.01")
    support.write("Amount", "12000")
    support.press("Allocate money")
    support.reads("The allocation was recorded.")


def counted(person: Person) -> dict[str, str]:
    """How each day of the count is explained, by the day."""
    person.follow("How is this counted?")
    rows = person.tab.get_by_role("table", name="Every day of the count").locator("tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").first.inner_text() for row in rows}


def test_on_hold_for_money_and_planned_further(enter: Enter, app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.PLANNING, at_home(cast, positions={Body.CTC_CTED: Position.NO_OBJECTION}))
    support, focal = enter("programme_support"), enter("focal_point")
    put_source(app, received=1_356_000)
    clock.move(days=2)
    support.sign_in().follow(case.title)
    hold_for_money(support)

    focal.sign_in().reads("Rests: Money is missing")
    focal.follow(case.title)
    focal.reads("Your request rests", "Money is missing", FOR_STATE)
    focal.does_not_read(INSIDE)
    focal.does_not_read("12,000")

    clock.move(days=7)
    support.sign_in().follow(case.title)
    allocate(support)
    support.follow("Overview")
    support.follow("Resume planning")
    support.press("Resume planning")
    assert list(support.complaints()) == ["Enter an answer"]
    support.write("How has the cause gone?", "The second half came on 10 March.")
    support.press("Resume planning")
    support.reads("Planning goes on. The State is told.", "In planning")

    focal.sign_in().follow(case.title)
    focal.does_not_read("rests")
    days = counted(focal)
    assert days["3 March 2026 Tuesday"] == "Day 1"
    assert [day for day, how in days.items() if how == ON_HOLD] == [
        f"{number} March 2026 {name}"
        for number, name in zip(
            range(4, 12),
            ("Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"),
            strict=True,
        )
    ]
    assert days["12 March 2026 Thursday"] == "Day 2"
    focal.reads("Response plan: by 31 March 2026")


def test_on_hold_for_another_reason_and_reviewed_further(
    enter: Enter, app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.IN_COORDINATION)
    chief, support, focal = (enter(name) for name in ("branch_chief", "programme_support", "focal_point"))
    clock.move(days=1)
    chief.sign_in().follow(case.title)
    chief.follow("Put on hold")
    expect(chief.tab.get_by_label("Money is missing")).to_have_count(0)  # that hold is not the chief's
    chief.write("Why, for the Branch", INSIDE)
    chief.press("Put on hold")
    assert list(chief.complaints()) == ["Choose why the request rests"]
    expect(chief.tab.get_by_label("Why, for the Branch")).to_have_value(INSIDE)
    chief.tick(AUTHORITY, inside="Why does it rest?")
    chief.press("Put on hold")
    chief.reads("The request rests. The State is told.", f"Rests: {AUTHORITY}")

    support.sign_in().tab.goto(f"/n/{case.number}")
    support.reads("The request was not approved before the hold.")
    support.is_refused(f"/cases/{case.key}/resume-review", "This page is not open to you")
    focal.sign_in().reads(f"Rests: {AUTHORITY}")
    focal.follow(case.title)
    focal.reads("Your request rests")
    phases = focal.tab.get_by_role("list", name="Phases of the request")
    expect(phases.locator("[aria-current=step]")).to_have_text("In consultation")  # nobody has decided yet
    focal.does_not_read(INSIDE)
    focal.follow("How is this counted?")
    focal.reads("Review of the hold: by 2 April 2026", "30 days")

    clock.move(days=6)
    chief.sign_in().follow(case.title)
    chief.follow("Resume review")
    chief.write("How has the cause gone?", "A note verbale names the Ministry of Justice.")
    chief.press("Resume review")
    chief.reads("The review goes on. The State is told.", "In review")
    focal.sign_in().follow(case.title)
    focal.reads("Being assessed", "A case officer assesses what is needed.", "Review resumed")
    focal.does_not_read("A note verbale names")
