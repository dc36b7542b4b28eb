"""Reminders after the submission: CTC/CTED before its end, the State of a plan, a delivery, an evaluation."""

from __future__ import annotations

import pytest
from flask import Flask

from app.requests.jobs import remind
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Body, State
from tests.factories.cases import at_home, make_case
from tests.factories.people import Cast, cast_of
from tests.support.accounts import mails
from tests.support.clock import StoppedClock

CODES = ("case.confirm_delivery_reminder", "case.evaluate_reminder", "case.position_reminder")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def counts(app: Flask, cast: Cast, *names: str) -> list[int]:
    """How many of these reminders each person got, after two runs: everything can be run again."""
    for _time in range(2):
        with app.app_context():
            remind(SYSTEM)
    return [sum(code in CODES for code in mails(app, cast[name].id)) for name in names]


@pytest.mark.parametrize("state", [State.DELIVERED, State.EVALUATION])
def test_the_state_is_reminded_after_ten_and_twenty_days(
    app: Flask, cast: Cast, clock: StoppedClock, state: State
) -> None:
    make_case(app, cast, state, at_home(cast))
    seen = []
    for days in (9, 2, 9, 1, 15):
        clock.move(days=days)
        seen.append(counts(app, cast, "focal_point", "mission", "away_mission", "case_officer"))
    assert seen == [[0, 0, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0], [2, 2, 0, 0], [2, 2, 0, 0]]


def test_ctc_is_reminded_three_days_before_and_nobody_else(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))  # on a Monday
    seen = []
    for days in (9, 1, 30):  # seven working days have ended at the end of the Wednesday, in New York
        clock.move(days=days)
        seen.append(counts(app, cast, "ctc_liaison", "ola_liaison", "focal_point", "case_officer"))
    assert seen == [[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
