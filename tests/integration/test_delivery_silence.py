"""A State that keeps silent after the report, and what it is asked half a year and a year after closure."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import AssistanceRequest, CaseReminder
from app.delivery.evaluation.jobs import ask_look_backs, deem_deliveries
from app.delivery.evaluation.models import LookBack
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import Notice
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Action, LimitKey, State
from tests.factories.acting import do
from tests.factories.activities import put_look_back
from tests.factories.answers import TYPE
from tests.factories.cases import Made, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def remind(app: Flask, case: Made, times: int) -> None:
    """Let so many reminders of the confirmation have been delivered."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        since = session.get_one(AssistanceRequest, case.id).state_since
        for number in range(1, times + 1):
            row = CaseReminder(case_id=case.id, state_id=case.state_id, limit_key=LimitKey.CONFIRM, number=number)
            row.starts_at = row.sent_at = row.delivered_at = since
            row.code = "case.confirm_delivery_reminder"
            session.add(row)


def run(app: Flask, job: object) -> None:
    with app.app_context():
        job(SYSTEM)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("days", "reminders", "state"),
    [(29, 2, State.DELIVERED), (32, 1, State.DELIVERED), (32, 2, State.EVALUATION)],
)
def test_silence_counts_after_the_limit_and_two_delivered_reminders(
    app: Flask, cast: Cast, clock: StoppedClock, days: int, reminders: int, state: State
) -> None:
    case = make_case(app, cast, State.DELIVERED)
    remind(app, case, reminders)
    clock.move(days=days)
    run(app, deem_deliveries)
    assert standing(app, case.key).state is state
    told = {row.user_id for row in rows(app, select(Notice.user_id).where(Notice.code == "case.delivery_deemed"))}
    assert (cast.mission.id in told) is (state is State.EVALUATION)


def test_a_supplied_tool_is_confirmed_by_silence_too(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.DELIVERED)
    page = get(app, quick_client(app, cast.mission), f"/cases/{case.key}/confirm-delivery")
    assert "No activity was planned" in page.get_data(as_text=True)
    remind(app, case, 2)
    clock.move(days=32)
    run(app, deem_deliveries)
    run(app, deem_deliveries)
    assert standing(app, case.key).history.count("deem_delivery_confirmed") == 1


def test_a_state_is_asked_twice_and_each_time_once(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.CLOSED)
    clock.move(days=170)
    run(app, ask_look_backs)
    assert not count_of(app, LookBack)
    for number, days in ((1, 20), (2, 185)):
        clock.move(days=days)
        run(app, ask_look_backs)
        run(app, ask_look_backs)
        assert count_of(app, LookBack, LookBack.case_id == case.id) == number
    told = rows(app, select(Notice.user_id).where(Notice.code == "case.look_back"))
    assert [row.user_id for row in told].count(cast.mission.id) == 2
    clock.move(days=400)
    run(app, ask_look_backs)
    assert count_of(app, LookBack) == 2


def test_nobody_is_asked_long_afterwards(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    make_case(app, cast, State.CLOSED)
    clock.move(days=1000)
    run(app, ask_look_backs)
    assert not count_of(app, LookBack)


def test_a_state_looks_back_and_the_branch_reads_it(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.CLOSED)
    client, path = signed_in(app, cast.focal_point), f"/cases/{case.key}/look-back"
    assert "is not asked for a look back now" in client.get(path).get_data(as_text=True)
    put_look_back(app, case)
    page = client.get(path)
    wrong = client.submit(page, {"measures-0-number": "many", "measures-0-words": "Kept <b>as typed</b>"})
    text = wrong.get_data(as_text=True)
    assert wrong.status_code == 422
    assert "Choose an answer" in text
    assert "Enter a whole number" in text
    assert "Kept &lt;b&gt;as typed" in text
    said = {"measures-0-answer": "partly", "measures-0-number": "2", "measures-0-words": "Two of three laws."}
    assert client.submit(page, said).status_code == 303
    (kept,) = rows(app, select(LookBack.measures, LookBack.answered_by_id))
    assert kept.measures == [{"type": TYPE.value, "answer": "partly", "number": 2, "words": "Two of three laws."}]
    assert kept.answered_by_id == cast.focal_point.id
    shown = get(app, quick_client(app, cast.auditor), f"/cases/{case.key}/delivery").get_data(as_text=True)
    assert "Two of three laws." in shown
    assert "is not asked" in client.get(path).get_data(as_text=True), "it was answered"


def test_another_type_than_those_of_the_request_is_refused(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.CLOSED)
    put_look_back(app, case)
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/look-back")
    answer = client.submit(page, {"measures-0-type": "mentoring", "measures-0-answer": "yes"})
    assert answer.status_code == 422
    assert "Answer for each type of assistance" in answer.get_data(as_text=True)
    assert "answer_look_back" not in standing(app, case.key).history


def test_the_button_is_there_only_while_the_state_is_asked(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.CLOSED)
    client = quick_client(app, cast.mission)
    path = f"/cases/{case.key}"
    assert f"{path}/look-back" not in get(app, client, path).get_data(as_text=True)
    put_look_back(app, case)
    assert f"{path}/look-back" in get(app, client, path).get_data(as_text=True)
    assert do(signed_in(app, cast.mission), Action.ANSWER_LOOK_BACK, case.key).status_code == 303
    assert now() >= rows(app, select(LookBack.answered_at))[0].answered_at
