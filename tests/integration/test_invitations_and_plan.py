"""Invitations on the way of a plan: put to the host with it, kept and asked again with its versions, agreed to."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest
from app.delivery.activities.models import Activity, ActivityState
from app.delivery.participation.endings import call_off_activity
from app.delivery.participation.models import Participation
from app.delivery.participation.moving import invite_again
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import OutboxMessage
from app.workflow.vocabulary import Action, AssistanceType, Body, LimitKey, State
from tests.factories.acting import do
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import signed_in
from tests.factories.invitations import agree, answer, keys_of, workshop
from tests.factories.money import fund
from tests.factories.people import AWAY, Cast, cast_of
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.reading import rows, standing
from tests.support.clock import StoppedClock

DECLINE = ParticipationAnswer.DECLINE


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def text_of(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True))


def told(app: Flask, code: str) -> set[int]:
    return {row.user_id for row in rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == code))}


def guests(app: Flask) -> list[int]:
    return [row.participant_id for row in rows(app, select(ActivityState.participant_id))]


def proposed(app: Flask, cast: Cast, *guests: str) -> Made:
    """A funded plan before the host, with these other States in it."""
    case = make_case(app, cast, State.PLANNING, at_home(cast, bodies=(Body.CTC_CTED,)))
    put_plan(app, case, cast.case_officer, [workshop(*guests)])
    assert do(signed_in(app, cast.case_officer), Action.PROPOSE_PLAN, case.key).status_code == 303
    fund(app, case)
    return case


def test_a_plan_is_agreed_once_every_state_in_it_consented(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast, AWAY)
    host = signed_in(app, cast.mission)
    page = host.get(f"/cases/{case.key}/plan")
    assert "Say which other States may be told of an activity" in text_of(page)
    assert "Fiji has not consented to take part" in text_of(page)
    assert "Not every participating State has consented." in text_of(host.get(f"/cases/{case.key}/plan/agree"))
    (key,) = keys_of(app, case)
    agree(app, cast, case, key)
    answer(app, cast.away_mission, key)
    assert "has not consented" not in text_of(host.get(f"/cases/{case.key}/plan"))
    assert do(host, Action.AGREE_PLAN, case.key).status_code == 303
    assert guests(app) == [cast.away_mission.actor.state_id]
    answer(app, cast.away_mission, key, DECLINE)
    assert guests(app) == [], "an answer may change until the activity begins"
    answer(app, cast.away_focal_point, key)
    assert guests(app) == [cast.away_mission.actor.state_id]


def test_the_limit_of_a_guest_is_never_that_of_the_case(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = proposed(app, cast, AWAY)
    agree(app, cast, case, *keys_of(app, case))
    answer(app, cast.away_mission, *keys_of(app, case))
    assert do(signed_in(app, cast.mission), Action.AGREE_PLAN, case.key).status_code == 303
    due = select(AssistanceRequest.due_key).where(AssistanceRequest.id == case.id)
    assert rows(app, due)[0].due_key is not LimitKey.PARTICIPATION


def test_without_a_state_the_version_goes_back_and_is_proposed_again(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = proposed(app, cast, AWAY, "UGA")
    first, second = keys_of(app, case)
    agree(app, cast, case, first, second)
    answer(app, cast.away_mission, first)
    with_answer = rows(app, select(Participation.answered_at).where(Participation.key == first))[0][0]
    clock.move(days=30)
    officer = signed_in(app, cast.case_officer)
    page = officer.get(f"/cases/{case.key}/invitations")
    assert officer.submit(page, form=f"form[action$='{second}/without']").status_code == 303
    assert "plan_taken_back" in standing(app, case.key).history
    assert do(officer, Action.PROPOSE_PLAN, case.key).status_code == 303
    assert keys_of(app, case) == [first]
    assert rows(app, select(Participation.answered_at).where(Participation.key == first))[0][0] == with_answer
    assert do(signed_in(app, cast.mission), Action.AGREE_PLAN, case.key).status_code == 303
    assert guests(app) == [cast.away_mission.actor.state_id]


def test_guests_of_an_activity_that_is_called_off_are_told(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast, AWAY)
    (key,) = keys_of(app, case)
    agree(app, cast, case, key)
    answer(app, cast.away_mission, key)
    assert do(signed_in(app, cast.mission), Action.AGREE_PLAN, case.key).status_code == 303
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        found = session.get_one(AssistanceRequest, case.id)
        call_off_activity(session, found, cast.case_officer.actor, "regional0000")
    assert keys_of(app, case) == []
    assert told(app, "participation.called_off") == {cast.away_focal_point.id, cast.away_mission.id}
    assert standing(app, case.key).history[-1] == "participation_closed"


def test_who_said_yes_to_other_days_takes_part_once_it_says_yes_to_these(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast, AWAY)
    agree(app, cast, case, *keys_of(app, case))
    answer(app, cast.away_mission, *keys_of(app, case))
    assert do(signed_in(app, cast.mission), Action.AGREE_PLAN, case.key).status_code == 303
    assert guests(app) == [cast.away_mission.actor.state_id]
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        activity = session.scalars(select(Activity)).one()
        activity.starts_on, activity.ends_on = (
            day + timedelta(days=7) for day in (activity.starts_on, activity.ends_on)
        )
        session.flush()
        invite_again(session, session.get_one(AssistanceRequest, case.id), cast.mission.actor, activity)
    assert guests(app) == [], "silence is never consent"
    (fresh,) = keys_of(app, case)
    answer(app, cast.away_mission, fresh)
    assert guests(app) == [cast.away_mission.actor.state_id]


def test_a_plan_taken_up_again_tells_its_guests(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast, AWAY)
    (key,) = keys_of(app, case)
    agree(app, cast, case, key)
    answer(app, cast.away_mission, key)
    assert do(signed_in(app, cast.mission), Action.AGREE_PLAN, case.key).status_code == 303
    officer = signed_in(app, cast.case_officer)
    assert do(officer, Action.RESCHEDULE, case.key).status_code == 303
    assert told(app, "participation.rescheduled") == {cast.away_focal_point.id, cast.away_mission.id}
    assert do(officer, Action.PROPOSE_PLAN, case.key).status_code == 303
    assert keys_of(app, case) == [key], "the same days: the answer holds"
    assert do(signed_in(app, cast.mission), Action.AGREE_PLAN, case.key).status_code == 303


def test_each_joint_visit_waits_for_its_consent_on_the_page_of_the_plan(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.PLANNING)
    visit = {"type": AssistanceType.JOINT_VISIT, "title": "Visit to the capital", "key": "v1s1tv1s1tv1"}
    put_plan(app, case, cast.case_officer, [PlannedActivity(visit)])
    officer, host = signed_in(app, cast.case_officer), signed_in(app, cast.mission)
    assert do(officer, Action.PROPOSE_PLAN, case.key).status_code == 303
    fund(app, case)
    assert "A joint visit needs a dated consent of its own" in text_of(officer.get(f"/cases/{case.key}/plan"))
    assert "Each joint visit needs its own dated consent." in text_of(host.get(f"/cases/{case.key}/plan/agree"))
    page = host.get(f"/cases/{case.key}/plan")
    link = "/consents/give?kind=visit&subject=v1s1tv1s1tv1"
    assert link in text_of(page)
    assert host.submit(host.get(f"/cases/{case.key}{link}")).status_code == 303
    assert "dated consent" not in text_of(host.get(f"/cases/{case.key}/plan"))
    assert do(host, Action.AGREE_PLAN, case.key).status_code == 303
    assert do(officer, Action.RESCHEDULE, case.key).status_code == 303
    second = officer.get(f"/cases/{case.key}/plan/activities/new")
    more = {
        "title": "A second visit",
        "type": "joint_visit",
        "modality": "remote",
        "scope": "national",
        "results": "Known.",
        "justice_markers": ["none"],
        "crime_links": ["none"],
        "paragraphs": ["1"],
        **dict(zip(("starts_on-day", "starts_on-month", "starts_on-year"), ["15", "9", "2027"], strict=True)),
        **dict(zip(("ends_on-day", "ends_on-month", "ends_on-year"), ["16", "9", "2027"], strict=True)),
    }
    assert officer.submit(second, more, button=None).status_code == 303
    assert do(officer, Action.PROPOSE_PLAN, case.key).status_code == 303
    shown = text_of(host.get(f"/cases/{case.key}/plan"))
    assert shown.count("A joint visit needs a dated consent of its own") == 1, "the first keeps its own"
    assert "(A second visit)" in shown or "A second visit" in shown
