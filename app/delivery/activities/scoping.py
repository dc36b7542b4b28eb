"""Whether the scope that was agreed still fits: an activity of several States may be left with its host alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.delivery.activities.models import Activity
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.participation.models import Participation
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.vocabulary import Scope


def left_alone(session: Session, activity: Activity, guests: Sequence[int]) -> bool:
    """Tell whether every State that was invited to an activity is out of it; one statement at most.

    Args:
        guests: ids of the States that take part.
    """
    if guests or activity.scope is Scope.NATIONAL or activity.status is ActivityStatus.CANCELLED:
        return False
    asked = select(Participation.closed_at, Participation.answer).where(
        Participation.case_id == activity.case_id, Participation.activity_key == activity.key
    )
    rows = session.execute(asked).all()
    return bool(rows) and all(row.closed_at or row.answer is ParticipationAnswer.DECLINE for row in rows)
