"""Running jobs from the table of jobs, each by one worker at a time.

Due times are instants in UTC: counted from the end of the last run, or the next time of a zone's day. Leases are read
from the database's clock, which is the same for all workers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from flask import Flask
from sqlalchemy import CursorResult, or_, select, update

from app.foundation.db import insert_unless_there, write_transaction
from app.foundation.wiring import Job, wiring
from app.notifications.leases import new_owner, shared_now
from app.notifications.models import ScheduledJob
from app.workflow.actor import SYSTEM

#: A worker that was silent for so long is dead and its job is taken by another; renewed three times as often.
LEASE = timedelta(seconds=60)
#: After a second failure in a row; doubled after each further one, so that a job that ends its worker leaves the
#: other jobs their turn.
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)
#: What is known of a run whose worker did not live to say more.
WORKER_ENDED: Final = "WorkerEnded"
log = structlog.get_logger(__name__)


def ensure_jobs() -> None:
    """Give each job of the wiring its row; a new job is due at once."""
    with write_transaction(None) as session:
        at = shared_now(session)
        rows = [{"name": job.name, "next_run_at": at, "runs": 0} for job in wiring().jobs]
        if rows:
            session.execute(insert_unless_there(session, ScheduledJob).values(rows).on_conflict_do_nothing())


def run_due_jobs(app: Flask, is_stopping: threading.Event) -> int:
    """Run every job that is due and that no other worker runs, one after the other; returns how many.

    Args:
        app: each job runs in an application context of its own.
        is_stopping: set when the worker ends; the running job ends first.
    """
    done = 0
    while not is_stopping.is_set():
        with app.app_context():
            owner = new_owner()
            job = lease_due_job(owner)
            if job is None:
                break
            _run(app, job, owner)
            done += 1
    return done


def lease_due_job(owner: str) -> Job | None:
    """Take the job that has been due for longest; None when there is none.

    A job whose lease expired has ended its worker, or its worker was ended: that is a failure, and from the second in a
    row on the next try waits.
    """
    jobs = {job.name: job for job in wiring().jobs}
    with write_transaction(None) as session:
        at = shared_now(session)
        due = (
            select(ScheduledJob)
            .where(
                ScheduledJob.name.in_(jobs),
                ScheduledJob.next_run_at <= at,
                or_(ScheduledJob.lease_until.is_(None), ScheduledJob.lease_until <= at),
            )
            .order_by(ScheduledJob.next_run_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = session.scalars(due).one_or_none()
        if row is None:
            return None
        if row.lease_owner is not None:
            row.failures, row.last_error = row.failures + 1, WORKER_ENDED
            row.next_run_at = at + pause_after(row.failures)
            log.error("job_lost_its_worker", job=row.name, count=row.failures)
        row.lease_owner, row.lease_until, row.last_started_at = owner, at + LEASE, at
        return jobs[row.name]


def pause_after(failures: int) -> timedelta:
    """Return how long a job waits after so many failures in a row; not at all after the first."""
    if failures <= 1:
        return timedelta(0)
    return min(FIRST_PAUSE * pow(2.0, min(failures - 2, 20)), LONGEST_PAUSE)


def next_run(job: Job, at: datetime, failures: int) -> datetime:
    """Return when `job` is due after a run that ended at `at`: a failed one sooner than a day later.

    Args:
        job: with its times.
        at: in UTC.
        failures: in a row, this run among them; 0 after a good one.
    """
    regular = job.next_after(at)
    return min(regular, at + max(pause_after(failures), FIRST_PAUSE)) if failures else regular


def _run(app: Flask, job: Job, owner: str) -> None:
    error: str | None = None
    try:
        with _kept(app, job.name, owner):
            job.run(SYSTEM)
    except Exception as problem:  # one failing job must not keep the others from running
        error = type(problem).__name__[:60]
        log.exception("job_failed", job=job.name, error=error)
    with write_transaction(None) as session:
        mine = select(ScheduledJob).where(ScheduledJob.name == job.name, ScheduledJob.lease_owner == owner)
        row = session.scalars(mine.with_for_update()).one_or_none()
        if row is None:  # another worker has taken it meanwhile and will say how it ended
            return
        at = shared_now(session)
        row.failures = 0 if error is None else row.failures + 1
        row.next_run_at = next_run(job, at, row.failures)
        row.lease_until = row.lease_owner = None
        row.last_finished_at, row.last_error, row.runs = at, error, row.runs + 1


@contextmanager
def _kept(app: Flask, name: str, owner: str) -> Iterator[None]:
    """Renew the lease while the block runs, so that a long job is not run twice and a dead worker's is soon taken."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(LEASE.total_seconds() / 3):
            try:
                with app.app_context():
                    if not _renew(name, owner):
                        log.error("lease_lost", job=name)
                        return
            except Exception:  # the next renewal may succeed
                log.exception("lease_not_renewed", job=name)

    keeper = threading.Thread(target=renew, name=f"lease-{name}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _renew(name: str, owner: str) -> bool:
    """Prolong the lease; answers whether this worker still holds it."""
    mine = update(ScheduledJob).where(ScheduledJob.name == name, ScheduledJob.lease_owner == owner)
    with write_transaction(None) as session:
        until = shared_now(session) + LEASE
        result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
            mine.values(lease_until=until).execution_options(synchronize_session=False)
        )
    return result.rowcount == 1
