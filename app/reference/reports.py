"""What reading a file came to: errors row by row, or what it changed."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict

from app.reference.texts import ROW_ERRORS
from app.reference.vocabulary import ImportKind

#: Control characters, and those that turn the direction of what stands around them.
UNSHOWN = re.compile(r"[\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Characters of a bad cell that its message repeats.
LONGEST_SHOWN = 80
#: Changes listed in a report; the counts are complete.
CHANGES_SHOWN = 100


class RowError(BaseModel):
    """One thing wrong with one cell. `line` counts from 1 and includes the header; 0 is the file as a whole."""

    model_config = ConfigDict(frozen=True)

    line: int
    column: str
    code: str
    params: dict[str, Any] = {}

    @property
    def message(self) -> str:
        """The sentence in the reader's language."""
        params = self.params | ({"value": _shown(self.params["value"])} if "value" in self.params else {})
        return str(ROW_ERRORS[self.code]) % params


class Change(BaseModel):
    """One entry that is new, different, or no longer in a complete list."""

    model_config = ConfigDict(frozen=True)

    key: str
    before: str | None = None
    after: str | None = None


class Counts(BaseModel):
    """How many entries were new, changed, the same as before, or dropped by a newer complete list."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    changes: list[Change] = []

    def note(self, key: str, before: str | None, after: str | None) -> None:
        """Count one entry that is not as it was."""
        if before is None:
            self.new += 1
        elif after is None:
            self.removed += 1
        else:
            self.changed += 1
        if len(self.changes) < CHANGES_SHOWN:
            self.changes.append(Change(key=key, before=before, after=after))


class ImportReport(BaseModel):
    """The result of one file. With errors nothing was written; after a dry run neither."""

    model_config = ConfigDict(frozen=True)

    kind: ImportKind
    file_name: str
    dry_run: bool
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    cells: int = 0
    """Treaty cells (State x instrument) whose value became another."""
    changes: tuple[Change, ...] = ()
    errors: tuple[RowError, ...] = ()
    left_out: tuple[RowError, ...] = ()
    """What is wrong with rows that were left out on demand."""
    read_before: bool = False
    """The same file was the last one read under this name, so it was not read again."""


class BundleReport(BaseModel):
    """The result of loading the files that come with the product."""

    model_config = ConfigDict(frozen=True)

    files: tuple[ImportReport, ...]
    cells: int
    dry_run: bool

    @property
    def errors(self) -> tuple[RowError, ...]:
        """The errors of all files."""
        return tuple(error for file in self.files for error in file.errors)


def _shown(value: object) -> str:
    """Return what stands in a cell so that it can be told: short, nothing in it obeyed."""
    text = UNSHOWN.sub("\ufffd", str(value))
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def sorted_errors(errors: Iterable[RowError]) -> tuple[RowError, ...]:
    """Order errors as they stand in the file."""
    return tuple(sorted(errors, key=lambda error: (error.line, error.column)))
