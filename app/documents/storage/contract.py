"""What a store is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Kept:
    """One file in the store."""

    name: str
    since: datetime


class FileMissing(LookupError):
    """The store has no file of this name."""


class Store(Protocol):
    """What every store does; a name is what `new_name` made."""

    def put(self, name: str, content: BinaryIO) -> None:
        """Keep `content` from its present position under `name`; when this returns, a crash loses nothing."""

    def open(self, name: str) -> BinaryIO:
        """Return the file, to be closed by the caller.

        Raises:
            FileMissing: there is none.
        """

    def remove(self, name: str) -> None:
        """Remove the file, if it is there."""

    def everything(self) -> Iterator[Kept]:
        """Return every file, in no order."""
