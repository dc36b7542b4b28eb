"""How the State ends a draft or a request, and takes a lapsed one up again."""

from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest
from app.casework.perform import Said, lock_case, perform
from app.foundation.db import use_case
from app.requests.commands import DiscardDraft, ReviveRequest, WithdrawRequest
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience


@use_case
def discard(session: Session, actor: Actor, command: DiscardDraft) -> None:
    """Discard a draft.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.DISCARD, actor, command, Said())


@use_case
def withdraw(session: Session, actor: Actor, command: WithdrawRequest) -> None:
    """Withdraw a request for good; costs already committed are noted.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said({"committed_costs": command.committed_costs}, note=command.reason, audience=Audience.STATE_TPB)
    perform(session, case, Action.WITHDRAW, actor, command, said)


@use_case
def revive(session: Session, actor: Actor, command: ReviveRequest) -> None:
    """Take a lapsed request up again, under the same number.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Refused: the window of twelve months has closed.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.REVIVE, actor, command, Said())


def forget_content(session: Session, case: AssistanceRequest, actor: Actor, command: object) -> None:
    """Effect of `discard` and `purge`: the draft loses its content and keeps its row (architecture, decision 8).

    What hangs on it (answers, types, consents, documents, messages) goes with the statement that writes the state: a
    trigger of the database, so that no discarded draft has any, however many slices add something to drafts.
    """
    del session, actor, command
    case.title = None
