"""Money is the Branch's: `contribution_lines` belong to no case, so that no row-level security keeps them from a page.

What donors gave, what was allocated and spent of it, and what was noted beside: no State and no body reads a word of
it on its own pages (`tests/integration/audiences` walks all others), and no page of a source opens to them.
"""

from __future__ import annotations

import pytest
from flask import Flask

from app.foundation.access import rule_of
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, Body, State
from tests.factories.cases import at_home, make_case
from tests.factories.clients import get, quick_client
from tests.factories.money import fund, put_source
from tests.factories.people import Cast, Member, cast_of
from tests.integration.audiences.kinds import spend
from tests.support.canaries import R, words
from tests.support.clock import StoppedClock

PAGES = ("sources.index", "sources.export_all", "sources.source", "sources.export", "funding.money", "needs.index")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def outsiders(cast: Cast) -> list[Member]:
    people = [cast.focal_point, cast.mission, cast.away_mission, cast.ctc_liaison, cast.ola_liaison]
    assert {role for one in people for role in one.actor.roles} == STATE_ROLES | LIAISON_ROLES
    return people


def test_no_page_of_money_answers_a_state_or_a_body(app: Flask, cast: Cast) -> None:
    """Not the case's, not the source's, not its ledger, though a bill stands there."""
    case = make_case(app, cast, State.CLOSED, at_home(cast, judged=True, bodies=(Body.CTC_CTED, Body.OLA)))
    line = words("bill")[R.TPB_ONLY]
    source = put_source(app, received=10**7)
    fund(app, case, minor=1_000_000, source=source)
    spend(app, case, line)
    for person in outsiders(cast):
        client = quick_client(app, person)
        for path in ("/money", f"/money/{source}", f"/money/{source}/ledger/csv", f"/cases/{case.key}/money"):
            answer = get(app, client, path)
            assert answer.status_code in (403, 404), (person.name, path)
            assert line not in answer.get_data(as_text=True)
    support = quick_client(app, cast.programme_support)
    assert line in get(app, support, f"/money/{source}").get_data(as_text=True), "the control: it stands there"


def test_no_page_of_money_opens_to_a_state_or_a_body(app: Flask, cast: Cast) -> None:
    named = [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith(("sources.", "needs."))]
    assert set(PAGES) - {"funding.money"} <= set(named)
    for endpoint in {*named, "funding.money", "funding.allocate", "funding.approve_allocation"}:
        for person in outsiders(cast):
            assert not rule_of(app, endpoint).admits(person.actor), (endpoint, person.name)
