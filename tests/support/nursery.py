"""The process that `workers.Nursery` starts: it imports the product once and forks a worker for each line it reads.

Its argument is a file. While that holds a doom, `number where commits`, the first worker that commits so often there
deletes it and kills itself right after the commit. Deaths at random moments hardly ever hit the moment between two
transactions that belong together; these do.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import create_app, worker
from app.foundation.db import db
from app.notifications import parts, scheduler, sender
from config.logging import configure_logging
from config.settings import load_settings

#: Where a worker is while it sends mail, woken or by its job; a job is called by its name.
MAIL: Final = "mail"
LEASE: Final = timedelta(seconds=1)
PAUSE: Final = timedelta(seconds=0.2)
TICK_SECONDS: Final = 0.2
_here = threading.local()


class RestlessScheduler(worker.TickingScheduler):
    """Ticks without counting seconds, so that the worker looks at once when a test lets something be due."""

    def loop(self, now: Any = None) -> None:
        """Tick once."""
        self.enqueue_periodic_tasks(now)
        time.sleep(TICK_SECONDS)


def main() -> None:
    """Say that the nursery is ready, then fork workers until the input ends."""
    app = impatient()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    _say("nursery ready")
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _work(app, Path(sys.argv[1]))
        _say(f"born {pid}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def impatient() -> Flask:
    """The product's application, that waits less for a worker which fell silent, and knows where a worker is."""
    scheduler.LEASE, scheduler.FIRST_PAUSE = LEASE, PAUSE
    worker.TickingConsumer.scheduler_class = RestlessScheduler
    vars(scheduler)["_run"] = _within(lambda _app, job, _owner: str(job.name), scheduler._run)
    vars(sender)["_deliver"] = _within(lambda *_given: MAIL, sender._deliver)
    settings = load_settings()
    configure_logging(settings)
    app = create_app(settings)
    app.extensions["notifications"].policy = parts.DeliveryPolicy(batch=5, lease=LEASE, first_pause=PAUSE)
    return app


def _within(name_of: Callable[..., str], function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*given: Any) -> Any:
        former = getattr(_here, "name", None)
        _here.name = name_of(*given)
        try:
            return function(*given)
        finally:
            _here.name = former

    return run


def _work(app: Flask, doom: Path) -> None:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose(close=False)
        meet(doom)
        worker.run(app)
    except BaseException:  # noqa: BLE001 - whatever it is, the child ends here and never runs the parent's loop
        traceback.print_exc()
    finally:
        os._exit(1)


def meet(doom: Path) -> None:
    """End this process as `kill -9` does once it has met what `doom` holds, unless another worker was first."""
    met: Counter[str] = Counter()

    @event.listens_for(Session, "after_commit")
    def count(session: Session) -> None:
        if session.in_nested_transaction():
            return
        with suppress(FileNotFoundError):
            doomed = doom.read_text()
            _number, where, commits = doomed.split()
            met[doomed] += where == getattr(_here, "name", None)
            if met[doomed] == int(commits):
                doom.unlink()
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
