"""What the guards ask of a plan: which version is the current one, and what it lacks."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, exists, func, select
from sqlalchemy.orm import Session, aliased

from app.delivery.plan.completeness import missing_of
from app.delivery.plan.models import PlanActivity, PlanCost, PlanParticipation, ResponsePlan
from app.workflow.facts import CaseCore, PlanFacts


def plan_facts(session: Session, case_id: int, core: CaseCore) -> PlanFacts:
    """Provide `Section.PLAN`: the newest version with what it lacks, by one statement.

    No participating State has been asked yet: each that the version names lacks its consent.
    """
    del core
    with_costs = exists().where(PlanCost.plan_id == ResponsePlan.id)
    statement = (
        select(ResponsePlan, PlanActivity, PlanParticipation.key, with_costs)
        .outerjoin(PlanActivity, PlanActivity.plan_id == ResponsePlan.id)
        .outerjoin(PlanParticipation, PlanParticipation.activity_id == PlanActivity.id)
        .where(ResponsePlan.case_id == case_id, ResponsePlan.number == newest_number(case_id))
        .order_by(PlanActivity.place, PlanActivity.id, PlanParticipation.id)
    )
    rows = session.execute(statement).all()
    if not rows:
        return PlanFacts()
    plan, costs = rows[0][0], bool(rows[0][3])
    activities = list(dict.fromkeys(activity for _plan, activity, _key, _costs in rows if activity is not None))
    named = [(activity.id, key) for _plan, activity, key, _costs in rows if key is not None]
    with_others = frozenset(activity_id for activity_id, _key in named)
    return PlanFacts(
        version=plan.number,
        missing=missing_of(plan, activities, with_costs=costs, with_others=with_others),
        proposed_at=plan.proposed_at,
        answered_at=plan.answered_at,
        participations_missing=tuple(key for _activity_id, key in named),
    )


def newest_number(case_id: int | ScalarSelect[int]) -> object:
    """Return the number of the newest version of the plan of a case, as a subquery."""
    any_version = aliased(ResponsePlan)
    return select(func.max(any_version.number)).where(any_version.case_id == case_id).scalar_subquery()
