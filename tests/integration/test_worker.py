"""The worker as a process of its own: mail arrives, `kill -9` loses nothing, signals end it cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.foundation.db import write_transaction
from app.notifications.services import queue_mail
from app.notifications.vocabulary import MessageState
from tests.support.databases import Database
from tests.support.mail import MailServer
from tests.support.outbox import job_rows, mails, person
from tests.support.run import reserved_port
from tests.support.settings import settings_for

ROOT = Path(__file__).parents[2]
#: Starts the product's own worker, only less patient with a worker that fell silent.
IMPATIENT = """
import sys
from datetime import timedelta
from app import worker
from app.notifications import parts, scheduler

scheduler.LEASE = timedelta(seconds=2)
worker_run = worker.run

def run(app):
    app.extensions["notifications"].policy = parts.DeliveryPolicy(lease=timedelta(seconds=2))
    worker_run(app)

worker.run = run
sys.exit(worker.main())
"""


class HangingServer:
    """Takes connections and says nothing, as a mail server in trouble does."""

    def __init__(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", port))
        self._open: list[socket.socket] = []
        self.called = threading.Event()
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def _take(self) -> None:
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            connection.sendall(b"220 here I am\r\n")
            self.called.set()

    def stop(self) -> None:
        """Close everything and stop listening."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for connection in self._open:
            connection.close()


StartWorker = Callable[..., "subprocess.Popen[str]"]


def environment_for(database: Database) -> dict[str, str]:
    """The variables with which an operator would give the worker the test's settings."""
    settings = settings_for(database)
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("ACCEDE_")},
        **{f"ACCEDE_{name.upper()}": str(value) for name, value in given.items() if value not in (None, "")},
        "PYTHONWARNINGS": "ignore",
    }


@pytest.fixture
def start_worker(database: Database, tmp_path: Path) -> Iterator[StartWorker]:
    """Starts the worker on the test's database and waits until it says that it is ready."""
    errors = tmp_path / "errors"
    started: list[subprocess.Popen[str]] = []

    def start(*command: str) -> subprocess.Popen[str]:
        with errors.open("a") as written:
            process = subprocess.Popen(
                [sys.executable, *(command or ("-m", "app.worker"))],
                cwd=ROOT,
                env=environment_for(database),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            )
        started.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("worker ready"), errors.read_text()[-3000:]
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def eventually(condition: Callable[[], Any], seconds: float = 30, *, pause: float = 0.05) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(pause)


def queue(app: Flask, user_id: int) -> None:
    with app.app_context(), write_transaction(None) as session:
        queue_mail(session, user_id, "accounts.password_changed", {})


def test_a_queued_mail_arrives_and_the_jobs_run(app: Flask, start_worker: StartWorker, smtp_server: MailServer) -> None:
    me = person(app, "me")
    start_worker()
    queue(app, me)
    eventually(lambda: smtp_server.to("me@example.org"))
    eventually(lambda: [mail.state for mail in mails(app)] == [MessageState.SENT])
    eventually(lambda: all(row.runs and row.last_error is None for row in job_rows(app).values()))
    assert "send_outbox" in job_rows(app)


def test_the_commit_wakes_the_worker(app: Flask, start_worker: StartWorker, smtp_server: MailServer) -> None:
    """The job that looks every few seconds has just run: only the wake-up call can be that quick."""
    me = person(app, "me")
    start_worker()
    eventually(lambda: job_rows(app).get("send_outbox") and job_rows(app)["send_outbox"].runs)
    runs = job_rows(app)["send_outbox"].runs
    queue(app, me)
    eventually(lambda: smtp_server.to("me@example.org"))
    assert job_rows(app)["send_outbox"].runs == runs


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(app: Flask, start_worker: StartWorker, number: signal.Signals) -> None:
    process = start_worker()
    process.send_signal(number)
    assert process.wait(timeout=30) == 0


def test_kill_9_amid_a_mail_loses_nothing(app: Flask, start_worker: StartWorker) -> None:
    hanging = HangingServer(reserved_port("mail"))
    queue(app, person(app, "me"))
    first = start_worker("-c", IMPATIENT)
    try:
        assert hanging.called.wait(30)
        first.send_signal(signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
    finally:
        hanging.stop()
    assert [mail.state for mail in mails(app)] == [MessageState.LEASED]
    server = MailServer(reserved_port("mail"))
    server.start()
    try:
        start_worker("-c", IMPATIENT)
        eventually(lambda: server.to("me@example.org"))
        eventually(lambda: [mail.state for mail in mails(app)] == [MessageState.SENT])
        assert server.messages[0]["Message-ID"] == f"<{mails(app)[0].message_id}@example.org>"
    finally:
        server.stop()


def test_two_workers_send_each_mail_once(app: Flask, start_worker: StartWorker, smtp_server: MailServer) -> None:
    people = [person(app, f"person{number}") for number in range(60)]
    start_worker()
    start_worker()
    for one in people:
        queue(app, one)
    eventually(lambda: all(mail.state is MessageState.SENT for mail in mails(app)), 60)
    arrived = [str(message["To"]) for message in smtp_server.messages]
    assert len(arrived) == len(people)
    assert len(set(arrived)) == len(people)


def test_without_settings_it_says_why_and_does_not_start(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ACCEDE_")}
    done = subprocess.run(
        [sys.executable, "-m", "app.worker"],
        cwd=ROOT,
        env={**environment, "ACCEDE_ENVIRONMENT": "production", "ACCEDE_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "ACCEDE_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_on_an_old_schema_it_does_not_start(empty_database: Database) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.worker"],
        cwd=ROOT,
        env=environment_for(empty_database),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "flask accede migrate" in done.stderr
