"""The pages: a person's own notices, the number on the bell, and the administrator's mails that did not leave."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.foundation.db import read_session, write_transaction
from app.foundation.wiring import Job, Wiring
from app.notifications import scheduler, views
from app.notifications.health import job_figures
from app.notifications.models import OutboxMessage, ScheduledJob
from app.notifications.queries import PAGE
from app.notifications.vocabulary import Failure, MessageState
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role
from tests.support.client import InspectedClient
from tests.support.outbox import CASE, NUMBER, mails, notices, person, tell

FAR = datetime(2100, 1, 1, tzinfo=UTC)
Be = Callable[..., None]


@pytest.fixture
def be(app: Flask) -> Iterator[Be]:
    """Makes the requests of this test come from a person with a role; how people sign in is tested elsewhere."""
    before = app.extensions["access"]

    def become(user_id: int | None, *roles: Role) -> None:
        actor = None if user_id is None else Actor(user_id, ActorKind.USER, "Somebody", frozenset(roles))
        app.extensions["access"] = dataclasses.replace(before, load_actor=lambda: actor)

    yield become
    app.extensions["access"] = before


def soup_of(page: TestResponse) -> BeautifulSoup:
    assert page.status_code == 200, page.status
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


def main_of(page: TestResponse) -> str:
    found = soup_of(page).select_one("main")
    assert found is not None
    return found.get_text(" ", strip=True)


def give_up(app: Flask) -> None:
    with app.app_context(), write_transaction(None) as session:
        session.execute(
            update(OutboxMessage).values(state=MessageState.DEAD, attempts=12, last_error=Failure.ADDRESS_REFUSED)
        )


def test_a_person_sees_their_own_notices_and_reads_them(app: Flask, client: InspectedClient, be: Be) -> None:
    me, other = person(app, "me"), person(app, "other")
    tell(app, [me], "case.taken_up")
    tell(app, [me])
    tell(app, [other], number="TPB-2026-7777")
    be(me, Role.CASE_OFFICER)
    page = client.get("/notices")
    text = main_of(page)
    assert f"Request {NUMBER} was accepted for assessment" in text
    assert f"Request {NUMBER} is being checked" in text
    assert "TPB-2026-7777" not in text
    assert {str(link["href"]) for link in soup_of(page).select("table a")} == {f"/cases/{CASE}"}
    newest = notices(app)[1]
    answer = client.submit(page, button=newest.key)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/notices")
    assert [notice.read_at is None for notice in notices(app)] == [True, False, True]
    client.submit(client.get("/notices"), button="everything")
    assert [notice.read_at is None for notice in notices(app)] == [False, False, True]


def test_a_foreign_notice_is_as_if_it_did_not_exist(app: Flask, client: InspectedClient, be: Be) -> None:
    me, other = person(app, "me"), person(app, "other")
    tell(app, [me, other])
    theirs = next(notice for notice in notices(app) if notice.user_id == other)
    be(me, Role.CASE_OFFICER)
    fields = soup_of(client.get("/notices")).select("main form input[type=hidden]")
    data = {str(field["name"]): str(field["value"]) for field in fields}
    foreign = client.post("/notices", data={**data, "key": theirs.key})
    unknown = client.post("/notices", data={**data, "key": "zzzzzzzzzzzz"})
    assert foreign.status_code == unknown.status_code == 404
    assert all(notice.read_at is None for notice in notices(app))
    assert client.post("/notices", data=data).status_code == 303
    assert all(notice.read_at is None for notice in notices(app))


def test_a_long_list_has_pages(app: Flask, client: InspectedClient, be: Be) -> None:
    me = person(app, "me")
    for number in range(PAGE + 2):
        tell(app, [me], number=f"TPB-2026-{number:04}", mail=False)
    be(me, Role.CASE_OFFICER)
    first = client.get("/notices")
    (following,) = soup_of(first).select("a[rel=next]")
    second = client.get(str(following["href"]))
    assert len(soup_of(first).select("tbody tr")) == PAGE
    assert len(soup_of(second).select("tbody tr")) == 2
    assert "TPB-2026-0000" in main_of(second)


def test_an_empty_list_says_what_will_appear(app: Flask, client: InspectedClient, be: Be) -> None:
    be(person(app, "me"), Role.CASE_OFFICER)
    assert "You have no notices." in main_of(client.get("/notices"))


def test_the_number_on_the_bell_costs_one_statement_and_only_signed_in_people(
    app: Flask, be: Be, statements: Any
) -> None:
    from app.notifications.unread import unread_notices

    me = person(app, "me")
    tell(app, [me, me])
    tell(app, [me])
    for who, count, most in ((me, 2, 1), (None, 0, 0)):
        be(who)
        with app.test_request_context("/notices"), statements() as seen:
            g.pop("actor", None)
            assert unread_notices() == {"unread_notices": count}
        assert len(seen) == most, str(seen)
    be(me)
    with app.test_request_context("/livez"), statements() as seen:
        assert unread_notices() == {"unread_notices": 0}
    assert len(seen) == 0, "liveness needs no database"


def test_an_administrator_sees_which_jobs_run_and_which_fail(
    app: Flask, client: InspectedClient, be: Be, monkeypatch: pytest.MonkeyPatch
) -> None:
    be(person(app, "admin", role=Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    assert "No worker has started yet." in main_of(client.get("/admin/jobs"))

    def fail(_actor: Actor) -> None:
        raise ZeroDivisionError("with the name of somebody in it")

    given = Wiring(jobs=(Job("works", 60, lambda _actor: None), Job("breaks", 60, fail), Job("waits", 60, fail)))
    monkeypatch.setattr(scheduler, "wiring", lambda: given)
    monkeypatch.setattr(views, "wiring", lambda: given)
    with app.app_context():
        scheduler.ensure_jobs()
    with app.app_context(), write_transaction(None) as session:
        session.execute(update(ScheduledJob).where(ScheduledJob.name == "waits").values(next_run_at=FAR))
    scheduler.run_due_jobs(app, threading.Event())
    rows = [row.get_text(" ", strip=True) for row in soup_of(client.get("/admin/jobs")).select("tbody tr")]
    assert rows[0].startswith("breaks Fails")
    assert rows[0].endswith("ZeroDivisionError 1")
    assert rows[1].startswith("waits Has not run yet")
    assert rows[2].startswith("works Good")
    with app.app_context():
        assert job_figures(read_session()).items() >= {"breaks_failures": 1.0, "works_failures": 0.0}.items()


def test_an_administrator_sees_what_was_given_up_but_not_its_content(
    app: Flask, client: InspectedClient, be: Be
) -> None:
    tell(app, [person(app, "somebody")])
    be(person(app, "admin", role=Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    assert "No mail was given up." in main_of(client.get("/admin/outbox"))
    give_up(app)
    page = client.get("/admin/outbox")
    assert "Somebody" in main_of(page)
    assert "The mail server does not know the address" in main_of(page)
    for hidden in (NUMBER, CASE, "somebody@example.org"):
        assert hidden not in page.get_data(as_text=True)


@pytest.mark.parametrize("which", ["one", "all"])
def test_the_retry_button_begins_anew(app: Flask, client: InspectedClient, be: Be, which: str) -> None:
    tell(app, [person(app, "one"), person(app, "two")])
    give_up(app)
    be(person(app, "admin", role=Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    button = mails(app)[0].key if which == "one" else "everything"
    answer = client.submit(client.get("/admin/outbox"), button=button)
    assert answer.status_code == 303
    first, second = mails(app)
    assert (first.state, first.attempts) == (MessageState.PENDING, 0)
    assert second.state is (MessageState.DEAD if which == "one" else MessageState.PENDING)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.SYSTEM}))
def test_nobody_else_sees_the_outbox(app: Flask, client: InspectedClient, be: Be, role: Role) -> None:
    me = person(app, "me")
    tell(app, [me])
    give_up(app)
    be(me, role)
    assert client.get("/admin/outbox").status_code == client.get("/admin/jobs").status_code == 403
    fields = soup_of(client.get("/notices")).select("main form input[type=hidden]")
    data = {str(field["name"]): str(field["value"]) for field in fields}
    assert client.post("/admin/outbox", data={**data, "everything": "y"}).status_code == 403
    assert mails(app)[0].state is MessageState.DEAD
