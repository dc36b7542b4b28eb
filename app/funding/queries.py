"""Why a request rests and what it was allocated, for everybody who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.audiences import readable_by
from app.casework.models import AssistanceRequest
from app.foundation.formatting import money
from app.foundation.texts import text
from app.funding.holding import was_asked
from app.funding.models import Allocation, Hold
from app.funding.texts import SOURCE_TEXTS
from app.workflow.actor import Actor
from app.workflow.vocabulary import Audience, State


@dataclass(frozen=True, slots=True)
class HoldView:
    """Why a request rests, as this reader may know it.

    Attributes:
        reason: the kind of reason.
        for_state: what was written for the State, in the language `lang`; empty for bodies.
        internal: why, for the Branch; empty for everybody else.
        shortfall: what was missing when the hold began; for the Branch.
        asked: the State was asked whether it keeps the request, and can say so.
    """

    reason: str
    for_state: str
    lang: str
    internal: str
    shortfall: Markup | None
    held_at: datetime
    asked: bool


@dataclass(frozen=True, slots=True)
class AllocationView:
    """One allocation, for the Branch."""

    kind: str
    row: Allocation
    amount: Markup
    by: str | None


def hold_on(session: Session, actor: Actor, case: AssistanceRequest) -> HoldView | None:
    """Return why `case` rests; None where it does not. One statement, none for a case that does not rest.

    Args:
        case: one that the caller got from `visible_cases`.
    """
    if case.state is not State.ON_HOLD:
        return None
    held = select(Hold, was_asked(case)).where(Hold.case_id == case.id).order_by(Hold.seq.desc()).limit(1)
    found = session.execute(held).first()
    if found is None:
        return None
    row, asked = found
    may_read = readable_by(actor)
    internal = Audience.TPB_ONLY in may_read
    missing = row.shortfall_minor
    return HoldView(
        reason=text(f"hold_reason.{row.reason.value}"),
        for_state=row.for_state if Audience.STATE_TPB in may_read else "",
        lang=row.lang,
        internal=row.text if internal else "",
        shortfall=money(missing, str(row.currency)) if internal and missing is not None else None,
        held_at=row.held_at,
        asked=actor.is_state_side and bool(asked),
    )


def allocations_of(session: Session, case_id: int) -> Sequence[AllocationView]:
    """Return what was allocated to a case, the latest first: one statement.

    Args:
        case_id: a case that a reader of the Branch got from `visible_cases`.
    """
    statement = (
        select(Allocation, User.name)
        .outerjoin(User, User.id == Allocation.allocated_by_id)
        .where(Allocation.case_id == case_id)
        .order_by(Allocation.seq.desc())
    )
    return [
        AllocationView(str(SOURCE_TEXTS[row.kind]), row, money(row.minor, row.currency), by)
        for row, by in session.execute(statement)
    ]
