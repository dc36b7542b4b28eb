"""Which requests a figure is made of: those of the reader's view, of the States asked for, of the period."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, and_, exists, func, select, union_all

from app.casework.models import AssistanceRequest, CaseQuestion, CaseStay, CaseType
from app.casework.visibility import visible_cases
from app.dashboards.asking import Asked, Origin
from app.dashboards.sql import day_in, joined
from app.foundation.clock import now
from app.reference.models import StateRecord
from app.reference.vocabulary import StateStatus
from app.workflow.actor import Actor
from app.workflow.states import PAUSED
from app.workflow.vocabulary import State

C = AssistanceRequest
VIENNA: Final = "Europe/Vienna"
NEW_YORK: Final = "America/New_York"
#: Never counted (requests.md, Indicators).
NOT_COUNTED: Final = (State.MERGED, State.DISCARDED)


def within(column: Any, asked: Asked) -> ColumnElement[bool]:
    """Return whether an instant lies in the period."""
    return and_(column >= asked.begins, column < asked.ends)


@dataclass(frozen=True)
class Frame:
    """One reading: who reads, what they ask, and when.

    Attributes:
        at: the instant of the figures ("data as of").
        memo: what several figures of this reading need, read once.
    """

    actor: Actor
    asked: Asked
    at: datetime
    memo: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

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
        return self.cases(*columns).where(C.counted_on >= self.asked.since, C.counted_on < self.asked.until)

    @cached_property
    def milestones(self) -> CTE:
        """The requests received in the period with what happened first to each; read once for all figures of a page."""
        columns = (C.state_id, C.arrived_on, C.taken_up_on, C.screened_on, C.stage, C.was_returned)
        return self.received(C.id.label("case_id"), *columns).cte("milestones")

    @cached_property
    def decisions(self) -> CTE:
        """The requests first decided in the period: day of receipt, day of the decision, pauses, as one text."""
        told = joined(C.arrived_on, day_in(C.decided_at, VIENNA), pauses_of(C.id))
        decided = self.cases(C.id.label("case_id"), told.label("part")).where(within(C.decided_at, self.asked))
        return once(decided, "decisions")


def once(rows: Select[Any], name: str) -> CTE:
    """Return `rows` read once and kept while the statement runs, before what they are joined to."""
    return rows.cte(name).prefix_with("MATERIALIZED")


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
