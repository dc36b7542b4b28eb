"""By command: what stands of each history beside it is computed again where it differs from what the history says."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.checking import differing
from app.casework.perform import lock_case
from app.casework.projection import rebuild_case
from app.foundation.db import read_session, use_case
from app.workflow.actor import Actor


def rebuild_projections(actor: Actor) -> int:
    """Compute the projections again of every case whose stored ones differ, each in a transaction of its own.

    Args:
        actor: the operator's command, who sees every case.

    Returns:
        How many cases differed.
    """
    found = differing(actor)
    read_session().rollback()
    for fault in found:
        _rebuild(actor, fault.case_key)
    return len(found)


@use_case
def _rebuild(session: Session, actor: Actor, key: str) -> None:
    rebuild_case(session, lock_case(session, actor, key))
