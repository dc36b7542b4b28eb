"""Telling people: rows in the transaction of what happened, at most two statements, nothing but codes in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.foundation.db import read_session, write_transaction
from app.notifications.actions import mark_read
from app.notifications.commands import MarkRead
from app.notifications.messages import UnknownMessage
from app.notifications.models import Notice
from app.notifications.params import UnsafeParameter
from app.notifications.queries import MOST_COUNTED, PAGE, notices_of, unread_count
from app.notifications.services import notify, queue_mail
from app.notifications.vocabulary import MessageState
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind
from tests.support.outbox import CASE, NUMBER, mails, notices, person, tell


def actor_of(user_id: int) -> Actor:
    return Actor(user_id, ActorKind.USER, "Somebody", frozenset())


@pytest.mark.parametrize("count", [1, 40])
def test_any_number_of_people_is_told_with_two_writes_and_one_read(app: Flask, statements: Any, count: int) -> None:
    people = [person(app, f"person{number}") for number in range(count)]
    with app.app_context(), write_transaction(None) as session, statements() as seen:
        notify(session, people, "case.accepted", {}, case_key=CASE, number=NUMBER)
    seen.at_most(3)  # who stands in for them, and the two writes
    assert [mail.user_id for mail in mails(app)] == people
    assert [notice.user_id for notice in notices(app)] == people
    assert len({mail.message_id for mail in mails(app)}) == count


def test_who_is_named_for_two_reasons_is_told_once(app: Flask) -> None:
    one, two = person(app, "one"), person(app, "two")
    tell(app, [two, one, two, one])
    assert [mail.user_id for mail in mails(app)] == [two, one]
    assert [notice.user_id for notice in notices(app)] == [two, one]


def test_mail_or_notice_alone(app: Flask) -> None:
    one = person(app, "one")
    tell(app, [one], mail=False)
    assert (len(mails(app)), len(notices(app))) == (0, 1)
    tell(app, [one], in_app=False)
    assert (len(mails(app)), len(notices(app))) == (1, 1)
    tell(app, [])
    assert (len(mails(app)), len(notices(app))) == (1, 1)


def test_what_is_rolled_back_is_told_to_nobody(app: Flask) -> None:
    one = person(app, "one")

    def change_ones_mind() -> None:
        with app.app_context(), write_transaction(None) as session:
            notify(session, [one], "case.accepted", {}, case_key=CASE, number=NUMBER)
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        change_ones_mind()
    assert mails(app) == []
    assert notices(app) == []


def test_only_codes_numbers_keys_and_dates_are_stored(app: Flask) -> None:
    one = person(app, "one")
    tell(app, [one], "case.questions", params={"due": date(2026, 4, 1)})
    (mail,), (notice,) = mails(app), notices(app)
    assert mail.params == notice.params == {"due": "2026-04-01", "number": NUMBER}
    assert (mail.case_key, notice.case_key, notice.number) == (CASE, CASE, NUMBER)
    assert mail.state is MessageState.PENDING


@pytest.mark.parametrize(
    "given",
    [
        {"params": {"title": "Training of judges"}},
        {"number": "Training of judges"},
        {"case_key": "/cases/x?title=Training"},
        {"case_key": None},
        {"number": None},
    ],
)
def test_a_text_about_the_case_is_refused_and_nothing_is_stored(app: Flask, given: dict[str, Any]) -> None:
    one = person(app, "one")
    with pytest.raises(UnsafeParameter):
        tell(app, [one], **given)
    assert mails(app) == []


def test_an_unknown_code_is_refused(app: Flask) -> None:
    with pytest.raises(UnknownMessage):
        tell(app, [person(app, "one")], "case.nothing")
    with app.app_context(), write_transaction(None) as session, pytest.raises(UnknownMessage):
        queue_mail(session, 1, "accounts.nothing", {})


def test_a_list_shows_the_persons_own_notices_newest_first_page_by_page(app: Flask, statements: Any) -> None:
    me, other = person(app, "me"), person(app, "other")
    for number in range(PAGE + 1):
        tell(app, [me], number=f"TPB-2026-{number:04}", mail=False)
    tell(app, [other], number="TPB-2026-9999", mail=False)
    with app.app_context():
        with statements() as seen:
            first, next_key = notices_of(read_session(), me)
        seen.at_most(1)
        assert len(first) == PAGE
        assert first[0].text == f"Request TPB-2026-{PAGE:04} was accepted for assessment"
        assert first[0].path == f"/cases/{CASE}"
        rest, after = notices_of(read_session(), me, next_key)
        assert [row.text for row in rest] == ["Request TPB-2026-0000 was accepted for assessment"]
        assert after is None
        foreign = read_session().scalars(select(Notice.key).where(Notice.user_id == other)).one()
        assert notices_of(read_session(), me, foreign) == ([], None)


def test_marking_as_read_touches_only_the_persons_own(app: Flask, clock: Any) -> None:
    me, other = person(app, "me"), person(app, "other")
    for _ in range(3):
        tell(app, [me, other], mail=False)
    mine = next(notice for notice in notices(app) if notice.user_id == me)
    theirs = next(notice for notice in notices(app) if notice.user_id == other)
    with app.app_context():
        mark_read(actor_of(me), MarkRead(key=mine.key))
        assert unread_count(read_session(), me) == 2
        with pytest.raises(Exception, match="not_found"):
            mark_read(actor_of(me), MarkRead(key=theirs.key))
        mark_read(actor_of(me), MarkRead(everything=True))
    with app.app_context():
        assert unread_count(read_session(), me) == 0
        assert unread_count(read_session(), other) == 3


def test_counting_stops_where_nobody_reads_the_difference(app: Flask) -> None:
    me = person(app, "me")
    with app.app_context(), write_transaction(None) as session:
        for _ in range(MOST_COUNTED + 5):
            notify(session, [me], "case.accepted", {}, case_key=CASE, number=NUMBER, mail=False)
    with app.app_context():
        assert unread_count(read_session(), me) == MOST_COUNTED


def test_notices_and_mails_go_with_the_person(app: Flask) -> None:
    me = person(app, "me")
    tell(app, [me])
    with app.app_context(), write_transaction(None) as session:
        session.delete(session.get_one(User, me))
    assert mails(app) == []
    assert notices(app) == []
