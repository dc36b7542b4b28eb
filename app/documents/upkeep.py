"""Upkeep of the store: removes files that belong to nothing, verifies that what a row names is there unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.documents.keeping import KEPT_FOR
from app.documents.models import Document
from app.documents.storage import FileMissing, Store
from app.foundation.clock import now
from app.reference.models import BodyAgreement, ToolFile

#: Every table whose rows name files of the store: documents of cases, letters with which bodies agreed, tools.
OWNERS: Final[tuple[Any, ...]] = (Document, BodyAgreement, ToolFile)
#: Rows or names asked for per statement.
BATCH: Final = 500
#: A file without a document may still be named by a form or by a transaction that runs; afterwards by nothing.
WAITS: Final = KEPT_FOR + timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Fault:
    """One row whose file is not what it was.

    Attributes:
        key: public key of the document, agreement or file of a tool.
        problem: a code: missing, changed.
    """

    key: str
    problem: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files were read, and what was found."""

    files: int
    faults: tuple[Fault, ...]


def collect(session: Session, store: Store) -> int:
    """Remove the files that no row has named for longer than `WAITS`; return how many.

    Args:
        session: a reading session that sees every case.
    """
    removed = 0
    for names in _in_batches(kept.name for kept in store.everything() if kept.since < now() - WAITS):
        used = {name for owner in OWNERS for name in session.scalars(_named(owner, names))}
        for name in names:
            if name not in used:
                store.remove(name)
                removed += 1
    return removed


def verify(session: Session, store: Store) -> Verified:
    """Read every file that a row names and compare its hash.

    Args:
        session: a reading session that sees every case.
    """
    faults: list[Fault] = []
    files = 0
    for owner in OWNERS:
        for row in _files_of(session, owner):
            files += 1
            if (problem := _problem(store, row.storage_name, row.sha256)) is not None:
                faults.append(Fault(row.key, problem))
    return Verified(files, tuple(faults))


def _named(owner: Any, names: list[str]) -> Select[tuple[str]]:
    return select(owner.storage_name).where(owner.storage_name.in_(names))


def _files_of(session: Session, owner: Any) -> Iterator[Row[Any]]:
    """Return the rows of `owner` that name a file, a batch a statement."""
    last = 0
    wanted = select(owner.id, owner.key, owner.storage_name, owner.sha256).where(owner.storage_name.is_not(None))
    while rows := session.execute(wanted.where(owner.id > last).order_by(owner.id).limit(BATCH)).all():
        yield from rows
        last = rows[-1].id


def _problem(store: Store, name: str, sha256: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with store.open(name) as file:
            while chunk := file.read(1024 * 1024):
                digest.update(chunk)
    except FileMissing:
        return "missing"
    return None if digest.hexdigest() == sha256 else "changed"


def _in_batches(names: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for name in names:
        batch.append(name)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
