"""What stands of agreed activities: how far they are, when they are, and which other dates wait for the State."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.page import CasePage
from app.casework.steps import StepForm, reasons_against, shows, told_of
from app.delivery.activities.models import Activity
from app.delivery.activities.moves import AHEAD, ActivityMove
from app.delivery.activities.texts import standing_of
from app.foundation.formatting import date_range
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One agreed activity.

    Attributes:
        row: the activity.
        waits: other dates that wait for the State.
    """

    row: Activity
    waits: ActivityMove | None

    @property
    def status(self) -> str:
        """How far it is, in words."""
        return standing_of(self.row.status, begun=self.row.begun_at is not None)[0]

    @property
    def tone(self) -> str:
        """Of the badge."""
        return standing_of(self.row.status, begun=self.row.begun_at is not None)[1]

    @property
    def when(self) -> Markup:
        """When it is, or was, held."""
        return date_range(self.row.starts_on, self.row.ends_on)

    @property
    def agreed(self) -> Markup | None:
        """When it was to be held first; None where that still stands."""
        row = self.row
        same = (row.starts_on, row.ends_on) == (row.agreed_starts_on, row.agreed_ends_on)
        return None if same else date_range(row.agreed_starts_on, row.agreed_ends_on)

    @property
    def is_ahead(self) -> bool:
        """Whether it can still be moved or cancelled."""
        return self.row.status in AHEAD


@dataclass(frozen=True, slots=True)
class MovingShown:
    """What stands around the form of a page.

    Attributes:
        reasons: why it cannot be done now; its button is then disabled.
        told: whom it notifies, in words.
        lines: the activities of the case.
    """

    reasons: Sequence[str]
    told: Sequence[Markup]
    lines: Sequence[ActivityLine]

    @property
    def ahead(self) -> list[Activity]:
        """Those that can be moved or cancelled."""
        return [one.row for one in self.lines if one.is_ahead]

    @property
    def waiting(self) -> list[ActivityLine]:
        """Those of which other dates wait for the State, the first proposed first."""
        lines = [(one.waits.id, one) for one in self.lines if one.waits is not None and one.is_ahead]
        return [one for _id, one in sorted(lines, key=lambda pair: pair[0])]


def activity_lines(session: Session, case_id: int) -> list[ActivityLine]:
    """Return the agreed activities of a case as they come one after the other: one statement.

    Args:
        case_id: a case that the caller got from `visible_cases`.
    """
    waits = (
        (ActivityMove.activity_id == Activity.id) & ActivityMove.accepted.is_(None) & ActivityMove.closed_at.is_(None)
    )
    statement = select(Activity, ActivityMove).outerjoin(ActivityMove, waits).where(Activity.case_id == case_id)
    rows = session.execute(statement.order_by(Activity.starts_on, Activity.place, Activity.id)).tuples()
    return [ActivityLine(activity, move) for activity, move in rows]


def moving_shown(session: Session, actor: Actor, page: CasePage, action: Action, form: StepForm) -> MovingShown:
    """Return what stands around the form of `action`, and let the form carry the version of the case.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    reasons = reasons_against(session, actor, page, action)
    shows(form, page)
    told = told_of(session, actor, page.case, action)
    return MovingShown(reasons, told, activity_lines(session, page.case.id))
