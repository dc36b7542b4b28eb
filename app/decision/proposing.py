"""Proposals to the chief: an officer proposes how a request should end, the chief may send the proposal back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.perform import Said, lock_case, record
from app.decision.commands import ProposeOutcome, ReturnProposal
from app.decision.models import OutcomeProposal
from app.documents.letters import correspondence_of
from app.foundation.db import use_case
from app.foundation.errors import FieldError, InvalidCommand
from app.workflow.actor import Actor
from app.workflow.guards.review import OUTCOMES
from app.workflow.vocabulary import Action, Audience


@use_case
def propose_outcome(session: Session, actor: Actor, command: ProposeOutcome) -> None:
    """Propose to the chief how a request should end (process, Acts); it is then the chief's turn.

    Raises:
        InvalidCommand: this outcome cannot be proposed in the state of the case.
        Refused: a proposal waits already.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    kind, reason = command.kind, command.reason
    codes = {"outcome": kind.value, "reason": reason.value if reason else None}
    said = Said(codes, seen_by=Readership.TPB_ONLY)
    record(session, case, Action.PROPOSE_OUTCOME, actor, said, bump=True)
    if kind not in OUTCOMES[case.state]:
        raise InvalidCommand(FieldError("kind", "not_offered"))
    written = command.model_dump(include={"text", "remedy", "provider", "state_agreed", "account", "note"})
    session.add(
        OutcomeProposal(
            case_id=case.id,
            state_id=case.state_id,
            seq=case.history_seq,
            kind=kind,
            reason=reason,
            proposed_in=case.state,
            lang=correspondence_of(session, case),
            officer_id=case.officer_id,
            proposed_by_id=actor.user_id,
            **written,
        )
    )


@use_case
def return_proposal(session: Session, actor: Actor, command: ReturnProposal) -> None:
    """Send the proposal that waits back to the officers, with a comment that stays in the Branch.

    Raises:
        Refused: no proposal waits.
        NotFound, Stale, Forbidden: see `record`; Forbidden also for a chief who is not independent.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.comment, audience=Audience.TPB_ONLY, seen_by=Readership.TPB_ONLY)
    record(session, case, Action.RETURN_PROPOSAL, actor, said, bump=True)
