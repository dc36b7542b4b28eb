"""Signing in: by password, slowed down after failed tries, saying nothing about which accounts exist."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from app.accounts import throttle
from app.accounts.models import SecurityHistory, SignInFailure, UserSession
from app.accounts.security_history import verify
from app.foundation.db import read_session, write_transaction
from app.foundation.errors import TooManyTries
from app.workflow.vocabulary import Role
from tests.support.accounts import make_person, row_of
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.people import PASSWORD

WRONG = "another harbour lantern 28"


def try_in(client: InspectedClient, email: str, password: str = PASSWORD, to: str = "/login") -> TestResponse:
    return client.submit(client.get(to), {"email": email, "password": password})


def words(answer: TestResponse) -> str:
    """The page's text without what differs between two renderings."""
    html = re.sub(r"<time.*?</time>", "", answer.get_data(as_text=True))
    return re.sub(r'(name="(csrf_token|_key|email)" )?value="[^"]*"|nonce="[^"]*"', "", html)


def test_right_password_opens_and_starts_a_session(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.INTAKE_OFFICER)
    answer = try_in(client, person.email)
    assert (answer.status_code, answer.location) == (302, "/")
    page = client.get("/account")
    assert page.status_code == 200
    assert person.email in page.get_data(as_text=True)
    with app.app_context():
        row = read_session().scalars(select(UserSession)).one()
        assert row.user_id == person.id
        with client.session_transaction(base_url=app.config["ACCEDE_BASE_URL"]) as cookie:
            assert row.token_hash != cookie["token"]
            assert len(row.token_hash) == 64
        actions = read_session().scalars(select(SecurityHistory.action).order_by(SecurityHistory.seq)).all()
        assert actions[-1] == "signed_in"
        assert verify(read_session()) is None


@pytest.mark.parametrize("typed", ["ADA.Quill@Example.ORG", "  ada.quill@example.org "])
def test_address_is_read_whatever_its_case(app: Flask, client: InspectedClient, typed: str) -> None:
    make_person(app, Role.INTAKE_OFFICER)
    assert try_in(client, typed).status_code == 302


def test_refusal_is_the_same_whether_the_account_exists_or_not(app: Flask, client: InspectedClient) -> None:
    make_person(app, Role.INTAKE_OFFICER)
    wrong = try_in(client, "ada.quill@example.org", WRONG)
    unknown = try_in(client, "nobody@example.org", WRONG)
    assert wrong.status_code == unknown.status_code == 200
    assert words(wrong) == words(unknown)
    assert "together they do not open an account" in words(wrong)
    assert client.get("/account").status_code == 303


def test_ended_and_invited_accounts_are_refused_alike(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.INTAKE_OFFICER)
    with app.app_context(), write_transaction(None) as session:
        from app.accounts.models import User

        session.get_one(User, person.id).active = False
    assert words(try_in(client, person.email)) == words(try_in(client, "nobody@example.org"))


def counted(real: Callable[..., object], name: str, runs: list[str]) -> Callable[..., object]:
    def run(*given: object, **more: object) -> object:
        runs.append(name)
        return real(*given, **more)

    return run


def test_a_password_is_hashed_for_unknown_accounts_too(
    app: Flask, client: InspectedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work, not only the answer, is alike: argon2 runs once for each try."""
    make_person(app, Role.INTAKE_OFFICER)
    runs: list[str] = []
    with app.app_context():
        passwords = app.extensions["security"].pwd_context
    for name in ("hash", "verify"):
        monkeypatch.setattr(passwords, name, counted(getattr(passwords, name), name, runs))
    try_in(client, "ada.quill@example.org", WRONG)
    assert runs == ["verify"]
    runs.clear()
    try_in(client, "nobody@example.org", WRONG)
    assert runs == ["hash"]


def test_no_transaction_is_open_while_a_password_is_hashed(
    app: Flask, client: InspectedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(app, Role.INTAKE_OFFICER)
    with app.app_context():
        passwords = app.extensions["security"].pwd_context
        from app.foundation.db import db

        writing: Engine = db.get_engine()
    open_now: list[str] = []
    event.listen(writing, "begin", lambda _connection: open_now.append("open"))
    event.listen(writing, "commit", lambda _connection: open_now.pop())
    seen: list[int] = []
    real = passwords.verify
    monkeypatch.setattr(passwords, "verify", lambda *given: (seen.append(len(open_now)), real(*given))[1])
    assert try_in(client, "ada.quill@example.org").status_code == 302
    assert seen == [0]


def test_failed_tries_slow_down_the_next_and_no_more(app: Flask, client: InspectedClient, clock: StoppedClock) -> None:
    person = make_person(app, Role.INTAKE_OFFICER)
    for _try in range(6):
        assert try_in(client, person.email, WRONG).status_code == 200
    answer = try_in(client, person.email)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
    clock.move(seconds=2)
    assert try_in(client, person.email, WRONG).status_code == 200
    assert try_in(client, person.email).headers["Retry-After"] == "2"
    clock.move(seconds=3)
    assert try_in(client, person.email).status_code == 302
    with app.app_context():
        kept = read_session().scalars(select(SignInFailure).where(SignInFailure.scope == "account")).all()
        assert kept == []


def test_unknown_accounts_are_slowed_down_alike(app: Flask, client: InspectedClient, clock: StoppedClock) -> None:
    for _try in range(6):
        assert try_in(client, "nobody@example.org", WRONG).status_code == 200
    assert try_in(client, "nobody@example.org", WRONG).status_code == 429


def test_a_delay_never_becomes_a_lock_out(app_context: Flask, clock: StoppedClock) -> None:
    subject = throttle.account("security.login:somebody@example.org")
    for _try in range(30):
        throttle.claim([subject])
        clock.move(seconds=301)
    throttle.claim([subject])
    with pytest.raises(TooManyTries) as refused:
        throttle.claim([subject])
    assert refused.value.retry_after == 300


def test_an_address_is_slowed_down_over_many_accounts(app: Flask, client: InspectedClient, clock: StoppedClock) -> None:
    for number in range(31):
        assert try_in(client, f"somebody{number}@example.org", WRONG).status_code == 200
    assert try_in(client, "somebody-else@example.org", WRONG).status_code == 429


def test_what_was_typed_and_from_where_is_not_kept(app: Flask, client: InspectedClient) -> None:
    try_in(client, "nobody@example.org", WRONG)
    with app.app_context():
        rows = read_session().scalars(select(SignInFailure)).all()
        assert {row.scope for row in rows} == {"account", "address"}
        assert not any("nobody" in row.subject or "127" in row.subject[:4] for row in rows)
        assert all(len(row.subject) == 64 for row in rows)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "/no/such/page",
        "/logout",
    ],
)
def test_next_leads_only_to_pages_of_this_application(app: Flask, client: InspectedClient, wanted: str) -> None:
    person = make_person(app, Role.INTAKE_OFFICER)
    page = client.get("/login", query_string={"next": wanted})
    client.submit(page, {"email": person.email, "password": PASSWORD})
    answer = try_in(client, person.email) if client.get("/account").status_code == 303 else page
    assert answer.headers.get("Location", "/") == "/"


def test_next_leads_back_to_the_page_that_was_asked_for(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.INTAKE_OFFICER)
    refused = client.get("/account/sessions")
    assert refused.status_code == 303
    page = client.get(refused.location)
    answer = client.submit(page, {"email": person.email, "password": PASSWORD})
    assert answer.location == "/account/sessions"


def test_host_header_does_not_matter(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.INTAKE_OFFICER)
    page = client.get("/login", base_url="http://evil.example")
    data = {"email": person.email, "password": PASSWORD, "csrf_token": token_on(page)}
    answer = client.post("/login", base_url="http://evil.example", data=data)
    assert answer.status_code == 302
    assert "evil" not in answer.location


def token_on(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    assert found is not None
    return found.group(1)


def test_sign_in_without_token_is_refused(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.INTAKE_OFFICER)
    assert client.post("/login", data={"email": person.email, "password": PASSWORD}).status_code == 400
    assert row_of(app, person.key).last_seen_at is None


def test_a_page_of_the_account_takes_one_statement_for_identity(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.INTAKE_OFFICER)
    try_in(client, person.email)
    seen: list[str] = []
    with app.app_context():
        from app.foundation.db import db

        engines = list(db.engines.values())

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "users" in statement:
            seen.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    client.get("/login")
    assert len([one for one in seen if "user_sessions" in one]) == 1
