"""What holds for every history, calendar and limit, not only for the told ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.workflow.calendar import Calendars, Event, WorkCalendar, project
from app.workflow.model import Limit
from app.workflow.states import ENDED, PAUSED
from app.workflow.vocabulary import Action, LimitKey, Party, State, Unit
from app.workflow.workdays import Blocked, DayCount
from tests.unit.workflow.histories import all_calendars, histories, some_limits, work_calendars

AFTER = st.timedeltas(timedelta(), timedelta(days=60))
Seen = tuple[tuple[Event, ...], tuple[Limit, ...], Calendars]
seen = st.tuples(histories(), some_limits(), all_calendars())


@given(seen, AFTER)
def test_stays_follow_each_other_and_add_up_to_the_whole(case: Seen, after: timedelta) -> None:
    history, limits, calendars = case
    until = history[-1].at + after
    projection = project(history, limits, calendars, until)
    stays = projection.stays
    assert stays[0].started_at == history[0].at
    assert [stay.ended_at for stay in stays[:-1]] == [stay.started_at for stay in stays[1:]]
    assert stays[-1].ended_at is None
    assert stays[-1].party is projection.holder
    assert sum(projection.time_with(until).values(), timedelta()) == until - history[0].at


@given(seen)
def test_the_last_stay_is_in_the_state_of_history(case: Seen) -> None:
    history, limits, calendars = case
    projection = project(history, limits, calendars)
    state = [event.target for event in history if event.target][-1]
    assert projection.stays[-1].state is state
    assert not (state in PAUSED and not projection.paused)
    assert (projection.holder is Party.NOBODY) == (state in ENDED)


@given(seen, AFTER)
def test_moments_of_a_limit_stand_in_order_and_after_its_start(case: Seen, after: timedelta) -> None:
    history, limits, calendars = case
    for due in project(history, limits, calendars, history[-1].at + after).due:
        if due.due_at is None:
            assert due.paused
            continue
        assert due.starts_at < due.due_at
        assert due.warn_at is not None
        assert due.starts_at <= due.warn_at <= due.due_at
        assert due.chief_at is None or due.due_at <= due.chief_at
        assert list(due.reminders) == sorted(due.reminders)
        assert all(due.starts_at < reminder <= due.due_at for reminder in due.reminders)
        assert due.ended_at is None or due.starts_at <= due.ended_at


@given(seen, st.data())
def test_what_ended_is_never_changed_by_what_comes_later(case: Seen, data: st.DataObject) -> None:
    history, limits, calendars = case
    known = data.draw(st.integers(1, len(history)))
    earlier = project(history[:known], limits, calendars)
    later = project(history, limits, calendars)
    assert {due for due in earlier.due if not due.open} <= set(later.due)
    assert later.stays[: len(earlier.stays) - 1] == earlier.stays[:-1]


@given(seen, AFTER)
def test_now_only_writes_out_more_of_what_repeats(case: Seen, after: timedelta) -> None:
    history, limits, calendars = case
    bare, later = project(history, limits, calendars), project(history, limits, calendars, history[-1].at + after)
    assert (bare.holder, bare.stays, bare.pauses, bare.paused) == (
        later.holder,
        later.stays,
        later.pauses,
        later.paused,
    )
    assert set(bare.due) <= set(later.due)
    assert all(due.key is LimitKey.HOLD_REVIEW for due in set(later.due) - set(bare.due))


@given(
    work_calendars(),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.sampled_from([Unit.WORKING_DAYS, Unit.DAYS]),
    st.lists(st.tuples(st.integers(-5, 90), st.integers(0, 20)), max_size=4),
    st.integers(1, 40),
)
def test_a_pause_never_shortens(
    calendar: WorkCalendar, started: date, unit: Unit, pauses: list[tuple[int, int]], number: int
) -> None:
    blocked = tuple(
        Blocked(started + timedelta(days=offset), started + timedelta(days=offset + length))
        for offset, length in pauses
    )
    plain = DayCount(calendar, started, unit).nth(number)
    paused = DayCount(calendar, started, unit, blocked).nth(number)
    assert plain is not None
    assert paused is not None
    assert started < plain <= paused
    assert not any(one.covers(paused) for one in blocked)


@given(st.timedeltas(timedelta(), timedelta(days=700)), all_calendars(), some_limits(), AFTER)
def test_returning_a_request_never_takes_time_from_screening(
    offset: timedelta, calendars: Calendars, limits: tuple[Limit, ...], length: timedelta
) -> None:
    begun = datetime(2025, 1, 1, tzinfo=UTC) + offset
    straight = (Event(begun, Action.TAKE_UP, State.SCREENING),)
    detour = (
        *straight,
        Event(begun + timedelta(days=2), Action.RETURN_FOR_INFORMATION, State.RETURNED),
        Event(begun + timedelta(days=2) + length, Action.ANSWER, State.SCREENING),
    )
    due = [
        next(one.due_at for one in project(told, limits, calendars).due if one.key is LimitKey.SCREEN)
        for told in (straight, detour)
    ]
    assert due[0] is not None
    assert due[1] is not None
    assert due[0] <= due[1]
