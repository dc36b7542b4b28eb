"""Which moments of a limit are told, and that every limit with reminders has somebody who sends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.casework.alerting import BY_KIND, UNWATCHED, moments_of, telling_of
from app.casework.notices import Circle
from app.casework.vocabulary import AlertKind
from app.notifications.messages import MESSAGES
from app.requests.question_dues import MEANWHILE
from app.requests.reminding import REMINDINGS
from app.workflow.calendar import Due
from app.workflow.limits import LIMITS
from app.workflow.vocabulary import LimitKey, Party

BEGAN = datetime(2026, 5, 4, tzinfo=UTC)
DAYS = [BEGAN + timedelta(days=number) for number in range(31)]
A, K = AlertKind, LimitKey


def due(key: LimitKey, holder: Party = Party.TPB) -> Due:
    return Due(
        key=key,
        holder=holder,
        subject="",
        number=1,
        starts_at=BEGAN,
        warn_at=DAYS[7],
        due_at=DAYS[10],
        due_on=DAYS[9].date(),
        chief_at=DAYS[15],
        escalations=(DAYS[10], DAYS[15]) if key is K.OLA else (),
    )


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (K.SCREEN, {A.NEAR: 7, A.PASSED: 10, A.LONG_PASSED: 15}),
        (K.CTC, {A.NEAR: 7, A.PASSED: 10, A.ESCALATED: 10, A.LONG_PASSED: 15}),
        (K.OLA, {A.NEAR: 7, A.PASSED: 10, A.ESCALATED: 10, A.ESCALATED_AGAIN: 15, A.LONG_PASSED: 15}),
        (K.HOLD_REVIEW, {A.PASSED: 10}),
        (K.LAPSE, {A.PASSED: 10}),
        (K.MISSION, {}),
        (K.PURGE, {}),
    ],
)
def test_moments_of_a_limit(key: LimitKey, expected: dict[AlertKind, int]) -> None:
    assert dict(moments_of(due(key))) == {kind: DAYS[day] for kind, day in expected.items()}


def test_a_clock_that_stands_has_no_moments() -> None:
    still = replace(due(K.SCREEN), warn_at=None, due_at=None, due_on=None, chief_at=None)
    assert list(moments_of(still)) == []


def test_who_is_told() -> None:
    def circles(key: LimitKey, kind: AlertKind, holder: Party = Party.TPB) -> set[Circle]:
        return set(telling_of(due(key, holder), kind).circles)

    assert circles(K.SCREEN, A.NEAR) == {Circle.OFFICER}
    assert circles(K.SCREEN, A.PASSED) == {Circle.OFFICER, Circle.MANAGER}
    assert circles(K.SCREEN, A.LONG_PASSED) == {Circle.CHIEF}
    assert circles(K.DECIDE, A.NEAR) == {Circle.OFFICER, Circle.CHIEF}
    assert circles(K.OLA, A.ESCALATED) == {Circle.OFFICER, Circle.CHIEF}
    outside = {Circle.FOCAL_POINTS, Circle.MISSION, Circle.LIAISONS, Circle.CTC_LIAISONS}
    told = {key: circles(key, kind) & outside for key in K for kind in BY_KIND if key not in UNWATCHED}
    assert not any(told.values()), "whoever is late is told inside the Branch alone"


def test_every_limit_with_reminders_has_a_sender_and_its_words() -> None:
    reminded = {limit.key for limit in LIMITS if limit.reminders or limit.reminders_left}
    # whom a participation asks, and on which page it is answered, comes with participations
    assert reminded - {one.limit for one in REMINDINGS} == {K.PARTICIPATION}
    assert {one.limit for one in REMINDINGS} <= reminded
    codes = {one.code for one in REMINDINGS} | {telling_of(due(key), kind).code for key in K for kind in BY_KIND}
    assert codes | {MEANWHILE, "case.plan_may_lapse"} <= set(MESSAGES)
