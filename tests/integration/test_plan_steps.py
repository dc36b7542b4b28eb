"""A plan before the State: proposed, sent back, agreed, taken back, and who is told; what becomes of its activities."""

from __future__ import annotations

import html
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest
from app.delivery.activities.models import Activity
from app.delivery.plan.models import PlanActivity, ResponsePlan
from app.notifications.models import Notice
from app.workflow.vocabulary import Action, Body, LimitKey, Party, State
from tests.factories.acting import CHANGES, do
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.money import fund
from tests.factories.people import Cast, cast_of
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock

PROPOSED: Final = {"proposed": True}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def text_of(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True))


def told(app: Flask, case: Made, code: str) -> set[int]:
    return {row.user_id for row in rows(app, select(Notice.user_id).where(Notice.code == code))}


def lies(app: Flask, case: Made) -> tuple[Any, ...]:
    """Where the case stands, who has it, and which limit its page shows."""
    found = select(AssistanceRequest.state, AssistanceRequest.holder, AssistanceRequest.due_key)
    return tuple(rows(app, found.where(AssistanceRequest.id == case.id))[0])


def planning(app: Flask, cast: Cast, **plan: Any) -> Made:
    case = make_case(app, cast, State.PLANNING, at_home(cast, bodies=(Body.CTC_CTED,)))
    put_plan(app, case, cast.case_officer, **plan)
    return case


def test_from_proposal_over_changes_to_agreement(app: Flask, cast: Cast) -> None:
    case = planning(app, cast)
    officer, state = signed_in(app, cast.case_officer), signed_in(app, cast.focal_point)
    assert do(officer, Action.PROPOSE_PLAN, case.key).status_code == 303
    assert lies(app, case) == (State.PLANNING, Party.STATE, LimitKey.PLAN_ANSWER)
    assert {cast.focal_point.id, cast.mission.id} <= told(app, case, "case.plan_proposed")
    shown = text_of(state.get(f"/cases/{case.key}/plan"))
    assert "Workshop on mutual legal assistance" in shown
    assert "USD 8,249.57" in shown, "the State reads what it agrees to, costs included"
    assert do(state, Action.REQUEST_PLAN_CHANGES, case.key).status_code == 303
    assert lies(app, case) == (State.PLANNING, Party.TPB, LimitKey.PLAN)
    assert told(app, case, "case.plan_changes_asked") == {cast.case_officer.id}
    assert CHANGES in text_of(officer.get(f"/cases/{case.key}/plan")), "what the State wrote stands beside the version"
    refused = officer.get(f"/cases/{case.key}/plan/propose")
    assert "that begins a new version" in text_of(refused)
    ((key,),) = rows(app, select(PlanActivity.key))
    page = officer.get(f"/cases/{case.key}/plan/activities/{key}")
    assert officer.submit(page, {"title": "After the elections"}, button=None).status_code == 303
    assert do(officer, Action.PROPOSE_PLAN, case.key).status_code == 303
    fund(app, case)
    assert do(signed_in(app, cast.mission), Action.AGREE_PLAN, case.key).status_code == 303
    assert lies(app, case) == (State.SCHEDULED, Party.TPB, None)
    assert cast.case_officer.id in told(app, case, "case.was_scheduled")
    assert cast.ctc_liaison.id in told(app, case, "case.was_scheduled")
    (row,) = rows(app, select(Activity.key, Activity.title, Activity.starts_on, Activity.agreed_starts_on))
    assert (row.key, row.title) == (key, "After the elections")
    assert row.starts_on == row.agreed_starts_on
    listed = text_of(state.get(f"/cases/{case.key}/plan"))
    assert "Changes asked" in listed
    assert "Agreed" in listed


def test_what_is_lacking_stands_in_the_way(app: Flask, cast: Cast) -> None:
    case = planning(app, cast, activities=[PlannedActivity({"results": ""})])
    officer = signed_in(app, cast.case_officer)
    page = officer.get(f"/cases/{case.key}/plan/propose")
    assert "Say what the activity should bring" in text_of(page)
    assert "The plan is not complete." in text_of(page)
    answer = post(app, officer, f"/cases/{case.key}/plan/propose", version=str(case.version), plan="1")
    assert answer.status_code == 422
    assert standing(app, case.key).history[-1] != "propose_plan"
    unfunded = planning(app, cast, **PROPOSED)
    shown = text_of(signed_in(app, cast.mission).get(f"/cases/{unfunded.key}/plan/agree"))
    assert "The plan is not funded yet." in shown


def test_changes_need_words_and_what_was_typed_stays(app: Flask, cast: Cast) -> None:
    case = planning(app, cast, **PROPOSED)
    state = signed_in(app, cast.focal_point)
    page = state.get(f"/cases/{case.key}/plan/changes")
    empty = state.submit(page, {"comment": " "}, button=None)
    assert empty.status_code == 422
    assert "Enter an answer" in text_of(empty)
    assert do(signed_in(app, cast.mission), Action.REQUEST_PLAN_CHANGES, case.key).status_code == 303
    stale = state.submit(page, {"comment": "A slower comment & more"}, button=None)
    assert stale.status_code == 409
    assert "A slower comment & more" in text_of(stale)
    assert standing(app, case.key).history.count("request_plan_changes") == 1


def test_a_version_that_is_changed_is_taken_back(app: Flask, cast: Cast) -> None:
    case = planning(app, cast)
    officer, state = signed_in(app, cast.case_officer), signed_in(app, cast.focal_point)
    do(officer, Action.PROPOSE_PLAN, case.key)
    fund(app, case)
    agreeing = state.get(f"/cases/{case.key}/plan/agree")
    page = officer.get(f"/cases/{case.key}/plan/draft")
    assert "A change takes it back" in text_of(page)
    assert officer.submit(page, {"summary": "Two courses instead."}, button=None).status_code == 303
    assert lies(app, case) == (State.PLANNING, Party.TPB, LimitKey.PLAN)
    assert standing(app, case.key).history[-2:] == ("plan_taken_back", "draft_plan")
    assert cast.focal_point.id in told(app, case, "case.plan_taken_back")
    assert state.submit(agreeing, button=None).status_code == 409
    shown = text_of(state.get(f"/cases/{case.key}/plan"))
    assert "Taken back" in shown
    assert "Two courses instead." not in shown, "the draft is the Branch's own"
    assert state.get(f"/cases/{case.key}/plan?version=2").status_code == 404
    assert count_of(app, ResponsePlan) == 2


def test_the_bodies_consulted_read_what_is_agreed(app: Flask, cast: Cast) -> None:
    case = planning(app, cast, summary="One course in May.", **PROPOSED)
    liaison, path = quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/plan"
    assert "One course in May." not in text_of(get(app, liaison, path))
    fund(app, case)
    assert do(signed_in(app, cast.mission), Action.AGREE_PLAN, case.key).status_code == 303
    shown = text_of(get(app, liaison, path))
    assert "One course in May." in shown
    assert "USD" not in shown, "not what it costs"
    assert "One course in May." in text_of(get(app, quick_client(app, cast.auditor), path))


def test_a_plan_taken_up_again_begins_with_what_stands(app: Flask, cast: Cast) -> None:
    case = planning(app, cast, activities=[PlannedActivity(), PlannedActivity({"title": "A second one"})], **PROPOSED)
    fund(app, case)
    state, officer = signed_in(app, cast.mission), signed_in(app, cast.case_officer)
    do(state, Action.AGREE_PLAN, case.key)
    assert do(officer, Action.RESCHEDULE, case.key).status_code == 303
    assert lies(app, case) == (State.PLANNING, Party.TPB, LimitKey.PLAN)
    assert cast.focal_point.id in told(app, case, "case.rescheduled")
    numbers = rows(app, select(ResponsePlan.number, ResponsePlan.proposed_at).order_by(ResponsePlan.number))
    assert [(one.number, one.proposed_at is None) for one in numbers] == [(1, False), (2, True)]
    keys = [key for (key,) in rows(app, select(PlanActivity.key).where(PlanActivity.title == "A second one"))]
    page = officer.get(f"/cases/{case.key}/plan/activities/{keys[0]}/remove")
    assert officer.submit(page).status_code == 303
    kept = next(key for (key,) in rows(app, select(PlanActivity.key).where(PlanActivity.title != "A second one")))
    page = officer.get(f"/cases/{case.key}/plan/activities/{kept}")
    moved = {"starts_on-day": "16", "ends_on-day": "18"}
    assert officer.submit(page, moved, button=None).status_code == 303
    assert do(officer, Action.PROPOSE_PLAN, case.key).status_code == 303
    assert do(state, Action.AGREE_PLAN, case.key).status_code == 303
    found = {one.key: one for (one,) in rows(app, select(Activity))}
    assert found[keys[0]].status.value == "cancelled"
    assert found[keys[0]].cancel_reason
    assert (found[kept].agreed_starts_on.day, found[kept].starts_on.day) == (15, 16), (
        "on time is measured from the first"
    )
    assert "Superseded" in text_of(state.get(f"/cases/{case.key}/plan"))


def test_two_versions_stand_beside_each_other(app: Flask, cast: Cast) -> None:
    case = planning(app, cast, **PROPOSED)
    officer, state = signed_in(app, cast.case_officer), signed_in(app, cast.focal_point)
    assert "one version at most" in text_of(state.get(f"/cases/{case.key}/plan/differences"))
    do(state, Action.REQUEST_PLAN_CHANGES, case.key)
    ((key,),) = rows(app, select(PlanActivity.key))
    page = officer.get(f"/cases/{case.key}/plan/activities/{key}")
    officer.submit(page, {"title": "Seminar on mutual legal assistance", "ends_on-day": "18"}, button=None)
    page = officer.get(f"/cases/{case.key}/plan/draft")
    officer.submit(page, {"summary": "A course for prosecutors.", "costs-0-minor": "3000"}, button=None)
    early = text_of(state.get(f"/cases/{case.key}/plan/differences?old=1&new=2"))
    assert "prosecutors" not in early, "a draft is the Branch's own"
    do(officer, Action.PROPOSE_PLAN, case.key)
    shown = state.get(f"/cases/{case.key}/plan/differences").get_data(as_text=True)
    changed = ("</span>Workshop</del>", "</span>Seminar</ins>", "prosecutors</ins>", "USD 2,500.00", "USD 3,000.00")
    for words_shown in changed:
        assert words_shown in shown, words_shown
    liaison = get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/plan/differences")
    assert "prosecutors" not in text_of(liaison)
