"""What a plan lacks, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest

from app.casework.content.results import Modality
from app.delivery.plan.completeness import missing_of
from app.delivery.plan.costs import total_of
from app.delivery.plan.models import PlanActivity, ResponsePlan
from app.foundation.db import Money
from app.workflow.vocabulary import AssistanceType
from tests.factories.plans import WORKSHOP

PLAN = ResponsePlan(summary="What is done.", expected_results="What changes.")


def activity(**changes: Any) -> PlanActivity:
    return PlanActivity(id=7, key="0123456789ab", **(WORKSHOP | changes))


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"starts_on": None, "ends_on": None}, ["starts_on", "ends_on"]),
        ({"ends_on": None}, ["ends_on"]),
        ({"city": ""}, ["city"]),
        ({"country": ""}, ["city"]),
        ({"city": "", "country": "", "modality": Modality.REMOTE}, []),
        ({"city": "", "modality": Modality.HYBRID}, ["city"]),
        ({"results": "", "paragraphs": []}, ["results", "paragraphs"]),
        ({"justice_markers": [], "crime_links": []}, ["justice_markers", "crime_links"]),
        ({"type": AssistanceType.REGIONAL_WORKSHOP}, ["participants"]),
    ],
)
def test_what_one_activity_lacks(changes: dict[str, Any], missing: list[str]) -> None:
    found = missing_of(PLAN, [activity(**changes)], with_costs=True, with_others=frozenset())
    assert found == tuple(f"activities.0123456789ab.{name}" for name in missing)


def test_a_regional_workshop_names_another_state() -> None:
    regional = activity(type=AssistanceType.REGIONAL_WORKSHOP)
    assert missing_of(PLAN, [regional], with_costs=True, with_others=frozenset({7})) == ()


def test_an_empty_plan_lacks_results_costs_and_activities() -> None:
    plan = ResponsePlan(summary="What is done.", expected_results="")
    assert missing_of(plan, [], with_costs=False, with_others=frozenset()) == (
        "expected_results",
        "costs",
        "activities",
    )


@pytest.mark.parametrize(
    ("lines", "percent", "support"),
    [([100_000], 13, 13_000), ([100_003], 13, 13_000), ([100_004], 13, 13_001), ([], 13, 0), ([50_000, 1], 0, 0)],
)
def test_support_cost_is_added_and_rounded(lines: list[int], percent: int, support: int) -> None:
    cost = total_of(lines, percent, "USD")
    assert (cost.lines, cost.support) == (sum(lines), support)
    assert cost.total == Money(sum(lines) + support, "USD")
