"""What pages ask about recommendations."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.delivery.models import Recommendation, Renewal
from app.delivery.vocabulary import RecommendationStatus

_COLUMNS = (Recommendation.key, Recommendation.text, Recommendation.lang, Recommendation.owner, Recommendation.due_on)


def open_recommendations(session: Session, case_id: int) -> Sequence[Row[Any]]:
    """Return what a case recommended and nobody has done yet, the next to fall due first: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.

    Returns:
        Rows of key, text, lang, owner and due_on.
    """
    due = Recommendation.due_on
    statement = select(*_COLUMNS).where(
        Recommendation.case_id == case_id, Recommendation.status == RecommendationStatus.OPEN
    )
    return session.execute(statement.order_by(due.is_(None), due, Recommendation.id)).all()


def renewed_by(session: Session, case_id: int) -> Sequence[Row[Any]]:
    """Return which recommendations of its parent a follow-up takes up again: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.

    Returns:
        Rows of key, text, lang, owner and due_on.
    """
    statement = select(*_COLUMNS).join(Renewal, Renewal.recommendation_id == Recommendation.id)
    return session.execute(statement.where(Renewal.case_id == case_id).order_by(Recommendation.id)).all()
