"""What people do and see in consultations, through pages only, and what the worker does meanwhile."""

from __future__ import annotations

import re
import threading
from typing import Final, Protocol

from flask import Flask
from playwright.sync_api import expect

from app.notifications.scheduler import ensure_jobs, run_due_jobs
from app.reference import cache
from tests.browser.person import Person
from tests.support.clock import StoppedClock

CTC: Final = "Counter-Terrorism Committee and its Executive Directorate (CTC/CTED)"
OLA: Final = "Office of Legal Affairs (OLA)"
DEPOSITED: Final = "Ratification of or accession to an instrument deposited with the Secretary-General"
RESERVATION: Final = "A reservation or declaration is meant, or under study"


def work(app: Flask, clock: StoppedClock) -> None:
    """Let the worker do what is due, and ten minutes later what follows from it, such as mails to send."""
    for _ in range(2):
        cache.forget()
        with app.app_context():
            ensure_jobs()
        run_due_jobs(app, threading.Event())
        clock.move(minutes=10)


class Titled(Protocol):
    """A request that is found by its title."""

    @property
    def title(self) -> str:
        """Its title, as lists show it."""


def come_to(person: Person, case: Titled) -> None:
    """Open the request from one's own first page, having entered (again) where no session runs."""
    _come_home(person)
    _open(person, case)


def come_to_ended(person: Person, case: Titled) -> None:
    """Open a request that has ended: from one's own first page, by way of the list of those."""
    _come_home(person)
    person.follow(re.compile("^Ended"))
    _open(person, case)


def _come_home(person: Person) -> None:
    person.tab.goto("/login")  # leads on to the first page of whoever has entered
    if person.tab.get_by_role("button", name="Sign in").count():
        person.sign_in()


def _open(person: Person, case: Titled) -> None:
    person.follow(re.compile(re.escape(case.title)))
    person.is_on(case.title)


def follow_notice(person: Person, subject: str) -> None:
    """Press the bell, and follow a notice to the page that it speaks of."""
    person.follow(re.compile(r"unread notice|^Notices$"))
    person.follow(subject)


def refused(person: Person, *messages: str) -> None:
    """See that the form came back with just these messages, each in the summary and beside its field."""
    complaints = person.complaints()
    assert list(complaints) == list(messages), complaints
    for message, target in complaints.items():
        group = target.locator("xpath=ancestor-or-self::*[contains(concat(' ', @class, ' '), ' bad ')][1]")
        expect(group.locator(".err").first).to_have_text(f"Error: {message}")


def still_reads(person: Person, label: str, typed: str) -> None:
    """See that what was typed into the field with this label is still there."""
    expect(person.tab.get_by_label(label, exact=True).first).to_have_value(typed)


def write_date(person: Person, group: str, day: int, month: int, year: int) -> None:
    """Type a date into the three inputs of its group."""
    for part, value in (("Day", day), ("Month", month), ("Year", year)):
        person.write(part, str(value), inside=group)


def ask_bodies(officer: Person) -> None:
    """Open the round that the page shows."""
    officer.press("Ask the bodies")
    officer.reads("The bodies were asked.", "Waits for its answer", "Not yet proved; the limit has not begun to run")


def put_for_decision(officer: Person, *lines: str) -> None:
    """Give the request to the chief; `lines` stand on the page before."""
    officer.follow("Put for decision")
    officer.reads("What the decision rests on", *lines)
    officer.press("Put for decision")
    officer.reads("The chief of the Branch has the request for decision.")


def approve(chief: Person, *types: str) -> None:
    """Approve every one of `types`, having read the letter and whom it goes to."""
    for one in types:
        chief.tick("Approve", inside=one)
    chief.press("Show the letter")
    chief.reads("The letter to the State", "was approved", "Who is told", "focal points", "Permanent Mission")
    chief.press("Approve and send the letter")
    chief.reads("In planning")
