"""From a draft to a submitted request: sent to the mission, returned, confirmed, submitted."""

from sqlalchemy.orm import Session

from app.casework.content import SCHEMA_NUMBER, applicable
from app.casework.drafts import answers_of
from app.casework.models import AssistanceRequest, CaseRevision
from app.casework.numbers import next_number
from app.casework.perform import Said, lock_case, perform
from app.foundation.clock import now
from app.foundation.db import use_case
from app.requests.commands import ConfirmRequest, ReturnToDraft, SendRequest
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Audience

#: The first revision is what was submitted; answers write the next ones.
FIRST_REVISION = 1


@use_case
def send_to_mission(session: Session, actor: Actor, command: SendRequest) -> None:
    """Send a draft to the State's Permanent Mission for confirmation.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Refused: answers are missing, or the consent to share with the Committee.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.SEND_TO_MISSION, actor, command, Said({"answers_checked": True}))


@use_case
def submit(session: Session, actor: Actor, command: SendRequest) -> None:
    """Submit a draft: the mission, or a focal point whom the mission lets submit alone.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
        Refused: answers are missing, or the consent to share with the Committee.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.SUBMIT, actor, command, Said({"answers_checked": True}))


@use_case
def confirm_request(session: Session, actor: Actor, command: ConfirmRequest) -> None:
    """Confirm a request that waits for the mission; this submits it.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    perform(session, case, Action.CONFIRM_REQUEST, actor, command, Said())


@use_case
def return_to_draft(session: Session, actor: Actor, command: ReturnToDraft) -> None:
    """Make a draft again out of a request that waits for the mission, and say what to change.

    Raises:
        NotFound, Stale, Forbidden: see `lock_case` and `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    said = Said(note=command.what_to_change, audience=Audience.STATE_TPB)
    perform(session, case, Action.RETURN_TO_DRAFT, actor, command, said)


def receive(session: Session, case: AssistanceRequest, actor: Actor, command: object) -> None:
    """Effect of `submit` and `confirm_request`: the number, the instant, and the text as it was submitted.

    The number is taken first: after the case's columns are set nothing may be flushed before its state changes with
    them, because the database lets no draft have a number.
    """
    del command
    at = now()
    number = next_number(session, at)
    data = applicable(answers_of(case))
    session.add(
        CaseRevision(
            case_id=case.id,
            state_id=case.state_id,
            revision=FIRST_REVISION,
            schema_number=SCHEMA_NUMBER,
            lang=case.lang,
            data=data,
            written_by_id=actor.user_id,
            written_at=at,
        )
    )
    case.number, case.submitted_at = number, at
