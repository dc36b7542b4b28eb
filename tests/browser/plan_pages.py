"""Pages of plans and of moved activities, with what stands on them."""

from __future__ import annotations

from typing import Final

from flask import Flask

from app.delivery.activities.vocabulary import ActivityStatus
from app.foundation.clock import now
from app.workflow.vocabulary import Body, State
from tests.browser.page import Page
from tests.factories.activities import Held, put_activity, put_move
from tests.factories.cases import at_home, make_case
from tests.factories.people import Cast
from tests.factories.plans import put_plan

#: A case whose plan lies with the State, and one whose activity is to be moved.
_PROPOSED: Final = {"key": "{plan_proposed}"}
_MOVING: Final = {"key": "{moving}"}

PLAN_PAGES: Final = (
    Page("plan.plan", values=_PROPOSED),
    Page("plan.plan", State.IN_COORDINATION, people=("case_officer",)),
    Page("plan.draft", State.IN_COORDINATION),
    Page("plan.add_activity", State.IN_COORDINATION),
    Page("plan.change_activity", State.IN_COORDINATION, {"activity": "{activity}"}),
    Page("plan.remove_activity", State.IN_COORDINATION, {"activity": "{activity}"}),
    Page("plan.differences", values=_PROPOSED),
    Page("plan.propose", values={"key": "{drafted}"}),
    Page("plan.ask_changes", values=_PROPOSED),
    Page("plan.agree", values=_PROPOSED),
    Page("plan.lapse", values=_PROPOSED),
    Page("plan.reschedule", values=_MOVING),
    Page("moves.move", values=_MOVING),
    Page("moves.answer", values=_MOVING),
    Page("moves.cancel", values=_MOVING),
)


def put_plans(app: Flask, cast: Cast) -> dict[str, str]:
    """A plan that is drafted, one that lies with the State, and an activity of which other dates wait; keys by name."""
    consulted = at_home(cast, bodies=(Body.CTC_CTED, Body.OLA))
    drafted, proposed = (make_case(app, cast, State.PLANNING, consulted) for _ in range(2))
    put_plan(app, drafted, cast.case_officer, costs=())
    put_plan(app, proposed, cast.case_officer, proposed=True, answered_at=now())
    put_plan(app, proposed, cast.case_officer, proposed=True, summary="خطة لدورتين تدريبيتين.\n\n" + 60 * "x")
    moving = make_case(app, cast, State.SCHEDULED, at_home(cast))
    put_plan(app, moving, cast.case_officer, proposed=True)
    put_move(app, moving, put_activity(app, moving, Held(status=ActivityStatus.PLANNED, title="Course " + 70 * "y")))
    return {"drafted": drafted.key, "plan_proposed": proposed.key, "moving": moving.key}
