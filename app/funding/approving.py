"""A second person approves or refuses what somebody allocated from a source that they had recorded themselves."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.perform import Said, lock_case, record
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand
from app.funding.commands import DecideAllocation
from app.funding.models import Allocation
from app.funding.releasing import give_back
from app.funding.sources.ledger import Taken, lock_source_of, select_taken
from app.funding.sources.services import settle
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@use_case
def decide_allocation(session: Session, actor: Actor, command: DecideAllocation) -> None:
    """Let a proposed allocation count, or give back what it reserved.

    Raises:
        InvalidCommand: it does not wait any more, or the actor, or whom they stand in for, proposed it.
        NotFound, Stale, Forbidden, Refused: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    found = select_taken().where(Allocation.case_id == case.id, Allocation.key == command.allocation)
    row = session.execute(found).first()
    taken = Taken(row[0], int(row[1]), int(row[2])) if row is not None else None
    proposer = taken.row.allocated_by_id if taken is not None else None
    said = Said(
        {"approved": command.approved}, also=frozenset({proposer} if proposer else ()), seen_by=Readership.TPB_ONLY
    )
    record(session, case, Action.APPROVE_ALLOCATION, actor, said, bump=True)
    if taken is None or not taken.proposed:
        raise InvalidCommand(FieldError("allocation", "not_offered"))
    if not actor.person_ids.isdisjoint({taken.row.allocated_by_id, taken.row.allocated_for_id}):
        raise InvalidCommand(FieldError("allocation", "allocation_own"))
    source = lock_source_of(session, taken.row)
    if command.approved:
        taken.row.approved_by_id, taken.row.approved_at = actor.user_id, now()
        return
    give_back(session, actor, taken, command.note)
    settle(session, actor, source)
