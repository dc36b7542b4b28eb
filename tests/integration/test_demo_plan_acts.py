"""What people of the demo do about a plan is done by the use cases of the product."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.delivery.activities.models import Activity
from app.delivery.activities.vocabulary import ActivityStatus
from app.demo.case import Case
from app.workflow.vocabulary import State
from tests.factories.cases import make_case
from tests.factories.money import fund
from tests.factories.people import Cast, cast_of
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.reading import rows, standing
from tests.support.clock import StoppedClock

WORDS = dict.fromkeys(("plan_changes", "rescheduled", "moved", "cancelled"), "The hall is taken.")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_a_plan_is_played_from_draft_to_a_cancelled_activity(app: Flask, cast: Cast) -> None:
    made = make_case(app, cast, State.PLANNING)
    put_plan(app, made, cast.case_officer, [PlannedActivity(), PlannedActivity({"title": "Another"})])
    fund(app, made)
    players: Any = {"officer": cast.case_officer, "mission": cast.mission}
    case = Case(SimpleNamespace(players=players), "approved_in_part")  # type: ignore[arg-type]
    case.key, case.script = made.key, SimpleNamespace(words=WORDS)  # type: ignore[assignment]
    with app.app_context():
        case.propose_plan("officer")
        case.agree_plan("mission")
        case.move("officer", 0, 7)
        case.answer_move("mission", accepted=True)
        case.cancel_activity("officer", 1, 120_000)
        case.reschedule("officer")
        case.propose_plan("officer")
        case.ask_changes("mission")
    found = [one for (one,) in rows(app, select(Activity).order_by(Activity.place))]
    assert (found[0].starts_on - found[0].agreed_starts_on).days == 7
    assert (found[1].status, found[1].cancel_minor) == (ActivityStatus.CANCELLED, 120_000)
    after = standing(app, made.key)
    assert (after.state, after.history[-1]) == (State.PLANNING, "request_plan_changes")
