"""Scenario 9 of the guide is played to its end by those whom the guide names, with what the demo has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import AssistanceRequest
from app.demo import loading
from app.demo.acts.giving import found_source
from app.demo.case import Case
from app.demo.director import Story
from app.demo.scenarios import SCENARIOS
from app.demo.stage import Stage, backstage
from app.demo.stories import bodies, donors, silent
from app.foundation.clock import frozen
from app.funding.allocating import allocate
from app.funding.commands import Allocate
from app.reference import cache
from app.reference.commands import LoadBundle
from app.reference.services import load_bundle
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Body, State

TODAY = datetime(2026, 12, 2, 20, tzinfo=UTC)
WITHOUT_SUPPORT_COST = 46_200 * 100
pytestmark = pytest.mark.sqlite_only  # the journeys of the browser go the same way on both databases


def to_its_end(stage: Stage) -> Story:
    """What the guide says, in one day."""
    yield from silent.nuclear_reservation(stage)
    chief, officer, support, mission = who_acts()
    yield stage.on(chief, 0, 9)
    case = begun(stage)
    case.proceed_without(chief, Body.OLA)
    yield stage.on(officer, 0, 10)
    case.put_for_decision(officer)
    yield stage.on(chief, 0, 11)
    case.approve(chief, {})
    yield stage.on(support, 0, 12)
    source, _version = found_source(donors.JUDGES.title)
    allocate(case.actor(support), Allocate(**case.shown(), source=source, minor=WITHOUT_SUPPORT_COST))
    yield stage.on(officer, 0, 13)
    case.propose_plan(officer)
    yield stage.on(mission, 0, 20)
    case.agree_plan(mission)
    yield stage.on(officer, 0, 18)
    case.begin_activity(officer)
    case.start_delivery(officer)


def who_acts() -> list[str]:
    """The logins of scenario 9, each once, in the order in which they first act."""
    (nine,) = (one for one in SCENARIOS if one.anchor == "nuclear-reservation")
    return list(dict.fromkeys(turn.login for turn in nine.turns))


def begun(stage: Stage) -> Case:
    """The case as the story left it."""
    case = Case(stage, "nuclear_reservation")
    with backstage() as session:
        title = case.script.tasks["need"]["title"]
        case.key = session.scalars(select(AssistanceRequest.key).where(AssistanceRequest.title == title)).one()
    return case


def test_the_nuclear_reservation_comes_under_way(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(demo_data=True)
    monkeypatch.setattr(loading, "STORIES", (bodies.offices, bodies.agreements, donors.donors, to_its_end))
    cache.forget()
    with app.app_context(), frozen(TODAY):
        load_bundle(SYSTEM, LoadBundle(demo=True))
        loading.load_demo()
        with backstage() as session:
            assert session.scalars(select(AssistanceRequest.state)).all() == [State.IN_DELIVERY]
    cache.forget()
