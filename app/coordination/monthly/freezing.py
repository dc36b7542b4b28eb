"""Making the list of a month: once, on the first working day after it, where the body works.

The list tells of requests on which the body is consulted and which the State consents to share. What happened before
the body was consulted stands in the first list after that: nothing is told early, and nothing is left out.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from app.accounts.models import User, UserRole
from app.casework.models import AssistanceRequest, CaseBody, HistoryEntry
from app.casework.sharing import consents_to_sharing
from app.coordination.monthly.models import Happened, MonthlyEntry, MonthlyList
from app.foundation.clock import now
from app.foundation.db import insert_unless_there, new_public_key, read_session, use_case
from app.notifications.services import notify
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation
from app.workflow.actor import Actor
from app.workflow.vocabulary import Action, Body, Role
from app.workflow.workdays import WorkCalendar, add_months

A, H = Action, Happened
BODY: Final = Body.CTC_CTED
#: Which steps of a history a list tells, and as what.
TOLD: Final = {
    A.SUBMIT: H.RECEIVED,
    A.CONFIRM_REQUEST: H.RECEIVED,
    A.REGISTER_PAPER: H.RECEIVED,
    A.APPROVE: H.DECIDED,
    A.REFER: H.DECIDED,
    A.START_DELIVERY: H.STARTED,
    A.SUPPLY: H.DELIVERED,
    A.REPORT_DELIVERED: H.DELIVERED,
    A.DECLINE: H.REFUSED,
    A.FIND_INELIGIBLE: H.REFUSED,
}
_ENTRIES_A_STATEMENT: Final = 500


class OfMonth(BaseModel):
    """Names a month by its first day."""

    model_config = ConfigDict(frozen=True)

    month: date


def freeze_months(actor: Actor) -> int:
    """Make the list of the month before, once its first working day has come; returns how many were made.

    Args:
        actor: the scheduler.
    """
    session = read_session()
    calendar = work_calendar(session, DutyStation.NEW_YORK)
    today = calendar.local_day(now())
    month = add_months(today.replace(day=1), -1)
    made = select(MonthlyList.id).where(MonthlyList.body == BODY, MonthlyList.month == month)
    if today < first_working_day(calendar, today) or session.scalars(made).first() is not None:
        return 0
    freeze_month(actor, OfMonth(month=month))
    return 1


def first_working_day(calendar: WorkCalendar, day: date) -> date:
    """Return the first working day of the month in which `day` lies."""
    found = day.replace(day=1)
    closed = calendar.closed_days(found)
    while found.weekday() not in calendar.weekdays or found in closed:
        found = found.replace(day=found.day + 1)
    return found


@use_case
def freeze_month(session: Session, actor: Actor, command: OfMonth) -> None:
    """Write the list of a month and tell the liaisons; a list that exists stays as it is.

    Args:
        actor: the scheduler.
    """
    key = new_public_key()
    values = {"key": key, "body": BODY, "month": command.month, "frozen_at": now()}
    session.execute(insert_unless_there(session, MonthlyList).values(values).on_conflict_do_nothing())
    made = session.scalars(select(MonthlyList).where(MonthlyList.key == key)).one_or_none()
    if made is None:
        return
    calendar = work_calendar(session, DutyStation.NEW_YORK)
    rows = [
        {
            "list_id": made.id,
            "case_id": row.case_id,
            "state_id": row.state_id,
            "seq": row.seq,
            "happened": TOLD[Action(row.action)],
            "happened_on": calendar.local_day(row.at),
            "number": row.number,
            "title": row.title or "",
            "lang": row.lang,
        }
        for row in session.execute(untold(calendar, command.month))
    ]
    for start in range(0, len(rows), _ENTRIES_A_STATEMENT):
        session.execute(insert(MonthlyEntry).values(rows[start : start + _ENTRIES_A_STATEMENT]))
    notify(session, _readers(session), "body.monthly_list", {"date": command.month})


def untold(calendar: WorkCalendar, month: date) -> Select[Any]:
    """Return the select of what a list of `month` tells: what happened until its end and stands in no list yet."""
    consulted = select(CaseBody.case_id).where(CaseBody.body == BODY)
    told = select(MonthlyEntry.id).where(
        MonthlyEntry.case_id == HistoryEntry.case_id, MonthlyEntry.seq == HistoryEntry.seq
    )
    return (
        select(
            HistoryEntry.case_id,
            HistoryEntry.state_id,
            HistoryEntry.seq,
            HistoryEntry.action,
            HistoryEntry.at,
            AssistanceRequest.number,
            AssistanceRequest.title,
            AssistanceRequest.lang,
        )
        .join(AssistanceRequest, AssistanceRequest.id == HistoryEntry.case_id)
        .where(
            HistoryEntry.action.in_([action.value for action in TOLD]),
            HistoryEntry.at < calendar.start_of(add_months(month, 1)),
            AssistanceRequest.number.is_not(None),
            AssistanceRequest.id.in_(consulted),
            consents_to_sharing(AssistanceRequest.id),
            ~told.exists(),
        )
        .order_by(HistoryEntry.at, HistoryEntry.case_id, HistoryEntry.seq)
    )


def _readers(session: Session) -> list[int]:
    people = select(User.id).join(UserRole, (UserRole.user_id == User.id) & UserRole.ended_at.is_(None))
    return list(session.scalars(people.where(User.active, UserRole.role == Role.CTC_LIAISON).order_by(User.id)))
