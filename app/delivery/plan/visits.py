"""Joint visits with CTC/CTED in a plan: each needs a dated consent of the State (preamble: SC 1535)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from app.delivery.plan.facts import newest_number
from app.delivery.plan.models import PlanActivity, ResponsePlan
from app.workflow.vocabulary import AssistanceType


def joint_visits(case_id: int) -> Select[Any]:
    """Return the select of the joint visits in the newest version of the plan of a case that was put to the State.

    The State consents to what it can read; of a draft it knows nothing. Columns: key, title, dates, city.
    """
    shown = (PlanActivity.key, PlanActivity.title, PlanActivity.starts_on, PlanActivity.ends_on, PlanActivity.city)
    return (
        select(*shown)
        .join(ResponsePlan, ResponsePlan.id == PlanActivity.plan_id)
        .where(
            ResponsePlan.case_id == case_id,
            ResponsePlan.number == newest_number(case_id, proposed=True),
            PlanActivity.type == AssistanceType.JOINT_VISIT,
        )
    )
