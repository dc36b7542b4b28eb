"""Nightly upkeep of the store of documents; composition lists it. It can be run again at any time."""

from __future__ import annotations

import structlog

from app.documents import upkeep
from app.documents.storage import the_store
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.workflow.actor import Actor

log = structlog.get_logger(__name__)


def collect_files(actor: Actor) -> int:
    """Remove the files that belong to no document: uploads that came to nothing, drafts that were discarded.

    Args:
        actor: the scheduler, who sees every case.

    Returns:
        How many were removed.
    """
    session = read_session()
    bind_scope(session, scope_of(actor))
    removed = upkeep.collect(session, the_store())
    log.info("files_collected", count=removed)
    return removed


def verify_files(actor: Actor) -> int:
    """Compare every document's file with its hash; what is wrong is logged by key and left for a person.

    Args:
        actor: the scheduler, who sees every case.

    Returns:
        How many faults were found.
    """
    session = read_session()
    bind_scope(session, scope_of(actor))
    found = upkeep.verify(session, the_store())
    for fault in found.faults:
        log.error("document_file", document_key=fault.key, code=fault.problem)
    return len(found.faults)
