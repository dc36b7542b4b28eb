"""Scenario 9 of the guide is followed as a newcomer does: its people, its buttons, its pages, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from app.demo import loading
from app.demo.people import PASSWORD
from app.demo.stories import bodies, donors, silent
from app.foundation.clock import frozen, now
from app.reference import cache
from app.reference.commands import LoadBundle
from app.reference.services import load_bundle
from app.workflow.actor import SYSTEM
from tests.integration.test_demo_scenarios import TODAY
from tests.support.client import InspectedClient

NINE = "nuclear-reservation"
pytestmark = pytest.mark.sqlite_only  # the journeys of the browser go the same way on both databases


def soup_of(page: TestResponse) -> BeautifulSoup:
    """The page as elements."""
    assert page.status_code == 200, f"{page.request.path}: {page.status_code}"
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


def chapter(client: InspectedClient) -> Tag:
    """What the guide says of the scenario."""
    found = soup_of(client.get("/demo")).select_one(f"section[aria-labelledby={NINE}]")
    assert found is not None
    return found


def entered(button: str, page: TestResponse) -> dict[str, str]:
    """What a newcomer types on the page behind a button."""
    soup = soup_of(page)
    if button == "Proceed without an answer":
        return {"reason": "It was reminded twice."}
    if button == "Approve":
        return {str(one["name"]): "true" for one in soup.select("main input[type=radio][value=true]")}
    if button == "Allocate money":
        assert "USD 52,206.00 is missing" in soup.get_text(), "the form says how much is missing"
        source = soup.select_one("main input[name=source]")
        assert source is not None
        return {"source": str(source["value"]), "minor": "46200"}
    if button == "Record an activity":
        today = now().date()
        return {"began_on-day": f"{today:%d}", "began_on-month": f"{today:%m}", "began_on-year": f"{today:%Y}"}
    return {}


def press(client: InspectedClient, case: str, button: str) -> None:
    """Find the button in the box of the case's page, and send the form behind it."""
    link = soup_of(client.get(case)).find("a", string=button)
    assert isinstance(link, Tag), f"no button {button!r} on {case}"
    page = client.get(str(link["href"]))
    values = entered(button, page)
    done = client.submit(page, values, follow_redirects=True)
    if button == "Approve":
        letter = soup_of(done).select_one("#letter-heading")
        assert letter is not None, "the letter is read before it is sent"
        done = client.submit(done, button="send", follow_redirects=True)
    assert done.status_code == 200, f"{button}: {done.status_code}"


def signed_in_as(app: Flask, email: str) -> InspectedClient:
    """A client that went through the sign-in page with what the guide prints."""
    client: Any = app.test_client()
    done = client.submit(client.get("/login"), {"email": email, "password": PASSWORD}, follow_redirects=True)
    assert done.status_code == 200
    assert "/login" not in done.request.path
    return client  # type: ignore[no-any-return]


@pytest.fixture
def staged(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The demonstration with the case of the scenario alone."""
    app = make_app(demo_data=True)
    stories = (bodies.offices, bodies.agreements, donors.donors, silent.nuclear_reservation)
    monkeypatch.setattr(loading, "STORIES", stories)
    cache.forget()
    with app.app_context(), frozen(TODAY):
        load_bundle(SYSTEM, LoadBundle(demo=True))
        loading.load_demo()
    return app


def test_a_newcomer_plays_it_to_its_end(staged: Flask) -> None:
    with frozen(TODAY):
        visitor: Any = staged.test_client()
        guide = chapter(visitor)
        link = guide.select_one("a[href^='/cases/']")
        assert link is not None
        case = str(link["href"])
        turns = guide.select("ol.rail > li")
        assert len(turns) == 7
        for turn in turns:
            email, buttons = turn.select_one("code"), [one.get_text() for one in turn.select("strong")]
            assert email is not None
            assert buttons, f"the guide names no button: {turn.get_text()}"
            client = signed_in_as(staged, email.get_text())
            for button in buttons:
                press(client, case, button)
        end = chapter(visitor)
        assert "Under way" in end.get_text()
        assert "At the end:" in end.get_text()
        for tab in ("delivery", "plan"):
            badges = [one.get_text() for one in soup_of(client.get(f"{case}/{tab}")).select("ul.lines .badge")]
            assert badges == ["Under way", "Planned"], tab
    cache.forget()
