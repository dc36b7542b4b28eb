"""The days on which the State is reminded of questions that came up while its request is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.casework.models import AssistanceRequest, CaseQuestion
from app.casework.projection import projection_of
from app.casework.questions import is_open
from app.reference.calendars import work_calendar
from app.reference.limits import limits_in_force
from app.workflow.calendar import Due, in_force
from app.workflow.timeline import QUESTION_STATES
from app.workflow.vocabulary import LimitKey, Party
from app.workflow.workdays import DayCount

BLOCKING, MEANWHILE = "case.question_reminder", "case.question_reminder_meanwhile"


def question_dues(session: Session, case: AssistanceRequest) -> Iterator[tuple[Due, str]]:
    """Yield when each open round of questions is to be answered, with the code of its reminders: two statements.

    A round that stops the work has a clock of the process, which rests while the case is on hold. Of the others only
    the day is known that the State was told.
    """
    for due in projection_of(session, case).open_due:
        # A plan that waits for its answer runs under the same limit; its clock has no subject.
        if due.key is LimitKey.ANSWER and due.subject:
            yield due, BLOCKING
    for due in _wished(session, case):
        yield due, MEANWHILE


def may_have_question_due(before: datetime) -> ColumnElement[bool]:
    """Return the condition on `cases` that a question which was asked by `before` waits for its answer."""
    asked = select(CaseQuestion.id).where(
        CaseQuestion.case_id == AssistanceRequest.id, is_open(), CaseQuestion.asked_at <= before
    )
    return AssistanceRequest.state.in_(QUESTION_STATES) & asked.exists()


def _wished(session: Session, case: AssistanceRequest) -> Iterator[Due]:
    rounds = (
        select(func.min(CaseQuestion.asked_at).label("asked_at"), func.min(CaseQuestion.due_on).label("due_on"))
        .where(CaseQuestion.case_id == case.id, is_open(), CaseQuestion.due_on.is_not(None))
        .group_by(CaseQuestion.round)
        .order_by(CaseQuestion.round)
    )
    calendar = work_calendar(session, case.state_id)
    lines = [limit for limit in limits_in_force(session) if limit.key is LimitKey.ANSWER]
    for row in session.execute(rounds):
        asked_on = calendar.local_day(row.asked_at)
        if (line := in_force(lines, asked_on)) is None:
            continue
        days = DayCount(calendar, asked_on, line.span.unit)
        ends = (days.end(line.span.amount - left) for left in sorted(line.reminders_left, reverse=True))
        yield Due(
            key=LimitKey.ANSWER,
            holder=Party.STATE,
            subject="",
            number=1,
            starts_at=row.asked_at,
            warn_at=None,
            due_at=calendar.end_of(row.due_on),
            due_on=row.due_on,
            chief_at=None,
            reminders=tuple(end for end in ends if end is not None),
        )
