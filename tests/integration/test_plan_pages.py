"""The pages of a plan: begun, filled in, changed, in conflict, begun anew after it was proposed, and who reads it."""

from __future__ import annotations

import html
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.delivery.plan.models import PlanActivity, PlanCost, PlanParticipation, ResponsePlan
from app.reference.models import StateRecord
from app.workflow.vocabulary import AssistanceType, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import AWAY, HOME, Cast, cast_of
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.reading import count_of, rows, standing
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
CASE_PAGE: Final = 10
TRANSITION: Final = 14
SUMMARY: Final = {"summary": "Two courses for judges.", "expected_results": "Requests are answered."}
COSTS: Final = {"costs-0-what": "Interpretation", "costs-0-minor": "2 500.50"}
COURSE: Final[dict[str, Any]] = {
    "title": "A course in Nairobi",
    "type": "judicial_training",
    "starts_on-day": "15",
    "starts_on-month": "3",
    "starts_on-year": "2027",
    "ends_on-day": "17",
    "ends_on-month": "3",
    "ends_on-year": "2027",
    "modality": "on_site",
    "city": "Nairobi",
    "country": HOME,
    "scope": "national",
    "results": "Twelve judges know the law.",
    "justice_markers": ["courts"],
    "crime_links": ["none"],
    "paragraphs": ["7", "6"],
    "partners-0-name": "Judicial Training Institute",
    "partners-0-role": "host",
}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def text_of(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True))


def begun(client: InspectedClient, case: Made) -> None:
    page = client.get(f"/cases/{case.key}/plan/draft")
    assert client.submit(page, {**SUMMARY, **COSTS}, button=None).status_code == 303


def test_an_officer_plans_step_by_step(app: Flask, cast: Cast, statements: Recorded) -> None:
    case = make_case(app, cast, State.IN_COORDINATION)
    client, path = signed_in(app, cast.case_officer), f"/cases/{case.key}/plan"
    assert "There is no plan yet." in text_of(client.get(path))
    assert client.get(f"{path}/activities/new").location.endswith("/plan/draft"), "first what the plan says as a whole"
    page = client.get(f"{path}/draft")
    more = client.submit(page, {**SUMMARY, **COSTS}, button="costs")
    assert more.status_code == 200
    assert count_of(app, ResponsePlan) == 0, "another row saves nothing"
    with statements() as seen:
        saved = client.submit(more, {"costs-1-what": "Two flights", "costs-1-minor": "1000"}, button=None)
    assert saved.status_code == 303
    seen.at_most(TRANSITION)
    lines = rows(app, select(PlanCost.what, PlanCost.minor).order_by(PlanCost.place))
    assert [tuple(line) for line in lines] == [("Interpretation", 250_050), ("Two flights", 100_000)]
    page = client.get(f"{path}/activities/new")
    with statements() as seen:
        assert client.submit(page, COURSE, button=None).status_code == 303
    seen.at_most(TRANSITION)
    with statements() as seen:
        shown = text_of(client.get(path))
    seen.at_most(CASE_PAGE)
    for words_shown in (
        "USD 3,500.50",
        "USD 455.07",
        "USD 3,955.57",
        "A course in Nairobi",
        "Judicial Training Institute",
    ):
        assert words_shown in shown
    assert "Before it can be put to the State" not in shown
    assert standing(app, case.key).history[-2:] == ("draft_plan", "draft_plan")


def test_what_is_wrong_stands_beside_its_field(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.PLANNING)
    client, path = signed_in(app, cast.case_officer), f"/cases/{case.key}/plan"
    for typed, message in (
        ({"summary": ""}, "Enter an answer"),
        ({**SUMMARY, "costs-0-what": "Flights", "costs-0-minor": "12,50"}, "Enter an amount in numbers"),
        ({**SUMMARY, "costs-0-what": "Flights", "costs-0-minor": "0"}, "Enter an amount in numbers"),
        ({**SUMMARY, "costs-0-minor": "12"}, "Enter an answer"),
    ):
        answer = client.submit(client.get(f"{path}/draft"), typed, button=None)
        assert (answer.status_code, message in text_of(answer)) == (422, True), typed
        assert all(value in text_of(answer) for value in typed.values())
    assert count_of(app, ResponsePlan) == 0
    begun(client, case)
    for typed, message in (
        ({"ends_on-day": "14"}, "The last day lies before the first"),
        ({"starts_on-day": "", "starts_on-month": "", "starts_on-year": ""}, "Enter also the first day"),
        ({"justice_markers": ["courts", "none"]}, "Choose either what applies or that nothing does"),
        ({"participants": [AWAY]}, "A national activity names no other State"),
        ({"participants": [HOME], "scope": "regional"}, "Take the State that asked out of this list"),
        ({"partners-0-role": ""}, "Choose one of the answers in the list"),
        ({"title": ""}, "Enter an answer"),
    ):
        answer = client.submit(client.get(f"{path}/activities/new"), {**COURSE, **typed}, button=None)
        assert (answer.status_code, message in text_of(answer)) == (422, True), typed
        assert COURSE["results"] in text_of(answer)
    assert count_of(app, PlanActivity) == 0
    assert client.submit(client.get(f"{path}/draft"), COSTS | {"costs-0-remove": "y"}, button=None).status_code == 303
    shown = text_of(client.get(path))
    assert "Enter what the plan costs" in shown
    assert "Add at least one activity" in shown


def test_an_activity_begins_with_the_request_and_is_changed_and_removed(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.PLANNING, at_home(cast, types=(AssistanceType.REGIONAL_WORKSHOP,)))
    client, path = signed_in(app, cast.case_officer), f"/cases/{case.key}/plan"
    begun(client, case)
    page = client.get(f"{path}/activities/new")
    typed = {"title": "A workshop of three States", "modality": "remote"}
    assert client.submit(page, typed, button=None).status_code == 303
    ((activity, plan_id),) = rows(app, select(PlanActivity, PlanActivity.plan_id))
    assert activity.type is AssistanceType.REGIONAL_WORKSHOP
    assert activity.scope.value == "regional"
    named = rows(
        app, select(StateRecord.alpha3).join(PlanParticipation, PlanParticipation.participant_id == StateRecord.id)
    )
    assert {one.alpha3 for one in named}, "those that the request names"
    page = client.get(f"{path}/activities/{activity.key}")
    changed = client.submit(page, {"title": "Another title", "participants": [AWAY]}, button=None)
    assert changed.status_code == 303
    ((title, version),) = rows(app, select(PlanActivity.title, PlanActivity.version))
    assert (title, version) == ("Another title", 2)
    assert count_of(app, PlanParticipation, PlanParticipation.plan_id == plan_id) == 1
    page = client.get(f"{path}/activities/{activity.key}/remove")
    assert client.submit(page).status_code == 303
    assert count_of(app, PlanActivity) == count_of(app, PlanParticipation) == 0
    assert client.get(f"{path}/activities/{activity.key}").status_code == 404


def test_of_two_who_change_a_plan_the_slower_keeps_the_text(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.PLANNING)
    client, other, path = (
        signed_in(app, cast.case_officer),
        signed_in(app, cast.case_officer),
        f"/cases/{case.key}/plan",
    )
    begun(client, case)
    client.submit(client.get(f"{path}/activities/new"), COURSE, button=None)
    ((key,),) = rows(app, select(PlanActivity.key))
    pages = {
        f"{path}/draft": {"summary": "The slower text."},
        f"{path}/activities/{key}": {"title": "The slower title"},
    }
    shown = {where: client.get(where) for where in pages}
    for where, typed in pages.items():
        assert other.submit(other.get(where), dict.fromkeys(typed, "The faster."), button=None).status_code == 303
        answer = client.submit(shown[where], typed, button=None)
        assert answer.status_code == 409
        assert all(value in text_of(answer) for value in typed.values())
        assert "Plan drafted" in text_of(answer), "what happened since"
    ((summary, title),) = rows(
        app,
        select(ResponsePlan.summary, PlanActivity.title).join(PlanActivity, PlanActivity.plan_id == ResponsePlan.id),
    )
    assert summary == title == "The faster."
    gone = client.get(f"{path}/activities/{key}")
    other.submit(other.get(f"{path}/activities/{key}/remove"))
    assert client.submit(gone, {"title": "Too late"}, button=None).status_code == 409
    fresh = make_case(app, cast, State.PLANNING)
    page = client.get(f"/cases/{fresh.key}/plan/draft")
    begun(other, fresh)
    assert client.submit(page, SUMMARY, button=None).status_code == 409, "two begin the same plan"


def test_a_change_of_a_proposed_plan_makes_a_new_version(app: Flask, cast: Cast, statements: Recorded) -> None:
    case = make_case(app, cast, State.PLANNING)
    activities = [PlannedActivity(), PlannedActivity({"scope": "regional"}, [AWAY])]
    put_plan(app, case, cast.case_officer, activities, proposed=True)
    client, path = signed_in(app, cast.case_officer), f"/cases/{case.key}/plan"
    keys = [key for (key,) in rows(app, select(PlanActivity.key).order_by(PlanActivity.place))]
    page = client.get(f"{path}/activities/{keys[1]}")
    assert "A change takes it back and begins a new version" in text_of(page)
    assert client.submit(page, {"title": "Moved to the coast"}, button=None).status_code == 303
    plans = rows(app, select(ResponsePlan.number, ResponsePlan.proposed_at).order_by(ResponsePlan.number))
    assert [(number, at is not None) for number, at in plans] == [(1, True), (2, False)]
    titles = rows(
        app,
        select(ResponsePlan.number, PlanActivity.key, PlanActivity.title)
        .join(PlanActivity, PlanActivity.plan_id == ResponsePlan.id)
        .order_by(ResponsePlan.number, PlanActivity.place),
    )
    assert [key for _number, key, _title in titles] == keys * 2, "activities keep their keys"
    assert titles[1].title != titles[3].title == "Moved to the coast"
    assert count_of(app, PlanCost) == 4
    assert count_of(app, PlanParticipation) == 2
    with statements() as seen:
        assert "version 2" in text_of(client.get(path))
    seen.at_most(CASE_PAGE)


def test_nobody_but_the_assigned_officer_changes_it(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION)
    put_plan(app, case, cast.case_officer)
    ((key,),) = rows(app, select(PlanActivity.key))
    before = standing(app, case.key)
    body = {"version": str(case.version), "seen": "1", **SUMMARY, "lang": "en", "currency": "USD"}
    for person in (cast.other_officer, cast.branch_chief, cast.intake_officer, cast.auditor, cast.focal_point):
        client = quick_client(app, person)
        for where in ("draft", "activities/new", f"activities/{key}", f"activities/{key}/remove"):
            typed = {**COURSE, **body}
            assert post(app, client, f"/cases/{case.key}/plan/{where}", **typed).status_code == 403
    reader = get(app, quick_client(app, cast.auditor), f"/cases/{case.key}/plan")
    assert "Change summary" not in reader.get_data(as_text=True)
    late = make_case(app, cast, State.DECISION)
    put_plan(app, late, cast.case_officer)
    answer = post(app, quick_client(app, cast.case_officer), f"/cases/{late.key}/plan/draft", **body)
    assert answer.status_code == 403, "what is put for decision stays as it is"
    assert standing(app, case.key) == before
