"""Indicators 12 to 14, 18 and 19: what was delivered, to whom, and whether in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, and_, select, text, union
from sqlalchemy.orm import Session

from app.casework.models import HistoryEntry
from app.casework.models.history import CONFIRMATIONS
from app.dashboards.frame import C, Frame, once, within
from app.dashboards.measures.base import Bucket, Kind, Measure, record
from app.dashboards.sql import BETWEEN, joined
from app.delivery.activities.models import Activity, ActivityState, ParticipantCount
from app.delivery.activities.vocabulary import ActivityStatus

#: Calendar days by which the first day may differ from the one first agreed (indicator 18).
ON_TIME_WITHIN: Final = 14
ON_TIME, MOVED = "on_time", "moved"
#: As text, so that both databases recognise the partial index.
_CONFIRMED: Final = text(f"case_history.{CONFIRMATIONS.text}")


def _held(frame: Frame) -> Any:
    asked = frame.asked
    return and_(Activity.status == ActivityStatus.HELD, Activity.ends_on >= asked.since, Activity.ends_on < asked.until)


def _activities(frame: Frame, *columns: Any) -> Select[Any]:
    return frame.cases(*columns).join(Activity, Activity.case_id == C.id).where(_held(frame))


def _assisted(frame: Frame) -> Select[Any]:
    """Return the States with an activity: those that asked, and those that took part because they consented."""
    hosts = _activities(frame, *record(Activity.state_id, Activity.state_id))
    guests = (
        frame.cases_of_anybody(*record(ActivityState.participant_id, ActivityState.participant_id))
        .join(Activity, Activity.case_id == C.id)
        .join(ActivityState, ActivityState.activity_id == Activity.id)
        .where(_held(frame), ActivityState.participant_id.in_(frame.states()))
    )
    both = union(hosts, guests).subquery()
    return select(both.c.record, both.c.part, both.c.amount)


def _by(column: Any) -> Callable[[Frame], Select[Any]]:
    return lambda frame: _activities(frame, *record(Activity.id, joined(column)))


def _people(column: Any) -> Callable[[Frame], Select[Any]]:
    def rows(frame: Frame) -> Select[Any]:
        columns = record(ParticipantCount.id, joined(column), ParticipantCount.number)
        return _activities(frame, *columns).join(ParticipantCount, ParticipantCount.activity_id == Activity.id)

    return rows


def _on_time(session: Session, frame: Frame) -> Bucket:
    del session, frame

    def bucket(answered: str) -> str:
        began, _bar, agreed = answered.partition(BETWEEN)
        apart = abs((date.fromisoformat(began) - date.fromisoformat(agreed)).days)
        return ON_TIME if apart <= ON_TIME_WITHIN else MOVED

    return bucket


def _confirmed(frame: Frame) -> Select[Any]:
    h = HistoryEntry
    said = once(select(h.case_id, h.action).where(_CONFIRMED, within(h.at, frame.asked)).distinct(), "confirmations").c
    return frame.cases(*record(C.id, said.action)).where(C.id == said.case_id)


_DATES: Final = joined(Activity.starts_on, Activity.agreed_starts_on)

MEASURES: Final = (
    Measure("assisted", 12, Kind.STATES, _assisted),
    Measure("activities-type", 13, Kind.ACTIVITIES, _by(Activity.type)),
    Measure("activities-scope", 13, Kind.ACTIVITIES, _by(Activity.scope)),
    Measure("people-profession", 14, Kind.PEOPLE, _people(ParticipantCount.profession), summed=True),
    Measure("people-gender", 14, Kind.PEOPLE, _people(ParticipantCount.gender), summed=True),
    Measure("people-state", 14, Kind.PEOPLE, _people(ParticipantCount.from_state_id), summed=True),
    Measure("on-time", 18, Kind.ACTIVITIES, _by(_DATES), _on_time),
    Measure("confirmed", 19, Kind.CASES, _confirmed),
)
