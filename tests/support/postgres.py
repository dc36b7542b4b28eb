"""A temporary PostgreSQL cluster from installed binaries, for tests only: no password, no fsync, loopback.

From a shell: `python -m tests.support.postgres start DIRECTORY` prints the URL, `... stop DIRECTORY` ends it.
"""

from __future__ import annotations

import os
import pwd
import re
import shlex
import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

START_SECONDS = 30
UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root; the first of these that exists runs it then."""

IN_DATA = ("-w", "-D", "data")
INITIAL = ("-D", "data", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N")
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
    _run(
        user, directory, "initdb", "-D", "data", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-N"
    )
    try:
        return resume(directory)
    except CannotStart:
        stop(directory)
        raise


def resume(directory: Path) -> str:
    """Start the cluster in `directory`, which was made here and paused; returns its superuser's URL.

    Raises:
        CannotStart: the server did not answer within 30 s.
    """
    port = free_port()
    settings = SETTINGS | {"port": str(port), "unix_socket_directories": str(directory)}
    options = shlex.join(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    _run(
        _user(), directory, "pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", "data", "-l", "log", "-o", options
    )
    return f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"


def pause(directory: Path) -> None:
    """End the server of the cluster in `directory` and keep what is in it."""
    if (directory / "data" / "postmaster.pid").exists():
        _run(_user(), directory, "pg_ctl", "stop", *IN_DATA, "-m", "fast")


def stop(directory: Path) -> None:
    """End the cluster in `directory` and delete it; nothing happens when there is none."""
    if (directory / "data" / "postmaster.pid").exists():
        with suppress(CannotStart):  # it has ended by itself; at once, because nothing in it is worth a checkpoint
            _run(_user(), directory, "pg_ctl", "stop", *IN_DATA, "-m", "immediate")
    shutil.rmtree(directory, ignore_errors=True)


def _run(user: str | None, directory: Path, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL in `directory` as `user` (None: as ourselves)."""
    folder = binaries()
    assert folder is not None
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    output = directory / f"{program}.out"  # a pipe would stay open as long as the server runs
    with output.open("wb") as file:
        done = subprocess.run(
            [str(folder / program), *arguments],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C at the terminal must not end the server before the tests have ended
            check=False,
            **as_user,  # type: ignore[call-overload]
        )
    if done.returncode:
        raise CannotStart(f"{program} failed: {output.read_text(errors='replace').strip()[-400:]}")


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


if __name__ == "__main__":
    verb, place = sys.argv[1], Path(sys.argv[2])
    if verb == "start":
        sys.stdout.write(start(place) + "\n")
    else:
        stop(place)
