"""Waking the worker: after the commit, once, and never at the expense of who has just been served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.foundation.db import write_transaction
from app.notifications.services import notify, queue_mail
from app.notifications.task_queue import LONGEST, TaskQueue
from tests.support.outbox import CASE, NUMBER, mails, person


@pytest.fixture
def woken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many mails were committed at each wake-up call."""
    calls: list[int] = []
    monkeypatch.setattr(app.extensions["notifications"].queue, "wake", lambda: calls.append(len(mails(app))))
    return calls


def two_messages(session: Any, user_id: int) -> None:
    notify(session, [user_id], "case.accepted", {}, case_key=CASE, number=NUMBER)
    queue_mail(session, user_id, "accounts.password_changed", {})


def test_the_worker_is_woken_once_after_the_commit(app: Flask, woken: list[int]) -> None:
    me = person(app, "me")
    with app.app_context(), write_transaction(None) as session:
        two_messages(session, me)
        with session.begin_nested():
            two_messages(session, me)
        assert woken == []
    assert woken == [4]


def test_nobody_is_woken_for_what_was_rolled_back_or_has_no_mail(app: Flask, woken: list[int]) -> None:
    me = person(app, "me")

    def change_ones_mind() -> None:
        with app.app_context(), write_transaction(None) as session:
            two_messages(session, me)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_ones_mind()
    with app.app_context(), write_transaction(None) as session:
        notify(session, [me], "case.accepted", {}, case_key=CASE, number=NUMBER, mail=False)
    assert woken == []


def test_a_queue_that_fails_fails_nobody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(app.extensions["notifications"].queue, "wake", fail)
    me = person(app, "me")
    with app.app_context(), write_transaction(None) as session:
        two_messages(session, me)
    assert len(mails(app)) == 2


def test_a_queue_that_nobody_empties_does_not_grow(make_app: Callable[..., Flask], tmp_path: Any) -> None:
    app = make_app(worker_database=tmp_path / "deep" / "huey.db")
    queue: TaskQueue = app.extensions["notifications"].queue
    for _ in range(LONGEST + 10):
        queue.wake()
    assert queue.huey.pending_count() == LONGEST
    queue.huey.storage.close()


def test_a_task_that_somebody_else_put_into_the_queue_is_not_run(make_app: Callable[..., Flask], tmp_path: Any) -> None:
    """Tasks are pickled: unsigned, whoever can write into the queue could run code here."""
    app = make_app(worker_database=tmp_path / "huey.db")
    huey = app.extensions["notifications"].queue.huey
    huey.storage.enqueue(b"cos\nsystem\n(S'true'\ntR.:0000")
    with pytest.raises(ValueError, match="mismatch"):
        huey.dequeue()
    huey.storage.close()


def test_redis_is_used_when_there_is_one(make_app: Callable[..., Flask]) -> None:
    pytest.importorskip("redis")
    app = make_app(redis_url="redis://127.0.0.1:6379/5")
    huey = app.extensions["notifications"].queue.huey
    assert type(huey).__name__ == "RedisHuey"
    assert huey.storage.pool.connection_kwargs["db"] == 5
