"""A request on paper: its number and the date on the sheet, no chrome, nothing that only works on a screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from app.workflow.vocabulary import State
from tests.browser.looks import DESK, Look, context_of
from tests.browser.world import World, sign_in
from tests.support.server import LiveServer

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_request_on_paper(live_server: LiveServer, browser: Any, world: World, scheme: Any) -> None:
    context = context_of(browser, live_server.url, Look(DESK, scheme, pseudo=False))
    tab, case = context.new_page(), world.cases[State.IN_REVIEW]
    sign_in(tab, world.cast.focal_point.email)
    tab.goto(f"/cases/{case.key}")
    tab.emulate_media(media="print", color_scheme=scheme)
    for chrome in (".top", "nav.views", ".foot", ".acts", ".skip"):
        assert tab.locator(chrome).count(), f"{chrome} is no longer on the page"
        expect(tab.locator(chrome).first).to_be_hidden()
    expect(tab.locator(".print-head")).to_contain_text(str(case.number))
    expect(tab.locator(".print-head")).to_contain_text("UTC")
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    expect(tab.locator(".sum").get_by_text("The law of 1987 knows no video hearing")).to_be_visible()
    colours = tab.evaluate("() => [document.body, document.querySelector('h1')].map(e => getComputedStyle(e).color)")
    assert set(colours) == {"rgb(0, 0, 0)"}
    assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()


def test_the_queue_on_paper_repeats_its_header_row(live_server: LiveServer, browser: Any, world: World) -> None:
    context = context_of(browser, live_server.url, Look(DESK, "light", pseudo=False))
    tab = context.new_page()
    sign_in(tab, world.cast.intake_officer.email)
    tab.emulate_media(media="print")
    expect(tab.locator("details.filter")).to_be_hidden()
    header = tab.locator(".grid thead")
    assert header.evaluate("e => getComputedStyle(e).display") == "table-header-group"
    pages = tab.pdf(format="A4")
    assert pages.startswith(b"%PDF")
    context.close()
