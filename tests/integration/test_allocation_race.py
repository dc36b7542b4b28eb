"""Two allocations race for the last dollar of a source, two hundred times: one wins, the other is told why."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.foundation.errors import InvalidCommand
from app.funding.allocating import allocate
from app.funding.commands import Allocate
from app.funding.models import Allocation
from app.workflow.actor import Actor
from app.workflow.vocabulary import State
from tests.factories.cases import at_home, make_cases
from tests.factories.clients import csrf_of, quick_client
from tests.factories.money import put_source, put_sources
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.support.clock import StoppedClock

ROUNDS: Final = 200
DOLLAR, WITH_SUPPORT = 100, 113


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_the_last_dollar_is_allocated_once(app: Flask, cast: Cast) -> None:
    """Each round has a source with enough for one, and two people who allocate from it to two requests at once."""
    cases = make_cases(app, cast, [(State.PLANNING, at_home(cast))] * 2)
    sources = put_sources(app, ROUNDS, received=WITH_SUPPORT)
    together = threading.Barrier(2)
    people = (cast.programme_support.actor, cast.other_support.actor)

    def race(number: int) -> list[str]:
        case, who, found = cases[number], people[number], []
        version = case.version
        for source in sources:
            together.wait(60)
            outcome = attempt(app, who, Allocate(key=case.key, version=version, source=source, minor=DOLLAR))
            found.append(outcome)
            version += outcome == "won"
        return found

    with ThreadPoolExecutor(2) as pool:
        rounds = list(zip(*pool.map(race, range(2)), strict=True))
    assert Counter(tuple(sorted(one)) for one in rounds) == {("not_available", "won"): ROUNDS}
    assert len({one.index("won") for one in rounds}) <= 2
    taken = func.sum(Allocation.minor + Allocation.support_minor)
    sums = rows(app, select(Allocation.contribution_id, taken).group_by(Allocation.contribution_id))
    assert [int(total) for _source, total in sums] == [WITH_SUPPORT] * ROUNDS


def attempt(app: Flask, who: Actor, command: Allocate) -> str:
    with app.app_context():
        try:
            allocate(who, command)
        except InvalidCommand as refused:
            return refused.errors[0].code
    return "won"


def test_the_second_reads_what_is_left(app: Flask, cast: Cast) -> None:
    """The same through the pages: the form comes back with its words, 422, and what was typed."""
    cases = make_cases(app, cast, [(State.PLANNING, at_home(cast))] * 2)
    source = put_source(app, received=WITH_SUPPORT + 50)
    answers = []
    for case, person in zip(cases, (cast.programme_support, cast.other_support), strict=True):
        client = quick_client(app, person)
        body = {"csrf_token": csrf_of(app, client), "_key": case.key, "version": str(case.version)}
        body |= {"source": source, "minor": "1.00", "note": "For the interpreters"}
        path = f"/cases/{case.key}/allocate"
        answers.append(client.post(path, data=body, base_url=app.config["ACCEDE_BASE_URL"]))
    assert [one.status_code for one in answers] == [303, 422]
    text = answers[1].get_data(as_text=True)
    assert "USD 0.50 is available of this source, and USD 0.13 of support cost is added" in text
    assert "For the interpreters" in text
