"""The use cases of intake: take up, assign, accept, let lapse."""

from sqlalchemy.orm import Session

from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.casework.notices import tell
from app.casework.officers import officer_under
from app.casework.perform import Said, lock_case, perform, record
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand
from app.triage.commands import ChooseOfficer, LapseUnanswered, TakeUp
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@use_case
def take_up(session: Session, actor: Actor, command: TakeUp) -> None:
    """Begin to screen a submitted request.

    Raises:
        NotFound, Stale, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.TAKE_UP, actor, command, Said())


@use_case
def lapse_unanswered(session: Session, actor: Actor, command: LapseUnanswered) -> None:
    """End a returned request whose questions stayed unanswered past the limit `lapse` and two delivered reminders.

    Raises:
        Refused: the limit has not passed, or a reminder was not delivered.
        NotFound, Stale, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.LAPSE_UNANSWERED, actor, command, Said())


@use_case
def assign(session: Session, actor: Actor, command: ChooseOfficer) -> None:
    """Give an open case to an officer; whoever had it is told, and so is who gets it.

    Raises:
        InvalidCommand: nobody can get the case under this key, or the officer has it already.
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    officer_id = officer_under(session, command.officer)
    if officer_id == case.officer_id:
        raise InvalidCommand(FieldError("officer", "officer_same"))
    _give(session, case, actor, officer_id)


@use_case
def accept(session: Session, actor: Actor, command: ChooseOfficer) -> None:
    """Accept a screened request for review and give it to the officer, unless they have it already.

    One step and one entry of the history, which says whose the case is and whose it was; a refused acceptance assigns
    nobody.

    Raises:
        InvalidCommand: nobody can get the case under this key.
        Refused: a check is not judged or does not pass.
        NotFound, Stale, Forbidden: see `perform`; Forbidden also for who may not assign.
    """
    case = lock_case(session, actor, command.key, command.version)
    officer_id = officer_under(session, command.officer)
    payload: dict[str, int | None] = {"officer_id": officer_id}
    if officer_id != case.officer_id:
        if not policy.may(actor, Action.ASSIGN, core_of(session, case, actor)):
            raise Forbidden
        payload["former_officer_id"], case.officer_id = case.officer_id, officer_id
    former_id = payload.get("former_officer_id")
    perform(session, case, Action.ACCEPT, actor, command, Said(payload))
    _tell_former(session, case, actor, former_id)


def _give(session: Session, case: AssistanceRequest, actor: Actor, officer_id: int) -> None:
    former_id, case.officer_id = case.officer_id, officer_id
    payload = {"officer_id": officer_id, "former_officer_id": former_id}
    record(session, case, Action.ASSIGN, actor, Said(payload), bump=True)
    _tell_former(session, case, actor, former_id)


def _tell_former(session: Session, case: AssistanceRequest, actor: Actor, former_id: int | None) -> None:
    if former_id is not None and former_id not in actor.person_ids:
        tell(session, case, {former_id}, "case.unassigned", {})
