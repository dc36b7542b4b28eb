"""What the home of a State says of invitations: which others may be told, and what it was asked once."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories.clients import get, quick_client
from tests.factories.invitations import agree, keys_of, planned
from tests.factories.people import AWAY, Cast, cast_of
from tests.factories.plans import put_plan
from tests.support.clock import StoppedClock

ASKS = "Say which other States may be told of an activity"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def home(app: Flask, person: object, path: str = "/home") -> str:
    return get(app, quick_client(app, person), path).get_data(as_text=True)  # type: ignore[arg-type]


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
