"""Random histories that keep to the process, random calendars and limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from app.workflow.calendar import Calendars, Event, WorkCalendar
from app.workflow.definition import PROCESS
from app.workflow.model import Limit, Span
from app.workflow.vocabulary import Action, Body, HoldReason, Mark, State
from app.workflow.workdays import Holiday, Week

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2028, 12, 31)
ZONES = (
    "Europe/Vienna",
    "America/New_York",
    "Asia/Tokyo",
    "Africa/Cairo",
    "America/Havana",
    "Pacific/Kiritimati",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
)
CLOCKED: tuple[Action | Mark, ...] = (
    *(Mark),
    Action.ASK_STATE,
    Action.ANSWER_QUESTION,
    Action.PROPOSE_PLAN,
    Action.REQUEST_PLAN_CHANGES,
    Action.GIVE_POSITION,
    Action.DEEM_NO_OBJECTION,
    Action.ASK_MORE_TIME,
    Action.ANSWER_PARTICIPATION,
    Action.PROPOSE_OUTCOME,
    Action.EDIT_DRAFT,
    Action.EVALUATE,
)


@st.composite
def work_calendars(draw: st.DrawFn) -> WorkCalendar:
    """A zone, one to seven working weekdays, some holidays, and perhaps another week from a day on."""
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    days = draw(
        st.lists(st.tuples(st.dates(FIRST_DAY, LAST_DAY), st.none() | st.dates(FIRST_DAY, LAST_DAY)), max_size=20)
    )
    later = st.builds(
        Week, st.dates(FIRST_DAY, LAST_DAY), st.sampled_from(ZONES), st.frozensets(st.integers(0, 6), min_size=1)
    )
    return WorkCalendar(
        "any",
        draw(st.sampled_from(ZONES)),
        weekdays,
        tuple(Holiday(day, effective_from) for day, effective_from in days),
        weeks=tuple(draw(st.lists(later, max_size=2))),
    )


@st.composite
def all_calendars(draw: st.DrawFn) -> Calendars:
    """A calendar for each party."""
    return Calendars(*(draw(work_calendars()) for _ in range(3)))


@st.composite
def some_limits(draw: st.DrawFn) -> tuple[Limit, ...]:
    """The limits of the process with other amounts."""
    return tuple(
        replace(
            limit,
            span=Span(draw(st.integers(1, 40)), limit.span.unit),
            urgent=limit.urgent and Span(draw(st.integers(1, 10)), limit.span.unit),
        )
        for limit in PROCESS.limits
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Event, ...]:
    """A walk along the steps of the process, with the acts and marks on which clocks hang strewn between them."""
    now = datetime(2026, 1, 1, tzinfo=UTC) + draw(st.timedeltas(timedelta(), timedelta(days=365)))
    state = State.DRAFT
    events = [Event(now, Action.DRAFT_REQUEST, state)]
    for _ in range(draw(st.integers(0, 25))):
        now += draw(st.timedeltas(timedelta(), timedelta(days=30)))
        onward = [step for step in PROCESS.steps if state in step.sources]
        if onward and draw(st.booleans()):
            step = draw(st.sampled_from(onward))
            state = step.target
            reason = draw(st.sampled_from(HoldReason)) if step.action is Action.HOLD else None
            events.append(Event(now, step.action, state, hold_reason=reason))
            continue
        body = draw(st.sampled_from(Body))
        kind = draw(st.sampled_from(CLOCKED))
        events.append(
            Event(
                now,
                kind,
                subject=body.value,
                body=body,
                round=draw(st.integers(1, 2)),
                blocking=draw(st.booleans()),
            )
        )
    return tuple(events)
