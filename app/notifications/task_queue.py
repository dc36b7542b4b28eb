"""The task queue: it only wakes and ticks. What must be done stands in the outbox and in the table of jobs.

Losing the queue loses nothing; filling it is useless, so nothing is added to a queue that is already long (a web server
without worker, say).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

from flask import Flask
from huey import RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer

from config.settings import Settings

NAME: Final = "accede"
LONGEST: Final = 20
#: Seconds that a request waits for the queue's SQLite file at most.
TIMEOUT: Final = 1


class TaskQueue:
    """Huey, made at its first use: on Redis when there is one, else in a SQLite file beside the database."""

    def __init__(self, app: Flask, settings: Settings, deliver: Callable[[], object]) -> None:
        """Args: `deliver` looks into the outbox; the worker calls it, the web server never does."""
        self._app = app
        self._settings = settings
        self._look = deliver

    @cached_property
    def huey(self) -> Any:
        """Huey's object, for the worker."""
        # Tasks are pickled; the signature keeps whoever can write into Redis from running code here.
        shared = {"results": False, "utc": True, "serializer": SignedSerializer(self._settings.secret_key, salt=NAME)}
        if self._settings.redis_url:
            return RedisHuey(NAME, url=self._settings.redis_url, **shared)
        self._settings.worker_database.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(self._settings.worker_database), timeout=TIMEOUT, **shared)

    @cached_property
    def wake_outbox(self) -> Any:
        """The task that looks into the outbox."""
        return self.huey.task(name="wake_outbox")(self._deliver)

    @property
    def is_full(self) -> bool:
        """Whether so many tasks wait that one more would change nothing."""
        return bool(self.huey.pending_count() >= LONGEST)

    def wake(self) -> None:
        """Ask the worker to look into the outbox now."""
        task = self.wake_outbox
        if not self.is_full:
            task()

    def _deliver(self) -> None:
        with self._app.app_context():
            self._look()
