"""Plans of cases, put there with their parts in one transaction, without the rules of the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from flask import Flask
from sqlalchemy import select

from app.casework.content.results import Modality
from app.delivery.plan.models import PlanActivity, PlanCost, PlanParticipation, ResponsePlan
from app.delivery.plan.vocabulary import Scope
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach
from app.foundation.db.scope import Scope as Reading
from app.reference.models import StateRecord
from app.workflow.vocabulary import AssistanceType
from tests.factories.cases import Made
from tests.factories.people import HOME, Member

SUMMARY: Final = "A course for judges in the capital, and comments on the draft law."
WORKSHOP: Final[dict[str, Any]] = {
    "type": AssistanceType.NATIONAL_WORKSHOP,
    "title": "Workshop on mutual legal assistance",
    "starts_on": date(2027, 3, 15),
    "ends_on": date(2027, 3, 17),
    "modality": Modality.ON_SITE,
    "city": "Nairobi",
    "country": HOME,
    "scope": Scope.NATIONAL,
    "results": "The central authority answers requests within three months.",
    "justice_markers": ["courts", "central_authority"],
    "crime_links": ["money_laundering"],
    "paragraphs": [6, 7],
    "partners": [{"name": "Ministry of Justice", "role": "host"}],
}


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """One activity; what `changes` does not name is that of a workshop in which nothing is missing.

    Attributes:
        participants: codes of other States that take part (ISO 3166-1 alpha-3).
    """

    changes: dict[str, Any] = field(default_factory=dict)
    participants: Sequence[str] = ()


def put_plan(
    app: Flask,
    case: Made,
    officer: Member,
    activities: Sequence[PlannedActivity] = (PlannedActivity(),),
    *,
    proposed: bool = False,
    costs: Sequence[tuple[str, int]] = (("Interpretation", 250_000), ("Travel of two experts", 480_050)),
    **changes: Any,
) -> int:
    """Give the case the next version of its plan; returns its number.

    Args:
        officer: who drafted it.
        activities: in their order.
        proposed: it was put to the State.
        costs: lines in cents.
        changes: of the columns of the version; `answered_at` of one that was proposed.
    """
    of_case = {"case_id": case.id, "state_id": case.state_id}
    with app.app_context(), write_transaction(Reading(Reach.ALL)) as session:
        numbers = session.scalars(select(ResponsePlan.number).where(ResponsePlan.case_id == case.id)).all()
        given: dict[str, Any] = {
            "number": max(numbers, default=0) + 1,
            "summary": SUMMARY,
            "expected_results": "Requests of other States are answered in time.",
            "lang": "en",
            "currency": "USD",
            "support_percent": 13,
            "drafted_by_id": officer.id,
            "saved_by_id": officer.id,
        }
        answered_at = changes.pop("answered_at", None)
        plan = ResponsePlan(**of_case, **(given | changes))
        session.add(plan)
        session.flush()
        part = {**of_case, "plan_id": plan.id}
        session.add_all(
            PlanCost(**part, place=place, what=what, minor=minor) for place, (what, minor) in enumerate(costs)
        )
        states = dict(session.execute(select(StateRecord.alpha3, StateRecord.id)).tuples().all())
        for place, one in enumerate(activities):
            activity = PlanActivity(**part, place=place, **(WORKSHOP | one.changes))
            session.add(activity)
            session.flush()
            session.add_all(
                PlanParticipation(**part, activity_id=activity.id, participant_id=states[code])
                for code in one.participants
            )
        session.flush()
        if proposed:
            plan.proposed_at, plan.answered_at = now(), answered_at
        return plan.number
