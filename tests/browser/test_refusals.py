"""Error pages and forms that come back: accessible and light as every other page, with what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from flask import abort
from playwright.sync_api import expect
from sqlalchemy import update

from app.casework.models import AssistanceRequest
from app.foundation import access
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import State
from tests.browser.leading import lead_on
from tests.browser.looks import context_of, looks
from tests.browser.visits import Walker
from tests.browser.world import World, sign_in
from tests.support.server import LiveServer

pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("pseudo")]
TYPED = "The venue is paid for.\nNothing else."


@pytest.fixture(params=looks(), ids=str)
def walker(request: pytest.FixtureRequest, live_server: LiveServer, browser: Any) -> Any:
    context = context_of(browser, live_server.url, request.param)
    yield Walker(context, request.param)
    context.close()


def test_every_error_page(world: World, walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    @access.public
    def broken() -> str:
        abort(status)

    monkeypatch.setitem(world.app.view_functions, "pages.help_page", broken)
    for status in (400, 403, 404, 405, 409, 413, 422, 429, 500, 503):
        walker.visit("/help", f"error {status}", status)
    assert not walker.faults, "\n".join(walker.faults)


def test_what_somebody_may_not_see(world: World, walker: Walker) -> None:
    sign_in(walker.tab, world.cast.away_focal_point.email)
    walker.visit("/queue", "the queue of the Branch", 403)
    walker.visit(f"/cases/{world.cases[State.SUBMITTED].key}", "a request of another State", 404)
    assert not walker.faults, "\n".join(walker.faults)


def test_a_stale_page_keeps_the_text(world: World, walker: Walker) -> None:
    key = world.cases[State.SUBMITTED].key
    tab = walker.tab
    sign_in(tab, world.cast.mission.email)
    tab.goto(f"/cases/{key}/withdraw")
    tab.locator("textarea").first.fill(TYPED)
    with world.app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        later = AssistanceRequest.version + 1
        session.execute(update(AssistanceRequest).where(AssistanceRequest.key == key).values(version=later))
    lead_on(tab, tab.locator("main form button").first)
    expect(tab.locator("textarea[readonly]").first).to_have_value(TYPED)
    walker.look_at("409 with text", refused=True)
    assert not walker.faults, "\n".join(walker.faults)


@pytest.mark.parametrize(
    ("person", "state", "page"),
    [
        ("intake_officer", State.SCREENING, "return-for-information"),
        ("intake_officer", State.SCREENING, "screening"),
        ("mission", State.SUBMITTED, "withdraw"),
        ("focal_point", State.RETURNED, "answer"),
        ("focal_point", State.DRAFT, "check"),
    ],
)
def test_a_form_comes_back_with_what_is_wrong(
    world: World, walker: Walker, person: str, state: State, page: str
) -> None:
    tab = walker.tab
    sign_in(tab, world.cast[person].email)
    tab.goto(f"/cases/{world.cases[state].key}/{page}")
    if page == "screening":
        tab.locator("[name='e4-passed'][value='false']").check()
    lead_on(tab, tab.locator("main form:has(textarea, [type=checkbox], [type=radio]) .actions button").first)
    expect(tab.get_by_role("alert")).to_be_focused()
    assert tab.locator("[aria-invalid=true]").count()
    walker.look_at(f"422 of {page}", refused=True)
    assert not walker.faults, "\n".join(walker.faults)
