"""Pages about failures: what happened, what was kept, nothing of the inside."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import create_engine
from structlog.testing import capture_logs

from app.casefile import views as casefile_views
from app.foundation.db import db
from app.requests import step_views
from app.workflow.vocabulary import State
from tests.factories.cases import make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.support.applications import close_connections
from tests.support.client import InspectedClient
from tests.support.databases import Database

TYPED = "A long answer that somebody wrote for an hour: <i>ä</i>"
#: Words that stand in no page: of the language, the libraries, the database, the machine.
INSIDE = (
    "Traceback", "sqlalchemy", "psycopg", "sqlite3", "OperationalError", "Exception", "app/", ".py", "SELECT ",
    "werkzeug", "127.0.0.1:1", "accede_app", "site-packages",
)  # fmt: skip


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def leaks(text: str) -> list[str]:
    return [word for word in INSIDE if word in text]


@pytest.fixture
def away(app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Takes the database away from the application, as when its server is down."""

    def take() -> None:
        close_connections(app)
        server = "postgresql+psycopg://accede_app:x@127.0.0.1:1/gone"
        nowhere = create_engine(server if database.is_postgresql else "sqlite:////nowhere/x")
        with app.app_context():
            for engine in db.engines.values():
                monkeypatch.setattr(engine, "pool", nowhere.pool)

    return take


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_database_pages_answer_503_and_keep_what_was_typed(
    app: Flask, cast: Cast, away: Callable[[], None], method: str
) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/return_to_draft")
    away()
    said = {"what_to_change": TYPED}
    answer = client.get(f"/cases/{case.key}") if method == "GET" else client.submit(page, said)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    text = answer.get_data(as_text=True)
    assert not leaks(text)
    assert (TYPED in html.unescape(text)) == (method == "POST")
    assert "csrf_token" not in text


def test_without_the_database_it_is_alive_but_not_ready(app: Flask, away: Callable[[], None]) -> None:
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    away()
    assert client.get("/livez").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"ready": False, "problems": ["database"]})


def test_an_unexpected_error_shows_a_page_and_nothing_of_itself(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    client = signed_in(app, cast.mission)

    def fail(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError("the secret sentence of an exception")

    page = client.get(f"/cases/{case.key}/return_to_draft")
    monkeypatch.setattr(casefile_views, "overview_of", fail)
    monkeypatch.setattr(step_views, "show_or_take", fail)
    text = ""
    for answer in (client.get(f"/cases/{case.key}"), client.submit(page, {"what_to_change": TYPED})):
        text = html.unescape(answer.get_data(as_text=True))
        assert answer.status_code == 500
        assert "secret sentence" not in text
        assert not leaks(text)
    assert TYPED in text


@pytest.mark.parametrize(
    "path", ["/nowhere", "/cases/0123456789ab", "/cases/%00", "/cases/..%2f..%2fetc", "/n/TPB-1-1"]
)
def test_what_is_not_there_has_a_page(app: Flask, cast: Cast, path: str) -> None:
    answer = signed_in(app, cast.mission).get(path)
    assert answer.status_code == 404
    assert not leaks(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    "path",
    [
        "/home?view=%00&after=%00&before=x",
        "/notices?before=%00",
        "/cases/{key}/history?before=99999999999999999999999",
        "/cases/{key}/history?before=-1",
        "/cases/{key}/history?before=%00",
        "/cases/{key}?x=%00",
    ],
)
def test_what_somebody_writes_into_an_address_never_breaks_a_page(app: Flask, cast: Cast, path: str) -> None:
    case = make_case(app, cast, State.SUBMITTED)
    answer = get(app, quick_client(app, cast.mission), path.format(key=case.key))
    assert answer.status_code in (200, 404, 422)


@pytest.mark.parametrize(
    "query",
    [
        "?view=%00", "?number=%00", "?after=%00", "?after=99999999999999999999.0123456789ab", "?rows=0", "?rows=26",
        "?states=nothing", "?member_state=%00", "?type=x&due=x&origin=x&group=x", "?after=-1.0123456789ab",
        "?after=none.0123456789ab&before=none.0123456789ab",
    ],
)  # fmt: skip
def test_what_somebody_asks_the_queue_never_breaks_it(app: Flask, cast: Cast, query: str) -> None:
    make_case(app, cast, State.SUBMITTED)
    answer = signed_in(app, cast.intake_officer).get(f"/queue{query}")
    assert answer.status_code in (200, 404, 422)


@pytest.mark.parametrize("name", ["officer", "version", "_key"])
def test_what_somebody_posts_never_breaks_a_page(app: Flask, cast: Cast, name: str) -> None:
    """No database takes U+0000, wherever it is put."""
    case = make_case(app, cast, State.SCREENING)
    body = {"version": str(case.version), "officer": cast.case_officer.key} | {name: "a\x00b"}
    answer = post(app, quick_client(app, cast.intake_officer), f"/cases/{case.key}/assign", **body)
    assert answer.status_code in (303, 400, 422)
    huge = post(app, quick_client(app, cast.intake_officer), f"/cases/{case.key}/assign", version="9" * 30, officer="x")
    assert huge.status_code in (409, 422)


def test_a_button_that_sends_too_little_says_so(app: Flask, cast: Cast) -> None:
    """Without a form there is no field beside which it could stand; it is no fault for the log either."""
    case = make_case(app, cast, State.SUBMITTED)
    with capture_logs() as logs:
        answer = post(app, quick_client(app, cast.intake_officer), f"/cases/{case.key}/take-up")
    assert answer.status_code == 422
    assert "Enter an answer" in answer.get_data(as_text=True)
    assert [entry for entry in logs if entry["log_level"] == "error"] == []


def test_a_method_that_is_not_answered_has_a_page(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.SUBMITTED)
    client = signed_in(app, cast.intake_officer)
    answer = client.get(f"/cases/{case.key}/take-up")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert not leaks(answer.get_data(as_text=True))


def test_too_much_at_once_has_a_page(app: Flask, cast: Cast) -> None:
    client = quick_client(app, cast.mission)
    answer = post(app, client, "/requests/new", text="x" * (3 * 1024 * 1024))
    assert answer.status_code == 413
    assert not leaks(answer.get_data(as_text=True))


def test_too_many_fields_have_a_page(app: Flask, cast: Cast) -> None:
    """Werkzeug refuses them while it parses; nothing of that shows."""
    client = quick_client(app, cast.mission)
    answer = client.post(
        "/requests/new",
        data={f"field-{number}": "x" for number in range(600)},
        content_type="multipart/form-data",
        base_url=app.config["ACCEDE_BASE_URL"],
    )
    assert answer.status_code in (400, 413)
    assert not leaks(answer.get_data(as_text=True))


@pytest.mark.parametrize("token", [None, "", "forged"])
def test_a_form_without_its_token_keeps_what_was_typed(app: Flask, cast: Cast, token: str | None) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    client: InspectedClient = signed_in(app, cast.mission)
    body = {"what_to_change": TYPED, "version": str(case.version), "_key": "k" * 20}
    answer = client.post(
        f"/cases/{case.key}/return_to_draft", data=body | ({} if token is None else {"csrf_token": token})
    )
    assert answer.status_code == 400
    text = html.unescape(answer.get_data(as_text=True))
    assert TYPED in text
    assert not leaks(text)
    assert "k" * 20 not in text


def test_a_password_is_never_shown_again(app: Flask) -> None:
    client = app.test_client()
    answer = client.post("/login", data={"email": "somebody@example.org", "password": "a secret that was typed"})
    assert answer.status_code == 400
    assert "a secret that was typed" not in answer.get_data(as_text=True)
