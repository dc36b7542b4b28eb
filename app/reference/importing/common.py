"""What all importers share: the job they run in, comparison with what is stored, and keeping what was replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.reference.models import ReferenceChange
from app.reference.parsing.table import CsvFile
from app.reference.reports import Counts, RowError

T = TypeVar("T")


@dataclass(slots=True)
class Job:
    """One file on its way into the tables.

    `refuse_older` makes a complete treaty list that is older than the one held an error; the files that come with the
    product are passed over instead. `leave_out` reads the good rows of a treaty list although others are bad.
    `effective_from` is the first day whose stays are counted with new holidays; None for a first load, when nothing has
    been counted yet.
    """

    session: Session
    import_id: int
    refuse_older: bool = True
    effective_from: date | None = None
    leave_out: bool = False
    at: datetime = field(default_factory=now)
    counts: Counts = field(default_factory=Counts)
    errors: list[RowError] = field(default_factory=list)
    left_out: list[RowError] = field(default_factory=list)
    pending: list[Any] = field(default_factory=list)

    def settle(self) -> None:
        """Write. A row that was current has to be closed before its successor appears, hence in this order."""
        self.session.flush()
        self.session.add_all(self.pending)
        self.pending.clear()
        self.session.flush()

    def fault(self, line: int, column: str, code: str, **params: Any) -> None:
        """Note what is wrong with a row."""
        self.errors.append(RowError(line=line, column=column, code=code, params=params))

    def take_faults(self, file: CsvFile) -> None:
        """Take over what parsing found."""
        self.errors.extend(file.errors)
        self.errors.extend(error for row in file.rows for error in row.errors)


def without_bad_rows(job: Job, rows: list[tuple[int, T]]) -> list[tuple[int, T]]:
    """Return the rows to read; with `leave_out` those without a fault, while the faults move to `left_out`.

    When no row is good, nothing is left to read and the faults stay what they were.
    """
    bad = {error.line for error in job.errors}
    good = [(line, row) for line, row in rows if line not in bad]
    if not job.leave_out or not good:
        return rows
    job.left_out.extend(job.errors)
    job.errors.clear()
    return good


class HasColumns(Protocol):
    """A parsed row that names the columns it fills."""

    def columns(self) -> dict[str, Any]:
        """The values by column."""
        ...


def refuse_duplicates(job: Job, column: str, keyed: Iterable[tuple[int, Any]]) -> None:
    """Note a fault for each line whose key stands on an earlier line."""
    seen: dict[Any, int] = {}
    for line, key in keyed:
        if key in seen:
            job.fault(line, column, "duplicate", first=seen[key])
        seen.setdefault(key, line)


Numbered = Sequence[tuple[int, HasColumns]]


def upsert(job: Job, model: type[Any], key: str, rows: Numbered, stored: Mapping[Any, Any]) -> None:
    """Insert what is new and change what differs, keeping the former values in `reference_changes`."""
    for _, row in rows:
        values = row.columns()
        name = str(values[key])
        held = stored.get(values[key])
        if held is None:
            job.pending.append(model(**values))
            job.counts.note(name, None, name)
            continue
        before = {column: getattr(held, column) for column in values if getattr(held, column) != values[column]}
        if not before:
            job.counts.unchanged += 1
            continue
        after = {column: values[column] for column in before}
        job.pending.append(
            ReferenceChange(
                import_id=job.import_id,
                table_name=model.__tablename__,
                row_key=name,
                before=plain(before),
                after=plain(after),
                changed_at=job.at,
            )
        )
        for column, value in after.items():
            setattr(held, column, value)
        job.counts.note(name, shown(before), shown(after))


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that JSON can hold."""
    return {name: _plain(value) for name, value in values.items()}


def shown(values: Mapping[str, Any]) -> str:
    """Return values on one line, for the list of changes."""
    return ", ".join(f"{name}={value}" for name, value in plain(values).items())


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
