"""What a plan still lacks before it can be proposed to the State; a draft may be saved without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.casework.content.details import WITH_OTHER_STATES
from app.casework.content.results import Modality
from app.delivery.plan.models import PlanActivity, ResponsePlan


def missing_of(
    plan: ResponsePlan, activities: Sequence[PlanActivity], *, with_costs: bool, with_others: frozenset[int]
) -> tuple[str, ...]:
    """Return the paths of what is missing: `costs`, `activities.<key>.starts_on`.

    Args:
        plan: the version.
        activities: its activities.
        with_costs: whether it has a cost line.
        with_others: ids of the activities that name another State.
    """
    found = [] if plan.expected_results else ["expected_results"]
    if not with_costs:
        found.append("costs")
    if not activities:
        found.append("activities")
    for activity in activities:
        lacking = missing_of_activity(activity, with_others=activity.id in with_others)
        found += [f"activities.{activity.key}.{name}" for name in lacking]
    return tuple(found)


def missing_of_activity(activity: PlanActivity, *, with_others: bool) -> Iterator[str]:
    """Yield the names of what one activity lacks: dates, a place, results, markers (8), links (9), paragraphs."""
    yield from (name for name in ("starts_on", "ends_on") if getattr(activity, name) is None)
    if activity.modality is not Modality.REMOTE and not (activity.city and activity.country):
        yield "city"
    filled = ("results", "justice_markers", "crime_links", "paragraphs")
    yield from (name for name in filled if not getattr(activity, name))
    if activity.type in WITH_OTHER_STATES and not with_others:
        yield "participants"
