"""Nightly and by command: every case is found by what it says now."""

import structlog

from app.casework.search.index import BATCH, differing, store_terms
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import bind_scope, scope_of
from app.workflow.actor import Actor

log = structlog.get_logger(__name__)


def mend_search(actor: Actor) -> int:
    """Store the terms of every case whose stored ones differ, a batch in a transaction of its own.

    Args:
        actor: the scheduler or the operator's command, who sees every case.

    Returns:
        How many cases differed.
    """
    session = read_session()
    bind_scope(session, scope_of(actor))
    found = [source.id for source in differing(session)]
    for place in range(0, len(found), BATCH):
        _store(actor, found[place : place + BATCH])
    if found:
        log.warning("search_mended", cases=len(found))
    return len(found)


def _store(actor: Actor, case_ids: list[int]) -> None:
    with write_transaction(scope_of(actor)) as session:
        store_terms(session, case_ids)
