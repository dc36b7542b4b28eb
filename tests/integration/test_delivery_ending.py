"""From the report to the end: confirm, contest, evaluate, close, reopen; what stands in the way, who is told."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.facts import core_of
from app.casework.models import AssistanceRequest, HistoryPayload
from app.delivery.activities.vocabulary import ActivityStatus
from app.delivery.evaluation.models import QUESTIONS, Evaluation
from app.delivery.facts import delivery_facts
from app.foundation.db import read_session
from app.foundation.db.scope import Reach, Scope, bind_scope
from app.notifications.models import Notice
from app.workflow.actor import SYSTEM
from app.workflow.facts import DeliveryFacts
from app.workflow.vocabulary import Action, EvaluationAnswer, State
from tests.factories.acting import do
from tests.factories.activities import Held, put_activity, put_evaluation
from tests.factories.beginnings import recommended
from tests.factories.cases import Made, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows, standing
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def facts_of(app: Flask, case: Made) -> DeliveryFacts:
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        row = session.get_one(AssistanceRequest, case.id)
        return delivery_facts(session, case.id, core_of(session, row, SYSTEM))


def told(app: Flask, code: str) -> set[int]:
    return {row.user_id for row in rows(app, select(Notice.user_id).where(Notice.code == code))}


def test_the_facts_say_what_is_lacking(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    assert facts_of(app, case) == DeliveryFacts(), "nothing was planned yet"
    put_activity(app, case)
    planned = put_activity(app, case, Held(status=ActivityStatus.PLANNED))
    put_activity(app, case, Held(status=ActivityStatus.CANCELLED))
    put_evaluation(app, case, 1, 2, 3, 4, 5, seq=1)
    put_evaluation(app, case, seq=2)
    facts = facts_of(app, case)
    assert facts.begun == 1
    assert facts.open_activities == (planned,)
    assert not facts.cancelled_without_reason
    assert not facts.participants_uncounted
    assert not facts.recommendations_listed
    assert facts.evaluation is EvaluationAnswer.DECLINED, "the latest counts"


def test_a_state_confirms_evaluates_and_the_officer_closes(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.DELIVERED)
    put_activity(app, case, Held(title="Course for judges in Entebbe"))
    mission, officer = signed_in(app, cast.mission), signed_in(app, cast.case_officer)
    page = mission.get(f"/cases/{case.key}/confirm-delivery")
    assert "Course for judges in Entebbe" in page.get_data(as_text=True)
    assert "12 participants" in page.get_data(as_text=True)
    assert mission.submit(page, {"remark": "All of it."}).status_code == 303
    assert told(app, "case.delivery_confirmed") == {cast.case_officer.id}
    assert cast.focal_point.id in told(app, "case.to_evaluate")
    refused = officer.get(f"/cases/{case.key}/close")
    assert "has not evaluated yet" in refused.get_data(as_text=True)
    assert do(mission, Action.EVALUATE, case.key).status_code == 303
    (kept,) = rows(app, select(Evaluation.answer, *(getattr(Evaluation, one) for one in QUESTIONS)))
    assert tuple(kept) == (EvaluationAnswer.GIVEN, 4, 4, 4, 4, 4)
    assert do(officer, Action.CLOSE, case.key).status_code == 303
    assert standing(app, case.key).state is State.CLOSED
    assert cast.mission.id in told(app, "case.closed")


def test_each_question_without_a_grade_is_named_and_nothing_typed_is_lost(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.EVALUATION)
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/evaluate")
    answer = client.submit(page, {"relevance": "4", "quality": "9", "remark": "Kept <b>as typed</b>"}, button="answer")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert text.count("Choose a grade from 1 to 5") >= 4
    assert "Kept &lt;b&gt;as typed" in text
    assert not rows(app, select(Evaluation.id))


def test_a_state_may_decline_to_evaluate_and_say_so_once_more(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.EVALUATION)
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/evaluate")
    assert client.submit(page, {"relevance": "3"}, button="declined").status_code == 303
    (kept,) = rows(app, select(Evaluation.answer, Evaluation.relevance))
    assert tuple(kept) == (EvaluationAnswer.DECLINED, None)
    assert do(client, Action.EVALUATE, case.key).status_code == 303
    assert facts_of(app, case).evaluation is EvaluationAnswer.GIVEN


def test_what_is_missing_reaches_officer_and_chief_and_nobody_else_reads_it(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.DELIVERED)
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/contest-delivery")
    assert client.submit(page, {"missing": ""}).status_code == 422
    assert client.submit(page, {"missing": "The second course."}).status_code == 303
    assert standing(app, case.key).state is State.IN_DELIVERY
    assert told(app, "case.delivery_contested") == {cast.case_officer.id, cast.branch_chief.id}
    (kept,) = rows(
        app, select(HistoryPayload.payload).where(HistoryPayload.payload["note"].as_string() == "The second course.")
    )
    assert kept.payload["audience"] == "state_tpb"


def test_a_closed_request_opens_again_for_thirty_days(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case, late = make_case(app, cast, State.CLOSED), make_case(app, cast, State.CLOSED)
    put_evaluation(app, case, 1, 1, 1, 1, 1)
    clock.move(days=29)
    assert do(signed_in(app, cast.mission), Action.REOPEN, case.key).status_code == 303
    assert standing(app, case.key).state is State.EVALUATION
    assert cast.branch_chief.id in told(app, "case.was_reopened")
    clock.move(days=3)
    page = get(app, quick_client(app, cast.branch_chief), f"/cases/{late.key}/reopen")
    assert "The time in which this was possible has passed." in page.get_data(as_text=True)


def test_what_lacks_owner_or_date_keeps_a_request_open_until_it_is_settled(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.EVALUATION)
    put_evaluation(app, case)
    assert not facts_of(app, case).recommendations_incomplete
    _complete, without_date = recommended(app, case, "Name a central authority.", "Train its people.")
    assert facts_of(app, case).recommendations_incomplete == (without_date,)
    page = get(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/close")
    assert "Each recommendation needs an owner and a date." in page.get_data(as_text=True)


def test_an_old_link_says_that_the_request_moved_on(app: Flask, cast: Cast) -> None:
    """Whoever comes from an old mail reads that it was done, not that their role lacks it; others read the latter."""
    case = make_case(app, cast, State.CLOSED)
    for person, words in ((cast.mission, "as the request stands"), (cast.case_officer, "is not open to you")):
        answer = get(app, quick_client(app, person), f"/cases/{case.key}/confirm-delivery")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 403
        assert words in page
        assert (f'class="btn" href="/cases/{case.key}"' in page) == (person is cast.mission)
