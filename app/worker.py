"""The worker: `python -m app.worker` sends mail and runs the scheduled jobs until SIGTERM or SIGINT.

Huey runs the threads, takes wake-up calls and ticks; what is to be done stands in the database, so several workers may
run beside each other and one may be killed at any time.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType
from typing import Any, Final

import structlog
from flask import Flask
from huey.consumer import Consumer, Scheduler

from app import create_app
from app.foundation.db.schema import NotAtHead, require_head
from app.notifications.parts import Notifications
from app.notifications.scheduler import ensure_jobs, run_due_jobs
from app.notifications.sender import stop_sending
from config.logging import configure_logging
from config.settings import SettingsError, load_settings

TICK_SECONDS: Final = 2
#: One may wait for a slow mail server while the other runs jobs.
THREADS: Final = 2
HEALTH_SECONDS: Final = 10
#: Longer than a mail server may take for one mail.
SHUTDOWN_SECONDS: Final = 25
log = structlog.get_logger(__name__)


class TickingScheduler(Scheduler):  # type: ignore[misc]
    """Huey's scheduler, which looks for periodic tasks every minute; ours ticks every two seconds.

    A tick that finds the queue full is left out: the waiting ticks do the same.
    """

    periodic_task_seconds = TICK_SECONDS

    def enqueue_periodic_tasks(self, now: Any) -> None:
        """Put the tick into the queue unless it is full."""
        if self.huey.pending_count() < THREADS:
            super().enqueue_periodic_tasks(now)


class TickingConsumer(Consumer):  # type: ignore[misc]
    """Huey's consumer with our scheduler."""

    scheduler_class = TickingScheduler


def make_consumer(app: Flask, stopping: threading.Event) -> TickingConsumer:
    """Return a consumer with the two tasks: the wake-up call and the tick."""
    parts: Notifications = app.extensions["notifications"]
    queue = parts.queue

    def tick() -> None:
        run_due_jobs(app, stopping)

    queue.huey.periodic_task(lambda _at: True, name="tick")(tick)
    _ = queue.wake_outbox
    return TickingConsumer(
        queue.huey,
        workers=THREADS,
        max_delay=1.0,
        check_worker_health=True,
        shutdown_timeout=SHUTDOWN_SECONDS,
    )


def run(app: Flask) -> None:
    """Work until told to stop; the task that is running ends first."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()
        stop_sending()

    with app.app_context():
        ensure_jobs()
    consumer = make_consumer(app, stopping)
    consumer.start()
    # Huey's own handlers end the process amid its work at one of the two signals.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    sys.stdout.write(f"worker ready (pid {os.getpid()})\n")
    sys.stdout.flush()
    while not stopping.wait(HEALTH_SECONDS):
        consumer.check_worker_health()
    log.info("worker_stops", pid=os.getpid())
    consumer.stop(graceful=True)


def main() -> int:
    """Start the worker with the settings of the environment; returns the exit code."""
    try:
        settings = load_settings()
    except SettingsError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    configure_logging(settings)
    try:
        require_head(settings.database_url)
    except NotAtHead as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    run(create_app(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
