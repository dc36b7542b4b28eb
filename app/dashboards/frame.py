"""Which requests a figure is made of: those of the reader's view, of the States asked for, of the period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, and_, case, exists, func, or_, select, union_all

from app.casework.models import AssistanceRequest, CaseQuestion, CaseStay, CaseType, HistoryEntry
from app.casework.visibility import visible_cases
from app.dashboards.asking import Asked, Origin
from app.dashboards.sql import day_in, joined
from app.foundation.clock import now
from app.reference.models import StateRecord
from app.reference.vocabulary import StateStatus
from app.workflow.actor import Actor
from app.workflow.states import PAUSED
from app.workflow.vocabulary import Action, State

C, H = AssistanceRequest, HistoryEntry
VIENNA: Final = "Europe/Vienna"
NEW_YORK: Final = "America/New_York"
#: Never counted (requests.md, Indicators).
NOT_COUNTED: Final = (State.MERGED, State.DISCARDED)
#: How far a request came, by the step that proves it; each stands for those before it as well.
STAGES: Final[dict[int, tuple[Action, ...]]] = {
    1: (Action.ACCEPT,),
    2: (Action.CONSULT,),
    3: (Action.PUT_FOR_DECISION,),
    4: (Action.APPROVE, Action.DECLINE, Action.REFER, Action.FIND_INELIGIBLE),
    5: (Action.SUPPLY, Action.REPORT_DELIVERED),
    6: (Action.CLOSE,),
}
DECISIONS: Final = STAGES[4]


def received() -> ColumnElement[datetime]:
    """Return when a request that came through the portal counts as received; a merge's earlier date wins."""
    return func.coalesce(C.counts_from, C.submitted_at)


def received_day() -> ColumnElement[str]:
    """Return the day in Vienna from which a request counts: for paper, the day on which it arrived."""
    on_paper = and_(C.counts_from.is_(None), C.received_on.is_not(None))
    return case((on_paper, joined(C.received_on)), else_=day_in(received(), VIENNA))


def within(column: Any, asked: Asked) -> ColumnElement[bool]:
    """Return whether an instant lies in the period."""
    return and_(column >= asked.begins, column < asked.ends)


@dataclass(frozen=True)
class Frame:
    """One reading: who reads, what they ask, and when.

    Attributes:
        at: the instant of the figures ("data as of").
    """

    actor: Actor
    asked: Asked
    at: datetime

    @classmethod
    def of(cls, actor: Actor, asked: Asked) -> Frame:
        """Return the reading of this moment."""
        return cls(actor, asked, now())

    def cases(self, *columns: Any) -> Select[Any]:
        """Return a select over the requests that count and fit the filters, whatever their dates."""
        return self.cases_of_anybody(*columns).where(C.state_id.in_(self.states()))

    def cases_of_anybody(self, *columns: Any) -> Select[Any]:
        """Return a select over the requests that count and ask for the type, of whatever State."""
        found: list[ColumnElement[bool]] = [C.number.is_not(None), C.state.not_in(NOT_COUNTED)]
        if self.asked.type:
            found.append(exists().where(CaseType.case_id == C.id, CaseType.type == self.asked.type))
        return visible_cases(self.actor, *columns).select_from(C).where(*found)

    def states(self) -> Select[Any]:
        """Return the ids of the States that fit the filters."""
        asked = self.asked
        demo = StateRecord.status == StateStatus.DEMO
        states = select(StateRecord.id).where(demo if asked.origin is Origin.DEMO else ~demo)
        if asked.group:
            states = states.where(StateRecord.regional_group == asked.group)
        if asked.member_state:
            states = states.where(StateRecord.alpha3 == asked.member_state)
        return states

    def received(self, *columns: Any) -> Select[Any]:
        """Return a select over the requests first received in the period."""
        asked = self.asked
        portal = and_(C.counts_from.is_(None), C.received_on.is_(None), within(C.submitted_at, asked))
        paper = and_(C.counts_from.is_(None), C.received_on >= asked.since, C.received_on < asked.until)
        return self.cases(*columns).where(or_(portal, paper, within(C.counts_from, asked)))

    @cached_property
    def milestones(self) -> CTE:
        """What happened first to each request received in the period, one row each."""
        taken = func.min(case((H.action == Action.TAKE_UP.value, H.at)))
        left = and_(H.from_state == State.SCREENING, H.to_state != State.SCREENING)
        stage = case(
            *((H.action.in_([one.value for one in steps]), number) for number, steps in STAGES.items()), else_=0
        )
        returned = case((H.action == Action.RETURN_FOR_INFORMATION.value, 1), else_=0)
        return (
            self.received(
                C.id.label("case_id"),
                C.state_id,
                received_day().label("received_day"),
                day_in(taken, VIENNA).label("taken_up_day"),
                day_in(func.min(case((left, H.at))), VIENNA).label("screened_day"),
                func.max(stage).label("stage"),
                func.max(returned).label("returned"),
            )
            .join(H, H.case_id == C.id)
            .group_by(C.id)
            .cte("milestones")
        )


def pauses_of(case_id: Any) -> ColumnElement[str]:
    """Return the pauses of a request as text: `first/last,first/last`, days in Vienna, no last while it stands.

    Paused while returned, on hold, or while a blocking question is open (process page, Limits).
    """
    rests = select(CaseStay.started_at.label("first"), CaseStay.ended_at.label("last")).where(
        CaseStay.case_id == case_id, CaseStay.state.in_(PAUSED)
    )
    asked = select(CaseQuestion.asked_at, func.coalesce(CaseQuestion.answered_at, CaseQuestion.closed_at)).where(
        CaseQuestion.case_id == case_id, CaseQuestion.blocking
    )
    both = union_all(rests.correlate(C), asked.correlate(C)).subquery()
    one = day_in(both.c.first, VIENNA) + "/" + func.coalesce(day_in(both.c.last, VIENNA), "")
    return select(func.aggregate_strings(one, ",")).scalar_subquery()
