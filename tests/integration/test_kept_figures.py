"""Figures of the dashboard that are kept: as they were at their instant, for one sight, for some minutes."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.visibility import may_see, sight_of
from app.dashboards.asking import Asked, first_asked
from app.dashboards.frame import Frame
from app.dashboards.jobs import READER, count_ahead
from app.dashboards.kept import figures_of
from app.dashboards.measures import MEASURES
from app.dashboards.measures.base import tally
from app.dashboards.models import KeptFigures
from app.dashboards.pages import PAGE_OF, PAGES
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import State
from tests.factories.cases import at_home, make_cases
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.factories.walks import random_world
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
#: Statements of one page (performance.md).
DASHBOARD = 8
ADDRESSES = ["/dashboard", *(f"/dashboard/{page.name}" for page in PAGES[1:])]


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def received(page: str) -> str:
    """The number of requests received, as the first page shows it."""
    found = re.search(r'id="card-received">.*?<p class="big"><a[^>]*>([^<]+)</a>', page, re.DOTALL)
    assert found, page[:300]
    return found[1]


def test_kept_figures_are_those_of_their_instant(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    random_world(app, cast, clock, Random(5), 25)
    counted = clock.now
    actor = cast.manager.actor
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(actor))
        asked, first = first_asked(demo=False), {}
        for page in PAGES:
            live = tally(session, Frame.of(actor, asked), [MEASURES[code] for code in page.codes])
            frame, first[page.name] = figures_of(session, Frame.of(actor, asked), page)
            assert (frame.at, first[page.name]) == (counted, live), page.name
        session.rollback()
    clock.move(minutes=14)
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(actor))
        for page in PAGES:
            frame, figures = figures_of(session, Frame.of(actor, asked), page)
            assert (frame.at, figures) == (counted, first[page.name]), page.name
        session.rollback()
    clock.move(minutes=1)
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(actor))
        frame, figures = figures_of(session, Frame.of(actor, asked), PAGE_OF["requests"])
        assert frame.at == clock.now, "after a quarter of an hour it is counted again"
        assert figures["received"]["all"].number == first["requests"]["received"]["all"].number + 1


def test_count_again_counts_at_once_and_the_list_is_never_kept(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    client = signed_in(app, cast.manager)
    assert received(client.get("/dashboard").text) == "1"
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    clock.move(minutes=2)
    shown = client.get("/dashboard").text
    assert received(shown) == "1"
    link = re.search(r'href="([^"]*again=1[^"]*)"', shown)
    assert link
    assert 'data-records="2"' in client.get("/dashboard/received/records").text
    answer = client.get(link[1].replace("&amp;", "&"))
    assert answer.status_code == 303
    assert "again" not in answer.location
    assert received(client.get(answer.location).text) == "2"
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    for seconds, number in ((59, "2"), (1, "3")):
        clock.move(seconds=seconds)
        client.get(link[1].replace("&amp;", "&"))
        assert received(client.get(answer.location).text) == number, "it is not counted twice within a minute"
    assert received(client.get("/dashboard?since=2005-01-01").text) == "3", "another period has figures of its own"


def test_a_page_costs_at_most_eight_statements_kept_or_not(app: Flask, cast: Cast, statements: Recorded) -> None:
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    client = quick_client(app, cast.manager)
    for address in ADDRESSES:
        get(app, client, f"{address}?since=2006-01-01")
        for _kept in (False, True):
            with statements() as seen:
                assert get(app, client, address).status_code == 200
            seen.at_most(DASHBOARD)
        with statements() as seen:
            assert get(app, client, f"{address}?again=1").status_code == 303
        seen.at_most(DASHBOARD)


def test_the_worker_counts_ahead_and_forgets(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    with app.app_context():
        count_ahead(SYSTEM)
    kept = rows(app, select(KeptFigures.subject, KeptFigures.counted_at))
    assert sorted(row.subject for row in kept) == sorted(page.name for page in PAGES)
    clock.move(minutes=2)
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    with app.app_context():
        count_ahead(SYSTEM)
    assert received(signed_in(app, cast.branch_chief).get("/dashboard").text) == "1", "young figures stay"
    clock.move(minutes=6)
    with app.app_context():
        count_ahead(SYSTEM)
    assert received(signed_in(app, cast.auditor).get("/dashboard").text) == "2", "old ones are counted before they end"
    signed_in(app, cast.manager).get("/dashboard?since=2006-01-01")
    clock.move(days=1)
    with app.app_context():
        count_ahead(SYSTEM)
    assert {row.counted_at for row in rows(app, select(KeptFigures.counted_at))} == {clock.now}


def test_figures_of_another_sight_are_never_shown(app: Flask, cast: Cast) -> None:
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast)), (State.DRAFT, at_home(cast))])
    asked = first_asked(demo=False)

    def count(actor: Actor) -> int:
        with app.app_context():
            session = read_session()
            bind_scope(session, scope_of(actor))
            found = figures_of(session, Frame.of(actor, asked), PAGE_OF["requests"])[1]["received"]
            return found["all"].number if found else 0

    assert count(cast.manager.actor) == 1
    assert count(cast.away_focal_point.actor) == 0
    assert count(cast.ctc_liaison.actor) == 0
    assert count(cast.focal_point.actor) == 1
    assert len(rows(app, select(KeptFigures.sight))) == 4


def test_who_has_the_same_sight_sees_the_same_cases(app: Flask, cast: Cast) -> None:
    people = [*(one.actor for one in cast.members.values()), SYSTEM, READER]

    def told(actor: Actor) -> tuple[str, object]:
        condition = may_see(actor).compile(compile_kwargs={"literal_binds": True})
        return str(condition), scope_of(actor)

    for one in people:
        for other in people:
            if sight_of(one) == sight_of(other):
                assert told(one) == told(other), (one.name, other.name)


def test_nothing_is_kept_where_the_setting_says_so(make_app: Callable[..., Flask], clock: StoppedClock) -> None:
    app = make_app(figures_kept_minutes=0)
    cast = cast_of(app)
    client = signed_in(app, cast.manager)
    assert client.get("/dashboard").status_code == 200
    assert rows(app, select(KeptFigures.id)) == []
    asked = Asked(since=clock.now.date() - timedelta(days=1), until=clock.now.date())
    assert client.get("/dashboard", query_string=asked.address(again=1)).status_code == 303
