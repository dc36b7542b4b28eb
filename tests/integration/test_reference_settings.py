"""Settings and limits have effective dates; what is kept in memory is never older than a writing session allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.foundation import clock
from app.foundation.db import db, read_session, write_transaction
from app.foundation.errors import Forbidden, InvalidCommand, NotFound
from app.reference import cache
from app.reference.calendars import case_calendars, work_calendar
from app.reference.commands import AddHoliday, EndHoliday, LoadBundle
from app.reference.holidays import add_holiday, calendar_views, end_holiday, holidays_of
from app.reference.limits import LimitAmounts, limits_in_force, set_limit
from app.reference.services import load_bundle
from app.reference.settings import PRIORITY_WEIGHTS, SUPPORT_COST_PERCENT, set_setting, setting
from app.reference.states import member_states, state_by_code
from app.reference.vocabulary import DutyStation
from app.workflow.actor import SYSTEM, Actor
from app.workflow.calendar import in_force
from app.workflow.limits import LIMITS
from app.workflow.vocabulary import ActorKind, LimitKey, Role

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADMINISTRATOR = Actor(7, ActorKind.USER, "Administrator", frozenset({Role.ADMINISTRATOR}))
OFFICER = Actor(8, ActorKind.USER, "Officer", frozenset({Role.CASE_OFFICER}))


@pytest.fixture
def session(app_context: Flask) -> Iterator[Session]:
    cache.forget()
    load_bundle(SYSTEM, LoadBundle(demo=True))
    with clock.frozen(NOW):
        yield read_session()
    cache.forget()


def written(act: Callable[[Session], Any]) -> None:
    with write_transaction(None) as writing:
        act(writing)
    cache.forget()


def test_defaults_hold_until_somebody_sets_a_value(session: Session) -> None:
    assert setting(session, SUPPORT_COST_PERCENT) == 13
    assert sum(setting(session, PRIORITY_WEIGHTS).values()) == 100
    start = NOW + timedelta(days=30)
    written(lambda writing: set_setting(writing, ADMINISTRATOR, "support_cost_percent", 10, start))
    session.rollback()
    assert setting(session, SUPPORT_COST_PERCENT) == 13
    assert setting(session, SUPPORT_COST_PERCENT, start) == 10
    later = start + timedelta(days=30)
    written(lambda writing: set_setting(writing, ADMINISTRATOR, "support_cost_percent", 8, later))
    session.rollback()
    values = [setting(session, SUPPORT_COST_PERCENT, at) for at in (NOW, start, later - timedelta(seconds=1), later)]
    assert values == [13, 10, 10, 8]


@pytest.mark.parametrize(
    ("actor", "key", "value", "start", "error"),
    [
        (OFFICER, "support_cost_percent", 10, NOW, Forbidden),
        (ADMINISTRATOR, "no_such_setting", 10, NOW, NotFound),
        (ADMINISTRATOR, "support_cost_percent", "ten", NOW, InvalidCommand),
        (ADMINISTRATOR, "support_cost_percent", 10, NOW - timedelta(days=1), InvalidCommand),
        (ADMINISTRATOR, "priority_weights", {"treaty_gaps": 100}, NOW, InvalidCommand),
        (ADMINISTRATOR, "priority_weights", {**PRIORITY_WEIGHTS.default, "readiness": -1}, NOW, InvalidCommand),
        (ADMINISTRATOR, "priority_bands", {"high": 60}, NOW, InvalidCommand),
    ],
)
def test_what_a_setting_refuses(
    session: Session, actor: Actor, key: str, value: object, start: datetime, error: type[Exception]
) -> None:
    with write_transaction(None) as writing, pytest.raises(error):
        set_setting(writing, actor, key, value, start)


def test_a_stay_keeps_the_limit_in_force_when_it_began(session: Session) -> None:
    assert limits_in_force(session) == LIMITS
    start = date(2026, 4, 1)
    written(lambda writing: set_limit(writing, ADMINISTRATOR, LimitKey.MISSION, LimitAmounts(span=6, urgent=1), start))
    session.rollback()
    lines = [limit for limit in limits_in_force(session) if limit.key is LimitKey.MISSION]
    before, after = in_force(lines, start - timedelta(days=1)), in_force(lines, start)
    assert before is not None
    assert after is not None
    assert (before.span.amount, before.reminders) == (10, (3, 8))
    assert (after.span.amount, after.urgent and after.urgent.amount, after.reminders) == (6, 1, (3,))
    assert after.runs == before.runs
    written(lambda writing: set_limit(writing, ADMINISTRATOR, LimitKey.MISSION, LimitAmounts(span=7), start))
    session.rollback()
    lines = [limit for limit in limits_in_force(session) if limit.key is LimitKey.MISSION]
    assert [line.span.amount for line in lines] == [10, 7]


@pytest.mark.parametrize(
    ("amounts", "start"),
    [
        (LimitAmounts(span=5), NOW.date()),
        (LimitAmounts(span=5, reminders=(5,)), date(2026, 4, 1)),
        (LimitAmounts(span=5, more_time=3), date(2026, 4, 1)),
    ],
)
def test_what_a_limit_refuses(session: Session, amounts: LimitAmounts, start: date) -> None:
    with write_transaction(None) as writing, pytest.raises(InvalidCommand):
        set_limit(writing, ADMINISTRATOR, LimitKey.MISSION, amounts, start)


def test_calendars_of_a_case(session: Session) -> None:
    home, other = state_by_code(session, "XTV"), state_by_code(session, "XLG")
    found = case_calendars(session, home.id, {"p1": other.id})
    assert (found.tpb.zone, found.headquarters.zone) == ("Europe/Vienna", "America/New_York")
    assert (found.state.zone, found.other_states["p1"].zone) == ("Etc/GMT-2", "Etc/GMT-7")
    assert date(2023, 10, 26) in found.tpb.closed_days(date(2023, 10, 1))
    assert found.tpb.listed_years == {2023}
    assert found.headquarters.listed_years == {2017, 2020}


def test_an_administrator_enters_and_ends_a_holiday(session: Session) -> None:
    vienna = next(view for view in calendar_views(session) if view.duty_station is DutyStation.VIENNA)
    assert vienna.missing == (2026, 2027)
    command = AddHoliday(calendar_key=vienna.key, day=date(2026, 10, 26), name="National Day", source="circular")
    with pytest.raises(Forbidden):
        written(lambda writing: add_holiday(writing, OFFICER, command))
    written(lambda writing: add_holiday(writing, ADMINISTRATOR, command))
    with pytest.raises(InvalidCommand):
        written(lambda writing: add_holiday(writing, ADMINISTRATOR, command))
    cache.forget()
    session.rollback()
    (entered,) = holidays_of(session, vienna.key, 2026)
    assert date(2026, 10, 26) in work_calendar(session, DutyStation.VIENNA).closed_days(NOW.date())
    new_york = next(view for view in calendar_views(session) if view.duty_station is DutyStation.NEW_YORK)
    there = EndHoliday(calendar_key=vienna.key, key=entered.key)
    elsewhere = EndHoliday(calendar_key=new_york.key, key=entered.key)
    with pytest.raises(NotFound):
        written(lambda writing: end_holiday(writing, ADMINISTRATOR, elsewhere))
    written(lambda writing: end_holiday(writing, ADMINISTRATOR, there))
    with pytest.raises(NotFound):
        written(lambda writing: end_holiday(writing, ADMINISTRATOR, there))
    cache.forget()
    session.rollback()
    assert [holiday.effective_to for holiday in holidays_of(session, vienna.key, 2026)] == [NOW.date()]
    assert 2026 not in (work_calendar(session, DutyStation.VIENNA).listed_years or ())


def test_states_and_calendars_come_from_memory(session: Session) -> None:
    home = state_by_code(session, "XTV")
    case_calendars(session, home.id)
    seen: list[str] = []
    event.listen(db.get_engine("read"), "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert len(member_states(session)) == 193
    case_calendars(session, home.id)
    limits_in_force(session)
    assert [statement for statement in seen if "limit_settings" not in statement] == []


def test_a_writing_session_asks_once_and_never_works_with_old_values(session: Session) -> None:
    written(lambda writing: set_setting(writing, ADMINISTRATOR, "support_cost_percent", 10, NOW))
    with write_transaction(None) as writing:
        assert setting(writing, SUPPORT_COST_PERCENT) == 10
        # Another process would not have told this one: only the token in the database changes.
    later = NOW + timedelta(hours=1)
    with write_transaction(None) as other:
        set_setting(other, ADMINISTRATOR, "support_cost_percent", 9, later)
    with write_transaction(None) as writing:
        assert setting(writing, SUPPORT_COST_PERCENT, later) == 9
        seen: list[str] = []
        event.listen(writing.connection(), "before_cursor_execute", lambda *args: seen.append(args[2]))
        assert setting(writing, SUPPORT_COST_PERCENT, later) == 9
        assert seen == []
