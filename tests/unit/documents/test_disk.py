"""The store on a disk: whole files or none, names that nobody can lead astray."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.documents.storage import FileMissing, new_name
from app.documents.storage.disk import INCOMING, DiskStore


class Breaking(io.BytesIO):
    """A stream that fails after its first chunk, as a connection or disk does."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError("gone")
        return super().read(10)


def test_what_is_put_is_there_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    store, name = DiskStore(tmp_path / "documents"), new_name("ab" * 32)
    store.put(name, io.BytesIO(b"content"))
    with store.open(name) as file:
        assert file.read() == b"content"
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert path == tmp_path / "documents" / "ab" / name
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [kept.name for kept in store.everything()] == [name]


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    with pytest.raises(OSError, match="gone"):
        store.put(new_name("cd" * 32), Breaking(b"x" * 100))
    assert list(store.everything()) == []


def test_what_a_crash_left_half_written_is_found_and_removed(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    (tmp_path / INCOMING).mkdir()
    (tmp_path / INCOMING / "tmp_ab1").write_bytes(b"half")
    (left,) = store.everything()
    store.remove(left.name)
    assert list(store.everything()) == []


def test_what_is_removed_is_gone_and_may_be_removed_again(tmp_path: Path) -> None:
    store, name = DiskStore(tmp_path), new_name("ef" * 32)
    store.put(name, io.BytesIO(b"content"))
    store.remove(name)
    store.remove(name)
    with pytest.raises(FileMissing):
        store.open(name)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "ab/cd", "a\0b", "", "..", "ab.cd"])
def test_a_name_that_is_none_of_the_store_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        DiskStore(tmp_path).open(name)


def test_every_name_is_used_once() -> None:
    assert len({new_name("00" * 32) for _ in range(100)}) == 100
