"""What every page about a case reads: the case with its State and officer, its history, its tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest, CaseRevision, DraftTask, HistoryEntry, HistoryPayload
from app.casework.visibility import found, visible_cases
from app.reference.models import StateRecord
from app.workflow.actor import Actor


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """A case with what its page always shows.

    Attributes:
        case: the case's row.
        member_state: the State that asks.
        officer: who owns it at TPB, None before it is accepted.
        drafter: who drafted it.
    """

    case: AssistanceRequest
    member_state: StateRecord
    officer: User | None
    drafter: User | None


def case_header(session: Session, actor: Actor, key: str) -> CaseHeader:
    """Return the case `key` with its State and officer: one statement.

    Raises:
        NotFound: there is none that this actor may see.
    """
    officer, drafter = aliased(User), aliased(User)
    statement = (
        visible_cases(actor, AssistanceRequest, StateRecord, officer, drafter)
        .join(StateRecord, StateRecord.id == AssistanceRequest.state_id)
        .outerjoin(officer, officer.id == AssistanceRequest.officer_id)
        .outerjoin(drafter, drafter.id == AssistanceRequest.drafted_by_id)
        .where(AssistanceRequest.key == key)
    )
    return CaseHeader(*found(session.execute(statement).first()))


def history_of(
    session: Session, case_id: int, limit: int, *, before: int | None = None, since: datetime | None = None
) -> Sequence[Row[Any]]:
    """Return entries with payload and the actor's name, newest first: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
        limit: how many at most.
        before: only entries with a lower sequence number.
        since: only entries from this instant; what a State did before it submitted is its own affair.
    """
    absent = aliased(User)
    statement = (
        select(HistoryEntry, HistoryPayload.payload, User.name, absent.name.label("on_behalf_of"))
        .outerjoin(
            HistoryPayload, (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
        )
        .outerjoin(User, User.id == HistoryEntry.actor_id)
        .outerjoin(absent, absent.id == HistoryEntry.on_behalf_of_id)
        .where(HistoryEntry.case_id == case_id)
        .order_by(HistoryEntry.seq.desc())
    )
    if before is not None:
        statement = statement.where(HistoryEntry.seq < before)
    if since is not None:
        statement = statement.where(HistoryEntry.at >= since)
    return session.execute(statement.limit(limit)).all()


def draft_of(session: Session, case_id: int) -> dict[str, DraftTask]:
    """Return the tasks of a draft by name."""
    rows = session.scalars(select(DraftTask).where(DraftTask.case_id == case_id))
    return {row.task: row for row in rows}


def latest_revision(session: Session, case_id: int) -> CaseRevision | None:
    """Return what the State submitted or answered last."""
    statement = select(CaseRevision).where(CaseRevision.case_id == case_id).order_by(CaseRevision.revision.desc())
    return session.scalars(statement.limit(1)).first()
