"""Where a test run puts its databases."""

from __future__ import annotations

import shutil
import tempfile
from collections import namedtuple
from pathlib import Path

import pytest

from tests.support import run

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of the one in memory, with room for a run."""
    monkeypatch.setattr(run, "IN_MEMORY", tmp_path)
    room(monkeypatch, run.ROOM_BYTES, run.ROOM_BYTES)
    return tmp_path


def room(monkeypatch: pytest.MonkeyPatch, on_it: int, in_the_machine: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage(on_it, 0, on_it))
    monkeypatch.setattr(run, "_free_memory", lambda: in_the_machine)


def test_in_memory_when_there_is_room(memory: Path) -> None:
    assert run.place() == memory


@pytest.mark.parametrize(("on_it", "in_the_machine"), [(64 * 1024**2, run.ROOM_BYTES), (run.ROOM_BYTES, 1024**3)])
def test_on_the_disk_when_there_is_not(
    memory: Path, monkeypatch: pytest.MonkeyPatch, on_it: int, in_the_machine: int
) -> None:
    room(monkeypatch, on_it, in_the_machine)
    assert run.place() == Path(tempfile.gettempdir()) != memory


def test_on_the_disk_when_the_machine_has_no_such_place(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "IN_MEMORY", memory / "none")
    assert run.place() == Path(tempfile.gettempdir())


def test_what_the_machine_has_is_read() -> None:
    assert 64 * 1024**2 < run._free_memory() < 2**50
