"""What the chief decides on, and what was decided: rows of the product, without its pages and guards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.decision.models import TypeDecision
from app.decision.vocabulary import DeclineReason
from app.funding.models import Hold
from app.workflow.vocabulary import AssistanceType, HoldReason

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
