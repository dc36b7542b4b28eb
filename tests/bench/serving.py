"""Starts gunicorn with two workers on loopback, tells its memory, and ends what it started."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from tests.bench.stage import Stage
from tests.support.postgres import free_port

WORKERS: Final = 2
#: Two workers import the whole application on a machine that others use as well.
READY_SECONDS: Final = 90
_STOP_SECONDS: Final = 35


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn.

    Attributes:
        started_in: seconds from the start of the process to the first answer.
    """

    process: subprocess.Popen[bytes]
    port: int
    started_in: float

    def workers(self) -> list[int]:
        """The ids of the processes that answer."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(one) for one in listed.split()]

    def megabytes(self) -> float:
        """Memory of the largest worker, its part of what it shares with the master and the others included."""
        return max(_proportional(one) for one in self.workers())


def _proportional(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def serving(stage: Stage, module: str) -> Iterator[Server]:
    """Serve `module` (of this package, with an `app`) from the filled database until the block ends."""
    port = free_port()
    environment = dict(stage.environment) | {"ACCEDE_PORT": str(port), "WEB_CONCURRENCY": str(WORKERS)}
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", f"tests.bench.{module}:app"]
    with (stage.folder / f"{module}.log").open("wb") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(process, port)
            yield Server(process, port, time.perf_counter() - begun)
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/livez")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError(f"the server does not answer on port {port}")
