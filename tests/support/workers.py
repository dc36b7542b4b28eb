"""Workers of the product as processes of their own, quick to start and to kill.

A nursery imports the product once and forks a worker whenever it is asked to, so that a test may kill many without
waiting for imports. Its workers run the product's own `app.worker`, only less patient with one that fell silent.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]


class Nursery:
    """Starts workers and kills them; none outlives the block.

    Attributes:
        alive: process ids of the workers that were started and have not died.
    """

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        """Args: `folder` is the test's own; what the workers complain of is in its file `errors`."""
        self.alive: list[int] = []
        self._doom, self._dooms = folder / "doom", 0
        self._errors = (folder / "errors").open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery", str(self._doom)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self._read("nursery ready")

    def start(self) -> None:
        """Start a worker and wait until it says that it is ready."""
        assert self._process.stdin is not None
        self._process.stdin.write("start\n")
        self._process.stdin.flush()
        self.alive.append(int(self._read("born").split()[1]))
        self._read("worker ready")

    def kill(self, pid: int) -> None:
        """`kill -9`: nothing of the process runs after this."""
        self.alive.remove(pid)
        os.kill(pid, signal.SIGKILL)

    def doom(self, where: str, commits: int) -> None:
        """From now on the first worker that commits so often in `where` kills itself right after the last commit.

        Args:
            where: the name of a job, or `nursery.MAIL`.
            commits: how often, counted for each worker.
        """
        self._dooms += 1
        written = self._doom.with_suffix(".new")
        written.write_text(f"{self._dooms} {where} {commits}")
        written.rename(self._doom)

    def is_met(self, seconds: float) -> bool:
        """Wait for the worker that meets the doom; answers whether one has. Afterwards none is doomed any more."""
        deadline = time.monotonic() + seconds
        while self._doom.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        try:
            self._doom.unlink()
        except FileNotFoundError:
            self._bury()
            return True
        return False

    def _bury(self) -> None:
        while not (dead := [pid for pid in self.alive if not _lives(pid)]):
            time.sleep(0.001)
        self.alive.remove(dead[0])

    def _read(self, beginning: str) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith(beginning), f"{beginning!r} expected, but {line!r}"
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        for pid in list(self.alive):
            self.kill(pid)
        self._process.kill()
        self._process.communicate()
        self._errors.close()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
