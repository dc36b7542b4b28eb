"""What is exported: named columns, rows as they come from the database, and what the file says about itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _

from app.foundation.export.cells import Cell, utc
from app.foundation.formatting import moment_text


class FileKind(StrEnum):
    """The kinds of file, by their ending."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Export:
    """One table for a file.

    Attributes:
        name: of the file, ASCII, such as "queue"; the file is called accede-queue-2026-03-02.csv.
        title: what it is, in the reader's language.
        columns: the headings; an instant's heading should say UTC.
        rows: read once, while the file is written; each as long as `columns`.
        filters: what narrows it, in words: (label, value).
        as_of: when the data was read.
        readers: who may read the file, in words.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    filters: Sequence[tuple[str, str]]
    as_of: datetime
    readers: str

    def file_name(self, kind: FileKind) -> str:
        """Return what the file is called, with its day in UTC."""
        return f"accede-{self.name}-{utc(self.as_of):%Y-%m-%d}.{kind}"

    def about(self) -> Iterator[tuple[str, str]]:
        """Return what stands before the table, or on a sheet of its own: label and value."""
        yield str(_("Contents")), self.title
        yield from self.filters or [(str(_("Filters")), str(_("None")))]
        yield str(_("Data as of")), moment_text(self.as_of)
        yield str(_("Who may read it")), self.readers
