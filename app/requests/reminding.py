"""Reminders of the State's limits, and the end of drafts that nobody touches (process, Limits: purge, mission, answer).

Of questions for which nothing stands still the State is reminded on the same days, softly: no limit runs, and nothing
happens when the day passes.

Each case has a transaction of its own, and everything can be run again at any time: a reminder is a row that exists
once, a purge is a step with its guard.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseReminder
from app.casework.notices import Circle, people_of, tell
from app.casework.perform import Said, lock_case, perform
from app.casework.projection import projection_of
from app.casework.visibility import visible_cases
from app.foundation.clock import now
from app.foundation.db import read_session, use_case
from app.foundation.db.scope import bind_scope, scope_of
from app.notifications.models import Notice, OutboxMessage
from app.notifications.vocabulary import MessageState
from app.reference.limits import limits_in_force
from app.requests.commands import PurgeDraft, RemindCase
from app.requests.question_dues import may_have_question_due, question_dues
from app.workflow.actor import Actor
from app.workflow.calendar import Due
from app.workflow.model import Limit
from app.workflow.timeline import QUESTION_STATES
from app.workflow.vocabulary import Action, LimitKey, State

#: Cases read at a time.
BATCH = 200
#: Two reminders are two occasions to answer: after a worker's outage they do not leave together.
BETWEEN_REMINDERS = timedelta(days=2)
#: A reminder that reached nobody in this time is not looked for any more.
LOOKED_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Reminding:
    """Who is reminded of a limit, with which notice, while a case is in which state."""

    limit: LimitKey
    state: State
    code: str
    circles: frozenset[Circle]


_STATE = frozenset({Circle.FOCAL_POINTS, Circle.MISSION})
_MISSION = frozenset({Circle.MISSION})
REMINDINGS = (
    Reminding(LimitKey.PURGE, State.DRAFT, "case.purge_warning", _STATE),
    Reminding(LimitKey.MISSION, State.AWAITING_MISSION, "case.confirm_reminder", _MISSION),
    Reminding(LimitKey.ANSWER, State.RETURNED, "case.answer_reminder", _STATE),
    Reminding(LimitKey.CTC, State.IN_COORDINATION, "case.position_reminder", frozenset({Circle.CTC_LIAISONS})),
    Reminding(LimitKey.ANSWER, State.PLANNING, "case.plan_reminder", _STATE),
    Reminding(LimitKey.CONFIRM, State.DELIVERED, "case.confirm_delivery_reminder", _STATE),
    Reminding(LimitKey.EVALUATE, State.EVALUATION, "case.evaluate_reminder", _STATE),
)
_OF_STATE = {one.state: one for one in REMINDINGS}


@use_case
def remind_case(session: Session, actor: Actor, command: RemindCase) -> None:
    """Send the next reminder of each limit that a case waits for, if one is due and was not sent.

    Args:
        actor: the scheduler.

    Raises:
        NotFound: no such case.
    """
    case = lock_case(session, actor, command.key)
    if case.state in QUESTION_STATES:
        for due, code in question_dues(session, case):
            _remind(session, case, due, code, _STATE)
    if (reminding := _OF_STATE.get(case.state)) is not None:
        for due in projection_of(session, case).open_due:
            # a question that came up meanwhile has reminders of its own
            if due.key is reminding.limit and not (due.key is LimitKey.ANSWER and due.subject):
                _remind(session, case, due, reminding.code, reminding.circles)


def _remind(session: Session, case: AssistanceRequest, due: Due, code: str, circles: frozenset[Circle]) -> None:
    sent = _sent(session, case, due)
    number = len(sent) + 1
    if not _is_due(due, number, sent, now()):
        return
    people: set[int] = set().union(*people_of(session, case, set(circles)).values())
    tell(session, case, people, code, {"due": due.due_on} if due.due_on else {})
    session.add(
        CaseReminder(
            case_id=case.id,
            state_id=case.state_id,
            limit_key=due.key,
            starts_at=due.starts_at,
            number=number,
            code=code,
            sent_at=_queued_at(session, case, code) if people else now(),
            due_at=due.due_at,
        )
    )


@use_case
def purge_draft(session: Session, actor: Actor, command: PurgeDraft) -> None:
    """Discard a draft that was not touched for the whole limit and warned of twice.

    Raises:
        NotFound, Forbidden: no such draft.
        Refused: the limit has not passed, or the warnings were not delivered.
    """
    case = lock_case(session, actor, command.key)
    perform(session, case, Action.PURGE, actor, command, Said())


@use_case
def record_deliveries(session: Session, actor: Actor) -> None:
    """Record which reminders reached somebody since the last look: one statement.

    A reminder is delivered once the relay accepted the mail of one recipient, or one of them read the notice.
    """
    del actor
    # Two levels below the UPDATE nothing is correlated by itself.
    of_case = select(AssistanceRequest.key).where(AssistanceRequest.id == CaseReminder.case_id)
    key = of_case.correlate(CaseReminder).scalar_subquery()
    mailed = select(OutboxMessage.id).where(
        OutboxMessage.case_key == key,
        OutboxMessage.code == CaseReminder.code,
        OutboxMessage.created_at == CaseReminder.sent_at,
        OutboxMessage.sent_at >= CaseReminder.sent_at,
        OutboxMessage.state == MessageState.SENT,
    )
    read = select(Notice.id).where(
        Notice.case_key == key,
        Notice.code == CaseReminder.code,
        Notice.created_at == CaseReminder.sent_at,
        Notice.read_at >= CaseReminder.sent_at,
    )
    waiting = CaseReminder.delivered_at.is_(None) & (CaseReminder.sent_at > now() - LOOKED_FOR)
    arrived = update(CaseReminder).where(waiting, or_(mailed.exists(), read.exists())).values(delivered_at=now())
    session.execute(arrived, execution_options={"synchronize_session": False})


def reminder_candidates(actor: Actor) -> Iterator[str]:
    """Return the keys of cases that may have a reminder due, in batches."""
    limits = limits_in_force(read_session())
    waiting: list[ColumnElement[bool]] = []
    for one in REMINDINGS:
        since = AssistanceRequest.touched_at if one.state is State.DRAFT else AssistanceRequest.state_since
        first = min(_first_reminder(limit) for limit in limits if limit.key is one.limit)
        waiting.append((AssistanceRequest.state == one.state) & (since <= now() - first))
        if one.limit is LimitKey.ANSWER:
            waiting.append(may_have_question_due(now() - first))
    return _keys(actor, or_(*waiting))


def purge_candidates(actor: Actor) -> Iterator[str]:
    """Return the keys of drafts that nobody touched for the whole limit, in batches."""
    limits = limits_in_force(read_session())
    untouched = min(timedelta(days=limit.span.amount) for limit in limits if limit.key is LimitKey.PURGE)
    return _keys(actor, (AssistanceRequest.state == State.DRAFT) & (AssistanceRequest.touched_at <= now() - untouched))


def _first_reminder(limit: Limit) -> timedelta:
    """Return before which time no reminder of `limit` is due, however short it runs; zones differ by up to a day."""
    lengths = [span.amount for span in (limit.span, limit.urgent, limit.second_round) if span is not None]
    days = {*limit.reminders, *(length - left for left in limit.reminders_left for length in lengths if length > left)}
    return timedelta(days=max(min(days, default=limit.span.amount) - 1, 0))


def _queued_at(session: Session, case: AssistanceRequest, code: str) -> datetime:
    """Return the instant that the mails of the reminder just queued carry."""
    queued = select(func.max(OutboxMessage.created_at)).where(
        OutboxMessage.case_key == case.key, OutboxMessage.code == code
    )
    return session.execute(queued).scalar_one()


def _sent(session: Session, case: AssistanceRequest, due: Due) -> list[datetime]:
    sent = select(CaseReminder.sent_at).where(
        CaseReminder.case_id == case.id, CaseReminder.limit_key == due.key, CaseReminder.starts_at == due.starts_at
    )
    return list(session.scalars(sent.order_by(CaseReminder.number)))


def _is_due(due: Due, number: int, sent: list[datetime], at: datetime) -> bool:
    if number > len(due.reminders) or due.reminders[number - 1] > at:
        return False
    return not sent or sent[-1] <= at - BETWEEN_REMINDERS


def _keys(actor: Actor, condition: ColumnElement[bool]) -> Iterator[str]:
    """Yield keys of matching cases; no reading transaction stays open while a case is worked on."""
    session = read_session()
    bind_scope(session, scope_of(actor))
    last = 0
    while True:
        batch = visible_cases(actor, AssistanceRequest.id, AssistanceRequest.key).where(
            condition, AssistanceRequest.id > last
        )
        rows = session.execute(batch.order_by(AssistanceRequest.id).limit(BATCH)).all()
        session.rollback()
        yield from (row.key for row in rows)
        if len(rows) < BATCH:
            return
        last = rows[-1].id
