"""What the pages of a delivery have in common: its activities and recommendations in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.content.detail_words import MODALITIES
from app.casework.content.display import joined, line, state
from app.casework.page import CasePage
from app.casework.texts import TYPE_TEXTS
from app.delivery.activities.models import Activity
from app.delivery.activities.queries import activities_of
from app.delivery.activities.texts import standing_of
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.models import NoRecommendations, Recommendation
from app.delivery.vocabulary import RecommendationStatus
from app.foundation.clock import now
from app.foundation.formatting import date_filter, date_range, number
from app.workflow.actor import Actor


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity in a list.

    Attributes:
        people: how many came, in words; None while nobody was counted.
        reason: why it was cancelled.
    """

    row: Activity
    kind: str
    status: str
    tone: str
    when: Markup
    where: Any
    people: str | None
    reason: str

    @property
    def waits(self) -> bool:
        """Whether it has not begun, and was not cancelled."""
        return self.row.begun_at is None and self.row.status in (ActivityStatus.PLANNED, ActivityStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Recommended:
    """Recommendations of a case.

    Attributes:
        none: somebody said that there are none.
        overdue: public keys of those that are open past their day.
    """

    rows: Sequence[Recommendation]
    none: bool
    overdue: frozenset[str]


def activity_lines(session: Session, case_id: int) -> list[ActivityLine]:
    """Return the activities of a case in words: one statement, see `activities_of`."""
    return [line_of(row, int(people)) for row, people in activities_of(session, case_id)]


def recommended(session: Session, case_id: int) -> Recommended:
    """Return what a case recommends, the next to fall due first: one statement.

    Args:
        case_id: a case that somebody of its State, of the Branch, or an auditor, got from `visible_cases`.
    """
    none = select(NoRecommendations.case_id).where(NoRecommendations.case_id == case_id).exists()
    # one row at least, so that the statement says whether there are none
    one = select(none.label("none")).subquery()
    of_case = Recommendation.case_id == case_id
    due = Recommendation.due_on
    statement = select(one.c.none, Recommendation).select_from(one).outerjoin(Recommendation, of_case)
    found = session.execute(statement.order_by(due.is_(None), due, Recommendation.id)).all()
    rows = [row for _none, row in found if row is not None]
    today = now().date()
    late = (one for one in rows if one.status is RecommendationStatus.OPEN and one.due_on and one.due_on < today)
    return Recommended(rows, none=bool(found[0][0]) if found else False, overdue=frozenset(row.key for row in late))


def delivered_beside(session: Session, actor: Actor, page: CasePage) -> Mapping[str, Any]:
    """Return what was delivered, to stand beside a form: two statements."""
    del actor
    return {
        "activities": activity_lines(session, page.case.id),
        "recommended": recommended(session, page.case.id),
    }


def line_of(row: Activity, people: int) -> ActivityLine:
    """Return one activity as a line, with how many `people` came."""
    status, tone = standing_of(row.status, begun=row.begun_at is not None)
    return ActivityLine(
        row,
        kind=str(TYPE_TEXTS[row.type]),
        status=status,
        tone=tone,
        when=when_of(row),
        where=where_of(row),
        people=_people(row, people),
        reason=row.cancel_reason,
    )


def when_of(row: Activity) -> Markup:
    """Return the days of an activity in words."""
    if row.starts_on == row.ends_on:
        return date_filter(row.starts_on)
    return date_range(row.starts_on, row.ends_on)


def where_of(row: Activity) -> Any:
    """Return how and where it is held, in words."""
    return joined(MODALITIES[row.modality], line(row.city, row.lang), state(row.country, row.lang))


def _people(row: Activity, people: int) -> str | None:
    if row.status is not ActivityStatus.HELD or row.counted_at is None:
        return None
    return str(_("%(number)s participants", number=number(people)))
