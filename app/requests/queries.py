"""What the State's home and the pages of a draft read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, false, func, or_, select
from sqlalchemy import case as case_when
from sqlalchemy.orm import Session, aliased

from app.accounts.models import User
from app.casework.models import AssistanceRequest, CaseQuestion, DraftTask, HistoryEntry, HistoryPayload
from app.casework.questions import is_open
from app.casework.visibility import found, visible_cases
from app.foundation.wiring import wiring
from app.requests.models import Proposal
from app.workflow.actor import Actor
from app.workflow.states import ENDED
from app.workflow.timeline import QUESTION_STATES
from app.workflow.vocabulary import Action, Party, Role, State

#: Rows of one page of the list, and of "You need to do".
PAGE = 25
TO_DO = 10


class View(StrEnum):
    """Which requests the list shows."""

    OPEN = "open"
    ENDED = "ended"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list; `newer` and `older` are keys of requests to go on from, None at an end."""

    rows: Sequence[Row[Any]]
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class SavedTask:
    """One task of a draft as it was last saved; `saved_by` is None when the account is unknown."""

    data: dict[str, Any]
    version: int
    saved_at: datetime
    saved_by: str | None


@dataclass(frozen=True, slots=True)
class ToChange:
    """What the mission, or the focal point who took a request back, asked to change."""

    text: str
    at: datetime
    by: str | None


def counts_of(session: Session, actor: Actor) -> dict[View, int]:
    """Return how many requests of the State each view holds: one statement."""
    ended = AssistanceRequest.state.in_(ENDED)
    row = session.execute(
        visible_cases(actor, func.count(), func.count().filter(ended)).select_from(AssistanceRequest)
    ).one()
    return {View.ALL: row[0], View.ENDED: row[1], View.OPEN: row[0] - row[1]}


def to_do(session: Session, actor: Actor, limit: int = TO_DO) -> Sequence[Row[Any]]:
    """Return what waits for this reader, the next to fall due first: one statement.

    Every row says with which step the request came to where it is (`last_step`), so that a draft which was returned
    can be told from a new one, and who proposed a draft that the State has to adopt (`to_adopt`, `proposer`); and of
    one that is worked on, how many questions the State has yet to answer (`asked`), whether the work waits for one
    (`blocking`), and by when else an answer is asked for (`answer_by`); and whether the State has to say which other
    States may be told of an activity (`to_disclose`).
    """
    moved = (
        select(HistoryEntry.action)
        .where(
            HistoryEntry.case_id == AssistanceRequest.id,
            or_(HistoryEntry.from_state.is_(None), HistoryEntry.from_state != HistoryEntry.to_state),
        )
        .order_by(HistoryEntry.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    proposer, asked = aliased(User), _questions_to(actor)
    here = (asked.c.case_id == AssistanceRequest.id) & AssistanceRequest.state.in_(QUESTION_STATES)
    disclosures = wiring().disclosures
    to_disclose = AssistanceRequest.id.in_(disclosures(actor)) if disclosures is not None else false()
    why = (moved.label("last_step"), AssistanceRequest.to_adopt, proposer.name.label("proposer"))
    waits = (
        _columns(actor, *why, asked.c.asked, asked.c.blocking, asked.c.answer_by, to_disclose.label("to_disclose"))
        .outerjoin(Proposal, (Proposal.case_id == AssistanceRequest.id) & AssistanceRequest.to_adopt)
        .outerjoin(proposer, proposer.id == Proposal.proposed_by_id)
        .outerjoin(asked, here)
        .where(or_(AssistanceRequest.holder == Party.STATE, asked.c.asked > 0, to_disclose))
        .where(AssistanceRequest.state.not_in(ENDED))
    )
    if not actor.has(Role.MISSION):
        waits = waits.where(AssistanceRequest.state != State.AWAITING_MISSION)
    own = (AssistanceRequest.holder == Party.STATE, AssistanceRequest.due_on)
    due = case_when(own, else_=asked.c.answer_by)
    return session.execute(waits.order_by(due.is_(None), due, AssistanceRequest.id.desc()).limit(limit)).all()


def _questions_to(actor: Actor) -> Subquery:
    """Return the questions that wait for the State's answer, counted by request."""
    waiting = select(
        CaseQuestion.case_id,
        func.count().label("asked"),
        func.count().filter(CaseQuestion.blocking).label("blocking"),
        func.min(CaseQuestion.due_on).label("answer_by"),
    )
    return waiting.where(is_open(), CaseQuestion.state_id == actor.state_id).group_by(CaseQuestion.case_id).subquery()


def listing(
    session: Session, actor: Actor, view: View, *, after: str | None = None, before: str | None = None
) -> Listing:
    """Return one page of the State's requests, the newest first: one statement.

    Args:
        view: which requests.
        after: key of the last request of the page before; one that the reader cannot see is as none.
        before: key of the first request of the page after.
    """
    ended = AssistanceRequest.state.in_(ENDED)
    wanted = {View.OPEN: ~ended, View.ENDED: ended, View.ALL: AssistanceRequest.id.is_not(None)}[view]
    statement = _columns(actor).where(wanted)
    id_ = AssistanceRequest.id
    if before is not None:
        rows = session.execute(statement.where(_beyond(actor, before, newer=True)).order_by(id_).limit(PAGE + 1)).all()
        shown = list(reversed(rows[:PAGE]))
        return Listing(shown, _first(shown) if len(rows) > PAGE else None, _last(shown))
    if after is not None:
        statement = statement.where(_beyond(actor, after, newer=False))
    rows = session.execute(statement.order_by(id_.desc()).limit(PAGE + 1)).all()
    shown = list(rows[:PAGE])
    return Listing(shown, _first(shown) if after is not None else None, _last(shown) if len(rows) > PAGE else None)


def _columns(actor: Actor, *more: Any) -> Select[Any]:
    case = AssistanceRequest
    columns = (
        case.key,
        case.number,
        case.title,
        case.lang,
        case.state,
        case.approved_at,
        case.holder,
        case.due_key,
        case.due_at,
        case.due_on,
        case.paused,
        case.hold_reason,
    )
    return visible_cases(actor, *columns, User.name.label("officer"), *more).outerjoin(User, User.id == case.officer_id)


def _beyond(actor: Actor, key: str, *, newer: bool) -> ColumnElement[bool]:
    mark = visible_cases(actor, AssistanceRequest.id).where(AssistanceRequest.key == key).correlate(None)
    marked = mark.scalar_subquery()
    passed = AssistanceRequest.id > marked if newer else AssistanceRequest.id < marked
    return or_(passed, marked.is_(None))


def _first(rows: Sequence[Row[Any]]) -> str | None:
    return rows[0].key if rows else None


def _last(rows: Sequence[Row[Any]]) -> str | None:
    return rows[-1].key if rows else None


def draft_case(session: Session, actor: Actor, key: str) -> AssistanceRequest:
    """Return the case `key`: one statement.

    Raises:
        NotFound: there is none that this actor may see.
    """
    case: AssistanceRequest | None = session.scalars(visible_cases(actor).where(AssistanceRequest.key == key)).first()
    return found(case)


def saved_tasks(session: Session, case_id: int) -> dict[str, SavedTask]:
    """Return the tasks of a draft by name, with who saved each: one statement."""
    rows = session.execute(
        select(DraftTask.task, DraftTask.data, DraftTask.version, DraftTask.saved_at, User.name)
        .outerjoin(User, User.id == DraftTask.saved_by_id)
        .where(DraftTask.case_id == case_id)
    )
    return {row.task: SavedTask(row.data, row.version, row.saved_at, row.name) for row in rows}


def answers_by_case(session: Session, keys: Sequence[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the stored answers of drafts by key and task: one statement, none without `keys`."""
    if not keys:
        return {}
    case = AssistanceRequest
    rows = session.execute(
        select(case.key, DraftTask.task, DraftTask.data)
        .join(case, case.id == DraftTask.case_id)
        .where(case.key.in_(keys))
    )
    answers: dict[str, dict[str, dict[str, Any]]] = {}
    for key, task, data in rows:
        answers.setdefault(key, {})[task] = data
    return answers


def to_change(session: Session, case_id: int) -> ToChange | None:
    """Return what to change in a draft that was returned; None when it was not: one statement."""
    moves = (
        select(HistoryEntry.action, HistoryEntry.at, HistoryPayload.payload, User.name)
        .outerjoin(
            HistoryPayload,
            and_(HistoryPayload.case_id == HistoryEntry.case_id, HistoryPayload.seq == HistoryEntry.seq),
        )
        .outerjoin(User, User.id == HistoryEntry.actor_id)
        .where(
            HistoryEntry.case_id == case_id,
            HistoryEntry.action.in_((Action.RETURN_TO_DRAFT.value, Action.SEND_TO_MISSION.value)),
        )
        .order_by(HistoryEntry.seq.desc())
        .limit(1)
    )
    row = session.execute(moves).first()
    if row is None or row.action != Action.RETURN_TO_DRAFT.value:
        return None
    return ToChange((row.payload or {}).get("note", ""), row.at, row.name)


def earlier_assistance(session: Session, actor: Actor, case_id: int, limit: int = 10) -> Sequence[Row[Any]]:
    """Return earlier requests of the same State that were delivered, the newest first: one statement.

    Returns:
        Rows of number, title and submitted_at.
    """
    case = AssistanceRequest
    delivered = visible_cases(actor, case.number, case.title, case.submitted_at).where(
        case.state.in_((State.DELIVERED, State.EVALUATION, State.CLOSED)),
        case.state_id == actor.state_id,
        case.id != case_id,
    )
    return session.execute(delivered.order_by(case.submitted_at.desc(), case.id.desc()).limit(limit)).all()
