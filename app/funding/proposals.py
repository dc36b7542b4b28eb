"""Allocations that wait for a second person, counted with the case itself: a number on its tab, and a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import ngettext
from sqlalchemy import ScalarSelect, func, select

from app.casework.models import AssistanceRequest
from app.funding.models import Allocation
from app.funding.sources.ledger import sum_of
from app.funding.vocabulary import LineKind
from app.workflow.actor import Actor
from app.workflow.facts import FundingFacts
from app.workflow.vocabulary import HoldReason, Role, Section


def proposed_count(actor: Actor) -> ScalarSelect[int] | None:
    """Return how many allocations of a case wait, for those who may approve one; correlated with `cases`."""
    if not actor.has(Role.PROGRAMME_SUPPORT, Role.BRANCH_CHIEF):
        return None
    return (
        select(func.count(Allocation.id))
        .where(Allocation.case_id == AssistanceRequest.id, Allocation.approved_at.is_(None))
        .where(Allocation.minor + Allocation.support_minor > sum_of(LineKind.RELEASE))
        .correlate(AssistanceRequest)
        .scalar_subquery()
    )


def proposed_words(count: int) -> str:
    """Return what is counted, for those who hear the page."""
    return str(ngettext("%(num)s allocation waits", "%(num)s allocations wait", count))


def proposed_facts(case: AssistanceRequest, count: int) -> Mapping[str, Any]:
    """Return the facts that the count answers by itself, but while a request rests for money.

    Programme support and the chief agree to no plan, so that it does not matter to them whether it is covered.
    """
    if case.hold_reason is HoldReason.MONEY:
        return {}
    return {Section.FUNDING: FundingFacts(proposed=count)}
