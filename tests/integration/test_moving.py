"""Agreed activities get other dates once the State accepts them, or are cancelled with what that costs."""

from __future__ import annotations

import html
from datetime import date
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from app.delivery.activities.models import Activity
from app.delivery.activities.moves import ActivityMove
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.participation.models import Participation
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import Notice
from app.workflow.vocabulary import Action, State
from tests.factories.acting import MOVED, do
from tests.factories.activities import Held, put_activity, put_move, put_participation
from tests.factories.cases import Made, make_case
from tests.factories.clients import post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.plans import put_plan
from tests.factories.reading import rows, standing
from tests.support.clock import StoppedClock

AHEAD: Final = Held(status=ActivityStatus.PLANNED)
AGREED: Final = (date(2026, 5, 4), date(2026, 5, 6))
OTHER: Final = (date(2027, 5, 3), date(2027, 5, 5))


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def text_of(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True))


def scheduled(app: Flask, cast: Cast, state: State = State.SCHEDULED) -> tuple[Made, str]:
    case = make_case(app, cast, state)
    put_plan(app, case, cast.case_officer, proposed=True)
    return case, put_activity(app, case, AHEAD)


def activity(app: Flask, key: str) -> Any:
    return rows(app, select(Activity).where(Activity.key == key))[0][0]


def told(app: Flask, code: str) -> set[int]:
    return {row.user_id for row in rows(app, select(Notice.user_id).where(Notice.code == code))}


@pytest.mark.parametrize("state", [State.SCHEDULED, State.IN_DELIVERY])
def test_other_dates_hold_once_the_state_accepts_them(app: Flask, cast: Cast, state: State) -> None:
    case, key = scheduled(app, cast, state)
    assert do(signed_in(app, cast.case_officer), Action.MOVE_ACTIVITY, case.key).status_code == 303
    row = activity(app, key)
    assert (row.starts_on, row.ends_on) == AGREED, "until it is accepted the agreed dates stand"
    assert {cast.focal_point.id, cast.mission.id} <= told(app, "case.move_proposed")
    client = signed_in(app, cast.focal_point)
    assert MOVED["reason"] in text_of(client.get(f"/cases/{case.key}/answer-move"))
    assert do(client, Action.ANSWER_MOVE, case.key).status_code == 303
    row = activity(app, key)
    assert (row.starts_on, row.ends_on) == OTHER
    assert (row.agreed_starts_on, row.agreed_ends_on) == AGREED, "on time is measured from the first agreed day"
    assert told(app, "case.move_answered") == {cast.case_officer.id}
    assert "Other dates of an activity accepted" in text_of(client.get(f"/cases/{case.key}/history"))
    page = client.get(f"/cases/{case.key}")
    assert "answer-move" not in text_of(page), "nothing waits any more"


def test_a_refused_move_changes_nothing_and_needs_an_answer(app: Flask, cast: Cast) -> None:
    case, key = scheduled(app, cast)
    put_move(app, case, key)
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/answer-move")
    open_answer = client.submit(page, {"remark": "Elections & <b>"}, button=None)
    assert open_answer.status_code == 422
    assert "Choose whether the other dates suit your State" in text_of(open_answer)
    assert "Elections & <b>" in text_of(open_answer)
    assert client.submit(page, {"accepted": "false", "remark": "Elections."}, button=None).status_code == 303
    row = activity(app, key)
    assert (row.starts_on, row.ends_on) == AGREED
    ((move,),) = rows(app, select(ActivityMove))
    assert (move.accepted, move.remark) == (False, "Elections.")
    with pytest.raises(DBAPIError, match=r"keeps what was written|permission denied"):
        wrote(app, update(ActivityMove).values(reason="Another."))


def wrote(app: Flask, statement: Any) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(statement)


def test_what_cannot_be_proposed_stands_beside_its_field(app: Flask, cast: Cast) -> None:
    case, key = scheduled(app, cast)
    client = signed_in(app, cast.case_officer)
    path = f"/cases/{case.key}/move-activity?activity={key}"
    page = client.get(path)
    for typed, message in (
        ({}, "Enter other dates than those that stand"),
        ({**MOVED, "reason": " "}, "Enter an answer"),
        ({**MOVED, "ends_on-day": "1"}, "The last day lies before the first"),
        ({**MOVED, "starts_on-day": "31", "starts_on-month": "2"}, "This day is not in the calendar"),
        ({**MOVED, "ends_on-year": "", "ends_on-day": "", "ends_on-month": ""}, "Enter a day, for example"),
        ({**MOVED, "starts_on-year": "2020", "ends_on-year": "2020"}, "Enter a day that is still to come"),
    ):
        answer = client.submit(page, {"reason": "The hall is taken.", **typed}, button=None)
        assert (answer.status_code, message in text_of(answer)) == (422, True), (typed, message)
        assert typed.get("reason", "The hall is taken.").strip() in text_of(answer)
    assert not rows(app, select(ActivityMove))
    put_move(app, case, key)
    assert client.submit(page, MOVED, button=None).status_code == 303, "a later move overtakes one that waits"
    moves = [one for (one,) in rows(app, select(ActivityMove).order_by(ActivityMove.id))]
    assert [one.closed_at is None for one in moves] == [False, True]


def test_of_two_answers_the_slower_is_told(app: Flask, cast: Cast) -> None:
    case, key = scheduled(app, cast)
    put_move(app, case, key)
    slow, fast = signed_in(app, cast.focal_point), signed_in(app, cast.mission)
    page = slow.get(f"/cases/{case.key}/answer-move")
    assert do(fast, Action.ANSWER_MOVE, case.key).status_code == 303
    late = slow.submit(page, {"accepted": "false", "remark": "Too late & slow"}, button=None)
    assert late.status_code == 409
    assert "Too late & slow" in text_of(late)


def test_invited_states_are_asked_again_for_moved_dates(app: Flask, cast: Cast) -> None:
    case, key = scheduled(app, cast)
    guest = cast.away_mission.actor.state_id
    assert guest is not None
    put_participation(app, case, guest, key, asked=True)
    wrote(app, update(Participation).values(answer=ParticipationAnswer.CONSENT, answered_at=now()))
    put_move(app, case, key)
    assert do(signed_in(app, cast.mission), Action.ANSWER_MOVE, case.key).status_code == 303
    before, after = (one for (one,) in rows(app, select(Participation).order_by(Participation.id)))
    assert (before.closed_at is None, after.closed_at is None) == (False, True)
    assert (after.answer, after.starts_on) == (None, date(2026, 5, 11)), "an answer holds for its dates only"
    assert cast.away_mission.id in told(app, "participation.asked")


def test_an_activity_is_cancelled_with_its_cost(app: Flask, cast: Cast) -> None:
    case, key = scheduled(app, cast)
    guest = cast.away_mission.actor.state_id
    assert guest is not None
    put_participation(app, case, guest, key, asked=True)
    put_move(app, case, key)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/cancel-activity?activity={key}")
    for typed, message in (
        ({"reason": "", "cost-minor": "0"}, "Enter an answer"),
        ({"reason": "The minister resigned.", "cost-minor": ""}, "Enter what it costs"),
        ({"reason": "The minister resigned.", "cost-minor": "much"}, "Enter what it costs"),
    ):
        answer = client.submit(page, {**typed, "cost-currency": "USD"}, button=None)
        assert (answer.status_code, message in text_of(answer)) == (422, True), typed
        assert typed["reason"] in text_of(answer)
    done = {"reason": "The minister resigned.", "cost-minor": "1 200.00", "cost-currency": "USD"}
    assert client.submit(page, done, button=None).status_code == 303
    row = activity(app, key)
    assert (row.status, row.cancel_reason) == (ActivityStatus.CANCELLED, "The minister resigned.")
    assert (row.cancel_minor, row.currency) == (120_000, "USD")
    assert {cast.focal_point.id, cast.programme_support.id} <= told(app, "case.activity_cancelled")
    assert cast.away_mission.id in told(app, "participation.called_off")
    assert standing(app, case.key).history[-1] == "participation_closed"
    ((move,),) = rows(app, select(ActivityMove))
    assert move.closed_at is not None
    again = client.submit(page, done, button=None)
    assert again.status_code in (303, 409), "the same form sent twice acts once"
    assert "answer-move" not in text_of(signed_in(app, cast.mission).get(f"/cases/{case.key}"))


def test_only_the_assigned_officer_cancels(app: Flask, cast: Cast) -> None:
    case, key = scheduled(app, cast)
    body = {"version": str(case.version), "activity": key, "reason": "No.", "cost-minor": "0", "cost-currency": "USD"}
    for person in (cast.other_officer, cast.branch_chief, cast.auditor, cast.focal_point, cast.ctc_liaison):
        answer = post(app, quick_client(app, person), f"/cases/{case.key}/cancel-activity", **body)
        assert answer.status_code in (403, 404)
    assert activity(app, key).status is ActivityStatus.PLANNED
