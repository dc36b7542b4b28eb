"""What every page of one case shows around its own content: header, phases, what happens now, tabs, actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import ScalarSelect
from sqlalchemy.orm import Session

from app.casework.audiences import readable_by
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.casework.offers import OfferView, nothing_waits, offers_of, waiting_columns
from app.casework.queries import CaseHeader, case_header
from app.casework.texts import party_text, state_text
from app.casework.trail import trail_here
from app.foundation.clock import now
from app.foundation.db import read_session
from app.foundation.texts import text
from app.foundation.wiring import Trail, wiring
from app.reference.models import StateRecord
from app.workflow.actor import Actor
from app.workflow.explain import may_read_limit
from app.workflow.facts import CaseCore, ConsentFacts
from app.workflow.states import ENDED, PHASE_OF, YOUR_TURN
from app.workflow.timeline import QUESTION_STATES
from app.workflow.vocabulary import Audience, HoldReason, LimitKey, Party, Phase, Section, State

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


@dataclass(frozen=True, slots=True)
class TabLink:
    """One tab of the case page."""

    label: str
    url: str
    active: bool
    count: int | None = None
    count_words: str | None = None


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
    counted_url: str | None = None


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
    trail: Trail | None = None

    @property
    def rests(self) -> str | None:
        """Why the request is on hold, as everybody who sees it may read it; None where it does not rest."""
        return why_it_rests(self.header.case.hold_reason)

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
    header = case_header(reading, actor, key, _counts(actor))
    core = core_of(reading, header.case, actor)
    return CasePage(
        header=header,
        core=core,
        status=status_text(header.case, actor),
        tone=TONES.get(header.case.state, "neutral"),
        phases=phase_bar(header.case, actor),
        now=now_panel(header, actor),
        tabs=_tabs(actor, core, endpoint, header.counts),
        offers=offers_of(reading, actor, core, endpoint, _known(header), nothing_waits(header.counts)),
        trail=trail_here(reading, actor, header.case),
    )


def status_text(case: Any, actor: Actor) -> str:
    """Return where a case stands, in the words of the State or of those who work on it.

    Args:
        case: a case, or a row with its `state` and `approved_at`.
    """
    if actor.is_state_side and case.state not in ENDED:
        return text("your_turn") if case.state in YOUR_TURN else text(f"phase.{phase_now(case).value}")
    return state_text(case.state)


def phase_now(case: Any) -> Phase:
    """Return the phase in which a case is.

    What rests and was not approved was held while bodies were consulted (process, Steps: hold): to call it "being
    planned" would tell of a decision that nobody made.

    Args:
        case: a case, or a row with its `state` and `approved_at`.
    """
    if case.state is State.ON_HOLD and case.approved_at is None:
        return Phase.IN_CONSULTATION
    return PHASE_OF[case.state]


def why_it_rests(reason: HoldReason | None) -> str | None:
    """Return why a case is on hold, as everybody who sees it may read it; None where it does not rest."""
    return text(f"hold_reason.{reason.value}") if reason is not None else None


def phase_bar(case: AssistanceRequest, actor: Actor) -> tuple[PhaseView, ...]:
    """Return the phases with the one that `case` is in; an ended case shows only that it ended."""
    phases = list(Phase)
    here = phases.index(phase_now(case))
    if case.state in ENDED and case.state is not State.CLOSED:
        return (PhaseView(text("phase.ended"), "now"),)
    states = ("done" if place < here else "now" if place == here else "todo" for place in range(len(phases)))
    words = "phase" if actor.is_state_side else "phase_for_staff"
    return tuple(PhaseView(text(f"{words}.{phase.value}"), shown) for phase, shown in zip(phases, states, strict=True))


def now_panel(header: CaseHeader, actor: Actor) -> NowPanel:
    """Return what happens now with the case, in the reader's role."""
    case = header.case
    ended = case.state in ENDED
    # In these states nothing but a blocking question lets the clock stand still (process, Limits: Pauses).
    asked = case.paused and case.state in QUESTION_STATES
    return NowPanel(
        what=_what(case, actor, asked=asked),
        who=_holder(header, actor),
        due=due_known_to(actor, case),
        then=None if ended else _then(case, actor, asked=asked),
        contact=_contact(header, actor),
        your_turn=actor.is_state_side and case.holder is Party.STATE and not ended,
        paused=case.paused,
        overdue=is_overdue(actor, case),
        counted_url=counted_url(actor, case),
    )


def due_known_to(actor: Actor, case: Any) -> date | None:
    """Return by when something is due, as far as `actor` may know it.

    A date that appears with a proposal and goes with it would tell the State and the bodies that somebody proposed.

    Args:
        case: a case, or a row with its `state`, `due_key` and `due_on`.
    """
    if case.state in ENDED or (case.due_key is LimitKey.OUTCOME and Audience.TPB_ONLY not in readable_by(actor)):
        return None
    due: date | None = case.due_on
    return due


def counted_url(actor: Actor, case: Any) -> str | None:
    """Return the page that tells day by day how the due date was counted; None where `actor` may not read it."""
    known = due_known_to(actor, case) is not None and case.due_key is not None
    if not known or not may_read_limit(actor, case.due_key):
        return None
    return url_for("casefile.due", key=case.key, limit=case.due_key.value)


def is_overdue(actor: Actor, case: Any) -> bool:
    """Tell whether what `due_known_to` returns has passed.

    Args:
        case: a case, or a row with its `state`, `due_key`, `due_on` and `due_at`.
    """
    return due_known_to(actor, case) is not None and case.due_at is not None and case.due_at < now()


def _holder(header: CaseHeader, actor: Actor) -> str:
    case = header.case
    if case.state is State.AWAITING_MISSION:
        return str(_("Your Permanent Mission")) if actor.is_state_side else text("state.awaiting_mission")
    if case.holder is Party.STATE and actor.is_state_side:
        return str(_("Your State"))
    if case.state is State.DECISION or _with_chief(case, actor):
        return str(_("Chief of the Branch"))
    if case.holder is Party.TPB and header.officer is not None:
        return str(_("%(officer)s, Terrorism Prevention Branch", officer=header.officer.name))
    return party_text(case.holder)


def _what(case: AssistanceRequest, actor: Actor, *, asked: bool) -> str:
    if _with_chief(case, actor):
        return text("deciding_for_staff")
    reader = "state" if actor.is_state_side else "staff"
    return text(f"now_for_{reader}.question" if asked else f"now_for_{reader}.{case.state.value}")


def _then(case: AssistanceRequest, actor: Actor, *, asked: bool) -> str:
    if _with_chief(case, actor):
        return text("after_deciding")
    return text("then.question" if asked else f"then.{case.state.value}")


def _with_chief(case: AssistanceRequest, actor: Actor) -> bool:
    """Tell whether a proposal waits for the chief; the State and bodies read of outcomes, not of proposals."""
    return case.due_key is LimitKey.OUTCOME and Audience.TPB_ONLY in readable_by(actor)


def _contact(header: CaseHeader, actor: Actor) -> str | None:
    if actor.is_state_side:
        return header.officer.name if header.officer else str(_("Intake of the Terrorism Prevention Branch"))
    return header.drafter.name if header.drafter else None


def _known(header: CaseHeader) -> dict[Section, Any]:
    """Return the facts that were read with the case; only a plan asks for more consents than that of CTC/CTED."""
    known: dict[Section, Any] = {}
    for tab in wiring().tabs:
        if tab.tells is not None and tab.endpoint in header.counts:
            known |= {
                Section(name): facts for name, facts in tab.tells(header.case, header.counts[tab.endpoint]).items()
            }
    if header.case.state is State.IN_REVIEW:
        known[Section.CONSENTS] = ConsentFacts(ctc=header.ctc_consented)
    return known


def _counts(actor: Actor) -> dict[str, ScalarSelect[int]]:
    """Return what the tabs count, by endpoint."""
    wanted = ((tab.endpoint, tab.count(actor)) for tab in wiring().tabs if tab.count is not None)
    found = {endpoint: count for endpoint, count in wanted if count is not None}
    return found | waiting_columns()


def _tabs(actor: Actor, core: CaseCore, endpoint: str, counts: Mapping[str, int]) -> tuple[TabLink, ...]:
    links = []
    for tab in wiring().tabs:
        if tab.visible(actor, core):
            count = counts.get(tab.endpoint) or None
            words = tab.count_words(count) if tab.count_words is not None and count else None
            url = url_for(tab.endpoint, key=core.key)
            links.append(TabLink(str(tab.label), url, tab.endpoint == endpoint, count, words))
    return tuple(links)


def state_name(state: StateRecord, locale: str) -> str:
    """Return a State's short name in the reader's language."""
    return str(getattr(state, f"name_{locale}", None) or state.name_en)
