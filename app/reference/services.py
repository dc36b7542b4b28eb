"""Use cases of reference data: load what comes with the product, read a newer file."""

import hashlib
from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import Forbidden
from app.reference import cache
from app.reference.commands import ImportFile, LoadBundle
from app.reference.importing.cells import refresh_cells
from app.reference.importing.common import Job
from app.reference.importing.events import import_events
from app.reference.importing.holidays import ensure_duty_stations, import_holidays
from app.reference.importing.registers import import_demo_states, import_instruments, import_states
from app.reference.importing.treaties import import_acts, import_listings
from app.reference.models import ReferenceImport
from app.reference.reports import BundleReport, ImportReport, sorted_errors
from app.reference.vocabulary import ImportKind
from app.reference.zones import data_file
from app.workflow.actor import Actor
from app.workflow.vocabulary import Role

#: Raised when the loader reads the same file differently, so that the next load reads it again.
LOADER_VERSION = 1
BUNDLE = (
    (ImportKind.STATES, "member_states.csv"),
    (ImportKind.INSTRUMENTS, "instruments.csv"),
    (ImportKind.TREATY, "treaty_status.csv"),
    (ImportKind.TREATY, "treaty_status_partial.csv"),
    (ImportKind.SNAPSHOTS, "treaty_party_snapshots.csv"),
    (ImportKind.HOLIDAYS, "un_holidays_samples.csv"),
    (ImportKind.EVENTS, "tpb_events_2003_2007.csv"),
)
DEMO_BUNDLE = (
    (ImportKind.DEMO_STATES, "demo_states.csv"),
    (ImportKind.TREATY, "demo_treaty_status.csv"),
    (ImportKind.SNAPSHOTS, "demo_treaty_snapshots.csv"),
)
READERS: dict[ImportKind, Callable[[Job, bytes], int]] = {
    ImportKind.STATES: import_states,
    ImportKind.DEMO_STATES: import_demo_states,
    ImportKind.INSTRUMENTS: import_instruments,
    ImportKind.TREATY: import_acts,
    ImportKind.SNAPSHOTS: import_listings,
    ImportKind.HOLIDAYS: import_holidays,
    ImportKind.EVENTS: import_events,
}
TREATY_KINDS = frozenset({ImportKind.TREATY, ImportKind.SNAPSHOTS, ImportKind.STATES, ImportKind.DEMO_STATES})


@use_case
def import_reference(session: Session, actor: Actor, command: ImportFile) -> ImportReport:
    """Read a newer file of a known form; with any bad row, and after a dry run, nothing is written.

    Raises:
        Forbidden: the actor neither administers nor is the system.
    """
    _require_administrator(actor)
    trial = session.begin_nested()
    report = _read(session, actor, command, effective_from=command.effective_from or now().date())
    changes = report.new or report.changed or report.removed
    cells = refresh_cells(session, now()) if changes and command.kind in TREATY_KINDS else 0
    if report.errors or command.dry_run:
        trial.rollback()
    else:
        trial.commit()
        cache.changed(session)
    return report.model_copy(update={"cells": cells})


@use_case
def load_bundle(session: Session, actor: Actor, command: LoadBundle) -> BundleReport:
    """Load the files that come with the product. A file that was read before in this form is not read again.

    Raises:
        Forbidden: the actor neither administers nor is the system.
    """
    _require_administrator(actor)
    trial = session.begin_nested()
    ensure_duty_stations(session)
    reports = []
    for kind, name in (*BUNDLE, *(DEMO_BUNDLE if command.demo else ())):
        file = ImportFile(kind=kind, file_name=name, content=data_file(name), dry_run=command.dry_run)
        if not command.again and _last_digest(session, file) == _digest(file):
            reports.append(ImportReport(kind=kind, file_name=name, dry_run=command.dry_run, read_before=True))
            continue
        first = _last_digest(session, file) is None
        reports.append(_read(session, actor, file, effective_from=None if first else now().date(), refuse_older=False))
    wrote = any(not report.read_before for report in reports)
    cells = refresh_cells(session, now()) if wrote else 0
    result = BundleReport(files=tuple(reports), cells=cells, dry_run=command.dry_run)
    if result.errors or command.dry_run:
        trial.rollback()
        return result
    trial.commit()
    if wrote:
        cache.changed(session)
    return result


def _read(
    session: Session, actor: Actor, file: ImportFile, *, effective_from: date | None, refuse_older: bool = True
) -> ImportReport:
    """Read one file in the running transaction; the caller rolls back when the report has errors."""
    log = ReferenceImport(
        kind=file.kind,
        file_name=file.file_name,
        digest=_digest(file),
        rows=0,
        new=0,
        changed=0,
        unchanged=0,
        removed=0,
        imported_at=now(),
        imported_by=actor.user_id,
    )
    session.add(log)
    session.flush()
    job = Job(session, log.id, refuse_older=refuse_older, effective_from=effective_from, leave_out=file.leave_out)
    if file.kind is ImportKind.TREATY and file.complete is not None:
        log.rows = import_acts(job, file.content, complete=file.complete)
    else:
        log.rows = READERS[file.kind](job, file.content)
    counts = job.counts
    log.new, log.changed, log.unchanged, log.removed = counts.new, counts.changed, counts.unchanged, counts.removed
    if not job.errors:
        job.settle()
    return ImportReport(
        kind=file.kind,
        file_name=file.file_name,
        dry_run=file.dry_run,
        rows=log.rows,
        errors=sorted_errors(job.errors),
        left_out=sorted_errors(job.left_out),
        **{**counts.model_dump(exclude={"changes"}), "changes": tuple(counts.changes)},
    )


def _require_administrator(actor: Actor) -> None:
    if not actor.is_system and not actor.has(Role.ADMINISTRATOR):
        raise Forbidden


def _digest(file: ImportFile) -> str:
    how = f"{LOADER_VERSION} {file.kind} {file.complete} ".encode()
    return hashlib.sha256(how + file.content).hexdigest()


def _last_digest(session: Session, file: ImportFile) -> str | None:
    query = (
        select(ReferenceImport.digest)
        .where(ReferenceImport.kind == file.kind, ReferenceImport.file_name == file.file_name)
        .order_by(ReferenceImport.id.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()
