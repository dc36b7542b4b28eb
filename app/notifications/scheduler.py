"""Running jobs from the table of jobs, each by one worker at a time.

Due times are instants in UTC, counted from the end of the last run: no calendar and no summer time is involved.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.wiring import Job, wiring
from app.notifications.models import ScheduledJob
from app.notifications.sender import new_owner
from app.workflow.actor import SYSTEM

#: A worker that was silent for so long is dead and its job is taken by another; renewed three times as often.
LEASE = timedelta(seconds=60)
log = structlog.get_logger(__name__)


def ensure_jobs() -> None:
    """Give each job of the wiring its row; a new job is due at once."""
    with write_transaction(None) as session:
        insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
        rows = [{"name": job.name, "next_run_at": now(), "runs": 0} for job in wiring().jobs]
        if rows:
            session.execute(insert(ScheduledJob).values(rows).on_conflict_do_nothing())


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
    """Take the job that has been due for longest; None when there is none."""
    jobs = {job.name: job for job in wiring().jobs}
    at = now()
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
    with write_transaction(None) as session:
        row = session.scalars(due).one_or_none()
        if row is None:
            return None
        row.lease_owner, row.lease_until, row.last_started_at = owner, at + LEASE, at
        return jobs[row.name]


def _run(app: Flask, job: Job, owner: str) -> None:
    error: str | None = None
    try:
        with _kept(app, job.name, owner):
            job.run(SYSTEM)
    except Exception as problem:  # one failing job must not keep the others from running
        error = type(problem).__name__[:60]
        log.exception("job_failed", job=job.name, error=error)
    at = now()
    _write(
        job.name,
        owner,
        next_run_at=at + timedelta(seconds=job.every_seconds),
        lease_until=None,
        lease_owner=None,
        last_finished_at=at,
        last_error=error,
        runs=ScheduledJob.runs + 1,
    )


@contextmanager
def _kept(app: Flask, name: str, owner: str) -> Iterator[None]:
    """Renew the lease while the block runs, so that a long job is not run twice and a dead worker's is soon taken."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(LEASE.total_seconds() / 3):
            try:
                with app.app_context():
                    _write(name, owner, lease_until=now() + LEASE)
            except Exception:  # the next renewal may succeed
                log.exception("lease_not_renewed", job=name)

    keeper = threading.Thread(target=renew, name=f"lease-{name}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _write(name: str, owner: str, **values: Any) -> None:
    mine = update(ScheduledJob).where(ScheduledJob.name == name, ScheduledJob.lease_owner == owner)
    with write_transaction(None) as session:
        session.execute(mine.values(**values).execution_options(synchronize_session=False))
