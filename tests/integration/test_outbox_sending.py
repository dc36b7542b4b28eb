"""Sending to a real mail server: what arrives, what is refused, what is tried again, what is given up."""

from __future__ import annotations

from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask

from app.foundation.db import write_transaction
from app.notifications.leases import new_owner
from app.notifications.outbox import lease_batch
from app.notifications.parts import DeliveryPolicy, Notifications
from app.notifications.sender import deliver_due
from app.notifications.services import queue_mail
from app.notifications.vocabulary import Failure, MessageState
from tests.support.mail import MailServer
from tests.support.outbox import CASE, NUMBER, change_user, mails, person, tell
from tests.support.settings import base_url


def send(app: Flask) -> int:
    with app.app_context():
        return deliver_due()


def state_of(app: Flask) -> list[tuple[MessageState, int, Failure | None]]:
    return [(mail.state, mail.attempts, mail.last_error) for mail in mails(app)]


def parts_of(app: Flask) -> Notifications:
    found: Notifications = app.extensions["notifications"]
    return found


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@pytest.fixture(autouse=True)
def _no_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases of these tests have no rows, so nobody is asked whether they may be seen."""
    use_checks(monkeypatch)


@pytest.fixture
def patience(app: Flask) -> Any:
    """Sets the sender's policy for one test."""
    parts = parts_of(app)
    before = parts.policy

    def choose(**values: Any) -> DeliveryPolicy:
        parts.policy = DeliveryPolicy(**values)
        return parts.policy

    yield choose
    parts.policy = before


def test_a_mail_holds_number_date_and_link_and_nothing_else(app: Flask, smtp_server: MailServer, clock: Any) -> None:
    me = person(app, "me", name="Ana Canary")
    tell(app, [me], "case.questions", params={"due": date(2026, 4, 1)})
    assert send(app) == 1
    (mail,) = smtp_server.to("me@example.org")
    assert mail["Subject"] == f"Request {NUMBER}: we have questions"
    assert mail["From"] == "accede@example.org"
    assert mail["To"] == "me@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Mon, 02 Mar 2026 09:00:00 +0000"
    assert mail["Message-ID"] == f"<{mails(app)[0].message_id}@example.org>"
    for kind in ("plain", "html"):
        assert f"{base_url()}/cases/{CASE}" in text_of(mail, kind)
        assert "1 April 2026" in text_of(mail, kind).replace("April 1, 2026", "1 April 2026")
        assert "Canary" not in text_of(mail, kind)
    assert '<html lang="en" dir="ltr">' in text_of(mail, "html")
    assert state_of(app) == [(MessageState.SENT, 1, None)]
    assert send(app) == 0
    assert len(smtp_server.messages) == 1


def test_the_host_header_is_not_in_the_link(app: Flask, smtp_server: MailServer) -> None:
    me = person(app, "me")
    tell(app, [me])
    with app.test_request_context("/", base_url="http://evil.example/"):
        deliver_due()
    assert "evil.example" not in smtp_server.messages[0].as_string()
    assert base_url() in text_of(smtp_server.messages[0])


def test_a_batch_goes_over_one_connection_and_one_bad_address_stops_nobody(
    app: Flask, smtp_server: MailServer, patience: Any
) -> None:
    patience(batch=3)
    people = [person(app, f"person{number}") for number in range(7)]
    people.append(person(app, "bad", email="not an address"))
    people.append(person(app, "unknown"))
    smtp_server.refuse_recipient("unknown@example.org", "550 no such person")
    people.append(person(app, "last"))
    tell(app, people)
    assert send(app) == 8
    assert smtp_server.connections == 1
    states = {mail.user_id: (mail.state, mail.last_error) for mail in mails(app)}
    assert states[people[7]] == (MessageState.DEAD, Failure.ADDRESS_UNUSABLE)
    assert states[people[8]] == (MessageState.DEAD, Failure.ADDRESS_REFUSED)
    assert len(smtp_server.to("last@example.org")) == 1


def test_a_refused_mail_is_tried_again_later_with_the_same_message_id(
    app: Flask, smtp_server: MailServer, clock: Any
) -> None:
    tell(app, [person(app, "me")])
    smtp_server.refusal = "451 try again later"
    assert send(app) == 0
    assert state_of(app) == [(MessageState.PENDING, 1, Failure.TRY_LATER)]
    (waiting,) = mails(app)
    smtp_server.refusal = None
    assert send(app) == 0, "not before its time"
    clock.move(minutes=1)
    assert send(app) == 1
    assert smtp_server.messages[0]["Message-ID"] == f"<{waiting.message_id}@example.org>"
    assert state_of(app) == [(MessageState.SENT, 2, None)]


def test_after_the_last_try_a_mail_is_given_up(app: Flask, smtp_server: MailServer, clock: Any, patience: Any) -> None:
    patience(most_attempts=3)
    tell(app, [person(app, "me")])
    smtp_server.refusal = "554 we do not like it"
    for _ in range(5):
        send(app)
        clock.move(hours=6)
    assert state_of(app) == [(MessageState.DEAD, 3, Failure.CONTENT_REFUSED)]


def test_an_outage_of_the_server_uses_up_no_tries(app: Flask, clock: Any) -> None:
    """Nobody listens at the mail server's address in this test."""
    tell(app, [person(app, "one"), person(app, "two")])
    for _ in range(20):
        assert send(app) == 0
        clock.move(hours=1)
    assert state_of(app) == [(MessageState.PENDING, 0, Failure.SERVER_UNREACHABLE)] * 2
    send(app)
    for mail in mails(app):
        assert timedelta(minutes=5) < mail.next_try_at - clock.now < timedelta(minutes=15)


def test_a_server_that_refuses_the_sender_uses_up_no_tries(app: Flask, smtp_server: MailServer, clock: Any) -> None:
    smtp_server.refuse_sender("553 not from here")
    tell(app, [person(app, "one"), person(app, "two")])
    for _ in range(20):
        assert send(app) == 0
        clock.move(hours=1)
    assert state_of(app) == [(MessageState.PENDING, 0, Failure.SERVER_REFUSED)] * 2


def test_an_expired_lease_is_taken_by_another_and_the_late_one_notes_nothing(
    app: Flask, smtp_server: MailServer, clock: Any
) -> None:
    tell(app, [person(app, "me")])
    policy = parts_of(app).policy
    with app.app_context():
        first = new_owner()
        (taken,) = lease_batch(first, policy)
        assert lease_batch(new_owner(), policy) == []
        clock.move(minutes=1)
        assert lease_batch(new_owner(), policy) == []
        clock.move(minutes=2)
        second = new_owner()
        assert lease_batch(second, policy) == [taken]
        from app.notifications.outbox import begin_try, note
        from app.notifications.smtp import TAKEN

        assert begin_try(taken, first, policy) is None
        note(taken, first, TAKEN, policy)
    assert state_of(app) == [(MessageState.LEASED, 0, None)]


def test_a_mail_that_kills_each_worker_is_given_up(app: Flask, clock: Any, patience: Any) -> None:
    from app.notifications.outbox import begin_try

    policy = patience(most_attempts=2)
    tell(app, [person(app, "me")])
    for _ in range(3):
        with app.app_context():
            owner = new_owner()
            for taken in lease_batch(owner, policy):
                begin_try(taken, owner, policy)  # and here the process dies
        clock.move(minutes=3)
    assert state_of(app) == [(MessageState.DEAD, 2, Failure.LEASE_EXPIRED)]


def test_who_may_no_longer_be_told_gets_nothing(app: Flask, smtp_server: MailServer, monkeypatch: Any) -> None:
    left, moved, stays = person(app, "left"), person(app, "moved"), person(app, "stays")
    asked: list[tuple[int, str]] = []

    def check(_session: Any, user_id: int, case_key: str, _audience: Any) -> bool:
        asked.append((user_id, case_key))
        return user_id != moved

    use_checks(monkeypatch, check)
    tell(app, [left, moved, stays])
    change_user(app, left, active=False)
    assert send(app) == 1
    assert [mail["To"] for mail in smtp_server.messages] == ["stays@example.org"]
    assert [state for state, _tries, _error in state_of(app)] == [
        MessageState.WITHHELD,
        MessageState.WITHHELD,
        MessageState.SENT,
    ]
    assert asked == [(moved, CASE), (stays, CASE)]


def test_a_check_that_breaks_keeps_the_mail_and_lets_the_others_go(
    app: Flask, smtp_server: MailServer, monkeypatch: Any
) -> None:
    one, two = person(app, "one"), person(app, "two")

    def check(_session: Any, user_id: int, _case_key: str, _audience: Any) -> bool:
        if user_id == one:
            raise ZeroDivisionError
        return True

    use_checks(monkeypatch, check)
    tell(app, [one, two])
    assert send(app) == 1
    assert state_of(app) == [(MessageState.PENDING, 1, Failure.NOT_RENDERED), (MessageState.SENT, 1, None)]


def test_secrets_of_accounts_are_made_when_the_mail_leaves(
    app: Flask, smtp_server: MailServer, monkeypatch: Any
) -> None:
    me = person(app, "me", active=False)
    made: list[str] = []

    def render_params(_session: Any, user: Any, code: str, params: Any) -> dict[str, str] | None:
        made.append(f"{user.id} {code} {dict(params)}")
        return None if code == "accounts.reset" else {"link": "/welcome/token-canary", "secret": "271828"}

    monkeypatch.setattr(parts_of(app), "render_params", render_params)
    with app.app_context(), write_transaction(None) as session:
        queue_mail(session, me, "accounts.invitation", {"id": 5})
        queue_mail(session, me, "accounts.two_factor_code", {})
    assert send(app) == 1, "only an invitation goes to an account that is not active"
    assert made == [f"{me} accounts.invitation {{'id': 5}}"]
    assert f"{base_url()}/welcome/token-canary" in text_of(smtp_server.messages[0])
    change_user(app, me, active=True)
    with app.app_context(), write_transaction(None) as session:
        queue_mail(session, me, "accounts.two_factor_code", {})
        queue_mail(session, me, "accounts.reset", {})
    assert send(app) == 1
    assert "271828" in text_of(smtp_server.messages[1])
    assert "271828" not in str(smtp_server.messages[1]["Subject"])
    assert "canary" not in repr([vars(mail) for mail in mails(app)])
    assert [state for state, _tries, _error in state_of(app)][1:] == [
        MessageState.WITHHELD,
        MessageState.SENT,
        MessageState.WITHHELD,
    ]
    assert state_of(app)[3][2] is Failure.OVER


def use_checks(monkeypatch: Any, *checks: Any) -> None:
    from app.foundation.wiring import Wiring
    from app.notifications import outbox

    monkeypatch.setattr(outbox, "wiring", lambda: Wiring(recipient_checks=checks))
