"""What is stored of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, exists, func, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.models import AssistanceRequest, ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.delivery.participation.models import Participation
from app.delivery.plan.completeness import missing_of
from app.delivery.plan.costs import PlanCostTotal, total_of
from app.delivery.plan.facts import is_invitation_of, newest_number
from app.delivery.plan.models import PlanActivity, PlanCost, PlanParticipation, ResponsePlan


@dataclass(frozen=True, slots=True)
class Planned:
    """One activity with the ids of the States that take part besides the host.

    Attributes:
        invitations: of these States to this activity, on the terms that hold now.
        visit_consented: the host gave a dated consent to it as a joint visit, and did not withdraw it.
    """

    activity: PlanActivity
    participants: tuple[int, ...]
    invitations: tuple[Participation, ...] = ()
    visit_consented: bool = False


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """One version of a plan with its parts; `saved_by` is a name."""

    plan: ResponsePlan
    saved_by: str | None
    costs: Sequence[PlanCost]
    activities: Sequence[Planned]

    @property
    def total(self) -> PlanCostTotal:
        """What it costs."""
        return total_of((line.minor for line in self.costs), self.plan.support_percent, self.plan.currency)

    @property
    def missing(self) -> tuple[str, ...]:
        """Paths of what it lacks before it can be proposed."""
        rows = [one.activity for one in self.activities]
        with_others = frozenset(one.activity.id for one in self.activities if one.participants)
        return missing_of(self.plan, rows, with_costs=bool(self.costs), with_others=with_others)


def plan_of(session: Session, case_id: int, number: int | None = None) -> StoredPlan | None:
    """Return a version of the plan of a case, None when there is none: two statements.

    Args:
        case_id: a case that the caller got from `visible_cases`.
        number: one of `versions.versions_of`, which knows who reads which; None for the newest, for somebody of the
            Branch or an auditor: nobody else reads drafts.
    """
    statement = (
        select(ResponsePlan, User.name, PlanCost)
        .outerjoin(User, User.id == ResponsePlan.saved_by_id)
        .outerjoin(PlanCost, PlanCost.plan_id == ResponsePlan.id)
        .where(ResponsePlan.case_id == case_id, ResponsePlan.number == (number or newest_number(case_id)))
    )
    rows = session.execute(statement.order_by(PlanCost.place)).all()
    if not rows:
        return None
    plan, saved_by, _line = rows[0]
    return StoredPlan(plan, saved_by, [row[2] for row in rows if row[2] is not None], activities_of(session, plan.id))


def activities_of(session: Session, plan_id: int) -> list[Planned]:
    """Return the activities of one version in their order, each with what was answered and consented: one statement."""
    of_visit = (ConsentRecord.case_id == PlanActivity.case_id) & (ConsentRecord.kind == ConsentKind.VISIT)
    given = of_visit & (ConsentRecord.subject == PlanActivity.key) & ConsentRecord.withdrawn_at.is_(None)
    statement = (
        select(PlanActivity, PlanParticipation.participant_id, Participation, exists().where(given))
        .outerjoin(PlanParticipation, PlanParticipation.activity_id == PlanActivity.id)
        .outerjoin(Participation, is_invitation_of(PlanActivity, PlanParticipation))
        .where(PlanActivity.plan_id == plan_id)
        .order_by(PlanActivity.place, PlanActivity.id, PlanParticipation.id)
    )
    found: dict[PlanActivity, list[Any]] = {}
    for row in session.execute(statement):
        found.setdefault(row.PlanActivity, []).append(row)
    return [
        Planned(
            activity,
            tuple(row.participant_id for row in rows if row.participant_id is not None),
            tuple(row.Participation for row in rows if row.Participation is not None),
            visit_consented=bool(rows[0][3]),
        )
        for activity, rows in found.items()
    ]


def plan_with_state() -> ScalarSelect[int]:
    """Return how many versions of the plan of a case wait for its State, as a column of a select of cases."""
    waiting = select(func.count(ResponsePlan.id)).where(
        ResponsePlan.case_id == AssistanceRequest.id,
        ResponsePlan.proposed_at.is_not(None),
        ResponsePlan.answered_at.is_(None),
    )
    return waiting.correlate(AssistanceRequest).scalar_subquery()
