"""A session that ends in mid-form costs nobody what they typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.accounts.kept_forms import MOST_KEPT, KeptForm, forget_kept_forms
from app.accounts.models import UserSession
from app.casework.models import DraftTask
from app.foundation.db import read_session, write_transaction
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in_on_the_page
from tests.support.clock import StoppedClock
from tests.support.drafts import NEED, Government, make_government, new_draft, soup
from tests.support.people import PASSWORD
from tests.support.screening import rows_of

TITLE = "مشروع قانون – draft law – 法律草案"
TYPED = {**NEED, "title": TITLE, "problem": "First line\nsecond line of an hour’s work"}


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def address(app: Flask, government: Government) -> str:
    return f"/cases/{new_draft(app, government.focal.actor)}/tasks/need"


def kept(app: Flask) -> int:
    with app.app_context():
        return read_session().scalar(select(func.count()).select_from(KeptForm)) or 0


def sent_after_the_end(client: InspectedClient, email: str, address: str, clock: StoppedClock, typed: Any) -> Any:
    """Open a form, rest for longer than a session lasts, send it."""
    sign_in_on_the_page(client, email)
    page = client.get(address)
    clock.move(minutes=61)
    return client.submit(page, typed)


def signed_in_again(client: InspectedClient, answer: Any, email: str) -> Any:
    """Follow the answer to the sign-in, give address and password, and land where it leads."""
    assert (answer.status_code, urlsplit(answer.location).path) == (303, "/login")
    page = client.get(answer.location)
    return client.submit(page, {"email": email, "password": PASSWORD}, follow_redirects=True)


def test_what_was_typed_comes_back_after_the_sign_in_and_can_be_saved(
    app: Flask, client: InspectedClient, government: Government, address: str, clock: StoppedClock
) -> None:
    answer = sent_after_the_end(client, government.focal.email, address, clock, TYPED)
    assert "What you typed is kept" in client.get(answer.location).get_data(as_text=True)
    page = signed_in_again(client, answer, government.focal.email)
    form = soup(page)
    assert page.request.path == address
    assert "nothing of it is saved yet" in page.get_data(as_text=True)
    assert form.find(id="title")["value"] == TITLE  # type: ignore[index]
    assert form.find(id="problem").get_text().removeprefix("\n") == TYPED["problem"]  # type: ignore[union-attr]
    assert [box["value"] for box in form.select("[name=types][checked]")] == list(NEED["types"])
    assert rows_of(app, DraftTask, address.split("/")[2]) == []
    assert client.submit(page).status_code == 303
    (task,) = rows_of(app, DraftTask, address.split("/")[2])
    assert task.data["title"] == TITLE


def test_nobody_else_gets_it_and_no_other_page_shows_it(
    app: Flask,
    client: InspectedClient,
    new_client: Callable[[], InspectedClient],
    government: Government,
    address: str,
    clock: StoppedClock,
) -> None:
    answer = sent_after_the_end(client, government.focal.email, address, clock, TYPED)
    comes_back = parse_qs(urlsplit(answer.location).query)["next"][0]
    colleague, visitor = new_client(), new_client()
    sign_in_on_the_page(colleague, make_person(app, Role.FOCAL_POINT, name="Colin", state=government.state).email)
    assert TITLE not in colleague.get(comes_back).get_data(as_text=True)
    assert visitor.get(comes_back).status_code == 303
    signed_in_again(client, answer, government.focal.email)
    other = address.replace("/need", "/who") + "?" + urlsplit(comes_back).query
    assert TITLE not in client.get(other).get_data(as_text=True)
    assert TITLE in client.get(comes_back).get_data(as_text=True)


@pytest.mark.parametrize("ended", ["revoked", "never there"])
def test_a_session_that_was_ended_on_purpose_keeps_nothing(
    app: Flask, client: InspectedClient, government: Government, address: str, ended: str
) -> None:
    sign_in_on_the_page(client, government.focal.email)
    page = client.get(address)
    with app.app_context(), write_transaction(None) as session:
        lost = {"revoked_at": func.now()} if ended == "revoked" else {"token_hash": "0" * 64}
        session.execute(update(UserSession).values(lost))
    answer = client.submit(page, TYPED)
    assert (answer.status_code, urlsplit(answer.location).path) == (303, "/login")
    assert kept(app) == 0


def test_passwords_long_texts_and_bare_buttons_are_not_kept(
    app: Flask, client: InspectedClient, government: Government, address: str, clock: StoppedClock
) -> None:
    sign_in_on_the_page(client, government.focal.email)
    token = soup(client.get(address)).find("input", {"name": "csrf_token"})["value"]  # type: ignore[index]
    clock.move(minutes=61)
    for path, data in (
        (address, {"problem": "x" * 200_001}),
        (address, {"problem": "a\0b"}),
        (address, {"old_password": "secret", "passcode": "123456"}),
        ("/cases/000000000000/take-up", {"version": "1"}),
        ("/no/such/page", {"title": "lost"}),
    ):
        assert client.post(path, data={**data, "csrf_token": token}).status_code in {303, 404}
    assert kept(app) == 0


def test_it_is_forgotten_after_a_day_and_one_person_keeps_few(
    app: Flask, client: InspectedClient, government: Government, address: str, clock: StoppedClock
) -> None:
    sign_in_on_the_page(client, government.focal.email)
    page = client.get(address)
    clock.move(minutes=61)
    answers = [client.submit(page, {**TYPED, "title": f"Title {turn}"}) for turn in range(MOST_KEPT + 2)]
    assert kept(app) == MOST_KEPT
    assert "Title 11" in signed_in_again(client, answers[-1], government.focal.email).get_data(as_text=True)
    clock.move(hours=23)
    with app.app_context():
        forget_kept_forms(Actor.system())
    assert kept(app) == MOST_KEPT
    clock.move(hours=2)
    with app.app_context():
        forget_kept_forms(Actor.system())
    assert kept(app) == 0
