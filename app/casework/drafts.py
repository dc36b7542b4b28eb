"""Storing the tasks of a draft, and what the case's row, its types and its consents say of them.

Every function expects a case that `lock_case` locked and whose reader may edit it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.casework.content import types_of
from app.casework.content.details import DocumentRef
from app.casework.content.labels import language_of
from app.casework.content.paths import DETAILS, corrected, place_of
from app.casework.content.tasks import PartnerConsent
from app.casework.facts import core_of
from app.casework.models import (
    AssistanceRequest,
    CaseType,
    ConsentRecord,
    DraftTask,
    HistoryEntry,
    HistoryPayload,
)
from app.casework.perform import Said, record
from app.casework.vocabulary import ConsentKind
from app.foundation.clock import now
from app.foundation.errors import Forbidden, Stale
from app.workflow import policy
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, AssistanceType, State, Urgency

#: Language of a request whose language is none of the list ("undetermined", ISO 639).
UNDETERMINED = "und"
#: How often a person's saves of one task are written into history: it says who worked on what, not every keystroke.
RECORDED_EVERY = timedelta(hours=1)
TEXTS = "drafting.texts"


def answers_of(case: AssistanceRequest) -> dict[str, dict[str, Any]]:
    """Return what the draft holds, by task."""
    return {task.task: task.data for task in case.draft_tasks}


def store_task(session: Session, case: AssistanceRequest, actor: Actor, task: str, data: dict[str, Any]) -> None:
    """Store the answers of one task, whose version rises, and carry over what is queried.

    Raises:
        Forbidden: this actor may not edit the draft.
    """
    store_tasks(session, case, actor, {task: data})


def store_tasks(session: Session, case: AssistanceRequest, actor: Actor, changed: Mapping[str, dict[str, Any]]) -> None:
    """Store the answers of tasks that were saved together: one entry of history tells of all.

    Args:
        changed: the answers by task.

    Raises:
        Forbidden: this actor may not edit the draft.
    """
    stored = {row.task: row for row in case.draft_tasks}
    for task, data in changed.items():
        if (row := stored.get(task)) is None:
            session.add(_first_saved(case, actor, task, data))
            continue
        row.data, row.version = data, row.version + 1
        row.saved_by_id, row.saved_at = actor.user_id, now()
    answers = {**answers_of(case), **changed}
    for task in changed:
        mirror(session, case, task, answers)
    if "consents" in changed:
        mirror_consents(session, case, actor, changed["consents"])
    touch(session, case, actor, *changed)


def store_first(session: Session, case: AssistanceRequest, actor: Actor, answers: Mapping[str, dict[str, Any]]) -> None:
    """Store the answers of a draft that was begun in this transaction and holds nothing yet: as `store_tasks` does.

    Args:
        answers: by task.

    Raises:
        Forbidden: this actor may not edit the draft.
    """
    row = {"case_id": case.id, "state_id": case.state_id, "version": 1}
    saved = {**row, "saved_by_id": actor.user_id, "saved_at": now()}
    session.execute(insert(DraftTask).values([{**saved, "task": task, "data": data} for task, data in answers.items()]))
    for task in answers:
        mirror(session, case, task, answers, frozenset())
    _carry_consents(session, case, actor, answers.get("consents", {}), {})
    record(session, case, Action.EDIT_DRAFT, actor, _said(answers), bump=True)


def _first_saved(case: AssistanceRequest, actor: Actor, task: str, data: dict[str, Any]) -> DraftTask:
    return DraftTask(case_id=case.id, state_id=case.state_id, task=task, data=data, saved_by_id=actor.user_id)


def set_document_refs(session: Session, case: AssistanceRequest, actor: Actor, refs: Sequence[DocumentRef]) -> None:
    """Put the texts to be reviewed (`drafting.texts`) into a draft, in place of those that it names.

    The version of the task stays: its page does not hold this field, and who fills it in meanwhile loses nothing. That
    a text was attached or taken out is recorded by whoever did it.

    Args:
        case: a draft, locked.
        refs: all of them, in their order; an attachment that is gone is left out.

    Raises:
        Stale: the case is no draft any more.
        Forbidden: this actor may not edit the draft.
    """
    if case.state is not State.DRAFT:
        raise Stale(case_key=case.key)
    if not policy.may(actor, Action.EDIT_DRAFT, core_of(session, case, actor)):
        raise Forbidden
    texts = [one.model_dump(mode="json") for one in refs] or None
    data = corrected(answers_of(case), {TEXTS: texts})[place_of(TEXTS)[0]]
    stored = next((row for row in case.draft_tasks if row.task == DETAILS), None)
    if stored is None:
        session.add(_first_saved(case, actor, DETAILS, data))
    else:
        stored.data, stored.saved_by_id, stored.saved_at = data, actor.user_id, now()
    case.version += 1
    case.touched_at = now()


def mirror(
    session: Session,
    case: AssistanceRequest,
    task: str,
    answers: Mapping[str, Mapping[str, Any]],
    held: frozenset[AssistanceType] | None = None,
) -> None:
    """Carry what is queried over from the answers of `task`; consents are dated records of their own.

    Args:
        held: the types that the case has so far, where that is known.
    """
    if task == "who":
        case.lang = language_of(answers) or UNDETERMINED
    elif task == "need":
        case.title = answers["need"].get("title")
        case.urgency = Urgency(answers["need"].get("urgency") or Urgency.ROUTINE)
        _mirror_types(session, case, types_of(answers), held)


def _mirror_types(
    session: Session,
    case: AssistanceRequest,
    wanted: frozenset[AssistanceType],
    held: frozenset[AssistanceType] | None,
) -> None:
    if held is None:
        held = frozenset(session.scalars(select(CaseType.type).where(CaseType.case_id == case.id)))
    if gone := held - wanted:
        session.execute(delete(CaseType).where(CaseType.case_id == case.id, CaseType.type.in_(gone)))
    session.add_all(CaseType(case_id=case.id, state_id=case.state_id, type=kind) for kind in sorted(wanted - held))


def mirror_consents(session: Session, case: AssistanceRequest, actor: Actor, answers: Mapping[str, Any]) -> None:
    """Carry what the task "consents" says over into the dated records: at most two statements."""
    in_force = select(ConsentRecord).where(ConsentRecord.case_id == case.id, ConsentRecord.withdrawn_at.is_(None))
    held = {record.kind: record for record in session.scalars(in_force)}
    _carry_consents(session, case, actor, answers, held)


def _carry_consents(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    answers: Mapping[str, Any],
    held: Mapping[ConsentKind, ConsentRecord],
) -> None:
    """Date each consent when it was given, by the person who gave it; withdrawing it keeps the row."""
    wanted = {
        ConsentKind.CTC: answers.get("ctc") is True,
        ConsentKind.PARTNERS: answers.get("partners") in (PartnerConsent.LISTED, PartnerConsent.ALL),
        ConsentKind.PUBLIC_SUMMARY: answers.get("public_summary") is True,
    }
    for kind, given in wanted.items():
        if given and kind not in held:
            fresh = ConsentRecord(case_id=case.id, state_id=case.state_id, kind=kind, given_by_id=actor.user_id)
            session.add(fresh)
        elif not given and kind in held:
            held[kind].withdrawn_by_id, held[kind].withdrawn_at = actor.user_id, now()


def touch(session: Session, case: AssistanceRequest, actor: Actor, *tasks: str) -> None:
    """Let the case's version rise with every save; history has one entry per person, tasks and hour.

    Raises:
        Forbidden: this actor may not edit the draft.
    """
    if not policy.may(actor, Action.EDIT_DRAFT, core_of(session, case, actor)):
        raise Forbidden
    said = _said(tasks)
    if not _recorded_since(session, case, actor, said.payload, now() - RECORDED_EVERY):
        record(session, case, Action.EDIT_DRAFT, actor, said, bump=True)
        return
    case.version += 1
    case.touched_at = now()


def _said(tasks: Iterable[str]) -> Said:
    named = sorted(tasks)
    return Said({"task": named[0]} if len(named) == 1 else {"tasks": named})


def _recorded_since(
    session: Session, case: AssistanceRequest, actor: Actor, said: Mapping[str, Any], since: datetime
) -> bool:
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
    return any(said.items() <= payload.items() for payload in session.scalars(payloads))
