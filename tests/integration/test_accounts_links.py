"""Invitations and forgotten passwords: links that work once, made when the mail leaves, revealing nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import services
from app.accounts.commands import InvitePerson, OfPerson
from app.accounts.models import User
from app.foundation.db import read_session
from app.foundation.errors import InvalidCommand
from app.notifications.models import OutboxMessage
from app.workflow.vocabulary import Role
from tests.support.accounts import Somebody, made_when_sent, mails, make_person, path_of, row_of
from tests.support.client import InspectedClient, sign_in_on_the_page
from tests.support.clock import StoppedClock
from tests.support.people import PASSWORD

Clients = Callable[[], InspectedClient]
NEW = "violet tractor lemonade 95"
INVITED = {"name": "Cleo Marsh", "email": "cleo.marsh@example.org"}


@pytest.fixture
def administrator(app: Flask) -> Somebody:
    return make_person(app, Role.ADMINISTRATOR)


def invite(app: Flask, by: Somebody, **more: object) -> services.Account:
    with app.app_context():
        return services.invite_person(by.actor, InvitePerson(**(INVITED | {"roles": (Role.CASE_OFFICER,)} | more)))


def invitation(app: Flask, user_id: int) -> str:
    made = made_when_sent(app, user_id, "accounts.invitation")
    assert made is not None
    return path_of(app, made["link"])


def accept(client: InspectedClient, path: str, password: str = NEW, again: str | None = None) -> TestResponse:
    return client.submit(client.get(path), {"password": password, "again": again or password})


def test_an_invitation_opens_the_account_once(app: Flask, client: InspectedClient, administrator: Somebody) -> None:
    account = invite(app, administrator)
    assert mails(app, account.id) == ["accounts.invitation"]
    assert not row_of(app, account.key).active
    path = invitation(app, account.id)
    assert accept(client, path).location == "/login"
    assert client.get(path).status_code == 404
    assert client.post(path, data={"password": NEW}).status_code in {400, 404}
    sign_in_on_the_page(client, INVITED["email"], NEW)
    assert made_when_sent(app, account.id, "accounts.invitation") is None


def test_the_queue_holds_no_secret(app: Flask, administrator: Somebody) -> None:
    account = invite(app, administrator)
    token = invitation(app, account.id).rsplit("/", 1)[1]
    with app.app_context():
        row = read_session().scalars(select(OutboxMessage).where(OutboxMessage.user_id == account.id)).one()
        assert row.params == {}
        assert token not in repr(vars(row))


def test_an_invitation_is_good_for_seven_days(
    app: Flask, client: InspectedClient, administrator: Somebody, clock: StoppedClock
) -> None:
    path = invitation(app, invite(app, administrator).id)
    clock.move(days=6, hours=23)
    assert client.get(path).status_code == 200
    clock.move(hours=2)
    assert client.get(path).status_code == 404


def test_a_second_invitation_ends_the_first(app: Flask, client: InspectedClient, administrator: Somebody) -> None:
    account = invite(app, administrator)
    first = invitation(app, account.id)
    with app.app_context():
        services.invite_again(administrator.actor, OfPerson(key=account.key))
    assert client.get(first).status_code == 404
    assert client.get(invitation(app, account.id)).status_code == 200
    assert mails(app, account.id) == ["accounts.invitation"] * 2


def test_somebody_in_use_is_not_invited_again(app: Flask, administrator: Somebody) -> None:
    person = make_person(app, Role.CASE_OFFICER, name="Ben Rook")
    with app.app_context(), pytest.raises(InvalidCommand):
        services.invite_again(administrator.actor, OfPerson(key=person.key))


@pytest.mark.parametrize("path", ["/invitation/nonsense", "/invitation/eyJ4IjoxfQ.aaaa.bbbb"])
def test_made_up_links_open_nothing(app: Flask, client: InspectedClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("short", None, "at least 15 characters"),
        ("cleo marsh example", None, "easily guessed"),
        (NEW, NEW + "x", "two passwords differ"),
    ],
)
def test_a_weak_first_password_is_refused(
    app: Flask, client: InspectedClient, administrator: Somebody, password: str, again: str | None, says: str
) -> None:
    path = invitation(app, invite(app, administrator).id)
    answer = accept(client, path, password, again)
    assert says in answer.get_data(as_text=True)
    assert client.get(path).status_code == 200


def test_an_address_cannot_get_two_accounts(app: Flask, client: InspectedClient, administrator: Somebody) -> None:
    """Two invitations to one address: the second is refused to its own reader, when the first is in use."""
    first, second = invite(app, administrator), invite(app, administrator)
    paths = [invitation(app, account.id) for account in (first, second)]
    assert accept(client, paths[0]).location == "/login"
    answer = accept(client, paths[1])
    assert answer.status_code == 200
    assert "another account with your address" in answer.get_data(as_text=True)
    assert not row_of(app, second.key).active


def ask(client: InspectedClient, email: str) -> TestResponse:
    return client.submit(client.get("/password/forgotten"), {"email": email})


def words(answer: TestResponse) -> str:
    return re.sub(r'value="[^"]*"|<time.*?</time>', "", answer.get_data(as_text=True))


def test_a_forgotten_password_reveals_nothing(app: Flask, client: InspectedClient, administrator: Somebody) -> None:
    known, unknown = ask(client, administrator.email), ask(client, "nobody@example.org")
    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown)
    assert "If there is an account with this address" in words(known)
    assert mails(app, administrator.id) == ["accounts.reset"]


def reset_path(app: Flask, user_id: int) -> str:
    made = made_when_sent(app, user_id, "accounts.reset")
    assert made is not None
    return path_of(app, made["link"])


def test_a_reset_works_once_and_ends_every_session(
    app: Flask, client: InspectedClient, new_client: Clients, administrator: Somebody
) -> None:
    elsewhere = new_client()
    sign_in_on_the_page(elsewhere, administrator.email)
    ask(client, administrator.email)
    path = reset_path(app, administrator.id)
    answer = client.submit(client.get(path), {"password": NEW, "password_confirm": NEW})
    assert answer.location == "/login"
    assert elsewhere.get("/account").status_code == 303
    assert client.get(path).location == "/password/forgotten"
    assert mails(app, administrator.id) == ["accounts.reset", "accounts.password_changed"]
    refused = client.submit(client.get("/login"), {"email": administrator.email, "password": PASSWORD})
    assert refused.status_code == 200
    sign_in_on_the_page(client, administrator.email, NEW)


def test_a_reset_does_not_open_an_account_that_was_not_accepted(
    app: Flask, client: InspectedClient, administrator: Somebody
) -> None:
    account = invite(app, administrator)
    ask(client, INVITED["email"])
    assert mails(app, account.id) == ["accounts.invitation"]
    assert made_when_sent(app, account.id, "accounts.reset") is None


def test_a_reset_refuses_weak_passwords(app: Flask, client: InspectedClient, administrator: Somebody) -> None:
    path = reset_path(app, administrator.id)
    answer = client.submit(client.get(path), {"password": "too short", "password_confirm": "too short"})
    assert "at least 15 characters" in answer.get_data(as_text=True)


def test_many_requests_for_one_address_slow_down(app: Flask, client: InspectedClient, clock: StoppedClock) -> None:
    for _time in range(6):
        assert ask(client, "nobody@example.org").status_code == 200
    assert ask(client, "nobody@example.org").status_code == 429


def test_links_come_from_the_configured_address(app: Flask, administrator: Somebody) -> None:
    made = made_when_sent(app, administrator.id, "accounts.reset")
    assert made is not None
    assert made["link"].startswith(app.config["ACCEDE_BASE_URL"] + "/password/new/")
    with app.test_request_context("/", base_url="http://evil.example"):
        from app.accounts.invitations import mail_params

        person = read_session().get_one(User, administrator.id)
        inside = mail_params(read_session(), person, "accounts.reset", {})
    assert inside is not None
    assert "evil" not in inside["link"]
