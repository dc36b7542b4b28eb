"""What the home of a State says of invitations: which others may be told, and what it was asked once."""

from __future__ import annotations

import pytest
from flask import Flask

from app.delivery.participation import own_page
from tests.factories.clients import get, quick_client
from tests.factories.invitations import TITLE, agree, give_up, invited, keys_of, planned
from tests.factories.people import AWAY, Cast, Member, cast_of
from tests.support.clock import StoppedClock

ASKS = "Say which other States may be told of an activity"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def home(app: Flask, person: Member, path: str = "/home") -> str:
    return get(app, quick_client(app, person), path).get_data(as_text=True)


@pytest.mark.parametrize("agreed", [True, False])
def test_disclosures_wait_for_the_host_on_its_home(app: Flask, cast: Cast, agreed: bool) -> None:
    case = planned(app, cast, AWAY, "UGA", title="Ours")
    first, second = keys_of(app, case)
    for person in (cast.focal_point, cast.mission):
        page = home(app, person)
        assert ASKS in page
        assert f"/cases/{case.key}/invitations" in page
    assert ASKS not in home(app, cast.away_mission)
    agree(app, cast, case, first, agreed=agreed)
    assert ASKS in home(app, cast.mission), "one of the two is decided"
    agree(app, cast, case, second)
    assert ASKS not in home(app, cast.mission)


def test_past_invitations_are_listed_a_page_at_a_time(
    app: Flask, cast: Cast, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest, link = cast.away_focal_point, 'href="/participations"'
    earlier, lapsed = invited(app, cast), invited(app, cast)
    assert link not in home(app, guest)
    assert TITLE not in home(app, guest, "/participations")
    give_up(app, lapsed.key)
    page = home(app, guest)
    assert link in page
    assert (f"/participations/{lapsed.key}" in page, f"/participations/{earlier.key}" in page) == (False, True)
    assert "Changed or called off" in home(app, guest, "/participations")
    clock.move(days=120)
    page = home(app, guest, "/participations")
    assert (page.count(TITLE), "Over" in page, "Not answered" in page) == (2, True, True)
    monkeypatch.setattr(own_page, "PAGE", 1)
    page = home(app, guest, "/participations")
    assert page.count(TITLE) == 1
    assert f"/participations/{lapsed.key}" in page, "the latest first"
    assert f"/participations/{earlier.key}" in home(app, guest, f"/participations?after={lapsed.key}")
    assert TITLE not in home(app, cast.mission, "/participations"), "a State reads its own"
