"""Production start: the real web server, with settings from the environment, on both databases."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.foundation.db import db
from tests.support.applications import new_application
from tests.support.databases import Database
from tests.support.postgres import free_port

ROOT = Path(__file__).parents[2]
WEB = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "wsgi:app"]
WORKER = [sys.executable, "-m", "app.worker"]


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """A process environment without anything of this run's, with `settings`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ACCEDE_", "FLASK_", "WEB_"))}
    return kept | {"ACCEDE_DATA_DIR": str(data_dir), "WEB_CONCURRENCY": "2"} | settings


def production(database: Database, data_dir: Path, port: int) -> dict[str, str]:
    """Good settings for `database`; the owner's address is not among them."""
    return environment(
        data_dir,
        ACCEDE_SECRET_KEY=secrets.token_urlsafe(48),
        ACCEDE_PASSWORD_SALT=secrets.token_urlsafe(48),
        ACCEDE_TOTP_SECRET=secrets.token_urlsafe(48),
        ACCEDE_BASE_URL="https://accede.example.org",
        ACCEDE_DATABASE_URL=database.url,
        ACCEDE_SMTP_HOST="127.0.0.1",
        ACCEDE_MAIL_FROM="accede@example.org",
        ACCEDE_PORT=str(port),
    )


def status_of(url: str) -> int | None:
    """What `url` answers; None when nobody does."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return None


@contextmanager
def running(command: list[str], variables: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process, ended at the latest with the block."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(40)


@pytest.mark.parametrize("command", [WEB, WORKER], ids=["web", "worker"])
def test_a_start_without_settings_names_every_missing_one(command: list[str], tmp_path: Path) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    for name in ("SECRET_KEY", "PASSWORD_SALT", "TOTP_SECRET", "BASE_URL", "DATABASE_URL"):
        assert f"ACCEDE_{name} is missing" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [WEB, WORKER], ids=["web", "worker"])
def test_a_schema_that_is_not_at_head_is_refused(command: list[str], empty_database: Database, tmp_path: Path) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=production(empty_database, tmp_path, free_port()),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "flask accede migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_building_the_application_opens_no_connection_that_workers_would_share(database: Database) -> None:
    app = new_application(database)
    with app.app_context():
        assert {engine.pool.checkedin() + engine.pool.checkedout() for engine in db.engines.values()} == {0}  # type: ignore[attr-defined]


def test_the_web_server_serves_with_several_workers_and_leaves_in_order(database: Database, tmp_path: Path) -> None:
    port = free_port()
    log = tmp_path / "log"
    with running(WEB, production(database, tmp_path, port), log) as server:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while status_of(f"{address}/readyz") != 200:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        assert status_of(f"{address}/livez") == 200
        assert status_of(f"{address}/no-such-page") == 404
        server.send_signal(signal.SIGTERM)
        assert server.wait(40) == 0, log.read_text()
    assert status_of(f"{address}/livez") is None
    assert "Traceback" not in log.read_text()
