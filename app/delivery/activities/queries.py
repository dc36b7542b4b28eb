"""What is stored of the activities of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from app.delivery.activities.models import Activity, ParticipantCount


def activities_of(session: Session, case_id: int) -> Sequence[Row[Any]]:
    """Return the activities of a case in their order, each with how many people came: one statement.

    Args:
        case_id: a case that somebody of its State, of the Branch, or an auditor, got from `visible_cases`.

    Returns:
        Rows of the activity and `people`, 0 while nobody was counted.
    """
    people = (
        select(func.coalesce(func.sum(ParticipantCount.number), 0))
        .where(ParticipantCount.activity_id == Activity.id)
        .correlate(Activity)
        .scalar_subquery()
    )
    statement = select(Activity, people.label("people")).where(Activity.case_id == case_id)
    return session.execute(statement.order_by(Activity.starts_on, Activity.place, Activity.id)).all()
