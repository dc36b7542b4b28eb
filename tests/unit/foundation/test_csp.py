"""Headers that keep a page to itself."""

from __future__ import annotations

import pytest
from flask import Flask, Response, render_template_string

from app.foundation.csp import init_csp


def make(base_url: str) -> Flask:
    app = Flask(__name__, static_folder=None)
    init_csp(app, base_url=base_url)
    app.add_url_rule("/plain", view_func=lambda: "text", endpoint="plain")
    app.add_url_rule(
        "/nonce", view_func=lambda: render_template_string("{{ csp_nonce() }} {{ csp_nonce() }}"), endpoint="nonce"
    )
    app.add_url_rule(
        "/file",
        view_func=lambda: Response("x", headers={"Content-Security-Policy": "sandbox", "Cache-Control": "private"}),
        endpoint="file",
    )
    return app


@pytest.fixture
def app() -> Flask:
    return make("https://accede.example.org")


def directives(answer: Response) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, value in parts}  # noqa: C416 - a dict of pairs would lose the types


def test_the_policy(app: Flask) -> None:
    policy = directives(app.test_client().get("/plain"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)


def test_a_nonce_only_when_a_template_asks_and_never_twice_the_same(app: Flask) -> None:
    client = app.test_client()
    assert "nonce" not in client.get("/plain").headers["Content-Security-Policy"]
    first, second = client.get("/nonce"), client.get("/nonce")
    told, again = first.text.split()
    assert told == again
    assert f"'nonce-{told}'" in directives(first)["script-src"]
    assert first.text != second.text
    assert directives(second)["script-src"] != directives(first)["script-src"]


def test_the_other_headers_also_on_errors(app: Flask) -> None:
    for path in ("/plain", "/not-there"):
        headers = app.test_client().get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "camera=()" in headers["Permissions-Policy"]


def test_an_answer_may_be_stricter_or_say_how_long_it_keeps(app: Flask) -> None:
    headers = app.test_client().get("/file").headers
    assert headers["Content-Security-Policy"] == "sandbox"
    assert headers["Cache-Control"] == "private"


def test_strict_transport_only_over_https(app: Flask) -> None:
    assert "max-age=31536000" in app.test_client().get("/plain").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in make("http://127.0.0.1:8000").test_client().get("/plain").headers
