"""Allocations: programme support records what money a request has."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.facts import core_of
from app.casework.perform import Said, lock_case, record
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand
from app.funding.commands import Allocate
from app.funding.facts import funding_facts
from app.funding.models import Allocation
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, HoldReason


@use_case
def allocate(session: Session, actor: Actor, command: Allocate) -> None:
    """Allocate money to a request. While it rests for money, in the currency in which the shortfall was recorded.

    Raises:
        InvalidCommand: another currency than that of the shortfall.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said({"kind": command.kind.value if command.kind else None}, seen_by=Readership.TPB_ONLY)
    record(session, case, Action.ALLOCATE, actor, said, bump=True)
    if case.hold_reason is HoldReason.MONEY:
        wanted = funding_facts(session, case.id, core_of(session, case, actor)).currency
        if wanted is not None and wanted != command.currency:
            raise InvalidCommand(FieldError("currency", "allocation_currency", {"currency": wanted}))
    session.add(
        Allocation(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            kind=command.kind,
            source=command.source,
            budget_line=command.budget_line,
            year=command.year,
            minor=command.minor,
            currency=command.currency,
            note=command.note,
            allocated_by_id=actor.user_id,
            approved_by_id=actor.user_id,
            approved_at=now(),
        )
    )
