"""What is not spent goes back to its source: when a request ends, and by the job that counts again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.funding.models import Allocation
from app.funding.sources.ledger import Taken, flag, lock_source, select_taken, written_by
from app.funding.sources.models import Contribution, ContributionLine
from app.funding.sources.services import settle
from app.funding.vocabulary import LineKind
from app.workflow.actor import Actor
from app.workflow.vocabulary import State

#: Nothing is allocated before bodies were consulted; who comes back to screening gave back what there was.
_NEVER_FUNDED = (State.SUBMITTED, State.SCREENING, State.RETURNED)


def release_rest(session: Session, case: AssistanceRequest, actor: Actor, command: Any) -> None:
    """Effect of what ends a request: its allocations give back what was not spent; one statement where there is none.

    The State's own session sees no other State's allocations, so that what its sources cover is counted again by
    `count_sources_again`.
    """
    del command
    if case.state in _NEVER_FUNDED:
        return
    held = _unspent(session, case)
    if not held:
        return
    sources = [
        lock_source(session, key) for key in contributions_of(session, {one.row.contribution_id for one in held})
    ]
    # Whoever recorded what was spent held these locks: only what is read under them is what is left.
    left = _unspent(session, case)
    for source in sources:
        for one in left:
            if one.row.contribution_id == source.id:
                give_back(session, actor, one, "")
        if not actor.is_state_side:
            settle(session, actor, source)


def _unspent(session: Session, case: AssistanceRequest) -> list[Taken]:
    statement = select_taken().where(Allocation.case_id == case.id, Allocation.contribution_id.is_not(None))
    found = [Taken(row, int(released), int(spent)) for row, released, spent in session.execute(statement)]
    return [one for one in found if one.unspent > 0]


def give_back(session: Session, actor: Actor, taken: Taken, note: str) -> None:
    """Write the line that gives back what is unspent of an allocation, whose source is locked."""
    taken.row.uncovered_minor = min(taken.row.uncovered_minor, taken.spent)
    session.add(
        ContributionLine(
            contribution_id=taken.row.contribution_id,
            kind=LineKind.RELEASE,
            minor=taken.unspent,
            on_date=now().date(),
            note=note,
            allocation_id=taken.row.id,
            **written_by(actor),
        )
    )


def contributions_of(session: Session, ids: Collection[int | None]) -> list[str]:
    """Return the keys of sources in the order in which they are locked: one statement."""
    return list(session.scalars(select(Contribution.key).where(Contribution.id.in_(ids)).order_by(Contribution.id)))


def count_sources_again(actor: Actor) -> None:
    """Job: count again what sources cover of which an allocation was marked as uncovered."""
    session = read_session()
    bind_scope(session, scope_of(actor))
    marked = select(Allocation.contribution_id).where(Allocation.uncovered_minor > 0)
    keys = list(session.scalars(select(Contribution.key).where(Contribution.id.in_(marked)).order_by(Contribution.id)))
    session.rollback()
    for key in keys:
        count_source_again(actor, key)


@use_case
def count_source_again(session: Session, actor: Actor, key: str) -> None:
    """Mark what a source no longer covers, and only that.

    Args:
        actor: the scheduler.

    Raises:
        NotFound: there is no such source.
    """
    del actor
    flag(session, lock_source(session, key))
