"""A note verbale becomes a request: intake registers it with its scan, and the State finds it among its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.triage.paper.commands import today
from tests.browser.person import Person
from tests.browser.scenes import RECEIVED, TITLE
from tests.factories.people import cast_of
from tests.support import files
from tests.support.server import LiveServer


@pytest.fixture(params=[False, True], ids=["without-javascript", "with-javascript"])
def people(
    request: pytest.FixtureRequest, live_server: LiveServer, browser: Any, app: Flask
) -> Iterator[tuple[Person, Person]]:
    """An intake officer and somebody of the State's mission, each at a browser of their own."""
    cast = cast_of(app)
    both = [
        Person(browser, live_server.url, cast[name], javascript=request.param) for name in ("intake_officer", "mission")
    ]
    yield both[0], both[1]
    for person in both:
        person.leave()
        assert not person.faults, (person.member.name, person.faults)


@pytest.mark.sqlite_only
def test_from_note_verbale_to_request(people: tuple[Person, Person], tmp_path: Path) -> None:
    intake, mission = people
    scan = tmp_path / "note verbale.pdf"
    scan.write_bytes(files.GOOD["pdf"])
    intake.sign_in()
    intake.follow("Register a paper request")
    intake.choose("State", "Kenya")
    intake.tick("Note verbale", inside="How it came")
    intake.write("Number of the document", "NV/2026/118")
    for group, day in (("Date of the document", today() - timedelta(days=6)), ("Received on", today())):
        for part in ("Day", "Month", "Year"):
            intake.write(part, str(getattr(day, part.lower())), inside=group)
    intake.tab.get_by_label("Scan of the document").set_input_files(scan)
    intake.press("Register the request")

    assert list(intake.complaints()) == ["Enter a short title for the request"]
    expect(intake.tab.get_by_label("Number of the document")).to_have_value("NV/2026/118")
    intake.reads("Kept:", scan.name)  # neither is the file sent again
    intake.write("Short title of the request", TITLE)
    intake.press("Register the request")
    intake.is_on("Request registered")
    number = RECEIVED.search(intake.tab.locator("main").inner_text())
    assert number is not None

    mission.sign_in()
    mission.follow(TITLE)
    mission.reads(number.group(), "As it came on paper", "NV/2026/118", "Registered from paper")
