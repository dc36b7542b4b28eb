"""The list of pages is whole: no route without a place in it, nobody left out who sees a page."""

from __future__ import annotations

import pytest
from flask import Flask

from app.foundation import access
from tests.browser.looks import looks
from tests.browser.pages import EVERYBODY, HALF_IN, LEADS_ON, NO_PAGE, PAGES, VISITOR
from tests.browser.world import World

pytestmark = pytest.mark.sqlite_only


def served(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_every_page_is_walked(app: Flask) -> None:
    listed = {page.endpoint for page in PAGES}
    assert served(app) - listed - set(NO_PAGE) == set(), "list these in tests/browser/pages.py"
    assert (listed | set(NO_PAGE)) - served(app) == set(), "no such page any more"
    assert not listed & set(NO_PAGE)


def test_everybody_who_sees_a_page_walks_it(world: World) -> None:
    walked: dict[str, set[str]] = {}
    for person in EVERYBODY:
        for page in world.pages_of(person):
            walked.setdefault(page.endpoint, set()).add(person)
    wrong = {}
    for endpoint in {page.endpoint for page in PAGES} - set(LEADS_ON):
        rule = access.rule_of(world.app, endpoint)
        admitted = {
            person
            for person in EVERYBODY
            if person != HALF_IN and rule.admits(None if person == VISITOR else world.cast[person].actor)
        }
        if walked.get(endpoint, set()) - {HALF_IN} != admitted:
            wrong[endpoint] = admitted ^ walked.get(endpoint, set())
    assert not wrong


def test_every_page_is_seen_in_every_look(world: World) -> None:
    for page in PAGES:
        readers = [person for person in EVERYBODY if world.walks(person, page)]
        seen = {look for person in readers for look in world.looks_at(page, person)}
        assert seen == set(looks()), page
