"""Applications under test: made once per process and database address, given back as they were."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from tests.support.client import InspectedClient
from tests.support.databases import Database
from tests.support.settings import settings_for

_made: dict[str, Flask] = {}


@contextmanager
def application_on(database: Database) -> Iterator[Flask]:
    """The application on `database`.

    Every test's database stands at the same address (`fresh_database`), so one application serves them all; only its
    connections and what a test changed in its configuration are thrown away.
    """
    if database.url not in _made:
        _made[database.url] = new_application(database)
    app = _made[database.url]
    config = copy.copy(dict(app.config))
    try:
        yield app
    finally:
        app.config.clear()
        app.config.update(config)
        close_connections(app)


def new_application(database: Database, **overrides: Any) -> Flask:
    """An application of its own, for tests that need other settings or add routes; `close_connections` at the end."""
    from app import create_app

    app = create_app(settings_for(database, **overrides))
    app.test_client_class = InspectedClient
    return app


def close_connections(app: Flask) -> None:
    """Let go of the database, so that it can be replaced."""
    from app.foundation.db import db

    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
