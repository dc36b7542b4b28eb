"""The versions of a plan: how far each has come, what the State said of it, and who reads which.

How a version was answered stands in the history of its case and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.audiences import readable_by
from app.casework.models import HistoryEntry, HistoryPayload
from app.casework.sharing import reached
from app.delivery.plan.models import ResponsePlan
from app.delivery.plan.texts import STANDINGS
from app.delivery.plan.vocabulary import Standing
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience

#: What the State answered, by the entry in history.
_ANSWERS: Mapping[str, Standing] = {
    Action.REQUEST_PLAN_CHANGES.value: Standing.CHANGES_ASKED,
    Action.AGREE_PLAN.value: Standing.AGREED,
}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a plan.

    Attributes:
        standing: how far it has come.
        drafted_by: who began it.
        answered_by: who answered for the State, or who took it back.
        comment: what the State wrote when it asked for changes; None for who may not read it.
    """

    number: int
    standing: Standing
    drafted_by: str | None
    drafted_at: datetime
    proposed_at: datetime | None
    answered_at: datetime | None
    answered_by: str | None
    comment: str | None

    @property
    def is_draft(self) -> bool:
        """Whether it was not put to the State."""
        return self.standing is Standing.DRAFT

    @property
    def words(self) -> str:
        """How far it has come, in words."""
        return str(STANDINGS[self.standing])

    @property
    def at(self) -> datetime:
        """Since when it stands so (UTC)."""
        return self.answered_at or self.proposed_at or self.drafted_at


def reads_costs(actor: Actor) -> bool:
    """Tell whether `actor` reads what a plan costs: the Branch, an auditor, and the State that agrees to it."""
    return Audience.STATE_TPB in readable_by(actor)


def versions_of(session: Session, actor: Actor, case_id: int) -> list[Version]:
    """Return the versions of the plan of a case that `actor` may read, the newest first: one statement.

    A draft is the Branch's own. What was put to the State is between both until they agree; what they agreed to is read
    by the bodies consulted as well, by CTC/CTED as far as the State consented to sharing when it agreed.

    Args:
        case_id: a case that the caller got from `visible_cases`.
    """
    drafter, said = aliased(User), _said(case_id)
    statement = (
        select(
            ResponsePlan,
            drafter.name,
            said.c.action,
            said.c.note,
            said.c.name,
            reached(actor, ResponsePlan.case_id, ResponsePlan.answered_at),
        )
        .outerjoin(drafter, drafter.id == ResponsePlan.drafted_by_id)
        .outerjoin(said, said.c.plan == ResponsePlan.number)
        .where(ResponsePlan.case_id == case_id)
        .order_by(ResponsePlan.number.desc(), said.c.seq.desc())
    )
    newest: dict[int, tuple[Any, ...]] = {}
    for row in session.execute(statement).tuples():
        newest.setdefault(row[0].number, row)
    return list(_readable(actor, newest.values()))


def _said(case_id: int) -> Any:
    """Return what the State answered to which version, and who: a subquery over the history of the case."""
    payload = HistoryPayload.payload
    return (
        select(
            HistoryEntry.seq,
            HistoryEntry.action,
            payload["plan"].as_integer().label("plan"),
            payload["note"].as_string().label("note"),
            User.name,
        )
        .join(
            HistoryPayload, (HistoryPayload.case_id == HistoryEntry.case_id) & (HistoryPayload.seq == HistoryEntry.seq)
        )
        .outerjoin(User, User.id == HistoryEntry.actor_id)
        .where(HistoryEntry.case_id == case_id, HistoryEntry.action.in_(_ANSWERS))
        .subquery()
    )


def _readable(actor: Actor, rows: Iterable[Sequence[Any]]) -> Iterable[Version]:
    theirs, superseded = readable_by(actor), False
    for plan, drafted_by, answer, note, answered_by, shared in rows:
        standing = _standing(plan, answer)
        if standing is Standing.AGREED:
            standing = Standing.SUPERSEDED if superseded else standing
            superseded = True
            readers = {Audience.ALL}
        else:
            readers = {Audience.TPB_ONLY if standing is Standing.DRAFT else Audience.STATE_TPB}
        if readers <= theirs and (shared or Audience.STATE_TPB in theirs):
            yield Version(
                number=plan.number,
                standing=standing,
                drafted_by=drafted_by if Audience.TPB_ONLY in theirs else None,
                drafted_at=plan.drafted_at,
                proposed_at=plan.proposed_at,
                answered_at=plan.answered_at,
                answered_by=answered_by if Audience.STATE_TPB in theirs else None,
                comment=note if Audience.STATE_TPB in theirs else None,
            )


def _standing(plan: ResponsePlan, answer: str | None) -> Standing:
    if plan.is_draft:
        return Standing.DRAFT
    if plan.answered_at is None:
        return Standing.PROPOSED
    return _ANSWERS[answer] if answer is not None else Standing.TAKEN_BACK
