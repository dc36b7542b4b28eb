"""What the guards ask of money: whether what was recorded as missing has been allocated since."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.funding.models import Allocation, Hold
from app.workflow.facts import CaseCore, FundingFacts
from app.workflow.vocabulary import HoldReason, State


def funding_facts(session: Session, case_id: int, core: CaseCore) -> FundingFacts:
    """Provide `Section.FUNDING`: the last shortfall recorded, less what was allocated since: one statement.

    Only what somebody recorded counts. Where nobody ever recorded a shortfall, nothing is known to cover a plan.
    Allocations in another currency do not count: no dated rate says what they are worth.
    """
    if core.state is State.ON_HOLD and core.hold_reason is not HoldReason.MONEY:
        # No guard asks for money while a request rests for something else.
        return FundingFacts()
    later = aliased(Hold)
    last = select(func.max(later.seq)).where(later.case_id == case_id, later.reason == HoldReason.MONEY)
    given = select(func.coalesce(func.sum(Allocation.minor), 0)).where(
        Allocation.case_id == Hold.case_id, Allocation.seq > Hold.seq, Allocation.currency == Hold.currency
    )
    statement = select(Hold.shortfall_minor, Hold.currency, given.correlate(Hold).scalar_subquery().label("given"))
    row = session.execute(statement.where(Hold.case_id == case_id, Hold.seq == last.scalar_subquery())).first()
    if row is None:
        return FundingFacts()
    missing = max(row.shortfall_minor - int(row.given), 0)
    return FundingFacts(covers_plan=missing == 0, shortfall_minor=missing, currency=row.currency)
