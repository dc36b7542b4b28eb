"""The supervisor of `make run`: two children that live and end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.devserver import Supervisor

PATIENT = (
    "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0));"
    "print('up', flush=True); time.sleep(60)"
)
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
ROOT = Path(__file__).parents[2]


def pids_of(supervisor: Supervisor) -> list[int]:
    return [child.process.pid for child in supervisor._children]


def gone(pid: int) -> bool:
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def eventually(condition: object, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def test_when_one_child_ends_the_other_is_ended_and_the_code_tells() -> None:
    supervisor = Supervisor()
    supervisor.start("worker", [sys.executable, "-c", PATIENT])
    supervisor.start("web server", [sys.executable, "-c", "raise SystemExit(7)"])
    pids = pids_of(supervisor)
    assert supervisor.wait() == 7
    assert all(gone(pid) for pid in pids)


def test_a_child_that_ends_without_error_is_still_a_failure() -> None:
    supervisor = Supervisor()
    supervisor.start("worker", [sys.executable, "-c", "pass"])
    assert supervisor.wait() == 1


def test_a_child_that_does_not_listen_is_killed() -> None:
    supervisor = Supervisor(stop_seconds=0.5)
    supervisor.start("worker", [sys.executable, "-c", DEAF])
    time.sleep(0.5)
    (pid,) = pids_of(supervisor)
    supervisor.stop()
    assert gone(pid)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_in_order(number: signal.Signals) -> None:
    with supervising() as process:
        child = child_of(process)
        process.send_signal(number)
        assert process.wait(20) == 0
        assert eventually(lambda: gone(child))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells children that their parent died")
def test_no_child_outlives_a_killed_supervisor() -> None:
    with supervising() as process:
        child = child_of(process)
        process.kill()
        process.wait()
        assert eventually(lambda: gone(child))


def supervising() -> subprocess.Popen[str]:
    """A supervisor in a process of its own, with one child."""
    script = (
        "import sys; from app.devserver import Supervisor; s = Supervisor(); s.install_signals();"
        f"s.start('worker', [sys.executable, '-c', {PATIENT!r}]); print(s._children[0].process.pid, flush=True);"
        "sys.exit(s.wait())"
    )
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True)


def child_of(process: subprocess.Popen[str]) -> int:
    """The child's number, once both are up; they share the pipe, so either line may come first."""
    assert process.stdout is not None
    lines = {process.stdout.readline().strip(), process.stdout.readline().strip()}
    (number,) = lines - {"up"}
    return int(number)
