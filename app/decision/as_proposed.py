"""What the chief decides as an officer proposed it: not eligible, referred, ended early."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.casework.commands import CaseCommand
from app.casework.facts import has_part
from app.casework.models import AssistanceRequest
from app.casework.perform import Said, perform
from app.casework.sharing import consents_to_sharing
from app.casework.visibility import found, visible_cases
from app.decision.commands import Discontinue, FindIneligible, Refer
from app.decision.facts import facts_of, latest, waits
from app.decision.models import OutcomeProposal
from app.documents.letters import Sent, file_letter
from app.foundation.db import use_case
from app.foundation.errors import Stale
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience, Section


@dataclass(frozen=True, slots=True)
class _Locked:
    """A locked case with its latest proposal; whether that waits, the actor had a part, and CTC/CTED may be told."""

    case: AssistanceRequest
    proposal: OutcomeProposal | None
    waiting: bool
    involved: bool
    ctc_told: bool


@use_case
def find_ineligible(session: Session, actor: Actor, command: FindIneligible, letter: Sent | None) -> None:
    """Find a request not eligible, as it was proposed; the State gets the letter.

    Args:
        letter: rendered from the proposal that the page showed; None when none waited.

    Raises:
        Refused: no proposal to do so waits.
        NotFound, Stale, Forbidden: see `perform`; Forbidden also for a chief who is not independent.
    """
    locked = _lock(session, actor, command)
    _decide(session, actor, locked, Action.FIND_INELIGIBLE, command, letter, Audience.STATE_TPB)


@use_case
def refer(session: Session, actor: Actor, command: Refer, letter: Sent | None) -> None:
    """Refer a request to another provider, as it was proposed; CTC/CTED reads the letter as well (4).

    Where the State took its consent back and CTC/CTED was never consulted, nothing new is shared: the letter stays
    with the State and the Branch.

    Args:
        letter: see `find_ineligible`.

    Raises:
        Refused: no proposal to do so waits, or the State did not agree.
        NotFound, Stale, Forbidden: see `find_ineligible`.
    """
    locked = _lock(session, actor, command)
    audience = Audience.ALL if locked.ctc_told else Audience.STATE_TPB
    _decide(session, actor, locked, Action.REFER, command, letter, audience)


@use_case
def discontinue(session: Session, actor: Actor, command: Discontinue, letter: Sent | None) -> None:
    """End assistance early, as it was proposed; the letter says what was delivered and spent.

    Args:
        letter: see `find_ineligible`.

    Raises:
        Refused: no proposal to do so waits.
        NotFound, Stale, Forbidden: see `find_ineligible`.
    """
    locked = _lock(session, actor, command)
    _decide(session, actor, locked, Action.DISCONTINUE, command, letter, Audience.STATE_TPB)


def _decide(
    session: Session,
    actor: Actor,
    locked: _Locked,
    action: Action,
    command: CaseCommand,
    letter: Sent | None,
    audience: Audience,
) -> None:
    case, payload = locked.case, {}
    if letter is not None and locked.proposal is not None:
        filed = file_letter(session, case, actor, letter, audience)
        payload = {"proposal_seq": locked.proposal.seq, **filed}
    known = {Section.OUTCOME: facts_of(locked.proposal, waiting=locked.waiting)}
    perform(session, case, action, actor, command, Said(payload), known=known, involved=locked.involved)


def _lock(session: Session, actor: Actor, command: CaseCommand) -> _Locked:
    told = consents_to_sharing(AssistanceRequest.id)
    statement = (
        visible_cases(actor, AssistanceRequest, OutcomeProposal, waits(), has_part(actor), told)
        .outerjoin(OutcomeProposal, latest(AssistanceRequest.id))
        .where(AssistanceRequest.key == command.key)
        .with_for_update(of=AssistanceRequest)
        .execution_options(populate_existing=True)
    )
    case, proposal, waiting, involved, ctc_told = found(session.execute(statement).first())
    if case.version != command.version:
        raise Stale(case_key=case.key, seen_version=command.version)
    return _Locked(case, proposal, bool(waiting), bool(involved), bool(ctc_told))
