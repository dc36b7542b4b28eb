"""A temporary PostgreSQL cluster from installed binaries, for tests only: no password, no fsync, loopback.

From a shell: `python -m tests.support.postgres start DIRECTORY` prints the URL, `... stop DIRECTORY` ends it.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

START_SECONDS = 30
UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root; the first of these that exists runs it then."""

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "60min",
    "log_min_messages": "fatal",
    "max_locks_per_transaction": "256",
}


class CannotStart(RuntimeError):
    """No PostgreSQL here; the text says why."""


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest installed version first; None when there is none."""

    def version(folder: Path) -> int:
        found = re.search(r"/(\d+)/bin$", str(folder))
        return int(found.group(1)) if found else 0

    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def start(directory: Path) -> str:
    """Create and start a cluster in `directory` (made here, must not exist); returns its superuser's URL.

    Raises:
        CannotStart: no binaries, no unprivileged user, or the server did not answer within 30 s.
    """
    folder = binaries()
    if folder is None:
        raise CannotStart("no PostgreSQL binaries in /usr/lib/postgresql/*/bin or PATH")
    user = _user()
    directory.mkdir(parents=True)
    directory.chmod(0o755)
    if user is not None:
        os.chown(directory, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    run_as = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    data = directory / "data"
    log = directory / "log"
    command = [folder / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N"]
    made = subprocess.run(command, capture_output=True, text=True, cwd=directory, check=False, **run_as)  # type: ignore[call-overload]
    if made.returncode:
        raise CannotStart(f"initdb failed: {made.stderr.strip()[-400:]}")
    port = free_port()
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [folder / "postgres", "-D", data, "-p", str(port), "-k", directory, *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=directory,
            start_new_session=True,  # Ctrl-C at the terminal must not end it before the tests have ended
            **run_as,  # type: ignore[call-overload]
        )
    (directory / "pid").write_text(str(server.pid))
    if not _wait(lambda: _answers(port) or server.poll() is not None) or server.poll() is not None:
        stop(directory)
        raise CannotStart(f"PostgreSQL did not start: {log.read_text(errors='replace').strip()[-400:]}")
    return f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"


def stop(directory: Path) -> None:
    """End the cluster in `directory` and delete it; nothing happens when there is none."""
    pid_file = directory / "pid"
    if pid_file.exists():
        pid = int(pid_file.read_text())
        if _is_cluster(pid, directory):
            os.kill(pid, signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
            if not _wait(lambda: not _is_cluster(pid, directory), 10):
                os.kill(pid, signal.SIGKILL)
    shutil.rmtree(directory, ignore_errors=True)


def free_port() -> int:
    """A TCP port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in UNPRIVILEGED if name in names), None)
    if user is None:
        raise CannotStart("running as root and there is no unprivileged user to run PostgreSQL")
    return user


def _is_cluster(pid: int, directory: Path) -> bool:
    """Whether `pid` still is the server of `directory`: a number may have been given to another process."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # when it is our child, do not take its zombie for a running server
    try:
        return str(directory / "data").encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _answers(port: int) -> bool:
    folder = binaries()
    assert folder is not None
    ready = [str(folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(ready, check=False).returncode == 0


def _wait(condition: Callable[[], bool], seconds: float = START_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


if __name__ == "__main__":
    verb, place = sys.argv[1], Path(sys.argv[2])
    if verb == "start":
        sys.stdout.write(start(place) + "\n")
    else:
        stop(place)
