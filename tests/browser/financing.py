"""Money for one request: recorded, allocated by one and approved by another, reduced and covered again."""

from __future__ import annotations

import re
from typing import Final

from tests.browser.consulting import Titled, come_to, refused, still_reads, write_date
from tests.browser.person import Person

PLEDGED: Final = "Contribution of Ruritania"
BUDGET: Final = "Regular budget of 2026"
GIVER: Final = {PLEDGED: "Ruritania", BUDGET: "United Nations"}
REDUCED: Final = "Parliament of Ruritania cut the budget."


def to_money(person: Person, case: Titled) -> None:
    """Open the money of the request."""
    come_to(person, case)
    person.follow(re.compile("^Money"))


def record_pledge(support: Person) -> None:
    """A firm pledge, without its day at first, and what arrived of it."""
    support.follow("Sources of money")
    support.follow("Record a source")
    support.tick("Extrabudgetary contribution")
    support.write("Who gives it", "Ruritania")
    support.write("Name of the source", PLEDGED)
    support.tick("Pledged")
    support.write("Value", "22600", inside="Amount")
    support.choose("Currency", "USD", inside="Amount")
    write_date(support, "On which day", 30, 2, 2026)
    support.tick("The pledge is firm: it was given in writing")
    support.press("Record the source")
    refused(support, "This day is not in the calendar. Check day and month")
    still_reads(support, "Name of the source", PLEDGED)
    write_date(support, "On which day", 2, 3, 2026)
    support.press("Record the source")
    support.reads("The source was recorded.", "USD 22,600.00")
    support.follow(PLEDGED)
    _line(support, "Record a receipt", "Record the receipt", "5000")


def allocate(support: Person, case: Titled, source: str, amount: str, *, wrong: bool = False) -> None:
    """Give the request an amount of a source, the amount in words at first where `wrong`."""
    to_money(support, case)
    support.follow("Allocate money")
    support.tick(f"{source}, {GIVER[source]}", inside="From which source?")
    if wrong:
        support.write("Amount", "all of it")
        support.press("Allocate money")
        refused(support, "Enter an amount in numbers, for example 2500")
        still_reads(support, "Amount", "all of it")
    support.write("Amount", amount)
    support.press("Allocate money")
    support.reads("The allocation was recorded.")


def approve_allocation(other: Person, case: Titled) -> None:
    """Somebody else than who recorded the pledge lets the allocation count."""
    to_money(other, case)
    other.reads("Waits for a second person")
    other.follow("Approve an allocation")
    other.press("Record the answer")
    refused(other, "Choose whether it counts")
    other.tick("Approve: it counts from now on")
    other.press("Record the answer")
    other.reads("The answer was recorded.", "What was allocated covers what is needed.")


def reduce_pledge(other: Person) -> None:
    """The donor gives less; what is no longer covered is marked on the page of the source."""
    other.follow("Sources of money")
    other.follow(PLEDGED)
    _line(other, "Record a reduction of the pledge", "Record the reduction", "10000", REDUCED)
    other.reads("of what is allocated is no longer covered", "Not covered: USD 10,000.00")


def record_budget(other: Person) -> None:
    """A line of the existing budget; an increase of it is no source."""
    other.follow("Sources of money")
    other.follow("Record a source")
    other.tick("An increase of the regular budget")
    other.write("Who gives it", "United Nations")
    other.write("Name of the source", BUDGET)
    other.tick("Received")
    other.write("Value", "50000", inside="Amount")
    other.choose("Currency", "USD", inside="Amount")
    write_date(other, "On which day", 2, 3, 2026)
    other.press("Record the source")
    assert any("increase" in one for one in other.complaints())
    still_reads(other, "Name of the source", BUDGET)
    other.tick("Existing regular budget")
    other.write("Budget line", "16 Crime prevention")
    other.write("Year", "2026")
    other.press("Record the source")
    other.reads("The source was recorded.", "USD 50,000.00")


def _line(person: Person, heading: str, button: str, amount: str, note: str = "") -> None:
    person.follow(heading)
    person.press(button)
    assert person.complaints(), "an amount is needed"
    person.write("Amount", amount)
    write_date(person, "On which day", 2, 3, 2026)
    person.write("Note", note)
    person.press(button)
    person.reads("The ledger was written.")
