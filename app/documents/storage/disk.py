"""Documents in a folder of this machine, or of a disk that all its web servers share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from app.documents.storage.contract import FileMissing, Kept

#: Files that are being written; on the same disk, so that a rename is one act.
INCOMING: Final = "incoming"
_PREFIX: Final = 2


class DiskStore:
    """Files below one folder, spread over subfolders by the beginning of their hash."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, content: BinaryIO) -> None:
        """Write beside, sync, rename, sync the folder: after a crash there is the whole file or none."""
        target = self._path(name)
        incoming = self._root / INCOMING
        for folder in (incoming, target.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=incoming)  # mkstemp creates with mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(content, file, 1024 * 1024)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).rename(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)

    def open(self, name: str) -> BinaryIO:
        """Return the file, to be closed by the caller.

        Raises:
            FileMissing: there is none.
        """
        try:
            return self._path(name).open("rb")
        except FileNotFoundError:
            raise FileMissing(name) from None

    def remove(self, name: str) -> None:
        """Remove the file, if it is there."""
        self._path(name).unlink(missing_ok=True)

    def everything(self) -> Iterator[Kept]:
        """Return every file, also what a crash left half written, in no order."""
        for path in self._root.glob("*/*"):
            with suppress(FileNotFoundError):  # removed meanwhile
                name = f"{INCOMING}/{path.name}" if path.parent.name == INCOMING else path.name
                yield Kept(name, datetime.fromtimestamp(path.stat().st_mtime, UTC))

    def _path(self, name: str) -> Path:
        folder, _slash, rest = name.rpartition("/")
        if folder not in ("", INCOMING) or not rest.replace("-", "").replace("_", "").isalnum():
            raise ValueError("not a name of the store")
        return self._root / (folder or rest[:_PREFIX]) / rest


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
