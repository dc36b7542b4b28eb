"""Why a request rests and what it was allocated, for everybody who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.audiences import readable_by
from app.casework.models import AssistanceRequest
from app.foundation.formatting import money, one_line
from app.foundation.texts import text
from app.foundation.wiring import wiring
from app.funding.holding import was_asked
from app.funding.models import Allocation, Hold
from app.funding.sources.ledger import Taken, select_taken
from app.funding.sources.models import Contribution
from app.funding.texts import SOURCE_TEXTS
from app.funding.vocabulary import SourceKind
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
    """One allocation, for the Branch.

    Attributes:
        source_key: of its source; None of an allocation from before sources had ledgers.
    """

    kind: str
    taken: Taken
    amount: Markup
    by: str | None
    approved_by: str | None = None
    source_key: str | None = None

    @property
    def row(self) -> Allocation:
        """The allocation itself."""
        return self.taken.row

    @property
    def in_kind(self) -> bool:
        """Whether it is no money."""
        return self.row.kind is SourceKind.IN_KIND

    def of(self, minor: int) -> Markup:
        """Return an amount in the currency of the allocation."""
        return money(minor, self.row.currency)


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
    approver = aliased(User)
    statement = (
        select_taken(User.name, approver.name, Contribution.key)
        .outerjoin(User, User.id == Allocation.allocated_by_id)
        .outerjoin(approver, approver.id == Allocation.approved_by_id)
        .outerjoin(Contribution, Contribution.id == Allocation.contribution_id)
        .where(Allocation.case_id == case_id)
        .order_by(Allocation.seq.desc())
    )
    return [
        AllocationView(
            str(SOURCE_TEXTS[row.kind]),
            Taken(row, int(released), int(spent)),
            money(row.minor, row.currency),
            *people_and_source,
        )
        for row, released, spent, *people_and_source in session.execute(statement)
    ]


def unspent_of(session: Session, case_id: int) -> list[tuple[Markup, Markup]]:
    """Return what the end of a case gives back: amount and source of each allocation with a rest; one statement.

    Args:
        case_id: a case that a reader of the Branch got from `visible_cases`.
    """
    rows = allocations_of(session, case_id)
    return [
        (one.of(one.taken.unspent), one_line(one.row.source))
        for one in rows
        if one.source_key and one.taken.unspent > 0
    ]


def cost_lines_of(session: Session, case_id: int) -> list[str]:
    """Return what the cost lines of the newest plan of a case are for: one statement."""
    costs = wiring().plan_costs
    return list(session.execute(costs(case_id)).scalars()) if costs is not None else []
