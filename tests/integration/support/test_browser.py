"""The live server serves, the browser opens pages, and faults in the console are seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.support.browser import Visitor
from tests.support.run import reserved_port
from tests.support.server import LiveServer

PAGE = (
    '<!doctype html><html lang="en"><head><title>T</title>{head}</head>'
    "<body><h1>Up</h1><noscript>No script</noscript></body></html>"
)


@pytest.fixture
def small_server() -> Iterator[LiveServer]:
    app = Flask(__name__)
    app.add_url_rule("/", "good", lambda: PAGE.format(head='<link rel="icon" href="data:,">'))
    app.add_url_rule("/bad", "bad", lambda: PAGE.format(head='<link rel="icon" href="data:,"><script>boom()</script>'))
    app.add_url_rule("/missing", "missing", lambda: PAGE.format(head='<script src="/nowhere.js"></script>'))
    with LiveServer(app, f"http://127.0.0.1:{reserved_port('small')}") as server:
        yield server


@pytest.fixture
def someone(browser: Any, small_server: LiveServer) -> Iterator[Visitor]:
    visitor = Visitor(browser, small_server.url)
    yield visitor
    visitor.close()


def test_a_page_opens_with_and_without_javascript(someone: Visitor) -> None:
    assert someone.open("/").locator("h1").inner_text() == "Up"
    assert someone.open("/", javascript=False).locator("noscript").inner_text() == "No script"
    assert not someone.faults


def test_a_phone_in_the_dark_is_one(someone: Visitor) -> None:
    page = someone.open("/", width=390, height=844, color_scheme="dark")
    assert page.evaluate("innerWidth") == 390
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")


@pytest.mark.parametrize(("path", "fault"), [("/bad", "boom is not defined"), ("/missing", "404")])
def test_faults_are_kept(someone: Visitor, path: str, fault: str) -> None:
    someone.open(path)
    assert any(fault in text for text in someone.faults), someone.faults
