"""Indicators 1 to 6, 8, 9 and the way from submission to closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from app.casework.models.case import OPEN_CASES
from app.dashboards.days import DayCounter, read_pauses
from app.dashboards.frame import VIENNA, C, Frame, once, pauses_of, within
from app.dashboards.measures.base import Bucket, Kind, Measure, record
from app.dashboards.sql import BETWEEN, joined
from app.decision.models import OutcomeProposal, TypeDecision
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation
from app.workflow.states import ENDED
from app.workflow.vocabulary import State

#: Working days within which a request is to be acknowledged, and its screening to end (indicators 4, 5).
ACKNOWLEDGED_WITHIN: Final = 2
SCREENED_WITHIN: Final = 5
IN_TIME, LATE, WAITING = "in_time", "late", "waiting"
NEVER, RETURNED = "never", "returned"
#: Ages of open requests in working days: the most of each class; None is without end.
AGES: Final[tuple[tuple[str, int | None], ...]] = (("0-10", 10), ("11-30", 30), ("31-60", 60), ("over-60", None))
#: Ends for which somebody gave a reason code.
WITH_REASON: Final = (State.DECLINED, State.NOT_ELIGIBLE, State.REFERRED, State.DISCONTINUED)
_OUTCOMES: Final = tuple(sorted(ENDED - {State.MERGED, State.DISCARDED}))


def vienna(session: Session) -> DayCounter:
    """Return the counter of the Branch's working days."""
    return DayCounter(work_calendar(session, DutyStation.VIENNA))


def vienna_day(frame: Frame) -> date:
    """Return the day in Vienna at the instant of the figures."""
    return frame.at.astimezone(ZoneInfo(VIENNA)).date()


def _received(frame: Frame) -> Select[Any]:
    return select(*record(frame.milestones.c.case_id))


def _requesting(frame: Frame) -> Select[Any]:
    return select(*record(frame.milestones.c.state_id, frame.milestones.c.state_id)).distinct()


def _steps(first: str, second: str) -> Callable[[Frame], Select[Any]]:
    def rows(frame: Frame) -> Select[Any]:
        made = frame.milestones.c
        started = made[first].is_not(None)
        return select(*record(made.case_id, joined(made[first], made[second]))).where(started)

    return rows


def _within(most: int) -> Callable[[Session, Frame], Bucket]:
    def bucket_of(session: Session, frame: Frame) -> Bucket:
        counter, here = vienna(session), vienna_day(frame)

        def bucket(answered: str) -> str:
            first, _bar, last = answered.partition(BETWEEN)
            days = counter.between(date.fromisoformat(first), date.fromisoformat(last) if last else here)
            if days > most:
                return LATE
            return IN_TIME if last else WAITING

        return bucket

    return bucket_of


def _returned(frame: Frame) -> Select[Any]:
    made = frame.milestones.c
    part = case((made.was_returned, RETURNED), (made.screened_on.is_not(None), NEVER), else_=WAITING)
    return select(*record(made.case_id, part))


def _funnel(frame: Frame) -> Select[Any]:
    made = frame.milestones.c
    return select(*record(made.case_id, made.stage))


def _open(frame: Frame, *columns: Any) -> Select[Any]:
    return frame.cases(*columns).where(OPEN_CASES)


def _open_states(frame: Frame) -> Select[Any]:
    return _open(frame, *record(C.id, joined(C.state)))


def _open_since(frame: Frame) -> Select[Any]:
    told = joined(C.arrived_on, pauses_of(C.id)).label("part")
    rests = once(_open(frame, C.id.label("case_id"), told), "rests").c
    return select(*record(rests.case_id, rests.part))


def age_class(days: int) -> str:
    """Return the class of an age in working days."""
    return next(name for name, most in AGES if most is None or days <= most)


def _age(session: Session, frame: Frame) -> Bucket:
    counter, here = vienna(session), vienna_day(frame)

    def bucket(answered: str) -> str:
        first, _bar, pauses = answered.partition(BETWEEN)
        return age_class(counter.between(date.fromisoformat(first), here, read_pauses(pauses)))

    return bucket


def _decision_days(frame: Frame) -> Select[Any]:
    made = frame.decisions.c
    return select(*record(made.case_id, made.part))


def decision_days(*, paused: bool) -> Callable[[Session, Frame], Bucket]:
    """Return how many working days a decision took, with or without the pauses."""

    def bucket_of(session: Session, frame: Frame) -> Bucket:
        counter = vienna(session)

        def bucket(answered: str) -> str:
            first, last, pauses = answered.split(BETWEEN)
            left_out = [] if paused else read_pauses(pauses)
            return str(counter.between(date.fromisoformat(first), date.fromisoformat(last), left_out))

        return bucket

    return bucket_of


def _outcomes(frame: Frame) -> Select[Any]:
    return frame.cases(*record(C.id, C.state)).where(C.state.in_(_OUTCOMES), within(C.ended_at, frame.asked))


def _reasons(frame: Frame) -> Select[Any]:
    declined = (
        select(TypeDecision.reason)
        .where(TypeDecision.case_id == C.id, ~TypeDecision.approved)
        .order_by(TypeDecision.seq.desc(), TypeDecision.id)
    )
    proposed = select(OutcomeProposal.reason).where(OutcomeProposal.case_id == C.id)
    part = case(
        (C.state == State.DECLINED, joined(C.state, declined.limit(1).scalar_subquery())),
        else_=joined(C.state, proposed.order_by(OutcomeProposal.seq.desc()).limit(1).scalar_subquery()),
    )
    ended = frame.cases(*record(C.id, part)).where(within(C.ended_at, frame.asked))
    return ended.where(C.state.in_(WITH_REASON))


MEASURES: Final = (
    Measure("received", 1, Kind.CASES, _received),
    Measure("requesting", 2, Kind.STATES, _requesting),
    Measure("open-state", 3, Kind.CASES, _open_states),
    Measure("open-age", 3, Kind.CASES, _open_since, _age),
    Measure("acknowledged", 4, Kind.CASES, _steps("arrived_on", "taken_up_on"), _within(ACKNOWLEDGED_WITHIN)),
    Measure("screened", 5, Kind.CASES, _steps("taken_up_on", "screened_on"), _within(SCREENED_WITHIN)),
    Measure("decided", 6, Kind.CASES, _decision_days, decision_days(paused=False)),
    Measure("decided-with-pauses", 6, Kind.CASES, _decision_days, decision_days(paused=True)),
    Measure("returned", 8, Kind.CASES, _returned),
    Measure("outcomes", 9, Kind.CASES, _outcomes),
    Measure("reasons", 9, Kind.CASES, _reasons),
    Measure("stages", 1, Kind.CASES, _funnel),
)
