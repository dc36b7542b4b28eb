"""Indicators 7, 27 and 28: with whom requests lie, which clocks were broken, who has how much to do."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Select, func, select

from app.accounts.models import StandIn
from app.accounts.standing_in import in_force
from app.casework.models import CaseAlert, CaseStay
from app.casework.models.case import OPEN_CASES, UNSENT
from app.casework.vocabulary import AlertKind
from app.dashboards.frame import C, Frame, within
from app.dashboards.measures.base import Kind, Measure, record
from app.dashboards.sql import joined, seconds_between
from app.workflow.states import ENDED


def _parties(frame: Frame) -> Select[Any]:
    """Return a row for each request received in the period and each party that had it, with the seconds."""
    lasted = seconds_between(CaseStay.started_at, func.coalesce(CaseStay.ended_at, frame.at))
    made = frame.milestones.c
    in_work = CaseStay.state.not_in(sorted({*UNSENT, *ENDED}))
    return (
        select(*record(made.case_id, CaseStay.party, func.sum(lasted)))
        .join(CaseStay, CaseStay.case_id == made.case_id)
        .where(in_work)
        .group_by(made.case_id, CaseStay.party)
    )


def _breaches(frame: Frame) -> Select[Any]:
    ended = func.coalesce(CaseAlert.due_at, CaseAlert.raised_at)
    return (
        frame.cases(*record(CaseAlert.id, CaseAlert.limit_key))
        .join(CaseAlert, CaseAlert.case_id == C.id)
        .where(CaseAlert.kind == AlertKind.PASSED, within(ended, frame.asked))
    )


def _open(frame: Frame, part: Any) -> Select[Any]:
    return frame.cases(*record(C.id, joined(part))).where(OPEN_CASES)


def _workload(frame: Frame) -> Select[Any]:
    return _open(frame, C.officer_id)


def _overdue(frame: Frame) -> Select[Any]:
    return _open(frame, C.officer_id).where(C.due_at <= frame.at)


def _covered(frame: Frame) -> Select[Any]:
    cover = (StandIn.absent_id == C.officer_id) & in_force(frame.at)
    return _open(frame, StandIn.stand_in_id).join(StandIn, cover)


#: Seconds of a day.
DAY: Final = 86_400

MEASURES: Final = (
    Measure("parties", 7, Kind.CASES, _parties),
    Measure("breaches", 27, Kind.ALERTS, _breaches),
    Measure("workload", 28, Kind.CASES, _workload),
    Measure("overdue", 28, Kind.CASES, _overdue),
    Measure("covered", 28, Kind.CASES, _covered),
)
