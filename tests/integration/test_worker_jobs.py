"""The table of jobs: each job by one worker at a time, in UTC, whatever goes wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.foundation.db import write_transaction
from app.foundation.db.idempotency import IdempotencyKey
from app.foundation.wiring import Job, Wiring
from app.notifications import jobs, scheduler
from app.notifications.models import Notice, OutboxMessage
from app.notifications.scheduler import ensure_jobs, lease_due_job, run_due_jobs
from app.notifications.vocabulary import MessageState
from app.workflow.actor import SYSTEM, Actor
from tests.support.outbox import job_rows, mails, notices, person, tell

GOES_ON = threading.Event()

UseJobs = Callable[..., None]


@pytest.fixture
def use_jobs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> UseJobs:
    """Makes the given jobs the only ones, and gives them their rows."""

    def use(*given: Job) -> None:
        monkeypatch.setattr(scheduler, "wiring", lambda: Wiring(jobs=given))
        with app.app_context():
            ensure_jobs()

    return use


def nothing(_actor: Actor) -> None:
    """A job that does nothing."""


def test_a_due_job_runs_as_the_scheduler_and_is_due_again_later(app: Flask, use_jobs: UseJobs, clock: Any) -> None:
    ran: list[Actor] = []
    use_jobs(Job("one", 60, ran.append))
    assert run_due_jobs(app, GOES_ON) == 1
    assert ran == [SYSTEM]
    row = job_rows(app)["one"]
    assert (row.runs, row.last_error, row.lease_owner, row.lease_until) == (1, None, None, None)
    assert row.last_started_at == row.last_finished_at == clock.now
    assert run_due_jobs(app, GOES_ON) == 0
    clock.move(seconds=61)
    assert run_due_jobs(app, GOES_ON) == 1


def test_summer_time_changes_nothing(app: Flask, use_jobs: UseJobs, clock: Any) -> None:
    """Clocks in Vienna jump from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC."""
    clock.set(datetime(2026, 3, 29, 0, 30, tzinfo=UTC))
    use_jobs(Job("hourly", 3600, nothing))
    runs = 0
    for _ in range(12):
        runs += run_due_jobs(app, GOES_ON)
        clock.move(minutes=30)
    assert runs == 6


def test_two_workers_do_not_take_the_same_job(app: Flask, use_jobs: UseJobs, clock: Any) -> None:
    use_jobs(Job("one", 60, nothing))
    with app.app_context():
        taken = lease_due_job("first")
        assert taken is not None
        assert lease_due_job("second") is None
        clock.set(clock.now + scheduler.LEASE + timedelta(seconds=1))
        assert lease_due_job("second") is not None, "the first is dead"


def test_many_workers_at_once_run_a_job_once(app: Flask, use_jobs: UseJobs) -> None:
    ran: list[Actor] = []
    use_jobs(Job("one", 3600, ran.append))
    barrier = threading.Barrier(6)

    def work() -> None:
        barrier.wait()
        run_due_jobs(app, GOES_ON)

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(ran) == 1


def test_a_long_job_keeps_its_lease(app: Flask, use_jobs: UseJobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "LEASE", timedelta(seconds=0.6))
    others: list[Job | None] = []

    def long(_actor: Actor) -> None:
        for _ in range(4):
            time.sleep(0.4)
            others.append(lease_due_job("another"))

    use_jobs(Job("long", 3600, long))
    assert run_due_jobs(app, GOES_ON) == 1
    assert others == [None] * 4
    assert job_rows(app)["long"].last_error is None


def test_a_failing_job_stops_no_other(app: Flask, use_jobs: UseJobs, clock: Any) -> None:
    ran: list[Actor] = []

    def fail(_actor: Actor) -> None:
        raise ZeroDivisionError("with the name of somebody in it")

    use_jobs(Job("bad", 60, fail), Job("good", 60, ran.append))
    assert run_due_jobs(app, GOES_ON) == 2
    rows = job_rows(app)
    assert rows["bad"].last_error == "ZeroDivisionError"
    assert rows["bad"].next_run_at == clock.now + timedelta(seconds=60)
    assert (rows["good"].last_error, len(ran)) == (None, 1)
    assert (rows["bad"].failures, rows["good"].failures) == (1, 0)
    use_jobs(Job("bad", 60, ran.append))
    clock.move(minutes=2)
    run_due_jobs(app, GOES_ON)
    assert (job_rows(app)["bad"].failures, job_rows(app)["bad"].last_error) == (0, None)


def test_a_job_that_ends_its_worker_is_seen_and_leaves_the_others_their_turn(
    app: Flask, use_jobs: UseJobs, clock: Any
) -> None:
    """Each worker dies amid the first job, as one without memory does."""
    use_jobs(Job("deadly", 60, nothing))
    clock.move(seconds=1)
    use_jobs(Job("deadly", 60, nothing), Job("other", 60, nothing))
    with app.app_context():
        for failures in range(2):
            taken = lease_due_job(f"worker {failures}")
            assert taken is not None
            assert (taken.name, job_rows(app)["deadly"].failures) == ("deadly", failures)
            clock.move(minutes=2)
        turns = [lease_due_job("worker 2"), lease_due_job("worker 3")]
        assert [job.name for job in turns if job is not None] == ["other", "deadly"]
        clock.move(seconds=61)
        turns = [lease_due_job("worker 4"), lease_due_job("worker 5")]
        assert [job.name for job in turns if job is not None] == ["other", "deadly"]
        clock.move(seconds=61)
        turns = [lease_due_job("worker 6"), lease_due_job("worker 7")]
        assert [job.name for job in turns if job is not None] == ["other"], "the other waits longer and longer"
    row = job_rows(app)["deadly"]
    assert (row.failures, row.last_error) == (3, scheduler.WORKER_ENDED)


@pytest.mark.postgresql_only
def test_a_worker_whose_clock_is_fast_takes_nothing_that_another_works_on(
    app: Flask, use_jobs: UseJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.notifications import leases

    use_jobs(Job("one", 60, nothing))
    with app.app_context():
        assert lease_due_job("first") is not None
        hour_ahead = leases.now() + timedelta(hours=1)
        monkeypatch.setattr(leases, "now", lambda: hour_ahead)
        assert lease_due_job("second") is None


def test_a_stopping_worker_begins_no_job(app: Flask, use_jobs: UseJobs) -> None:
    stopping = threading.Event()
    use_jobs(Job("one", 60, lambda _actor: stopping.set()), Job("two", 60, lambda _actor: stopping.set()))
    assert run_due_jobs(app, stopping) == 1
    assert run_due_jobs(app, stopping) == 0


def test_rows_are_added_once_and_keep_what_they_know(app: Flask, use_jobs: UseJobs, clock: Any) -> None:
    use_jobs(Job("one", 60, nothing))
    run_due_jobs(app, GOES_ON)
    use_jobs(Job("one", 60, nothing), Job("two", 60, nothing))
    rows = job_rows(app)
    assert (rows["one"].runs, rows["two"].runs) == (1, 0)


def test_old_keys_notices_and_sent_mails_are_deleted_and_nothing_else(app: Flask, clock: Any) -> None:
    me = person(app, "me")
    for _ in range(3):
        tell(app, [me])
    with app.app_context(), write_transaction(None) as session:
        old, young, _waiting = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        old.state = young.state = MessageState.SENT
        old.sent_at, young.sent_at = clock.now, clock.now + timedelta(days=10)
        read, fresh, _unread = session.scalars(select(Notice).order_by(Notice.id))
        read.read_at, fresh.read_at = clock.now, clock.now + timedelta(days=10)
        for key, age in (("old", 0), ("young", 90)):
            session.add(
                IdempotencyKey(key=key, use_case="x", fingerprint="x", created_at=clock.now + timedelta(days=age))
            )
    clock.move(days=91)
    with app.app_context():
        jobs.prune_notices(SYSTEM)
        jobs.forget_idempotency_keys(SYSTEM)
    assert len(mails(app)) == len(notices(app)) == 2
    with app.app_context(), write_transaction(None) as session:
        assert session.scalars(select(IdempotencyKey.key)).all() == ["young"]
