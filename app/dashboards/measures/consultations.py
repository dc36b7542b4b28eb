"""Indicators 10 and 11: consultations of CTC/CTED, those of the fast lane apart, and objections."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Select, and_, case, exists, func, select, text
from sqlalchemy.orm import Session, aliased

from app.casework.models import HistoryEntry
from app.casework.models.history import APPROVALS
from app.coordination.models import Consultation
from app.dashboards.days import DayCounter
from app.dashboards.frame import NEW_YORK, C, Frame, once, within
from app.dashboards.measures.base import Bucket, Kind, Measure, record
from app.dashboards.sql import BETWEEN, day_in, joined
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation
from app.triage.supply_models import Supply
from app.workflow.states import ENDED
from app.workflow.vocabulary import Body, Position

#: A consultation that nobody waits for although nobody answered, and one that waits.
ENDED_UNANSWERED, OPEN = "ended", "open"
#: As text, so that both databases recognise the partial index.
_APPROVALS: Final = text(f"case_history.{APPROVALS.text}")
CONSULTED, NOT_CONSULTED = "consulted", "not_consulted"
WITHDRAWN, SECOND_ROUND, REQUEST_ENDED, STANDING = "withdrawn", "second_round", "request_ended", "standing"


def _of_ctc(frame: Frame, *columns: Any) -> Select[Any]:
    asked = and_(Consultation.body == Body.CTC_CTED, within(Consultation.asked_at, frame.asked))
    return frame.cases(*columns).join(Consultation, Consultation.case_id == C.id).where(asked)


def _consultations(frame: Frame) -> Select[Any]:
    part = case(
        (Consultation.position.is_not(None), joined(Consultation.position)),
        (Consultation.closed_at.is_not(None), ENDED_UNANSWERED),
        else_=OPEN,
    )
    return _of_ctc(frame, *record(Consultation.id, part))


def _days(frame: Frame) -> Select[Any]:
    begun = func.coalesce(Consultation.notice_delivered_at, Consultation.asked_at)
    part = joined(day_in(begun, NEW_YORK), day_in(Consultation.closed_at, NEW_YORK))
    return _of_ctc(frame, *record(Consultation.id, part)).where(Consultation.position.is_not(None))


def _new_york(session: Session, frame: Frame) -> Bucket:
    del frame
    counter = DayCounter(work_calendar(session, DutyStation.NEW_YORK))

    def bucket(answered: str) -> str:
        first, _bar, last = answered.partition(BETWEEN)
        return str(counter.between(date.fromisoformat(first), date.fromisoformat(last)))

    return bucket


def _approved(frame: Frame) -> Select[Any]:
    """Return the requests approved in the period, by whether CTC/CTED had answered, or was deemed to, before."""
    h = HistoryEntry
    last = select(h.case_id, func.max(h.at).label("at")).where(_APPROVALS, within(h.at, frame.asked))
    approvals = once(last.group_by(h.case_id), "approvals").c
    closed = exists().where(
        Consultation.case_id == C.id,
        Consultation.body == Body.CTC_CTED,
        Consultation.position.is_not(None),
        Consultation.closed_at <= approvals.at,
    )
    rows = frame.cases(*record(C.id, case((closed, CONSULTED), else_=NOT_CONSULTED)))
    return rows.where(C.id == approvals.case_id)


def _fast_lane(frame: Frame) -> Select[Any]:
    supplied = within(Supply.supplied_at, frame.asked)
    return frame.cases(*record(C.id)).join(Supply, Supply.case_id == C.id).where(supplied)


def _objections(frame: Frame) -> Select[Any]:
    later = aliased(Consultation)
    second = exists().where(
        later.case_id == Consultation.case_id,
        later.body == Consultation.body,
        later.partner == Consultation.partner,
        later.round > Consultation.round,
        later.position != Position.OBJECTION,
    )
    part = case(
        (Consultation.objection_withdrawn_at.is_not(None), WITHDRAWN),
        (second, SECOND_ROUND),
        (C.state.in_(sorted(ENDED)), REQUEST_ENDED),
        else_=STANDING,
    )
    raised = and_(Consultation.position == Position.OBJECTION, within(Consultation.closed_at, frame.asked))
    return frame.cases(*record(Consultation.id, part)).join(Consultation, Consultation.case_id == C.id).where(raised)


MEASURES: Final = (
    Measure("consultations", 10, Kind.CONSULTATIONS, _consultations),
    Measure("consultation-days", 10, Kind.CONSULTATIONS, _days, _new_york),
    Measure("approved-consulted", 10, Kind.CASES, _approved),
    Measure("fast-lane", 10, Kind.CASES, _fast_lane),
    Measure("objections", 11, Kind.CONSULTATIONS, _objections),
)
