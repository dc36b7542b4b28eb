"""What a plan costs: its lines, the programme support cost on top, and both together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from app.casework.costs import support_cost
from app.delivery.plan.facts import newest_number
from app.delivery.plan.models import PlanCost, ResponsePlan
from app.foundation.db import Money


@dataclass(frozen=True, slots=True)
class PlanCostTotal:
    """The cost of a plan, in minor units of one currency.

    Attributes:
        lines: the sum of the cost lines.
        support: programme support cost (process, Money), rounded to the next minor unit.
        percent: what `support` is of `lines`.
    """

    lines: int
    support: int
    percent: int
    currency: str

    @property
    def total(self) -> Money:
        """What has to be covered before the plan can be agreed."""
        return Money(self.lines + self.support, self.currency)


def total_of(minors: Iterable[int], percent: int, currency: str) -> PlanCostTotal:
    """Return what cost lines come to.

    Args:
        minors: the lines in minor units.
        percent: programme support cost, 0 to 100.
        currency: of all of them (ISO 4217).
    """
    lines = sum(minors)
    return PlanCostTotal(lines, support_cost(lines, percent), percent, currency)


def plan_costs(case_id: Any) -> Select[Any]:
    """Return the select of the cost lines of the newest version of the plan of a case.

    Columns: what, minor, support_percent, currency.

    Args:
        case_id: a value, or the column of the ids of several cases.
    """
    shown = (PlanCost.what, PlanCost.minor, ResponsePlan.support_percent, ResponsePlan.currency)
    return (
        select(*shown)
        .join(ResponsePlan, ResponsePlan.id == PlanCost.plan_id)
        .where(ResponsePlan.case_id == case_id, ResponsePlan.number == newest_number(case_id))
    )
