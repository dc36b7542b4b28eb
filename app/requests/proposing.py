"""Drafts that CTC/CTED or a case officer proposes to a State: nothing comes of them unless the State adopts them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.content import check_task, types_of
from app.casework.content.words import named
from app.casework.models import AssistanceRequest, CaseType, DraftTask
from app.casework.perform import Said, begin, lock_case, perform, record
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound, Stale
from app.notifications.services import notify
from app.reference.states import state_by_code
from app.requests.commands import AdoptDraft, DeclineProposal, ProposeRequest
from app.requests.models import Proposal
from app.requests.vocabulary import ProposalAnswer
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, AssistanceType, Audience, State

#: What the proposer is told.
TOLD = {ProposalAnswer.ADOPTED: "proposal.adopted", ProposalAnswer.NOT_ADOPTED: "proposal.not_adopted"}


@use_case
def propose_request(session: Session, actor: Actor, command: ProposeRequest) -> None:
    """Put a draft before a State; from then on only that State sees it.

    Raises:
        Forbidden: this actor may not propose.
        InvalidCommand: there is no such State, or the draft does not say what is proposed.
    """
    if not policy.may(actor, Action.PROPOSE_REQUEST) or actor.user_id is None:
        raise Forbidden
    need = _need(command)
    case = AssistanceRequest(
        state_id=_state_id(command.state),
        state=State.DRAFT,
        version=1,
        title=need["title"],
        lang=command.language.value,
        to_adopt=True,
    )
    begin(session, case, Action.PROPOSE_REQUEST, actor, Said())
    of_case = {"case_id": case.id, "state_id": case.state_id}
    session.add(DraftTask(**of_case, task="need", data=need, saved_by_id=actor.user_id))
    session.add_all(CaseType(**of_case, type=kind) for kind in sorted(types_of({"need": need})))
    session.add(
        Proposal(
            **of_case,
            title=need["title"],
            lang=command.language.value,
            reason=command.reason,
            proposed_by_id=actor.user_id,
        )
    )


def _state_id(code: str) -> int:
    """Return the State of a code; reference data is in memory, and the reading session has asked if it changed."""
    try:
        return state_by_code(read_session(), code).id
    except NotFound:
        raise InvalidCommand(FieldError("state", "not_offered")) from None


def _need(command: ProposeRequest) -> dict[str, object]:
    """Return the task "need" of the draft; a proposal leaves nothing out that the State would have to guess."""
    checked = check_task("need", command.answers, types_of({"need": command.answers}))
    errors = [*checked.wrong, *checked.unanswered]
    if AssistanceType.FOLLOW_UP.value in (command.answers.get("types") or ()):
        errors.append(FieldError("types", "not_offered"))  # only the State asks for a follow-up (3)
    if errors or checked.data is None:
        raise InvalidCommand(*(named("need", error) for error in errors))
    return checked.data


@use_case
def adopt(session: Session, actor: Actor, command: AdoptDraft) -> None:
    """Make a proposed draft the State's own: who adopts it has drafted it.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `record`; Stale also when nothing waits to be adopted.
    """
    case = lock_case(session, actor, command.key, command.version)
    if not case.to_adopt:
        raise Stale(case_key=case.key, seen_version=command.version)
    _answered(session, case, ProposalAnswer.ADOPTED)
    case.drafted_by_id = actor.user_id
    record(session, case, Action.EDIT_DRAFT, actor, Said({"adopted": True}), bump=True)


@use_case
def decline_proposal(session: Session, actor: Actor, command: DeclineProposal) -> None:
    """Discard a proposed draft. The reason stays with the State.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`; Stale also when nothing waits to be adopted.
    """
    case = lock_case(session, actor, command.key, command.version)
    if not case.to_adopt:
        raise Stale(case_key=case.key, seen_version=command.version)
    said = Said(note=command.reason, audience=Audience.STATE_TPB)
    perform(session, case, Action.DISCARD, actor, command, said)


def close_proposal(session: Session, case: AssistanceRequest, actor: Actor, command: object) -> None:
    """Effect of `discard` and `purge`: a proposal that was not adopted is closed, and its words go with the draft's."""
    del actor, command
    if case.to_adopt:
        _answered(session, case, ProposalAnswer.NOT_ADOPTED).reason = ""


def _answered(session: Session, case: AssistanceRequest, answer: ProposalAnswer) -> Proposal:
    """Record the answer and tell the proposer, who learns yes or no and cannot see the case."""
    proposal = session.scalars(select(Proposal).where(Proposal.case_id == case.id)).one()
    proposal.answer, proposal.answered_at = answer, now()
    case.to_adopt = False
    # what else the use case writes into the case goes with it, in one UPDATE
    with session.no_autoflush:
        notify(session, [proposal.proposed_by_id], TOLD[answer], {})
    return proposal
