"""The page that leads through the demo: every scenario names people and cases that are there."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from app import slices
from app.demo.content import script
from app.demo.people import PASSWORD
from app.demo.scenarios import SCENARIOS
from app.foundation.db import read_session
from app.reference.models import HistoricalEvent
from app.workflow.vocabulary import State
from tests.factories.cases import at_home, make_case
from tests.factories.clients import get
from tests.factories.people import cast_of
from tests.support.statements import recorded_statements


def test_there_are_ten() -> None:
    assert len(SCENARIOS) == 10
    assert len({one.anchor for one in SCENARIOS}) == 10


def test_the_guide_shows_cases_as_they_stand(app: Flask, client: Any) -> None:
    cast = cast_of(app)
    nuclear = script("nuclear_reservation").tasks["need"]["title"]
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, title=nuclear))
    make_case(app, cast, State.IN_COORDINATION, at_home(cast, title="Nothing of the demo"))
    with recorded_statements() as seen:
        page = get(app, client, "/demo").get_data(as_text=True)
    seen.at_most(3)
    assert f'href="/cases/{case.key}"' in page
    assert "In consultation" in page
    assert "Nothing of the demo" not in page
    assert PASSWORD in page
    assert "San José" in page, "the event after which the first is modelled"
    assert page.count("The cases of this scenario were not loaded.") == 9


def test_it_is_not_served_where_requests_are_real(app: Flask) -> None:
    settings = app.extensions["settings"].model_copy(update={"environment": "production"})
    real = Flask("real", static_folder=None)
    slices.add_guide(real, settings)
    assert list(real.url_map.iter_rules()) == []
    assert "demo_guide.guide" in app.view_functions


def test_patterns_are_events_of_the_file(app_context: Flask) -> None:
    codes = set(read_session().scalars(select(HistoricalEvent.code)))
    assert {one.pattern for one in SCENARIOS if one.pattern} <= codes
