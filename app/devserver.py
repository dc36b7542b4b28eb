"""`make run`: prepares the demo's database, then runs web server and worker as one, until Ctrl-C.

The supervisor itself only watches; the preparation runs in a process of its own, so that no connection to the database
is open when web server and worker start. If one of the two ends, the other is ended too and the exit code says so.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

import click
from flask import Flask
from flask.cli import ScriptInfo

from app import create_app
from config.settings import Settings, SettingsError, load_settings

PREPARATIONS: Final = (
    ("Database schema", ["accede", "migrate"]),
    ("Reference data", ["reference", "load"]),
)
DEMO_PREPARATIONS: Final = (("Demo data", ["demo", "load"]),)
#: What is told of the demo before the address is: who can sign in, and where to look first.
TOLD: Final = (["demo", "accounts"], ["demo", "cases"])
WEB: Final = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "wsgi:app"]
WORKER: Final = [sys.executable, "-m", "app.worker"]

READY_SECONDS: Final = 60
STOP_SECONDS: Final = 35
"""A little more than the web server's own graceful timeout; then the processes are killed."""
_POLL_SECONDS: Final = 0.1
_PR_SET_PDEATHSIG: Final = 1


@dataclass(slots=True)
class Child:
    """A process under supervision."""

    name: str
    process: subprocess.Popen[bytes]

    def ask_to_stop(self) -> None:
        """Let it finish what it is doing."""
        if self.process.poll() is None:
            self.process.terminate()


class Supervisor:
    """Starts children, waits for a signal or for the first that ends, and ends the rest."""

    def __init__(self, stop_seconds: float = STOP_SECONDS) -> None:
        self._children: list[Child] = []
        self._signals = 0
        self._stop_seconds = stop_seconds

    def install_signals(self) -> None:
        """Take SIGINT, SIGTERM and SIGHUP; a second one stops waiting for the children."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def start(self, name: str, command: list[str]) -> None:
        """Start a child in a process group of its own: Ctrl-C reaches only the supervisor, which ends it in order."""
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=_end_with_parent  # noqa: PLW1509 - no threads here
        )  # fmt: skip
        self._children.append(Child(name, process))

    def wait(self) -> int:
        """Watch until told to stop (0) or until a child ends (its exit code, at least 1); then end all."""
        code = 0
        while not self._signals:
            if ended := self._ended():
                say(f"The {ended.name} ended with exit code {ended.process.returncode}; ending the rest.")
                code = abs(ended.process.returncode) or 1
                break
            time.sleep(_POLL_SECONDS)
        self.stop()
        return code

    def stop(self) -> None:
        """Ask every child to stop, wait, and kill what has not ended by then."""
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + self._stop_seconds
        signals = self._signals
        while any(child.process.poll() is None for child in self._children):
            if time.monotonic() > deadline or self._signals > signals:
                self._kill()
                break
            time.sleep(_POLL_SECONDS)

    @property
    def stopping(self) -> bool:
        """Whether a signal came, or a child has ended."""
        return bool(self._signals) or self._ended() is not None

    def _kill(self) -> None:
        for child in self._children:
            if child.process.poll() is None:
                say(f"The {child.name} did not end in time and is killed.")
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()

    def _ended(self) -> Child | None:
        return next((child for child in self._children if child.process.poll() is not None), None)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1


def main(arguments: list[str]) -> int:
    """Run the supervisor, or with `prepare` the preparation; returns the exit code."""
    try:
        settings = load_settings()
    except SettingsError as error:
        say(str(error))
        return 1
    if arguments == ["prepare"]:
        return prepare(settings)
    if not _port_is_free(settings):
        say(f"Port {settings.port} is in use. Try another one: PORT={settings.port + 1000} make run")
        return 1
    done = subprocess.run([sys.executable, "-m", "app.devserver", "prepare"], stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        return done.returncode if done.returncode > 0 else 128 - done.returncode
    return serve(settings)


def prepare(settings: Settings) -> int:
    """Migrate, load reference data and demo, each in the same process; every command may be repeated."""
    app = create_app(settings)
    steps = PREPARATIONS + (DEMO_PREPARATIONS if settings.demo_data else ())
    try:
        for title, command in steps:
            say(f"{title} ...")
            started = time.monotonic()
            _flask(app, command)
            say(f"{title} ready ({time.monotonic() - started:.1f} s)")
        if settings.demo_data:
            with _accounts_file(settings).open("w", encoding="utf-8") as file, redirect_stdout(file):
                for command in TOLD:
                    _flask(app, command)
                    print()
    except click.ClickException as error:
        say(error.format_message())
        return 1
    return 0


def serve(settings: Settings) -> int:
    """Start web server and worker, print the address when it answers, and stay until the end."""
    supervisor = Supervisor()
    supervisor.install_signals()
    say("Starting web server and worker ...")
    supervisor.start("web server", WEB)
    supervisor.start("worker", WORKER)
    address = f"http://{_host_in_url(settings.host)}:{settings.port}"
    if _becomes_ready(f"{address}/readyz", supervisor):
        _welcome(settings, address)
    code = supervisor.wait()
    say("Stopped.")
    return code


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(f"--> {text}", flush=True)


def _welcome(settings: Settings, address: str) -> None:
    if settings.demo_data:
        print(_accounts_file(settings).read_text(encoding="utf-8"), flush=True)
    say(f"Accede is ready at {address}  (Ctrl-C ends it)")


def _accounts_file(settings: Settings) -> Path:
    """Written while the application is loaded anyway, printed when it is ready: a third start of Python less."""
    return settings.data_dir / "demo-accounts.txt"


def _flask(app: Flask, command: list[str]) -> None:
    """Run one of the application's commands in this process."""
    app.cli.main(list(command), "flask", standalone_mode=False, obj=ScriptInfo(create_app=lambda: app))


def _becomes_ready(url: str, supervisor: Supervisor) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and not supervisor.stopping:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(_POLL_SECONDS)
    return False


def _port_is_free(settings: Settings) -> bool:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return False
    return True


def _host_in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _end_with_parent() -> None:
    """In the child: ask Linux to end it should the supervisor be killed, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
