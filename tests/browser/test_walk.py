"""Every page, as everybody who sees it: accessible, mirrored, translated, light, within its window, without a fault."""

from __future__ import annotations

from typing import Any

import pyotp
import pytest

from app.workflow.vocabulary import Role
from tests.browser.leading import lead_on
from tests.browser.looks import Look, context_of, looks
from tests.browser.pages import EVERYBODY, HALF_IN, VISITOR
from tests.browser.visits import Walker
from tests.browser.world import World, sign_in
from tests.support.server import LiveServer

#: Both databases answer with the same pages; the journeys go through them on both.
pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("pseudo")]


@pytest.mark.parametrize("look", looks(), ids=str)
@pytest.mark.parametrize("person", EVERYBODY)
def test_every_page(live_server: LiveServer, browser: Any, world: World, person: str, look: Look) -> None:
    context = context_of(browser, live_server.url, look)
    walker = Walker(context, look)
    if person == HALF_IN:
        _half_in(world, walker)
    elif person != VISITOR:
        sign_in(walker.tab, world.cast.of(Role(person)).email)
    pages = world.pages_in(look, person)
    for page in pages:
        walker.visit(world.path_to(page), f"{person}: {page}", heaviest=page.heaviest)
    context.close()
    assert pages
    assert not walker.faults, "\n".join(walker.faults)


def _half_in(world: World, walker: Walker) -> None:
    """Set up a second step, look at what that shows, sign out, and give the password only."""
    member, tab = world.cast.colleague, walker.tab
    sign_in(tab, member.email)
    tab.goto("/account/second-step")
    tab.locator("input[name=setup][value=authenticator]").check()
    lead_on(tab, tab.locator("main form button").first)
    walker.look_at(f"{HALF_IN}: the key as a picture")
    key = tab.locator("dl code").first.inner_text()
    tab.locator("input[name=code]").fill(pyotp.TOTP(key.replace(" ", "").replace("-", "")).now())
    lead_on(tab, tab.locator("main form button").first)
    assert tab.url.endswith("/account/recovery-codes")
    walker.look_at(f"{HALF_IN}: recovery codes")
    lead_on(tab, tab.locator("form[action$='/logout'] button"))
    assert tab.url.endswith("/login")
    sign_in(tab, member.email)
