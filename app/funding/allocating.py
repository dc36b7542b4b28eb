"""Allocations: programme support allocates from a source to a request, never more than is available."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.costs import support_cost
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest, CaseType
from app.casework.notices import Circle, tell_circles
from app.casework.perform import Said, lock_case, record
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand, NotFound
from app.foundation.formatting import money_text
from app.foundation.wiring import wiring
from app.funding.commands import Allocate
from app.funding.facts import funding_facts
from app.funding.models import Allocation
from app.funding.sources.ledger import absent, fillers_of, lock_source, standing_of
from app.funding.sources.models import Contribution
from app.funding.vocabulary import SourceKind
from app.reference.states import state_by_id
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, HoldReason

_SECOND = {Circle.PROGRAMME_SUPPORT, Circle.CHIEF}


@use_case
def allocate(session: Session, actor: Actor, command: Allocate) -> None:
    """Allocate from a source; support cost is added, and both together are never above what is available.

    What is available is computed under the lock of the source, so that of two who allocate at once the second is told.
    Who recorded a pledge or a receipt of the source only proposes: a second person approves it (see `approving`).

    Raises:
        InvalidCommand: an earmark does not fit, the shortfall is in another currency, too little is there.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    record(session, case, Action.ALLOCATE, actor, Said(seen_by=Readership.TPB_ONLY), bump=True)
    source = _chosen(session, command)
    _check_fit(session, actor, case, source, command)
    minor = command.minor or 0
    support = support_cost(minor, source.support_percent)
    available = standing_of(session, source).available
    if minor + support > available:
        lacking = {
            name: money_text(some, source.currency) for name, some in (("available", available), ("support", support))
        }
        raise InvalidCommand(FieldError("minor", "not_available", lacking))
    alone = actor.person_ids.isdisjoint(fillers_of(session, source))
    session.add(
        Allocation(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            contribution_id=source.id,
            kind=source.kind,
            source=source.title,
            budget_line=source.budget_line,
            year=source.year,
            minor=minor,
            support_minor=support,
            currency=source.currency,
            cost_lines=command.cost_lines or None,
            paragraphs=command.paragraphs or None,
            note=command.note,
            allocated_by_id=actor.user_id,
            allocated_for_id=absent(actor),
            approved_by_id=actor.user_id if alone else None,
            approved_at=now() if alone else None,
        )
    )
    if not alone:
        tell_circles(session, case, _SECOND, "case.allocation_to_approve", {}, but=actor.person_ids)


def misfits(session: Session, case: AssistanceRequest, source: Contribution) -> Iterator[FieldError]:
    """Yield why a source cannot be used for a case, one error for each earmark that does not fit: one statement.

    States and regions come from reference data, which is cached.
    """
    state = state_by_id(session, case.state_id)
    if source.regions and (state.regional_group is None or state.regional_group.value not in source.regions):
        yield FieldError("source", "earmark_region")
    if source.states and state.alpha3 not in source.states:
        yield FieldError("source", "earmark_state")
    if source.types:
        asked = session.scalars(select(CaseType.type).where(CaseType.case_id == case.id))
        if {one.value for one in asked}.isdisjoint(source.types):
            yield FieldError("source", "earmark_type")
    if source.expires_on is not None and source.expires_on < now().date():
        yield FieldError("source", "source_expired")


def _chosen(session: Session, command: Allocate) -> Contribution:
    try:
        return lock_source(session, command.source or "")
    except NotFound:
        raise InvalidCommand(FieldError("source", "not_offered")) from None


def _check_fit(
    session: Session, actor: Actor, case: AssistanceRequest, source: Contribution, command: Allocate
) -> None:
    wrong = list(misfits(session, case, source))
    if case.hold_reason is HoldReason.MONEY:
        wanted = funding_facts(session, case.id, core_of(session, case, actor)).currency
        if wanted is not None and wanted != source.currency:
            wrong.append(FieldError("source", "allocation_currency", {"currency": wanted}))
    costs = wiring().plan_costs
    if command.cost_lines and source.kind is not SourceKind.IN_KIND:
        wrong.append(FieldError("cost_lines", "only_in_kind"))
    elif command.cost_lines and costs is not None:
        known = set(session.execute(costs(case.id)).scalars())
        if not set(command.cost_lines) <= known:
            wrong.append(FieldError("cost_lines", "not_offered"))
    if wrong:
        raise InvalidCommand(*wrong)
