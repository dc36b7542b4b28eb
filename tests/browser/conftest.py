"""Fixtures of the browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.browser.world import World, furnished
from tests.support import pseudo_locale
from tests.support.run import once, run_folder


@pytest.fixture
def pseudo(app: Flask) -> Iterator[None]:
    """The pseudo-locale is offered while the test runs; its catalogue is made once per run."""

    def build() -> str:
        return str(pseudo_locale.build(run_folder() / "pseudo"))

    with pseudo_locale.offered(app, Path(once("pseudo-locale", build))):
        yield


@pytest.fixture
def world(app: Flask) -> World:
    """People, cases and lists for the walk."""
    return furnished(app)
