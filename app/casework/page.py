"""What every page of one case shows around its own content: header, phases, what happens now, tabs, actions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.facts import core_of, load_facts
from app.casework.queries import CaseHeader, case_header
from app.casework.texts import action_text, party_text, refusal_texts, state_text
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.texts import text
from app.foundation.wiring import wiring
from app.reference.models import StateRecord
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore
from app.workflow.states import ENDED, PHASE_OF, YOUR_TURN
from app.workflow.vocabulary import Action, Party, Phase, State

#: Tint of the badge of a state; words always stand beside it.
TONES = {
    State.DRAFT: "neutral",
    State.AWAITING_MISSION: "info",
    State.SUBMITTED: "info",
    State.SCREENING: "info",
    State.RETURNED: "warn",
    State.IN_REVIEW: "purple",
    State.IN_COORDINATION: "teal",
    State.DECISION: "purple",
    State.PLANNING: "purple",
    State.ON_HOLD: "warn",
    State.SCHEDULED: "success",
    State.IN_DELIVERY: "success",
    State.DELIVERED: "success",
    State.EVALUATION: "success",
}
#: Actions that end a request: shown apart.
GRAVE = {Action.WITHDRAW, Action.DISCARD, Action.LAPSE_UNANSWERED}
#: Actions that send a request back: never the first that is offered.
BACKWARD = {Action.RETURN_TO_DRAFT, Action.RETURN_FOR_INFORMATION}


@dataclass(frozen=True, slots=True)
class TabLink:
    """One tab of the case page."""

    label: str
    url: str
    active: bool
    count: int | None = None


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


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One phase of the bar: done, now or todo."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class NowPanel:
    """The answer to: what happens now, who has it, by when, what then, whom do I ask."""

    what: str
    who: str
    due: date | None
    then: str | None
    contact: str | None
    your_turn: bool
    paused: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that `casework/case_layout.html` shows."""

    header: CaseHeader
    core: CaseCore
    status: str
    tone: str
    phases: tuple[PhaseView, ...]
    now: NowPanel
    tabs: tuple[TabLink, ...]
    offers: tuple[OfferView, ...]

    @property
    def case(self) -> Any:
        """The case's row."""
        return self.header.case


def case_page(actor: Actor, key: str, endpoint: str, session: Session | None = None) -> CasePage:
    """Return what surrounds a page of the case `key`.

    Args:
        actor: who looks.
        key: public key of the case.
        endpoint: the tab that is being shown.
        session: the reading session unless given.

    Raises:
        NotFound: there is none that this actor may see.
    """
    reading = session or read_session()
    header = case_header(reading, actor, key)
    core = core_of(reading, header.case, actor)
    return CasePage(
        header=header,
        core=core,
        status=status_text(header.case.state, actor),
        tone=TONES.get(header.case.state, "neutral"),
        phases=phase_bar(header.case.state, actor),
        now=now_panel(header, actor),
        tabs=_tabs(actor, core, endpoint),
        offers=_offers(reading, actor, core, endpoint),
    )


def status_text(state: State, actor: Actor) -> str:
    """Return where a case stands, in the words of the State or of those who work on it."""
    if actor.is_state_side and state not in ENDED:
        return text("your_turn") if state in YOUR_TURN else text(f"phase.{PHASE_OF[state].value}")
    return state_text(state)


def phase_bar(state: State, actor: Actor) -> tuple[PhaseView, ...]:
    """Return the phases with the one that `state` is in; an ended case shows only that it ended."""
    phases = list(Phase)
    here = phases.index(PHASE_OF[state])
    if state in ENDED and state is not State.CLOSED:
        return (PhaseView(text("phase.ended"), "now"),)
    states = ("done" if place < here else "now" if place == here else "todo" for place in range(len(phases)))
    words = "phase" if actor.is_state_side else "phase_for_staff"
    return tuple(PhaseView(text(f"{words}.{phase.value}"), shown) for phase, shown in zip(phases, states, strict=True))


def now_panel(header: CaseHeader, actor: Actor) -> NowPanel:
    """Return what happens now with the case, in the reader's role."""
    case = header.case
    reader = "state" if actor.is_state_side else "staff"
    ended = case.state in ENDED
    return NowPanel(
        what=text(f"now_for_{reader}.{case.state.value}"),
        who=_holder(header, actor),
        due=None if ended else case.due_on,
        then=None if ended else text(f"then.{case.state.value}"),
        contact=_contact(header, actor),
        your_turn=actor.is_state_side and case.holder is Party.STATE and not ended,
        paused=case.paused,
        overdue=not ended and case.due_at is not None and case.due_at < now(),
    )


def _holder(header: CaseHeader, actor: Actor) -> str:
    case = header.case
    if case.state is State.AWAITING_MISSION:
        return str(_("Your Permanent Mission")) if actor.is_state_side else text("state.awaiting_mission")
    if case.holder is Party.STATE and actor.is_state_side:
        return str(_("Your State"))
    if case.holder is Party.TPB and header.officer is not None:
        return str(_("%(officer)s, Terrorism Prevention Branch", officer=header.officer.name))
    return party_text(case.holder)


def _contact(header: CaseHeader, actor: Actor) -> str | None:
    if actor.is_state_side:
        return header.officer.name if header.officer else str(_("Intake of the Terrorism Prevention Branch"))
    return header.drafter.name if header.drafter else None


def _tabs(actor: Actor, core: CaseCore, endpoint: str) -> tuple[TabLink, ...]:
    shown = (tab for tab in wiring().tabs if tab.visible(actor, core))
    return tuple(
        TabLink(str(tab.label), url_for(tab.endpoint, key=core.key), tab.endpoint == endpoint) for tab in shown
    )


def _offers(session: Session, actor: Actor, core: CaseCore, endpoint: str) -> tuple[OfferView, ...]:
    """Return the buttons: what this actor may do now and a page exists for; what takes the request on comes first."""
    pages = wiring().action_pages
    lines = {line.action for line in policy.lines_open_to(actor, core)} & set(pages)
    if not lines:
        return ()
    facts = load_facts(session, core, policy.sections_needed(actor, core, lines))
    views: list[OfferView] = []
    for offer in sorted(policy.actions_open_to(actor, facts, lines), key=_place):
        page = pages[offer.action]
        if page.endpoint == endpoint:
            continue
        views.append(
            OfferView(
                id=offer.action.value,
                label=action_text(offer.action),
                url=url_for(page.endpoint, key=core.key),
                tone="danger" if offer.action in GRAVE else ("primary" if not views else "quiet"),
                post=page.one_click,
                reasons=tuple(refusal_texts(offer.refusals)),
            )
        )
    return tuple(views)


def _place(offer: policy.Offer) -> tuple[bool, bool, bool]:
    return offer.action in GRAVE, bool(offer.refusals), offer.action in BACKWARD


def state_name(state: StateRecord, locale: str) -> str:
    """Return a State's short name in the reader's language."""
    return str(getattr(state, f"name_{locale}", None) or state.name_en)
