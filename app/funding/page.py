"""What the pages of holds and money show beside their forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.casework.page import CasePage
from app.casework.steps import StepForm, reasons_against, shows, told_of
from app.documents.letters import correspondence_of
from app.foundation.formatting import bdi, money, one_line
from app.foundation.i18n import LOCALES
from app.funding.facts import funding_facts
from app.funding.queries import AllocationView, HoldView, allocations_of, hold_on
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import FundingFacts
from app.workflow.vocabulary import Action, HoldReason, State

#: States that a hold leads back to, by the action that ends it.
_LEADS_TO = {Action.RESUME_PLANNING: State.PLANNING, Action.RESUME_REVIEW: State.IN_REVIEW}


@dataclass(frozen=True, slots=True)
class FundingShown:
    """What stands beside the form.

    Attributes:
        reasons: why it cannot be done now; its button is then disabled.
        told: whom it notifies, in words.
        hold: why the request rests.
        missing: what is still missing of a hold for money; where money is allocated, also of the plan.
        allocations: what was allocated so far.
        language: name of the language in which the State is written to, and its code `lang`.
        to_planning: the hold leads back to planning.
    """

    reasons: Sequence[str]
    told: Sequence[Markup]
    hold: HoldView | None
    missing: Markup | None
    allocations: Sequence[AllocationView]
    language: str
    lang: str
    to_planning: bool


def funding_of(session: Session, actor: Actor, page: CasePage, action: Action, form: StepForm) -> FundingShown:
    """Return what stands beside the form of `action`, and fill the form's version.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    reasons = reasons_against(session, actor, page, action)
    shows(form, page)
    lang = correspondence_of(session, page.case)
    return FundingShown(
        reasons,
        told=told_of(session, actor, page.case, action),
        hold=hold_on(session, actor, page.case),
        missing=_missing(session, page, action),
        allocations=allocations_of(session, page.case.id) if action is not Action.HOLD else (),
        language=next(one.name for one in LOCALES if one.code == lang),
        lang=lang,
        to_planning=_LEADS_TO.get(action) is State.PLANNING,
    )


@dataclass(frozen=True, slots=True)
class MoneyShown:
    """The money of one case, for the Branch.

    Attributes:
        facts: whether it covers what is missing.
        missing: what is still missing, of the plan or of a hold for money.
        money: allocations of money, the latest first; `in_kind` those that are none.
        may_allocate: this reader can allocate, and `may_decide` approve what waits.
    """

    facts: FundingFacts
    missing: Markup | None
    money: Sequence[AllocationView]
    in_kind: Sequence[AllocationView]
    may_allocate: bool
    may_decide: bool


def money_of(session: Session, actor: Actor, page: CasePage) -> MoneyShown:
    """Return the money of a case: two statements."""
    facts = funding_facts(session, page.case.id, page.core)
    rows = allocations_of(session, page.case.id)
    return MoneyShown(
        facts,
        money(facts.shortfall_minor, facts.currency) if facts.currency and facts.shortfall_minor else None,
        [one for one in rows if not one.in_kind],
        [one for one in rows if one.in_kind],
        policy.may(actor, Action.ALLOCATE, page.core),
        bool(_answered_by(actor, rows)) and policy.may(actor, Action.APPROVE_ALLOCATION, page.core),
    )


def proposed_of(actor: Actor, shown: FundingShown) -> list[tuple[str, Any, Any]]:
    """Return the allocations that wait for a second person, as the form offers them: key, amount and source, by whom.

    Those that this reader proposed are not among them.
    """
    return [
        (one.row.key, Markup("{} {}").format(one.amount, one_line(one.row.source)), bdi(one.by or ""))
        for one in _answered_by(actor, shown.allocations)
    ]


def _answered_by(actor: Actor, allocations: Sequence[AllocationView]) -> list[AllocationView]:
    own = actor.person_ids
    return [
        one
        for one in allocations
        if one.taken.proposed and own.isdisjoint({one.row.allocated_by_id, one.row.allocated_for_id})
    ]


def _missing(session: Session, page: CasePage, action: Action) -> Markup | None:
    if page.case.hold_reason is not HoldReason.MONEY and action is not Action.ALLOCATE:
        return None
    facts = funding_facts(session, page.case.id, page.core)
    return money(facts.shortfall_minor, facts.currency) if facts.currency and facts.shortfall_minor else None
