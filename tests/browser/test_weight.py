"""What a first visit costs: everything that travels until somebody reads their work, and how often it is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Request

from app.workflow.vocabulary import State
from tests.browser.looks import DESK, PHONE, Look, context_of
from tests.browser.world import World, sign_in
from tests.support.server import LiveServer

pytestmark = pytest.mark.sqlite_only
HEAVIEST_VISIT = 30_000
MOST_REQUESTS = 4


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(
    ("person", "state"),
    [(None, None), ("focal_point", None), ("intake_officer", None), ("focal_point", State.IN_REVIEW)],
    ids=["sign-in", "home", "queue", "case"],
)
def test_a_first_visit_is_light(
    live_server: LiveServer, browser: Any, world: World, person: str | None, state: State | None, width: int
) -> None:
    """With nothing in the cache, as in a new browser."""
    look = Look(width, "light", pseudo=False)
    cookies = []
    if person is not None:
        entrance = context_of(browser, live_server.url, look)
        sign_in(entrance.new_page(), world.cast[person].email)
        cookies = entrance.cookies()
        entrance.close()
    context = context_of(browser, live_server.url, look)
    context.add_cookies([{"name": one["name"], "value": one["value"], "url": live_server.url} for one in cookies])
    asked: list[Request] = []
    tab = context.new_page()
    tab.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright keeps a mark on it
    tab.goto(f"/cases/{world.cases[state].key}" if state else "/" if person else "/login", wait_until="networkidle")
    travelled = {request.url: _size(request) for request in asked if request.redirected_to is None}
    context.close()
    assert all(url.startswith(live_server.url) for url in travelled), "something comes from a third party"
    assert len(travelled) <= MOST_REQUESTS, travelled
    assert sum(travelled.values()) <= HEAVIEST_VISIT, travelled
    assert min(travelled.values()) > 0, travelled


def _size(request: Request) -> int:
    """As it was sent; what the browser took from another part of the same page is counted as if it had travelled."""
    answer = request.response()
    assert answer is not None
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + max(sizes["responseBodySize"], int(answer.headers["content-length"]))
