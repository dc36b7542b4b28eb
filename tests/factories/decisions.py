"""What the chief decides on, and what was decided: rows of the product, without its pages and guards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from flask import Flask
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.decision.models import TypeDecision
from app.decision.vocabulary import DeclineReason
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.funding.models import Allocation, Hold
from app.funding.vocabulary import SourceKind
from app.workflow.vocabulary import AssistanceType, HoldReason

if TYPE_CHECKING:
    from tests.factories.cases import Made
    from tests.factories.people import Cast

DECLINED_TEXT: Final = "The court system is being reorganized until next year."
#: For the Branch alone; the State never reads it.
HOLD_TEXT: Final = "Reliable sources report a plot against visitors."
NEW_FACT: Final = "Parliament adopted the law on 3 March."
SHORTFALL: Final = 1_200_000


def decide_types(
    session: Session, case: AssistanceRequest, types: Sequence[AssistanceType], *, approved: bool, by_id: int | None
) -> None:
    """Write the decision on each of `types`, as the last entry of the history took it."""
    session.add_all(
        TypeDecision(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            type=one,
            approved=approved,
            reason=None if approved else DeclineReason.CONDITIONS_MISSING,
            text="" if approved else DECLINED_TEXT,
            lang="en",
            decided_by_id=by_id,
        )
        for one in types
    )


def hold(session: Session, case: AssistanceRequest, reason: HoldReason, *, by_id: int | None) -> None:
    """Write why a case rests, as the last entry of the history put it on hold."""
    money = reason is HoldReason.MONEY
    session.add(
        Hold(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            reason=reason,
            text=HOLD_TEXT,
            lang="en",
            shortfall_minor=SHORTFALL if money else None,
            currency="USD" if money else None,
            held_by_id=by_id,
        )
    )


def allocate(app: Flask, case: Made, cast: Cast, *, minor: int = SHORTFALL) -> None:
    """Write an allocation as if it had come after everything in the history."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        session.add(
            Allocation(
                case_id=case.id,
                state_id=case.state_id,
                seq=row.history_seq + 1,
                kind=SourceKind.EXTRABUDGETARY,
                source="Contribution of 2026",
                minor=minor,
                currency="USD",
                allocated_by_id=cast.programme_support.id,
            )
        )
