"""The page about a due date tells the same count as the projection, and only to those who may read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings

from app.workflow.actor import Actor
from app.workflow.calendar import Calendars, Event, WorkCalendar, project
from app.workflow.explain import BEHIND, Moment, explain, may_read_limit, may_read_pause, shown_of
from app.workflow.limits import LIMITS
from app.workflow.model import Limit
from app.workflow.vocabulary import Action, ActorKind, Body, LimitKey, Mark, Role, State, Unit
from app.workflow.workdays import DayKind, Holiday
from tests.unit.workflow.histories import all_calendars, histories, some_limits

VIENNA = WorkCalendar(
    "vienna", "Europe/Vienna", holidays=(Holiday(date(2026, 10, 26), name="National Day"),), listed_years=frozenset()
)
STATE = WorkCalendar("XTV", "Asia/Tokyo")
CALENDARS = Calendars(VIENNA, WorkCalendar("new_york", "America/New_York"), STATE)
#: A Tuesday, 23:30 in Vienna.
TAKEN_UP = datetime(2026, 10, 20, 21, 30, tzinfo=UTC)


def told(*more: Event, key: LimitKey = LimitKey.SCREEN, now: datetime | None = None) -> list[str]:
    """The days of the last clock of `key` as short words."""
    history = (Event(TAKEN_UP, Action.TAKE_UP, State.SCREENING), *more)
    (explanation, *_) = explain(history, LIMITS, CALENDARS, key, now)
    return [
        f"{one.day:%d} {one.number or one.kind.name.lower()}"
        + "".join(f" {moment.name.lower()}" for moment in one.moments)
        + (f" {one.holiday}" if one.holiday else "")
        for one in explanation.days
    ]


def test_every_day_is_told_with_why_it_counts_or_not() -> None:
    assert told() == [
        "20 event",
        "21 1",
        "22 2",
        "23 3 warned",
        "24 weekend",
        "25 weekend",
        "26 holiday National Day",
        "27 4",
        "28 5 due",
    ]


def test_a_missed_limit_is_told_on_to_the_chief() -> None:
    late = told(now=datetime(2026, 10, 29, 9, tzinfo=UTC))
    assert late[-6:] == ["28 5 due", "29 6", "30 7", "31 weekend", "01 weekend", "02 8 chief"]


def test_a_pause_stops_the_count_with_its_cause() -> None:
    returned = Event(TAKEN_UP + timedelta(days=1), Action.RETURN_FOR_INFORMATION, State.RETURNED)
    assert told(returned) == ["20 event"]
    back = Event(TAKEN_UP + timedelta(days=2), Action.ANSWER, State.SCREENING)
    assert told(returned, back)[:4] == ["20 event", "21 paused", "22 paused", "23 1"]
    (explanation,) = explain(
        (Event(TAKEN_UP, Action.TAKE_UP, State.SCREENING), returned), LIMITS, CALENDARS, LimitKey.SCREEN
    )
    assert (explanation.since, explanation.due.due_on) == (date(2026, 10, 21), None)


def test_a_consultation_names_more_time_and_its_round() -> None:
    history = (
        Event(TAKEN_UP, Action.CONSULT, State.IN_COORDINATION),
        Event(TAKEN_UP, Mark.NOTICE_DELIVERED, subject="a", body=Body.CTC_CTED),
        Event(TAKEN_UP + timedelta(days=1), Action.ASK_MORE_TIME, subject="a", body=Body.CTC_CTED),
    )
    (first,) = explain(history, LIMITS, CALENDARS, LimitKey.CTC)
    assert (first.zone, first.usual.amount, first.span.amount, first.more_time) == ("America/New_York", 10, 15, 1)
    assert [one.number for one in first.days if Moment.REMINDED in one.moments] == [12]
    again = Event(TAKEN_UP + timedelta(days=9), Mark.NOTICE_DELIVERED, subject="b", body=Body.CTC_CTED, round=2)
    second, *_ = explain((*history, again), LIMITS, CALENDARS, LimitKey.CTC)
    assert (second.round, second.span.amount, second.more_time) == (2, 5, 0)
    assert shown_of((second, first), first.due.due_at) is first


def test_a_review_of_a_hold_is_told_from_the_review_before() -> None:
    history = (Event(TAKEN_UP, Action.HOLD, State.ON_HOLD),)
    second, first = explain(history, LIMITS, CALENDARS, LimitKey.HOLD_REVIEW, TAKEN_UP + timedelta(days=40))
    assert second.days[0].day == first.due.due_on
    assert [one.number for one in second.days[1:]] == list(range(1, 31))


@settings(max_examples=60)
@given(histories(), some_limits(), all_calendars())
def test_the_days_that_count_are_the_limit_and_the_last_is_the_due_date(
    history: tuple[Event, ...], limits: tuple[Limit, ...], calendars: Calendars
) -> None:
    after = history[-1].at + timedelta(days=100)
    for key in LimitKey:
        explanations = explain(history, limits, calendars, key, after)
        assert [one.due for one in reversed(explanations)] == [
            due for due in project(history, limits, calendars, after).due if due.key is key
        ]
        for one in explanations:
            if one.due.due_on is None:
                assert one.since is not None
                continue
            assert one.counted[-1].day == one.due.due_on
            if one.span.unit is not Unit.MONTHS:
                assert len(one.counted) == one.span.amount
            assert one.days[0].kind is DayKind.EVENT
            days = [day.day for day in one.days]
            assert days == [days[0] + timedelta(days=place) for place in range(len(days))]
            assert Moment.DUE in one.counted[-1].moments


def reader(*roles: Role, body: Body | None = None) -> Actor:
    return Actor(1, ActorKind.USER, "Reader", frozenset(roles), body=body)


FOCAL, OFFICER = reader(Role.FOCAL_POINT), reader(Role.CASE_OFFICER)
CTC, OLA = reader(Role.CTC_LIAISON, body=Body.CTC_CTED), reader(Role.OLA_LIAISON, body=Body.OLA)


def readable(actor: Actor) -> set[LimitKey]:
    return {key for key in LimitKey if may_read_limit(actor, key)}


def test_who_may_read_which_limit() -> None:
    k = LimitKey
    stages = {k.TAKE_UP, k.SCREEN, k.ASSESS, k.DECIDE, k.PLAN, k.HOLD_REVIEW, k.REPORT}
    theirs = {k.ANSWER, k.PLAN_ANSWER, k.CONFIRM, k.EVALUATE}
    assert readable(FOCAL) == readable(reader(Role.MISSION)) == stages | theirs | {k.MISSION}
    inside = stages | theirs | {k.CTC, k.OLA, k.PARTNER, k.OUTCOME, k.PARTICIPATION}
    assert readable(OFFICER) == readable(reader(Role.AUDITOR)) == inside
    assert readable(CTC) == stages | {k.CTC}
    assert readable(OLA) == stages | {k.OLA}
    assert readable(reader(Role.ADMINISTRATOR)) == set()
    assert not BEHIND & (readable(FOCAL) | inside)


@pytest.mark.parametrize(("actor", "may"), [(FOCAL, True), (OFFICER, True), (CTC, False), (OLA, False)])
def test_who_may_know_that_the_state_was_asked(actor: Actor, may: bool) -> None:
    assert may_read_pause(actor, None) is may
    assert may_read_pause(actor, State.ON_HOLD)
