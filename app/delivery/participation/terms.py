"""What another State is told of an activity: the whole of it, and when it counts as changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.delivery.participation.models import Participation
from app.delivery.plan.models import PlanActivity


@dataclass(frozen=True, slots=True)
class Terms:
    """Title, dates and place; an answer holds for these and no others."""

    title: str
    starts_on: date | None
    ends_on: date | None
    city: str
    country: str

    @property
    def dated(self) -> bool:
        """Whether a State can be asked: somebody can only say yes to days that are known."""
        return self.starts_on is not None and self.ends_on is not None


def terms_of(row: PlanActivity | Participation) -> Terms:
    """Return the terms of a planned activity, or those on which a State was invited."""
    return Terms(row.title, row.starts_on, row.ends_on, row.city, row.country)
