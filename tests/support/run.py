"""What one test run shares between its processes: a folder, the PostgreSQL cluster, ports."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.support import postgres

_FOLDER = "ACCEDE_TEST_RUN_FOLDER"
_PREFIX = "accede-tests-"
#: Files in memory: SQLite waits for the disk at every commit, which takes a thousand times as long there.
IN_MEMORY = Path("/dev/shm")  # noqa: S108
#: What has to be free there; a run writes less than half of it.
ROOM_BYTES = 4 * 1024**3


def open_run() -> None:
    """Make the run's folder; called by the first process, its workers inherit the environment."""
    sweep_dead_runs()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place()))
    folder.chmod(0o755)  # PostgreSQL, running as another user, has to reach its folder below
    (folder / "owner").write_text(str(os.getpid()))
    os.environ[_FOLDER] = str(folder)


def place() -> Path:
    """Where databases of tests are put: in memory when there is room, else among the temporary files."""
    try:
        room = shutil.disk_usage(IN_MEMORY).free if os.access(IN_MEMORY, os.W_OK) else 0
    except OSError:
        room = 0
    return IN_MEMORY if min(room, _free_memory()) >= ROOM_BYTES else Path(tempfile.gettempdir())


def _free_memory() -> int:
    """What `/dev/shm` may really take: its own limit says nothing of what the machine has."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)


def close_run() -> None:
    """Stop the cluster, if this run started one, and delete the folder."""
    folder = run_folder()
    postgres.stop(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)
    os.environ.pop(_FOLDER, None)


def run_folder() -> Path:
    """The folder of this run."""
    return Path(os.environ[_FOLDER])


def data_folder() -> Path:
    """What the instances of this process write beside their database."""
    return run_folder() / f"data-{worker_name()}"


def run_is_open() -> bool:
    """Whether a process of this run has called `open_run`."""
    return _FOLDER in os.environ


def sweep_dead_runs() -> None:
    """End clusters whose test run was killed before it could clean up."""
    for folder in (*Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"), *IN_MEMORY.glob(f"{_PREFIX}*")):
        try:
            alive = Path(f"/proc/{int((folder / 'owner').read_text())}").exists()
        except (OSError, ValueError):
            continue  # just being made, or not ours
        if not alive:
            postgres.stop(folder / "postgres")
            shutil.rmtree(folder, ignore_errors=True)


def once(name: str, make: Callable[[], str]) -> str:
    """Run `make` in the first process that asks for `name`; the others wait and get the same answer.

    Raises:
        RuntimeError: `make` raised, here or in another process; it is not tried twice.
    """
    answer = run_folder() / f"{name}.json"
    with locked(name):
        if not answer.exists():
            try:
                answer.write_text(json.dumps({"value": make()}))
            except Exception as error:
                answer.write_text(json.dumps({"error": f"{type(error).__name__}: {error}"}))
                raise
        stored = json.loads(answer.read_text())
    if "error" in stored:
        raise RuntimeError(stored["error"])
    return str(stored["value"])


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold a lock that only one process of this run has at a time."""
    with (run_folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@cache
def reserved_port(purpose: str) -> int:
    """A loopback port that is this process's until it ends; a server may bind it with SO_REUSEADDR."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    _HELD[purpose] = held
    return int(held.getsockname()[1])


_HELD: dict[str, socket.socket] = {}


def release_ports() -> None:
    """Give the reserved ports back."""
    while _HELD:
        _HELD.popitem()[1].close()
    reserved_port.cache_clear()


def worker_name() -> str:
    """`gw0`, `gw1` ... under xdist, else `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


if __name__ == "__main__":
    sys.stdout.write(f"{place()}\n")
