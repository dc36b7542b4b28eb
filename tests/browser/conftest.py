"""Fixtures of the browser tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.browser.pages import VISITOR
from tests.browser.person import Person
from tests.browser.world import World, furnished
from tests.factories.people import Cast
from tests.support import pseudo_locale
from tests.support.applications import close_connections
from tests.support.databases import Database, bring_back, keep
from tests.support.run import once, run_folder
from tests.support.server import LiveServer

#: `enter("mission")`: one of the cast at a browser of their own; `enter(VISITOR)`: somebody without an account.
Enter = Callable[[str], Person]
_worlds: dict[Flask, World] = {}


@pytest.fixture
def pseudo(app: Flask) -> Iterator[None]:
    """The pseudo-locale is offered while the test runs; its catalogue is made once per run."""

    def build() -> str:
        return str(pseudo_locale.build(run_folder() / "pseudo"))

    with pseudo_locale.offered(app, Path(once("pseudo-locale", build))):
        yield


@pytest.fixture
def world(app: Flask, database: Database) -> World:
    """People, cases and lists for the walk: furnished by the first test of this process, copied for every other."""
    if app not in _worlds:
        _worlds[app] = furnished(app)
        close_connections(app)
        keep(database, "world")
    else:
        close_connections(app)
        bring_back(database, "world")
    return _worlds[app]


@pytest.fixture
def javascript(request: pytest.FixtureRequest, database: Database) -> bool:
    """Whether scripts run: as a test says, else without them on SQLite and with them on PostgreSQL."""
    return bool(getattr(request, "param", database.is_postgresql))


@pytest.fixture
def enter(live_server: LiveServer, browser: Any, cast: Cast, javascript: bool) -> Iterator[Enter]:
    """`enter("mission")`: one of the cast, not signed in yet, or a VISITOR; each at a browser of their own."""
    people: list[Person] = []

    def come(name: str) -> Person:
        member = None if name == VISITOR else cast[name]
        people.append(Person(browser, live_server.url, member, javascript=javascript))
        return people[-1]

    yield come
    for person in people:
        person.leave()
        assert not person.faults, (person.name, person.faults)
