"""Importer of workshops and conferences on record: each State by its code, whatever it was called then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.reference.importing.common import Job, refuse_duplicates, upsert
from app.reference.models import HistoricalEvent, StateRecord
from app.reference.parsing.events import OTHER_NAMES, EventRow, read_events
from app.reference.vocabulary import StateStatus


class _Columns:
    """A row whose States were found."""

    def __init__(self, row: EventRow, codes: Mapping[str, str]) -> None:
        self._row, self._codes = row, codes

    def columns(self) -> dict[str, Any]:
        """The values by column."""
        row = self._row
        plain = ("code", "title", "kind", "scope", "city", "started_on", "ended_on", "participants_text")
        return {name: getattr(row, name) for name in (*plain, "partners", "funding", "outcome", "source", "note")} | {
            "host": self._codes[row.host],
            "participants": [self._codes[name] for name in row.participants],
            "observers": [self._codes[name] for name in row.observers],
        }


def import_events(job: Job, content: bytes) -> int:
    """Read events. One that the file does not name stays. Returns the number of rows."""
    file, rows = read_events(content)
    job.take_faults(file)
    refuse_duplicates(job, "event_id", ((line, row.code) for line, row in rows))
    codes = _codes_by_name(job)
    for line, row in rows:
        for column, names in (
            ("country", (row.host,)),
            ("participating_states", row.participants),
            ("observer_states", row.observers),
        ):
            for name in names:
                if name not in codes:
                    job.fault(line, column, "unknown_name", value=name)
    if not job.errors:
        stored = {one.code: one for one in job.session.scalars(select(HistoricalEvent))}
        upsert(job, HistoricalEvent, "code", [(line, _Columns(row, codes)) for line, row in rows], stored)
    return len(file.rows)


def _codes_by_name(job: Job) -> dict[str, str]:
    query = select(StateRecord.name_en, StateRecord.alpha3).where(StateRecord.status != StateStatus.DEMO)
    held = dict(job.session.execute(query).tuples().all())
    known = set(held.values())
    return held | {name: code for name, code in OTHER_NAMES.items() if code in known}
