"""The buttons of a case's page: what the reader may do now, in the order in which it is needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import ScalarSelect
from sqlalchemy.orm import Session

from app.casework.facts import load_facts
from app.casework.texts import action_text, refusal_texts
from app.foundation.wiring import wiring
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.vocabulary import Action, Section

#: Actions that end a request: shown apart.
GRAVE = {
    Action.WITHDRAW,
    Action.DISCARD,
    Action.LAPSE_UNANSWERED,
    Action.LAPSE_PLAN,
    Action.FIND_INELIGIBLE,
    Action.REFER,
    Action.DECLINE,
    Action.DISCONTINUE,
    Action.MERGE,
    Action.UNMERGE,
}
#: Actions that send a request back: never the first that is offered.
BACKWARD = {
    Action.RETURN_TO_DRAFT,
    Action.RETURN_FOR_INFORMATION,
    Action.PROPOSE_OUTCOME,
    Action.RETURN_PROPOSAL,
    Action.SEND_BACK,
    Action.REQUEST_PLAN_CHANGES,
    Action.REASSESS,
    Action.RESCHEDULE,
    Action.HOLD,
    Action.CONTEST_DELIVERY,
    Action.REOPEN,
}
#: Actions beside the way of a request, the less needed the later: never first while another takes the request on.
ASIDE = (Action.DRAFT_PLAN, Action.ASK_STATE)
#: Actions that decide on what was proposed: the first that are offered while somebody waits for them.
DECIDING = {Action.FIND_INELIGIBLE, Action.REFER, Action.DISCONTINUE, Action.RETURN_PROPOSAL}


@dataclass(frozen=True, slots=True)
class OfferView:
    """One button of the action box; with reasons it is shown disabled."""

    id: str
    label: str
    url: str
    tone: str
    post: bool
    reasons: tuple[str, ...]
    hint: str | None = None


def offers_of(
    session: Session,
    actor: Actor,
    core: CaseCore,
    endpoint: str,
    known: Mapping[Section, Any] | None = None,
    without: frozenset[Action] = frozenset(),
) -> tuple[OfferView, ...]:
    """Return the buttons: what this actor may do now and a page exists for.

    What somebody waits for comes first, then what takes the request on; what sends it back or ends it comes last.

    Args:
        session: to read the facts with.
        actor: who looks.
        core: of the case.
        endpoint: the page that is being shown; no button leads to it.
        known: sections of the facts that were read with the case.
        without: actions for which there is nothing to do on this case.
    """
    pages = wiring().action_pages
    lines = {line.action: line for line in policy.lines_open_to(actor, core)}
    here = {action for action in lines if action in pages and action not in without}
    if not here:
        return ()
    unasked = {action for action in here if pages[action].says_why_not}
    facts = load_facts(session, core, policy.sections_needed(actor, core, here - unasked), known)
    offers = [*policy.actions_open_to(actor, facts, here - unasked)]
    offers += [policy.Offer(action, (), lines[action]) for action in lines if action in unasked]
    views: list[OfferView] = []
    for offer in sorted(offers, key=lambda one: _place(one, assigned=core.officer_id is not None)):
        page = pages[offer.action]
        if page.endpoint == endpoint or not offer.concerns:
            continue
        views.append(
            OfferView(
                id=offer.action.value,
                label=action_text(offer.action),
                url=url_for(page.endpoint, key=core.key),
                tone=_tone(offer, first=not views),
                post=page.one_click,
                reasons=tuple(refusal_texts(offer.refusals)),
            )
        )
    return tuple(views)


def waiting_columns() -> dict[str, ScalarSelect[int]]:
    """Return what is read with a case for the buttons: how much there is to do for an action, by its code."""
    pages = wiring().action_pages.items()
    return {action.value: page.waits() for action, page in pages if page.waits is not None}


def nothing_waits(counts: Mapping[str, int]) -> frozenset[Action]:
    """Return the actions for which there is nothing to do on a case, whoever looks.

    Args:
        counts: what `waiting_columns` found.
    """
    pages = wiring().action_pages.items()
    return frozenset(action for action, page in pages if page.waits is not None and not counts.get(action.value))


def _waited_for(offer: policy.Offer) -> bool:
    return offer.action in DECIDING and not offer.refusals


def _tone(offer: policy.Offer, *, first: bool) -> str:
    if offer.action in GRAVE and not _waited_for(offer):
        return "danger"
    return "primary" if first else "quiet"


def _place(offer: policy.Offer, *, assigned: bool) -> tuple[bool, bool, bool, bool, int]:
    waited_for = _waited_for(offer)
    grave = offer.action in GRAVE and not waited_for
    # another officer is rarely what a case that has one needs next
    aside = (*ASIDE, Action.ASSIGN) if assigned else ASIDE
    place = aside.index(offer.action) + 1 if offer.action in aside else 0
    return not waited_for, grave, bool(offer.refusals), offer.action in BACKWARD, place
