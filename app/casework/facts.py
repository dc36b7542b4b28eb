"""Facts about a case that the case itself can answer; the slices answer theirs, see `app.composition`."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework.content import missing_fields, types_of
from app.casework.models import (
    AssistanceRequest,
    CaseBody,
    CaseQuestion,
    CaseRevision,
    ConsentRecord,
    HistoryEntry,
)
from app.casework.models.case import UNSENT
from app.casework.vocabulary import ConsentKind
from app.foundation.clock import now
from app.foundation.wiring import wiring
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore, CaseFacts, ConsentFacts, ContentFacts, QuestionFacts
from app.workflow.vocabulary import LIAISON_ROLES, Action, Role, Section


def core_of(session: Session, case: AssistanceRequest, actor: Actor) -> CaseCore:
    """Return what decides over permissions on `case`.

    Only a liaison and a chief cost a statement more: which bodies are consulted, and who is not independent, decides
    nothing for anybody else.
    """
    bodies: frozenset[Any] = frozenset()
    if actor.roles & LIAISON_ROLES:
        bodies = frozenset(session.scalars(select(CaseBody.body).where(CaseBody.case_id == case.id)))
    involved = not_independent(session, case.id) if actor.has(Role.BRANCH_CHIEF) else None
    return CaseCore(
        case_id=case.id,
        key=case.key,
        state=case.state,
        version=case.version,
        state_id=case.state_id,
        state_since=case.state_since,
        drafted_by_id=case.drafted_by_id,
        officer_id=case.officer_id,
        not_independent_ids=involved,
        consulted_bodies=bodies,
        number=case.number,
        received_on=case.received_on,
        submitted_at=case.submitted_at,
    )


def not_independent(session: Session, case_id: int) -> frozenset[int]:
    """Return who signed an assessment of the case or proposed its outcome, alone or for someone: read from history."""
    statement = select(HistoryEntry.actor_id, HistoryEntry.on_behalf_of_id).where(
        HistoryEntry.case_id == case_id,
        HistoryEntry.action.in_((Action.ASSESS.value, Action.PROPOSE_OUTCOME.value)),
    )
    return frozenset(person for row in session.execute(statement) for person in row if person is not None)


def load_facts(
    session: Session, core: CaseCore, sections: Iterable[Section], known: Mapping[Section, Any] | None = None
) -> CaseFacts:
    """Return the facts with `sections`, one statement each.

    Args:
        known: sections that the caller has just written in this transaction and need not be read again.

    Raises:
        LookupError: nobody provides one of the sections.
    """
    providers = wiring().facts
    given = known or {}
    loaded = {
        section.value: given[section] if section in given else providers[section.value](session, core.case_id, core)
        for section in sorted(sections)
    }
    return CaseFacts(core=core, now=now(), **loaded)


def draft_answers(session: Session, case_id: int) -> dict[str, dict[str, Any]]:
    """Return the answers of a draft by task; asked once per transaction, each later call is answered from memory."""
    case = session.get(AssistanceRequest, case_id)
    return {task.task: task.data for task in case.draft_tasks} if case is not None else {}


def content_facts(session: Session, case_id: int, core: CaseCore) -> ContentFacts:
    """Provide `Section.CONTENT`: what is still missing for submission."""
    if core.state in UNSENT:
        drafts = draft_answers(session, case_id)
        return ContentFacts(types_of(drafts), missing_fields(drafts))
    latest = select(CaseRevision.data).where(CaseRevision.case_id == case_id).order_by(CaseRevision.revision.desc())
    data = session.scalars(latest.limit(1)).first() or {}
    return ContentFacts(types_of(data), missing_fields(data))


def consent_facts(session: Session, case_id: int, core: CaseCore) -> ConsentFacts:
    """Provide `Section.CONSENTS`: which consents are in force now.

    Before submission the consent is what the draft says; the dated record is made by sending it.
    """
    if core.state in UNSENT:
        return ConsentFacts(ctc=draft_answers(session, case_id).get("consents", {}).get("ctc") is True)
    in_force = select(ConsentRecord.id).where(
        ConsentRecord.case_id == case_id,
        ConsentRecord.kind == ConsentKind.CTC,
        ConsentRecord.withdrawn_at.is_(None),
    )
    return ConsentFacts(ctc=session.scalars(in_force.limit(1)).first() is not None)


def question_facts(session: Session, case_id: int, core: CaseCore) -> QuestionFacts:
    """Provide `Section.QUESTIONS`: what the State has neither answered nor said it cannot answer."""
    open_ones = select(CaseQuestion.key, CaseQuestion.blocking).where(
        CaseQuestion.case_id == case_id, CaseQuestion.answered_at.is_(None)
    )
    rows = session.execute(open_ones.order_by(CaseQuestion.id)).all()
    return QuestionFacts(tuple(key for key, _ in rows), sum(blocking for _, blocking in rows))
