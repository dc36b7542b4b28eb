"""Questions of TPB to the State: those that return a request, those that come up while it is worked on."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.casework.audiences import Readership
from app.casework.exchange import unread_by
from app.casework.models import CaseQuestion
from app.casework.perform import Said, lock_case, perform, record
from app.casework.questions import NewQuestion, ask
from app.foundation.clock import now
from app.foundation.db import use_case
from app.triage.commands import AskState, Question, ReadAnswers, ReturnForInformation
from app.triage.limits import answer_due_on
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action


@use_case
def return_for_information(session: Session, actor: Actor, command: ReturnForInformation) -> None:
    """Return a request to the State with a round of questions (process, Steps).

    Raises:
        NotFound, Stale, Forbidden: see `perform`.
    """
    case = lock_case(session, actor, command.key, command.version)
    asked = ask(session, case, actor, _new(command.questions), blocking=True)
    perform(session, case, Action.RETURN_FOR_INFORMATION, actor, command, Said({"questions": asked.questions}))


@use_case
def ask_state(session: Session, actor: Actor, command: AskState) -> None:
    """Ask the State while its request is worked on (process, Acts: ask_state).

    Blocking questions stop the clock and give the request to the State, with the limit `answer`. Others change nothing
    about who has it: the day by which an answer is asked for is as far away, and nothing happens when it passes.

    Raises:
        NotFound, Stale, Forbidden: see `record`.
    """
    case = lock_case(session, actor, command.key, command.version)
    due_on = None if command.blocking else answer_due_on(session, case.state_id)
    asked = ask(session, case, actor, _new(command.questions), blocking=command.blocking, due_on=due_on)
    payload = {"subject": asked.subject, "blocking": command.blocking, "questions": asked.questions}
    said = Said(payload, params={"due": due_on} if due_on else None, seen_by=Readership.STATE_TPB)
    record(session, case, Action.ASK_STATE, actor, said, bump=True)


@use_case
def read_answers(session: Session, actor: Actor, command: ReadAnswers) -> None:
    """Note that who asked, or the officer who has the case now, has read the answers that the page showed.

    Raises:
        NotFound: there is none that this actor may see.
    """
    case = lock_case(session, actor, command.key)
    shown = CaseQuestion.key.in_(command.question)
    unread = update(CaseQuestion).where(CaseQuestion.case_id == case.id, shown, unread_by(actor, case))
    session.execute(unread.values(read_at=now()), execution_options={"synchronize_session": False})


def _new(questions: Iterable[Question]) -> list[NewQuestion]:
    return [NewQuestion(one.field_path, one.text) for one in questions]
