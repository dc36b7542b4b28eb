"""Fixtures of all tests; what they do stands in `tests/support`."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask

from tests.support import applications, databases, guards, run
from tests.support.browser import Visitor, executable, running_browser
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.databases import BACKENDS, Backend, BackendMissing, Database, fresh_database
from tests.support.mail import MailServer
from tests.support.server import LiveServer
from tests.support.settings import base_url
from tests.support.statements import Statements, recorded_statements

NOT_TESTED = "NOT TESTED: "
UNIT_TESTS = Path(__file__).parent / "unit"


# --- the run ---------------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--backend", choices=BACKENDS, help="run tests with a database on this one only")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_OPENED] = not run.run_is_open()
    if config.stash[_OPENED]:
        run.open_run()
    guards.install_network_guard()
    # with the usual thresholds a tenth of the time goes into looking for garbage that is hardly there
    gc.set_threshold(200_000, 20, 20)
    # the usual tracebacks show every local in colour, which takes seconds for each error that a test provokes
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_unconfigure(config: pytest.Config) -> None:
    run.release_ports()
    databases.let_go()
    if config.stash.get(_OPENED, False):
        databases.drop_databases()
        run.close_run()


_OPENED = pytest.StashKey[bool]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test with a database runs on each backend."""
    if "database" not in metafunc.fixturenames:
        return
    only = metafunc.config.getoption("--backend")
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    chosen = [name for name in BACKENDS if only in (None, name)]
    for name in BACKENDS:
        if f"{name}_only" in marks:
            chosen = [name] if name in chosen else []
    metafunc.parametrize("database", chosen, indirect=True, scope="function")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the browser, so that `-m "not browser"` leaves it out, and run it first.

    Its tests are the longest: a process that took one last would go on alone when all others have ended.
    """
    items[:] = [item for item in items if not _elsewhere(item)]
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=_shortness)


def _elsewhere(item: pytest.Item) -> bool:
    """Whether a parameter says that this is tested on another backend only (`tests.support.readers`)."""
    chosen = getattr(item, "callspec", None)
    backend = chosen.params.get("database") if chosen else None
    return backend is not None and any(item.get_closest_marker(f"{one}_only") for one in BACKENDS if one != backend)


def _shortness(item: pytest.Item) -> int:
    """0 for a walk through every page, 1 for other tests in the browser, 2 for the rest."""
    used = getattr(item, "fixturenames", ())
    if "browser" not in used:
        return 2
    return 0 if "world" in used else 1


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what this machine could not test; a green line alone would hide it."""
    missing: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NOT_TESTED in reason:
            why = reason.split(NOT_TESTED, 1)[1]
            missing[why] = missing.get(why, 0) + 1
    for why, count in sorted(missing.items()):
        terminalreporter.write_sep("!", f"{count} TESTS DID NOT RUN: {why}", red=True, bold=True)


@pytest.fixture(autouse=True)
def _unit_tests_reach_nothing(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.node.path.is_relative_to(UNIT_TESTS):
        yield
        return
    with guards.no_database():
        yield


# --- database and application ----------------------------------------------------------------------------------------


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated database with reference data and nothing else, once per backend."""
    return _database_or_skip(request.param)


@pytest.fixture
def empty_database(database: Database) -> Database:
    """A database without tables, once per backend: for tests of migrations."""
    return fresh_database(database.backend, empty=True)


def _database_or_skip(backend: Backend) -> Database:
    try:
        return fresh_database(backend)
    except BackendMissing as error:
        pytest.skip(f"{NOT_TESTED}{backend}: {error}")


@pytest.fixture
def app(database: Database) -> Iterator[Flask]:
    """The application on `database`, in no context."""
    with applications.application_on(database) as made:
        yield made


@pytest.fixture
def make_app(database: Database) -> Iterator[Callable[..., Flask]]:
    """Makes an application of its own with other settings: `make_app(session_idle_minutes=1)`."""
    made: list[Flask] = []

    def make(**overrides: Any) -> Flask:
        made.append(applications.new_application(database, **overrides))
        return made[-1]

    yield make
    for app in made:
        applications.close_connections(app)


@pytest.fixture
def app_context(app: Flask) -> Iterator[Flask]:
    """The application, in its context: for services and queries."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> InspectedClient:
    """A visitor without JavaScript; every page is inspected."""
    made = app.test_client()
    assert isinstance(made, InspectedClient)
    return made


@pytest.fixture
def new_client(app: Flask) -> Callable[[], InspectedClient]:
    """Makes further visitors, each with cookies of their own."""
    return app.test_client  # type: ignore[return-value]


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[Statements]]:
    """`with statements() as seen: ...` and then `seen.at_most(6)`."""
    return recorded_statements


@pytest.fixture
def clock() -> Iterator[StoppedClock]:
    """A stopped clock, at Monday 2 March 2026, 09:00 UTC; `clock.move(days=1)`, `clock.set(instant)`."""
    with StoppedClock(datetime(2026, 3, 2, 9, tzinfo=UTC)) as stopped:
        yield stopped


# --- servers and browser ---------------------------------------------------------------------------------------------


@pytest.fixture
def smtp_server() -> Iterator[MailServer]:
    """A mail server at the address that the application under test sends to."""
    server = MailServer(run.reserved_port("mail"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """The application on a real port of loopback."""
    with LiveServer(app, base_url()) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, one process for all tests of this process."""
    if executable() is None:
        pytest.skip(f"{NOT_TESTED}browser: no Chromium installed")
    with running_browser() as started:
        yield started


@pytest.fixture
def visitor(browser: Any, live_server: LiveServer) -> Iterator[Visitor]:
    """Opens pages of the live server: `visitor.open("/login", javascript=False)`; fails on faults in the console."""
    someone = Visitor(browser, live_server.url)
    yield someone
    someone.close()
    assert not someone.faults, someone.faults
