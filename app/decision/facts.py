"""What the guards ask of outcomes: which proposal waits for the chief, and whether a second look was asked for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.casework.models import AssistanceRequest, HistoryEntry
from app.decision.models import OutcomeProposal
from app.workflow.facts import CaseCore, OutcomeFacts
from app.workflow.guards.review import OUTCOME_STAYS
from app.workflow.states import PAUSED
from app.workflow.vocabulary import Action

P = OutcomeProposal


def outcome_facts(session: Session, case_id: int, core: CaseCore) -> OutcomeFacts:
    """Provide `Section.OUTCOME`: the latest proposal and what history says of second looks, by one statement."""
    del core
    reconsidered = _entries(case_id, Action.RECONSIDER, func.count())
    asked_at = _entries(case_id, Action.ASK_RECONSIDERATION, func.max(HistoryEntry.at))
    statement = (
        select(P, waits(), reconsidered, asked_at)
        .select_from(AssistanceRequest)
        .outerjoin(P, latest(AssistanceRequest.id))
        .where(AssistanceRequest.id == case_id)
    )
    proposal, waiting, looks, asked = session.execute(statement).one()
    return facts_of(proposal, waiting=bool(waiting), reconsiderations=looks, asked_at=asked)


def facts_of(
    proposal: OutcomeProposal | None, *, waiting: bool, reconsiderations: int = 0, asked_at: Any = None
) -> OutcomeFacts:
    """Return what the guards ask of `proposal`, which counts only while it waits."""
    officer_id = proposal.officer_id if proposal is not None else None
    if proposal is None or not waiting:
        return OutcomeFacts(
            reconsiderations=reconsiderations, reconsideration_asked_at=asked_at, officer_at_decision_id=officer_id
        )
    return OutcomeFacts(
        proposed=proposal.kind,
        reason_given=bool(proposal.text),
        remedy_given=bool(proposal.remedy),
        provider_named=bool(proposal.provider),
        state_agreed=proposal.state_agreed,
        account_recorded=bool(proposal.account),
        reconsiderations=reconsiderations,
        reconsideration_asked_at=asked_at,
        officer_at_decision_id=officer_id,
    )


def asked_before(case_id: Any) -> ColumnElement[bool]:
    """Return whether the State asked for reconsideration of the case, as a column."""
    asked = select(HistoryEntry.seq).where(
        HistoryEntry.case_id == case_id, HistoryEntry.action == Action.ASK_RECONSIDERATION.value
    )
    return asked.exists()


def latest(case_id: Any) -> ColumnElement[bool]:
    """Return the condition that a proposal is the latest of the case."""
    any_of_case = aliased(P)
    newest = select(func.max(any_of_case.seq)).where(any_of_case.case_id == case_id).scalar_subquery()
    return and_(P.case_id == case_id, P.seq == newest)


def waits() -> ColumnElement[bool]:
    """Return whether a proposal waits for the chief, as a column.

    Read from the history, as the clock of the limit `outcome` is: the chief did not send it back, and the case did not
    settle in a state where it means nothing. A pause does not end it.
    """
    later = HistoryEntry.__table__.alias("later")
    elsewhere = (
        and_(P.proposed_in.in_(sorted(stay)), later.c.to_state.not_in(sorted(stay | PAUSED))) for stay in OUTCOME_STAYS
    )
    ended = or_(later.c.action == Action.RETURN_PROPOSAL.value, *elsewhere)
    over = select(later.c.seq).where(later.c.case_id == P.case_id, later.c.seq > P.seq, ended)
    return and_(P.id.is_not(None), ~over.exists())


def _entries(case_id: int, action: Action, column: Any) -> Any:
    return (
        select(column)
        .select_from(HistoryEntry)
        .where(HistoryEntry.case_id == case_id, HistoryEntry.action == action.value)
        .scalar_subquery()
    )
