"""How people choose to be told: by mail at once, in one mail a day, or not by mail; the list in the product stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from app.foundation.db import write_transaction
from app.foundation.wiring import Wiring
from app.notifications import jobs, outbox
from app.notifications.models import NoticeChoice
from app.notifications.parts import DeliveryPolicy
from app.notifications.sender import deliver_due
from app.notifications.services import queue_mail
from app.notifications.vocabulary import Failure, MailChoice, MessageState, NoticeKind
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Role
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.mail import MailServer
from tests.support.outbox import CASE, NUMBER, mails, notices, person, tell
from tests.support.settings import base_url

OTHER_CASE, HIDDEN_CASE = "zzzzzzzzzzz1", "zzzzzzzzzzz2"


@pytest.fixture(autouse=True)
def _hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cases of these tests have no rows; one of them is hidden from everybody."""
    check = lambda _session, _user, key, _audience: key != HIDDEN_CASE  # noqa: E731
    monkeypatch.setattr(outbox, "wiring", lambda: Wiring(recipient_checks=(check,)))


def choose(app: Flask, user_id: int, **choices: MailChoice) -> None:
    with app.app_context(), write_transaction(None) as session:
        for kind, choice in choices.items():
            session.add(NoticeChoice(user_id=user_id, kind=NoticeKind(kind), choice=choice))


def work(app: Flask) -> int:
    """What the worker does when it looks: digests, then mail."""
    with app.app_context():
        jobs.send_digests(SYSTEM)
        return deliver_due()


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r", "")


def test_a_choice_holds_for_mails_of_its_kind_and_nothing_else(
    app: Flask, smtp_server: MailServer, clock: StoppedClock
) -> None:
    me, other = person(app, "me"), person(app, "other")
    choose(app, me, steps=MailChoice.OFF, messages=MailChoice.DIGEST)
    tell(app, [me, other])
    tell(app, [me, other], "case.message")
    tell(app, [me], "case.answer_reminder")
    with app.app_context(), write_transaction(None) as session:
        queue_mail(session, me, "accounts.password_changed", {})
    assert work(app) == 4
    assert [mail["Subject"] for mail in smtp_server.to("me@example.org")] == [
        f"Reminder: request {NUMBER} waits for your answers",
        "Your password was changed",
    ]
    assert len(smtp_server.to("other@example.org")) == 2
    assert len([notice for notice in notices(app) if notice.user_id == me]) == 3, "all stands in the list"
    mine = {mail.code: mail for mail in mails(app) if mail.user_id == me}
    assert (mine["case.accepted"].state, mine["case.accepted"].last_error) == (
        MessageState.WITHHELD,
        Failure.NOT_WANTED,
    )
    assert (mine["case.message"].state, mine["case.message"].attempts) == (MessageState.GATHERED, 0)


def test_one_mail_a_day_at_eight_in_the_language_of_its_reader(
    app: Flask, smtp_server: MailServer, clock: StoppedClock
) -> None:
    clock.set(datetime(2026, 3, 28, 9, tzinfo=UTC))
    me = person(app, "me", locale="fr", time_zone="Europe/Vienna")
    choose(app, me, steps=MailChoice.DIGEST, messages=MailChoice.DIGEST)
    tell(app, [me])
    tell(app, [me], "case.message")
    tell(app, [me], "case.message")
    tell(app, [me], "case.message_in_state", case_key=OTHER_CASE, number=None)
    tell(app, [me], case_key=HIDDEN_CASE, number="TPB-2026-0777")
    assert work(app) == 0
    # the clock is put forward in the night: eight is 06:00 UTC
    clock.set(datetime(2026, 3, 29, 5, 59, tzinfo=UTC))
    assert work(app) == 0
    clock.set(datetime(2026, 3, 29, 6, 0, tzinfo=UTC))
    tell(app, [me], number="TPB-2026-0888")  # of the new day: waits for the next morning
    assert work(app) == 1
    (mail,) = smtp_server.messages
    assert mail["Content-Language"] == "fr"
    assert mail["List-Unsubscribe"] == f"<{base_url()}/notices/settings>"
    assert mail["List-Unsubscribe-Post"] is None, "nothing changes by one click"
    for kind in ("plain", "html"):
        text = text_of(mail, kind)
        assert f"{base_url()}/cases/{CASE}" in text
        assert f"{base_url()}/cases/{OTHER_CASE}" in text
        for absent in (HIDDEN_CASE, "0777", "0888"):
            assert absent not in text
    assert text_of(mail).count("- ") >= 3
    assert text_of(mail).count(f"/cases/{CASE}\n") == 1, "one group for a case"
    states = [row.state for row in mails(app)]
    assert states.count(MessageState.SENT) == 5
    assert states.count(MessageState.WITHHELD) == 1
    clock.set(datetime(2026, 3, 29, 20, tzinfo=UTC))
    assert work(app) == 0
    clock.set(datetime(2026, 3, 30, 6, tzinfo=UTC))
    assert work(app) == 1
    assert "TPB-2026-0888" in text_of(smtp_server.messages[1])


def test_an_empty_digest_is_not_sent(app: Flask, smtp_server: MailServer, clock: StoppedClock) -> None:
    me, idle = person(app, "me"), person(app, "idle")
    for one in (me, idle):
        choose(app, one, steps=MailChoice.DIGEST)
    tell(app, [me], case_key=HIDDEN_CASE)
    work(app)
    clock.move(days=1)
    assert work(app) == 0
    assert smtp_server.messages == []
    assert [row.user_id for row in mails(app) if row.code == "notices.digest"] == []
    clock.move(days=1)
    # what could be told when it came and is hidden by the morning
    tell(app, [me])
    work(app)
    with app.app_context(), write_transaction(None) as session:
        held = session.get_one(outbox.OutboxMessage, mails(app)[-1].id)
        held.case_key = HIDDEN_CASE
    clock.move(days=1)
    assert work(app) == 0
    assert (mails(app)[-1].code, mails(app)[-1].state) == ("notices.digest", MessageState.WITHHELD)


def test_what_a_worker_left_before_eight_stands_in_the_digest_of_that_morning(
    app: Flask, smtp_server: MailServer, clock: StoppedClock
) -> None:
    """One of two mails was gathered when the worker died; another makes the digest, before it comes to the second."""
    me, other = person(app, "me"), person(app, "other")
    for one in (me, other):
        choose(app, one, steps=MailChoice.DIGEST)
        tell(app, [one])
    work(app)
    tell(app, [me], number="TPB-2026-0777")
    with app.app_context():
        policy = DeliveryPolicy(lease=timedelta(days=2))
        assert len(outbox.lease_batch("a worker that died", policy)) == 1
    clock.move(days=1)
    assert work(app) == 1, "who waits for nothing is not kept waiting"
    assert smtp_server.to("me@example.org") == []
    clock.move(days=1, minutes=1)  # the lease has run out: the second is gathered, and all is told
    assert work(app) == 0
    assert work(app) == 1
    (mail,) = smtp_server.to("me@example.org")
    assert (NUMBER in text_of(mail), "TPB-2026-0777" in text_of(mail)) == (True, True)


def test_a_mail_that_a_mailbox_puts_off_does_not_keep_the_digest_waiting(
    app: Flask, smtp_server: MailServer, clock: StoppedClock
) -> None:
    me = person(app, "me")
    choose(app, me, steps=MailChoice.DIGEST)
    tell(app, [me])
    work(app)
    tell(app, [me], "case.message")
    with app.app_context(), write_transaction(None) as session:
        put_off = session.get_one(outbox.OutboxMessage, mails(app)[-1].id)
        put_off.attempts, put_off.next_try_at = 1, clock.now + timedelta(days=2)
    clock.move(days=1)
    assert work(app) == 1
    assert [mail.code for mail in mails(app) if mail.state is MessageState.PENDING] == ["case.message"]


def test_two_workers_make_one_digest(app: Flask, smtp_server: MailServer, clock: StoppedClock) -> None:
    people = [person(app, f"person{number}") for number in range(6)]
    for one in people:
        choose(app, one, steps=MailChoice.DIGEST)
    tell(app, people)
    work(app)
    clock.move(days=1)

    def make() -> None:
        with app.app_context():
            jobs.send_digests(SYSTEM)

    workers = [Thread(target=make) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert work(app) == len(people)
    assert {len(smtp_server.to(f"person{number}@example.org")) for number in range(6)} == {1}


def test_a_person_chooses_on_a_page(app: Flask, client: InspectedClient, statements: Any) -> None:
    me = make_person(app, Role.CASE_OFFICER)
    sign_in(client, me.email)
    page = client.get("/notices/settings")
    html = page.get_data(as_text=True)
    assert html.count("<fieldset") == 6
    assert 'name="account"' not in html
    answer = client.submit(page, {"messages": "digest", "steps": "off"})
    assert answer.status_code == 303
    with statements() as seen:
        again = client.get("/notices/settings")
    seen.at_most(4)
    assert again.get_data(as_text=True).count("checked") == 6
    client.submit(again, {"messages": "at_once"})
    with app.app_context(), write_transaction(None) as session:
        kept = {row.kind: row.choice for row in session.query(NoticeChoice)}
    assert kept == {NoticeKind.STEPS: MailChoice.OFF}, "the default has no row"
    bad = client.submit(client.get("/notices/settings"), {"messages": "never"})
    assert bad.status_code == 422
    assert "Error:" in bad.get_data(as_text=True)


@pytest.mark.parametrize(
    ("role", "state", "groups"),
    [(Role.ADMINISTRATOR, None, 0), (Role.AUDITOR, None, 0), (Role.OLA_LIAISON, None, 3), (Role.MISSION, "KEN", 5)],
)
def test_one_chooses_only_of_what_can_come(
    app: Flask, client: InspectedClient, role: Role, state: str | None, groups: int
) -> None:
    me = make_person(app, role, state=state)
    sign_in(client, me.email)
    assert client.get("/notices/settings").get_data(as_text=True).count("<fieldset") == groups
