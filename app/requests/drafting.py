"""Drafts: begin one, save its tasks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.casework.content import Checked, check_task, types_of
from app.casework.content.labels import language_of
from app.casework.content.tasks import PartnerConsent
from app.casework.content.words import named
from app.casework.facts import core_of
from app.casework.models import (
    AssistanceRequest,
    CaseType,
    ConsentRecord,
    DraftTask,
    HistoryEntry,
    HistoryPayload,
)
from app.casework.perform import Said, begin, lock_case, record
from app.casework.vocabulary import ConsentKind
from app.foundation.clock import now
from app.foundation.db import use_case
from app.foundation.errors import FieldError, Forbidden, InvalidCommand, Stale
from app.requests.commands import DraftRequest, SaveTask
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, AssistanceType, State, Urgency

#: Language of a request whose language is none of the list ("undetermined", ISO 639).
UNDETERMINED = "und"
#: How often a person's saves of one task are written into history: it says who worked on what, not every keystroke.
RECORDED_EVERY = timedelta(hours=1)


class Drafted(BaseModel):
    """A new draft."""

    model_config = ConfigDict(frozen=True)

    key: str


class TaskStale(Stale):
    """Somebody saved the task after the page was shown; what is stored now can be read anew."""


@use_case
def draft_request(session: Session, actor: Actor, command: DraftRequest) -> Drafted:
    """Begin a draft for the actor's State.

    Raises:
        Forbidden: the actor speaks for no State.
    """
    del command  # nothing is asked before the first task
    if actor.state_id is None:
        raise Forbidden
    case = AssistanceRequest(state_id=actor.state_id, drafted_by_id=actor.user_id, state=State.DRAFT, version=1)
    begin(session, case, Action.DRAFT_REQUEST, actor, Said())
    return Drafted(key=case.key)


@use_case
def save_task(session: Session, actor: Actor, command: SaveTask) -> None:
    """Save one task of a draft, and what the case's row, its types and its consents say of it.

    Raises:
        NotFound: no such case for this actor.
        TaskStale: the task was saved since the page was shown.
        Stale: the case is no draft any more.
        InvalidCommand: an answer is wrong or, when `finished`, missing.
    """
    case = lock_case(session, actor, command.key)
    drafts = {task.task: task for task in case.draft_tasks}
    stored = drafts.get(command.task)
    if case.state is not State.DRAFT:
        raise Stale(case_key=case.key)
    if (stored.version if stored else 0) != command.version:
        raise TaskStale(case_key=case.key)
    answers = {name: task.data for name, task in drafts.items()}
    answers[command.task] = _kept(case, command, check_task(command.task, command.answers, types_of(answers)))
    _store(session, case, actor, stored, command.task, answers[command.task])
    _mirror(session, case, actor, command.task, answers)
    _touch(session, case, actor, command.task)


def _kept(case: AssistanceRequest, command: SaveTask, checked: Checked) -> dict[str, Any]:
    """Return what is saved, or refuse what is wrong and, of a finished task, what is missing."""
    errors = (*checked.wrong, *(checked.unanswered if command.finished else ()))
    if AssistanceType.FOLLOW_UP.value in (command.answers.get("types") or ()) and case.parent_id is None:
        errors = (*errors, FieldError("types", "not_offered"))
    if errors:
        raise InvalidCommand(*(named(command.task, error) for error in errors))
    return checked.data or {}


def _store(
    session: Session, case: AssistanceRequest, actor: Actor, stored: DraftTask | None, task: str, data: dict[str, Any]
) -> None:
    if stored is None:
        row = DraftTask(case_id=case.id, state_id=case.state_id, task=task, data=data, saved_by_id=actor.user_id)
        session.add(row)
        return
    stored.data, stored.version = data, stored.version + 1
    stored.saved_by_id, stored.saved_at = actor.user_id, now()


def _mirror(
    session: Session, case: AssistanceRequest, actor: Actor, task: str, answers: Mapping[str, Mapping[str, Any]]
) -> None:
    """Carry what is queried over from the answers."""
    if task == "who":
        case.lang = language_of(answers) or UNDETERMINED
    elif task == "need":
        case.title = answers["need"].get("title")
        case.urgency = Urgency(answers["need"].get("urgency") or Urgency.ROUTINE)
        _mirror_types(session, case, types_of(answers))
    elif task == "consents":
        _mirror_consents(session, case, actor, answers["consents"])


def _mirror_types(session: Session, case: AssistanceRequest, wanted: frozenset[AssistanceType]) -> None:
    held = set(session.scalars(select(CaseType.type).where(CaseType.case_id == case.id)))
    if gone := held - wanted:
        session.execute(delete(CaseType).where(CaseType.case_id == case.id, CaseType.type.in_(gone)))
    session.add_all(CaseType(case_id=case.id, state_id=case.state_id, type=kind) for kind in sorted(wanted - held))


def _mirror_consents(session: Session, case: AssistanceRequest, actor: Actor, answers: Mapping[str, Any]) -> None:
    """Date each consent when it was given, by the person who gave it; withdrawing it keeps the row."""
    wanted = {
        ConsentKind.CTC: answers.get("ctc") is True,
        ConsentKind.PARTNERS: answers.get("partners") in (PartnerConsent.LISTED, PartnerConsent.ALL),
        ConsentKind.PUBLIC_SUMMARY: answers.get("public_summary") is True,
    }
    in_force = select(ConsentRecord).where(ConsentRecord.case_id == case.id, ConsentRecord.withdrawn_at.is_(None))
    held = {record.kind: record for record in session.scalars(in_force)}
    for kind, given in wanted.items():
        if given and kind not in held:
            fresh = ConsentRecord(case_id=case.id, state_id=case.state_id, kind=kind, given_by_id=actor.user_id)
            session.add(fresh)
        elif not given and kind in held:
            held[kind].withdrawn_by_id, held[kind].withdrawn_at = actor.user_id, now()


def _touch(session: Session, case: AssistanceRequest, actor: Actor, task: str) -> None:
    """Let the case's version rise with every save; history has one entry per person, task and hour."""
    if not policy.may(actor, Action.EDIT_DRAFT, core_of(session, case, actor)):
        raise Forbidden
    if not _recorded_since(session, case, actor, task, now() - RECORDED_EVERY):
        record(session, case, Action.EDIT_DRAFT, actor, Said({"task": task}), bump=True)
        return
    case.version += 1
    case.touched_at = now()


def _recorded_since(session: Session, case: AssistanceRequest, actor: Actor, task: str, since: datetime) -> bool:
    payloads = (
        select(HistoryPayload.payload)
        .join(HistoryEntry, (HistoryEntry.case_id == HistoryPayload.case_id) & (HistoryEntry.seq == HistoryPayload.seq))
        .where(
            HistoryEntry.case_id == case.id,
            HistoryEntry.action == Action.EDIT_DRAFT.value,
            HistoryEntry.actor_id == actor.user_id,
            HistoryEntry.at > since,
        )
    )
    return any(payload.get("task") == task for payload in session.scalars(payloads))
