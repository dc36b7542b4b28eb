"""Logs carry codes and numbers, never what people wrote or who they are."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from config.logging import configure_logging, masked
from config.settings import Settings

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """Production logs; answers the lines written so far."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    configure_logging(_production())
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def _production() -> Settings:
    return Settings(
        environment="production",
        secret_key=secrets.token_urlsafe(48),
        password_salt=secrets.token_urlsafe(48),
        totp_secret=secrets.token_urlsafe(48),
        base_url="https://accede.example.org",
        database_url="postgresql://accede_app@db/accede",
        smtp_host="mail.example.org",
        mail_from="accede@example.org",
    )


def test_a_request_is_one_json_line_with_what_was_bound(logged: Lines) -> None:
    structlog.contextvars.bind_contextvars(request_id="0f" * 16, user_id=7, route="/cases/<key>")
    structlog.get_logger("accede.request").info("request", status=200, duration_ms=3.4)
    (line,) = logged()
    assert (line["event"], line["level"], line["status"], line["duration_ms"]) == ("request", "info", 200, 3.4)
    assert (line["request_id"], line["user_id"], line["route"]) == ("0f" * 16, 7, "/cases/<key>")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("field", ["title", "text", "file_name", "filename", "email", "token", "password", "comment"])
def test_a_field_that_is_not_on_the_list_is_dropped_and_named(logged: Lines, field: str) -> None:
    structlog.get_logger().warning("saved", **{field: "Kalliope", "status": 200})
    (line,) = logged()
    assert line["dropped"] == [field]
    assert "Kalliope" not in json.dumps(line)
    assert line["status"] == 200


def test_lines_of_libraries_are_masked(logged: Lines) -> None:
    token = secrets.token_urlsafe(32)
    logging.getLogger("some.library").warning("GET %s for %s with %s", "/reset?t=geheim", "ada@example.org", token)
    (line,) = logged()
    assert line["event"] == "GET /reset?[query] for [e-mail] with [long]"


def test_an_exception_shows_its_place_but_no_message(logged: Lines) -> None:
    try:
        try:
            raise KeyError("Kalliope wrote this")
        except KeyError as cause:
            raise ValueError("and this to ada@example.org") from cause
    except ValueError:
        structlog.get_logger().exception("failed")
        logging.getLogger("some.library").exception("failed too")
    for line in logged():
        assert [one["type"] for one in line["exception"]] == ["builtins.ValueError", "builtins.KeyError"]
        assert "test_logging.py" in line["exception"][0]["at"][0]
        assert "Kalliope" not in json.dumps(line)
        assert "ada@" not in json.dumps(line)


def test_quiet_libraries_stay_quiet(logged: Lines) -> None:
    for name in ("werkzeug", "sqlalchemy.engine", "huey"):
        logging.getLogger(name).info("a line per request or statement")
    assert logged() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("to ada@example.org now", "to [e-mail] now"), ("TPB-2026-0001", "TPB-2026-0001"), ("x" * 32, "[long]")],
)
def test_masking(text: str, expected: str) -> None:
    assert masked(text) == expected
