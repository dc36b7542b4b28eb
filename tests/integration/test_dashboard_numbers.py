"""Every figure of the dashboard equals a count made directly from whole tables, for random data."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from flask import Flask

from app.dashboards.asking import Asked
from app.dashboards.frame import Frame
from app.dashboards.measures import MEASURES
from app.dashboards.measures.base import rows_of, tally
from app.foundation.db import read_session
from app.foundation.db.scope import bind_scope, scope_of
from app.reference.calendars import work_calendar
from app.reference.vocabulary import DutyStation, RegionalGroup
from app.workflow.vocabulary import AssistanceType
from tests.factories.people import cast_of
from tests.factories.walks import random_world
from tests.support.clock import StoppedClock
from tests.support.direct_counts import Tables, of_requests, of_times
from tests.support.direct_deliveries import of_consultations, of_delivery, of_money

#: The data drawn from this have a record of every figure.
OF_ALL = 2
QUESTIONS = (
    Asked(since=date(2025, 1, 1), until=date(2026, 6, 1)),
    Asked(since=date(2025, 3, 30), until=date(2025, 10, 26)),
    Asked(since=date(2025, 6, 1), until=date(2025, 7, 1), member_state="KEN"),
    Asked(since=date(2025, 1, 1), until=date(2026, 1, 1), group=RegionalGroup.ASIA_PACIFIC),
    Asked(since=date(2025, 1, 1), until=date(2026, 1, 1), type=AssistanceType.TOOLS),
)


@pytest.mark.parametrize("seed", [1, OF_ALL])
def test_every_figure_equals_a_direct_count(app: Flask, clock: StoppedClock, seed: int) -> None:
    cast, rng = cast_of(app), Random(seed)
    random_world(app, cast, clock, rng, 90)
    actor = cast.manager.actor
    touched = set()
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(actor))
        calendars = (work_calendar(session, station) for station in (DutyStation.VIENNA, DutyStation.NEW_YORK))
        tpb, headquarters = calendars
        for asked in QUESTIONS:
            frame = Frame.of(actor, asked)
            tables = Tables(session, asked, frame.at, tpb, headquarters)
            expected: dict[str, dict[str, tuple[int, int]]] = {}
            for compute in (of_requests, of_times, of_consultations, of_delivery, of_money):
                expected |= compute(tables)
            found = tally(session, frame, MEASURES.values())
            for code, parts in found.items():
                counted = {part: (one.number, one.amount) for part, one in parts.items()}
                assert counted == {part: one for part, one in expected.get(code, {}).items() if one[0]}, (code, asked)
                touched |= {code} if counted else set()
    if seed == OF_ALL:
        assert touched == set(MEASURES), set(MEASURES) - touched


def test_the_time_with_each_party_adds_up_to_the_whole(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    random_world(app, cast, clock, Random(3), 20)
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(cast.manager.actor))
        frame = Frame.of(cast.manager.actor, QUESTIONS[0])
        parts = tally(session, frame, [MEASURES["parties"]])["parties"]
        rows = session.execute(rows_of(session, frame, MEASURES["parties"], "all")).all()
    assert sum(one.amount for one in parts.values()) == sum(row.amount for row in rows) > 0
