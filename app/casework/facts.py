"""Facts about a case that the case itself can answer; the slices answer theirs, see `app.composition`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, String, false, func, literal, select, type_coerce, union_all
from sqlalchemy.orm import Session

from app.casework.content import Moment, missing_fields, types_of
from app.casework.models import (
    AssistanceRequest,
    CaseBody,
    CaseQuestion,
    ConsentRecord,
    HistoryEntry,
)
from app.casework.models.case import UNSENT
from app.casework.questions import is_open
from app.casework.vocabulary import ConsentKind
from app.foundation.clock import now
from app.foundation.wiring import wiring
from app.workflow.actor import Actor
from app.workflow.facts import CaseCore, CaseFacts, ConsentFacts, ContentFacts, QuestionFacts
from app.workflow.vocabulary import LIAISON_ROLES, Action, Channel, Role, Section, Urgency


def core_of(
    session: Session,
    case: AssistanceRequest,
    actor: Actor,
    *,
    involved: bool | None = None,
    tied: bool | None = None,
) -> CaseCore:
    """Return what decides over permissions on `case`.

    Only a liaison, a chief and who stands in for a mission cost a statement more: which bodies are consulted, and who
    is not independent, decides nothing for anybody else.

    Args:
        involved: whether `actor` had a part in the case, where the caller has read `has_part` with its row.
        tied: whether the actor's body is consulted on it, where the caller has read that with its row; of somebody of
            a State, whether it was asked to take part in an activity. Such a State never sees the case, so that only
            the caller that locked its participation can know.
    """
    bodies: frozenset[Any] = frozenset()
    if tied is not None:
        bodies = frozenset({actor.body}) if tied and actor.body is not None else frozenset()
    elif actor.roles & LIAISON_ROLES:
        bodies = frozenset(session.scalars(select(CaseBody.body).where(CaseBody.case_id == case.id)))
    if involved is not None:
        not_free: frozenset[int] | None = actor.person_ids if involved else frozenset()
    elif actor.on_behalf_of is not None and actor.has(Role.MISSION) and case.state in UNSENT:
        not_free = worked_on(session, case.id)
    else:
        not_free = not_independent(session, case.id) if actor.has(Role.BRANCH_CHIEF) else None
    guests = frozenset({actor.state_id}) if tied and actor.state_id is not None else frozenset()
    return _core(case, bodies, not_free, guests)


def core_of_seen(case: AssistanceRequest, actor: Actor) -> CaseCore:
    """Return the same without a statement, of a case that `visible_cases` gave, for acts that ask for no independence.

    A liaison who sees a case is consulted on it; nobody counts as independent.
    """
    theirs = actor.roles & LIAISON_ROLES and actor.body is not None
    return _core(case, frozenset({actor.body}) if theirs else frozenset(), None)


def _core(
    case: AssistanceRequest,
    bodies: frozenset[Any],
    involved: frozenset[int] | None,
    guests: frozenset[int] = frozenset(),
) -> CaseCore:
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
        participating_state_ids=guests,
        number=case.number,
        received_on=case.received_on,
        submitted_at=case.submitted_at,
        approved_at=case.approved_at,
        hold_reason=case.hold_reason,
        asks_urgency=case.urgency is Urgency.URGENT,
        urgent=case.urgent_since is not None,
        to_adopt=case.to_adopt,
    )


_PARTS = (Action.ASSESS.value, Action.PROPOSE_OUTCOME.value)


def has_part(actor: Actor) -> ColumnElement[bool]:
    """Return whether `actor`, or whom they stand in for, is not independent of a case, as a column of its select."""
    persons = sorted(actor.person_ids)
    theirs = HistoryEntry.actor_id.in_(persons) | HistoryEntry.on_behalf_of_id.in_(persons)
    signed = select(HistoryEntry.seq).where(
        HistoryEntry.case_id == AssistanceRequest.id, HistoryEntry.action.in_(_PARTS)
    )
    owns = func.coalesce(AssistanceRequest.officer_id.in_(persons), false())
    return owns | signed.where(theirs).correlate(AssistanceRequest).exists()


def not_independent(session: Session, case_id: int) -> frozenset[int]:
    """Return who signed an assessment of the case or proposed its outcome, alone or for someone, and its officer.

    The first are read from history; the officer consults, plans and puts it to the chief: one statement.
    """
    signed = select(HistoryEntry.actor_id, HistoryEntry.on_behalf_of_id).where(
        HistoryEntry.case_id == case_id, HistoryEntry.action.in_(_PARTS)
    )
    owner = select(AssistanceRequest.officer_id, literal(None, BigInteger)).where(AssistanceRequest.id == case_id)
    rows: Sequence[Row[Any]] = session.execute(union_all(signed, owner)).all()
    return frozenset(person for row in rows for person in row if person is not None)


def worked_on(session: Session, case_id: int) -> frozenset[int]:
    """Return who began, edited or sent a draft themselves, alone or for someone: read from history."""
    actions = [Action.DRAFT_REQUEST.value, Action.EDIT_DRAFT.value, Action.SEND_TO_MISSION.value]
    statement = select(HistoryEntry.actor_id).where(HistoryEntry.case_id == case_id, HistoryEntry.action.in_(actions))
    return frozenset(person for person in session.scalars(statement.distinct()) if person is not None)


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
    """Provide `Section.CONTENT`: what is still missing at each moment that demands it."""
    case = session.get(AssistanceRequest, case_id)
    channel = case.channel if case else Channel.PORTAL
    if core.state in UNSENT:
        return _content_facts(draft_answers(session, case_id), channel)
    revision = case.latest_revision if case else None
    return _content_facts(revision.data if revision else {}, channel)


def _content_facts(data: Mapping[str, Any], channel: Channel) -> ContentFacts:
    submission, consult, plan = (missing_fields(data, moment, channel=channel) for moment in Moment)
    return ContentFacts(types_of(data), submission, consult, plan)


_PLANNED = "planned"


def consent_facts(session: Session, case_id: int, core: CaseCore) -> ConsentFacts:
    """Provide `Section.CONSENTS`: which consents are in force now.

    Before submission the consent is what the draft says; the dated record is made by sending it. Visits are those of
    the newest version of the plan: each needs a consent of its own.
    """
    if core.state in UNSENT:
        return ConsentFacts(ctc=draft_answers(session, case_id).get("consents", {}).get("ctc") is True)
    given = select(type_coerce(ConsentRecord.kind, String), ConsentRecord.subject).where(
        ConsentRecord.case_id == case_id, ConsentRecord.withdrawn_at.is_(None)
    )
    visits = wiring().joint_visits
    # What a plan asks for stands behind what was consented to, so that one statement reads both.
    planned = () if visits is None else (select(literal(_PLANNED), visits(case_id).subquery().c.key),)
    rows = session.execute(union_all(given, *planned)).all()
    consented = {(kind, subject) for kind, subject in rows}
    waiting = (key for kind, key in rows if kind == _PLANNED and (ConsentKind.VISIT, key) not in consented)
    return ConsentFacts(ctc=(ConsentKind.CTC, "") in consented, visits_without_consent=tuple(sorted(waiting)))


def question_facts(session: Session, case_id: int, core: CaseCore) -> QuestionFacts:
    """Provide `Section.QUESTIONS`: what the State has neither answered nor said it cannot answer."""
    open_ones = select(CaseQuestion.key, CaseQuestion.blocking).where(CaseQuestion.case_id == case_id, is_open())
    rows = session.execute(open_ones.order_by(CaseQuestion.id)).all()
    return QuestionFacts(tuple(key for key, _ in rows), sum(blocking for _, blocking in rows))
