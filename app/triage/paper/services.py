"""Registering a request that came on paper: number, receipt and history at once, as for one of the portal."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from app.casework.content import SCHEMA_NUMBER, check_task, types_of
from app.casework.content.labels import language_of
from app.casework.content.words import named
from app.casework.drafts import UNDETERMINED
from app.casework.models import AssistanceRequest, CaseRevision, CaseType, ConsentRecord
from app.casework.numbers import next_number
from app.casework.perform import Said, begin
from app.casework.vocabulary import ConsentKind
from app.documents.models import Document
from app.documents.services import file_document, payload_of
from app.documents.vocabulary import DocumentKind
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, NotFound
from app.reference.states import state_by_code
from app.triage.paper.commands import RegisterPaper
from app.triage.paper.models import PaperNote
from app.triage.paper.queries import mark_of, same_number
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, AssistanceType, Audience, Channel, State, Urgency

#: What a document holds of a request is its first revision; answers write the next ones.
FIRST_REVISION = 1
#: Tasks of which a note or letter may say something.
TASKS = ("who", "need")

Answers = Mapping[str, Mapping[str, Any]]


class Registered(BaseModel):
    """A registered request."""

    model_config = ConfigDict(frozen=True)

    key: str


@use_case
def register_paper(session: Session, actor: Actor, command: RegisterPaper) -> Registered:
    """Register a request that came on paper.

    Raises:
        Forbidden: this actor does not register requests.
        InvalidCommand: there is no such State, an answer cannot be taken, or the same number of a note is known and
            nobody said that this is another request.
    """
    if not policy.may(actor, Action.REGISTER_PAPER) or actor.user_id is None:
        raise Forbidden
    state_id, answers = _state_id(command.state), _answers(command)
    # The counter's row is locked first, so that of two officers with the same note the second one finds the first's.
    number = next_number(session, now())
    if not command.another and same_number(session, actor, state_id, command.note_number):
        raise InvalidCommand(FieldError("another", "note_known"))
    case = _case(state_id, command, answers, number)
    session.add(case)
    session.flush()
    document = file_document(
        session,
        case,
        actor,
        command.scan,
        kind=DocumentKind.NOTE_VERBALE if command.channel is Channel.NOTE_VERBALE else DocumentKind.LETTER,
        lang=case.lang,
        title=command.note_number,
        # without the consent nothing of it may reach the Committee
        audience=Audience.ALL if command.ctc else Audience.STATE_TPB,
    )
    _keep(session, case, actor.user_id, command, answers)
    begin(session, case, Action.REGISTER_PAPER, actor, Said(_payload(document, command)))
    return Registered(key=case.key)


def _payload(document: Document, command: RegisterPaper) -> dict[str, Any]:
    """Return what history keeps: the request counts from the day on which it arrived, by the history alone."""
    return {**payload_of(document), "received_on": command.received_on.isoformat()}


def _state_id(code: str) -> int:
    """Return the State of a code; reference data is in memory, and the reading session has asked if it changed."""
    try:
        return state_by_code(read_session(), code).id
    except NotFound:
        raise InvalidCommand(FieldError("state", "not_offered")) from None


def _answers(command: RegisterPaper) -> dict[str, dict[str, Any]]:
    """Return what is kept of the answers: what is wrong is refused, what is missing is asked of the State later.

    Only the title is needed at once: a request without one could not be told from others.
    """
    types = types_of(command.answers)
    checked = {task: check_task(task, command.answers.get(task, {}), types) for task in TASKS}
    errors = [
        FieldError(f"{task}.{problem.path}", named(task, problem).code, problem.params)
        for task, found in checked.items()
        for problem in (*found.wrong, *(one for one in found.unanswered if f"{task}.{one.path}" == "need.title"))
    ]
    if AssistanceType.FOLLOW_UP in types:
        errors.append(FieldError("need.types", "not_offered"))  # only the State asks for a follow-up (3)
    if errors:
        raise InvalidCommand(*errors)
    kept = {task: found.data for task, found in checked.items() if found.data}
    return {**kept, "consents": {"ctc": True}} if command.ctc else kept


def _case(state_id: int, command: RegisterPaper, answers: Answers, number: str) -> AssistanceRequest:
    return AssistanceRequest(
        state_id=state_id,
        state=State.SUBMITTED,
        version=1,
        number=number,
        submitted_at=now(),
        received_on=command.received_on,
        channel=command.channel,
        title=answers["need"]["title"],
        lang=language_of(answers) or UNDETERMINED,
        urgency=Urgency(answers["need"].get("urgency") or Urgency.ROUTINE),
    )


def _keep(session: Session, case: AssistanceRequest, actor_id: int, command: RegisterPaper, answers: Answers) -> None:
    """Write what the document says: the first revision, its types, the consent that it gives, and the note itself."""
    of_case = {"case_id": case.id, "state_id": case.state_id}
    session.add(
        CaseRevision(
            **of_case,
            revision=FIRST_REVISION,
            schema_number=SCHEMA_NUMBER,
            lang=case.lang,
            data=dict(answers),
            written_by_id=actor_id,
            written_at=now(),
        )
    )
    session.add_all(CaseType(**of_case, type=kind) for kind in sorted(types_of(answers)))
    if command.ctc:
        given = datetime.combine(command.note_date, time(), tzinfo=UTC)
        session.add(ConsentRecord(**of_case, kind=ConsentKind.CTC, given_at=given))
    session.add(
        PaperNote(
            **of_case,
            note_number=command.note_number,
            note_mark=mark_of(command.note_number),
            note_date=command.note_date,
            gist=command.gist,
            registered_by_id=actor_id,
        )
    )
