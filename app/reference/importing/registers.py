"""Importers of States and instruments."""

from __future__ import annotations

from sqlalchemy import select

from app.reference.importing.common import Job, refuse_duplicates, upsert
from app.reference.models import Instrument, StateRecord
from app.reference.parsing.instruments import read_instruments
from app.reference.parsing.states import StateRow, read_demo_states, read_states


def import_states(job: Job, content: bytes) -> int:
    """Read Member and observer States. A State that the file does not name stays. Returns the number of rows."""
    file, rows = read_states(content)
    job.take_faults(file)
    _store_states(job, "iso_alpha3", rows)
    return len(file.rows)


def import_demo_states(job: Job, content: bytes) -> int:
    """Read invented States. Returns the number of rows."""
    file, rows = read_demo_states(content)
    job.take_faults(file)
    _store_states(job, "alpha3", rows)
    return len(file.rows)


def _store_states(job: Job, column: str, rows: list[tuple[int, StateRow]]) -> None:
    refuse_duplicates(job, column, ((line, row.alpha3) for line, row in rows))
    refuse_duplicates(job, "iso_alpha2", ((line, row.alpha2) for line, row in rows if row.alpha2))
    refuse_duplicates(job, "m49", ((line, row.m49) for line, row in rows if row.m49))
    if not job.errors:
        stored = {state.alpha3: state for state in job.session.scalars(select(StateRecord))}
        upsert(job, StateRecord, "alpha3", rows, stored)


def import_instruments(job: Job, content: bytes) -> int:
    """Read instruments. An instrument that the file does not name stays. Returns the number of rows."""
    file, rows = read_instruments(content)
    job.take_faults(file)
    refuse_duplicates(job, "code", ((line, row.code) for line, row in rows))
    refuse_duplicates(job, "seq", ((line, row.seq) for line, row in rows))
    stored = {one.code: one for one in job.session.scalars(select(Instrument))}
    known = stored.keys() | {row.code for _, row in rows}
    for line, row in rows:
        for code in row.amends:
            if code not in known:
                job.fault(line, "amends_or_supplements", "unknown_instrument", value=code)
    if not job.errors:
        upsert(job, Instrument, "code", rows, stored)
    return len(file.rows)
