"""Whatever everybody tries: nobody leaves the process, history explains the state, and time adds up to the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.workflow import policy
from app.workflow.calendar import Calendars, Event, project
from app.workflow.definition import PROCESS
from app.workflow.facts import CaseCore
from app.workflow.limits import LIMITS
from app.workflow.model import Limit, Span, Step
from app.workflow.states import ENDED
from app.workflow.timeline import situations
from app.workflow.vocabulary import Action, LimitKey, State, Unit
from app.workflow.workdays import WorkCalendar
from tests.unit.workflow.histories import ZONES, all_calendars, histories, some_limits, work_calendars
from tests.unit.workflow.walks import ACTORS, Taken, walks

AFTER = st.timedeltas(timedelta(), timedelta(days=60))
Walk = tuple[tuple[Event, ...], tuple[Taken, ...], CaseCore]
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SLOW
@given(walks(), all_calendars(), AFTER)
def test_a_walk_stays_on_the_page_and_its_history_explains_it(
    walk: Walk, calendars: Calendars, after: timedelta
) -> None:
    history, taken, core = walk
    state = core.state
    for one in taken:
        line = PROCESS.by_cell[(one.before, one.action)]
        assert any(who.role in one.actor.roles for who in line.people)
    until = history[-1].at + after
    projection = project(history, LIMITS, calendars, until)
    assert projection.stays[-1].state is state
    *_before, (_event, last) = situations(history)
    assert (last.state, last.holder) == (state, projection.holder)
    steps = [one for one in taken if isinstance(PROCESS.by_cell[(one.before, one.action)], Step)]
    assert [event.target for event in history if event.target] == [
        State.DRAFT,
        *(PROCESS.step(one.action, one.before).target for one in steps),
    ]
    assert sum(projection.time_with(until).values(), timedelta()) == until - history[0].at


@SLOW
@given(walks())
def test_wherever_a_walk_ends_what_is_not_written_is_refused(walk: Walk) -> None:
    _history, _taken, core = walk
    for action in Action:
        if PROCESS.line(action, core.state) is None:
            assert not [actor for actor in ACTORS if policy.may(actor, action, core)], action
    if core.state in ENDED:
        onward = {step.action for step in PROCESS.steps if core.state in step.sources}
        assert onward <= {Action.REVIVE, Action.UNMERGE, Action.RECONSIDER, Action.REOPEN}


@given(histories(), some_limits(), all_calendars(), AFTER)
def test_a_history_read_bit_by_bit_is_the_history_read_at_once(
    history: tuple[Event, ...], limits: tuple[Limit, ...], calendars: Calendars, after: timedelta
) -> None:
    """What is kept after each append equals what the whole says of that instant: the last two stays are enough."""
    kept: list[object] = []
    for known in range(1, len(history) + 1):
        stays = project(history[:known], limits, calendars, history[known - 1].at).stays
        place = max(len(stays) - 2, 0)
        kept[place:] = list(stays[place:])
    assert tuple(kept) == project(history, limits, calendars, history[-1].at + after).stays


@given(work_calendars(), st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 30), st.integers(1, 30))
def test_a_limit_that_changes_mid_way_counts_for_what_begins_later(
    calendar: WorkCalendar, changes_on: date, usual: int, other: int
) -> None:
    screen = next(limit for limit in LIMITS if limit.key is LimitKey.SCREEN)
    lines = (
        replace(screen, span=Span(usual, Unit.DAYS)),
        replace(screen, span=Span(other, Unit.DAYS), valid_from=changes_on),
    )
    calendar = replace(calendar, weeks=())
    calendars = Calendars(calendar, calendar, calendar)
    for instant, span in (
        (calendar.start_of(changes_on) - timedelta(microseconds=1), usual),
        (calendar.start_of(changes_on), other),
    ):
        history = (Event(instant, Action.TAKE_UP, State.SCREENING),)
        (due,) = project(history, lines, calendars, instant + timedelta(days=90)).due
        assert due.due_on == calendar.local_day(instant) + timedelta(days=span)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Vienna", date(2026, 3, 29)),
        ("Europe/Vienna", date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8)),
        ("America/New_York", date(2026, 11, 1)),
        ("Pacific/Apia", date(2026, 4, 5)),
        ("Asia/Kolkata", date(2026, 3, 29)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
        ("America/Havana", date(2026, 3, 8)),
        ("Pacific/Kiritimati", date(2026, 1, 1)),
    ],
)
def test_a_day_on_which_the_clocks_change_is_one_day(zone: str, day: date) -> None:
    calendar = WorkCalendar("any", zone, frozenset(range(7)))
    calendars = Calendars(calendar, calendar, calendar)
    for instant in (calendar.start_of(day), calendar.end_of(day) - timedelta(microseconds=1)):
        history = (Event(instant, Action.TAKE_UP, State.SCREENING),)
        found = next(due for due in project(history, LIMITS, calendars).due if due.key is LimitKey.SCREEN)
        assert found.due_on == day + timedelta(days=5)
        assert found.due_at == calendar.start_of(day + timedelta(days=6))
        assert found.due_at.tzinfo is UTC


@given(work_calendars(), st.sampled_from(ZONES), st.timedeltas(timedelta(), timedelta(days=700)))
def test_urgency_confirmed_mid_way_counts_for_the_next_stay_only(
    calendar: WorkCalendar, zone: str, offset: timedelta
) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC) + offset
    calendars = Calendars(replace(calendar, zone=zone), calendar, calendar)
    history = (
        Event(begun, Action.CONFIRM_REQUEST, State.SUBMITTED),
        Event(begun, Action.TAKE_UP, State.SCREENING),
        Event(begun + timedelta(hours=1), Action.CONFIRM_URGENCY),
        Event(begun + timedelta(hours=2), Action.ACCEPT, State.IN_REVIEW),
    )
    dues = {due.key: due for due in project(history, LIMITS, calendars).due}
    assert (dues[LimitKey.SCREEN].urgent, dues[LimitKey.ASSESS].urgent) == (False, True)
    calm = {due.key: due for due in project((*history[:2], history[3]), LIMITS, calendars).due}
    assert dues[LimitKey.SCREEN].due_at == calm[LimitKey.SCREEN].due_at
    assert dues[LimitKey.ASSESS].due_on is not None
    assert calm[LimitKey.ASSESS].due_on is not None
    assert dues[LimitKey.ASSESS].due_on < calm[LimitKey.ASSESS].due_on
