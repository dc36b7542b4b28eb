"""What the pages of proposals and decisions show: the proposal, the letter before it is sent, who is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.page import CasePage
from app.casework.steps import StepForm, reasons_against, shows, told_of
from app.decision.dossier import Dossier, dossier_of
from app.decision.facts import waits
from app.decision.letters import Subject, subject_of
from app.decision.models import OutcomeProposal
from app.decision.queries import NewFact, asked_until, new_fact_of
from app.decision.texts import OUTCOME_TEXTS
from app.documents.letters import Draft
from app.foundation.i18n import LOCALES
from app.foundation.texts import text
from app.foundation.wiring import SummaryGroup, wiring
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Section, State

#: Steps that follow what an officer proposed.
AS_PROPOSED = frozenset({Action.FIND_INELIGIBLE, Action.REFER, Action.DISCONTINUE, Action.RETURN_PROPOSAL})
#: Where something can have been delivered before the end, and the pages that ask what.
DELIVERING = frozenset({State.PLANNING, State.ON_HOLD, State.SCHEDULED, State.IN_DELIVERY})
ENDING_EARLY = frozenset({Action.PROPOSE_OUTCOME, Action.DISCONTINUE})
#: Steps that rest on assessment, consultations and plan.
WEIGHED = frozenset({Action.PUT_FOR_DECISION, Action.APPROVE, Action.DECLINE, Action.SEND_BACK, Action.REASSESS})


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal in words, for the people of the Branch."""

    outcome: str
    reason: str
    row: OutcomeProposal
    by: str | None
    waits: bool


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """What the page of one act or step shows beside its form.

    Attributes:
        reasons: why it cannot be done now; its button is then disabled.
        told: whom it notifies, in words.
        letter: as the State will get it.
        language: name of the language in which the State is written to, and its code `lang`.
        proposal: the latest one, where a step follows it.
        dossier: what the decision rests on, where there is something to decide.
        ctc_told: CTC/CTED may be told of the case.
        new_fact: what the State named when it asked for reconsideration.
        closes_on: the last day on which it may ask.
        delivered: what was delivered so far, where assistance may end early.
        reconsider_days: within how many days of a refusal it may ask; None when it asked before.
    """

    reasons: Sequence[str]
    told: Sequence[str]
    letter: Draft | None
    language: str
    lang: str
    proposal: ProposalView | None
    dossier: Dossier | None
    ctc_told: bool
    new_fact: NewFact | None
    closes_on: date | None
    reconsider_days: int | None
    delivered: Sequence[SummaryGroup] = ()


def shown(
    session: Session,
    actor: Actor,
    page: CasePage,
    action: Action,
    form: StepForm,
    compose: Callable[[Subject, Actor, Any], Draft | None] | None = None,
    letter: Draft | None = None,
) -> DecisionShown:
    """Return what stands beside the form of `action`, and fill the form's version.

    Args:
        compose: makes the letter that goes out with it, whatever is typed.
        letter: the letter that was made of what was typed.

    Raises:
        Forbidden: this actor may not do it in the state of the case.
    """
    reasons = reasons_against(session, actor, page, action)
    shows(form, page)
    subject = subject_of(session, actor, page.case.key)
    return DecisionShown(
        reasons,
        told=told_of(session, actor, page.case, action),
        letter=compose(subject, actor, None) if compose else letter,
        language=next(one.name for one in LOCALES if one.code == subject.lang),
        lang=subject.lang,
        proposal=latest_proposal(session, page.case.id) if action in AS_PROPOSED else None,
        dossier=dossier_of(session, actor, page) if action in WEIGHED else None,
        ctc_told=subject.ctc_told,
        new_fact=new_fact_of(session, page.case) if action is Action.RECONSIDER else None,
        closes_on=asked_until(session, page.core) if action is Action.ASK_RECONSIDERATION else None,
        reconsider_days=subject.reconsider_days,
        delivered=delivered_so_far(session, actor, page) if action in ENDING_EARLY else (),
    )


def delivered_so_far(session: Session, actor: Actor, page: CasePage) -> Sequence[SummaryGroup]:
    """Return what was delivered under the request so far, to stand beside the account of it: one statement."""
    summary = wiring().summaries.get(Section.DELIVERY)
    return summary.read(session, actor, page) if summary and page.case.state in DELIVERING else ()


def latest_proposal(session: Session, case_id: int) -> ProposalView | None:
    """Return the latest proposal of a case, with who made it and whether it waits: one statement.

    Args:
        case_id: a case that a reader of the Branch got from `visible_cases`.
    """
    row = session.execute(
        select(OutcomeProposal, User.name, waits())
        .outerjoin(User, User.id == OutcomeProposal.proposed_by_id)
        .where(OutcomeProposal.case_id == case_id)
        .order_by(OutcomeProposal.seq.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    proposal, by, waiting = row
    return ProposalView(
        outcome=str(OUTCOME_TEXTS[proposal.kind]),
        reason=text(f"outcome_reason_short.{proposal.reason.value}"),
        row=proposal,
        by=by,
        waits=bool(waiting),
    )
