"""A State asks for a follow-up of a request that was delivered, evaluated, closed or lapsed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import AssistanceRequest, CaseType, DraftTask
from app.delivery.models import Renewal
from app.delivery.vocabulary import RecommendationStatus
from app.notifications.models import OutboxMessage
from app.workflow.guards.related import FOLLOW_UP_PARENTS
from app.workflow.vocabulary import AssistanceType, State
from tests.factories.answers import answers
from tests.factories.beginnings import follow_up_of, propose, recommended
from tests.factories.cases import at_home, away, make_case, make_cases
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock
from tests.support.drafts import errors, words
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
TEXTS = ("Name a central authority.", "تدريب القضاة على التعاون الدولي", "修订《刑法》 \u202eevil")


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_from_the_page_of_a_closed_request(app: Flask, cast: Cast, statements: Recorded) -> None:
    parent = make_case(app, cast, State.CLOSED)
    keys = recommended(app, parent, *TEXTS)
    recommended(app, parent, "This was done.", status=RecommendationStatus.DONE)
    client = signed_in(app, cast.focal_point)
    overview = client.get(f"/cases/{parent.key}")
    assert "Ask for a follow-up" in words(overview)
    page = client.get(f"/cases/{parent.key}/follow-up")
    assert all(text.replace("\u202e", "\ufffd") in words(page) for text in TEXTS)
    assert "This was done." not in words(page)
    with statements() as seen:
        answer = client.submit(page, {"recommendations": keys[:2]})
    assert answer.status_code == 303, errors(answer)
    seen.at_most(14)
    key = answer.location.split("/")[2]

    case = AssistanceRequest
    (draft,) = rows(app, select(case.id, case.parent_id, case.drafted_by_id, case.title).where(case.key == key))
    assert tuple(draft)[1:] == (parent.id, cast.focal_point.id, parent.title)
    assert standing(app, key).history == ("request_follow_up",)
    tasks = select(DraftTask.task, DraftTask.data).where(DraftTask.case_id == draft.id)
    stored = {row.task: row.data for row in rows(app, tasks)}
    written = answers()["who"]
    assert stored["who"]["contact"] == written["contact"]
    assert stored["who"]["beneficiaries"] == written["beneficiaries"]
    assert (stored["need"]["types"], stored["need"]["parent"]) == (["follow_up"], parent.number)
    assert count_of(app, Renewal, Renewal.case_id == draft.id) == 2

    shown = words(client.get(f"/cases/{key}"))
    assert f"Follows : {parent.number}" in shown or f"Follows: {parent.number}" in shown
    assert TEXTS[0] in shown
    assert TEXTS[2][:6] not in shown
    assert "Followed by" in words(client.get(f"/cases/{parent.key}"))


def test_its_pages_cost_no_more_than_others(app: Flask, cast: Cast, statements: Recorded) -> None:
    parent = make_case(app, cast, State.CLOSED)
    key = follow_up_of(app, cast.focal_point.actor, parent, recommended(app, parent, *TEXTS))
    proposed = propose(app, cast.ctc_liaison.actor)
    client = quick_client(app, cast.focal_point)
    paths = (f"/cases/{parent.key}", f"/cases/{parent.key}/follow-up", f"/cases/{key}", f"/cases/{proposed}/adopt")
    for path in paths:
        get(app, client, path)
        with statements() as seen:
            assert get(app, client, path).status_code == 200
        seen.at_most(10)


def test_outsiders_see_no_follow_up_before_it_is_sent(app: Flask, cast: Cast) -> None:
    parent = make_case(app, cast, State.CLOSED)
    follow_up_of(app, cast.focal_point.actor, parent)
    for name in ("case_officer", "auditor"):
        page = words(signed_in(app, cast[name]).get(f"/cases/{parent.key}"))
        assert "Followed by" not in page
        assert "Ask for a follow-up" not in page


def test_it_stays_a_follow_up_whatever_is_chosen(app: Flask, cast: Cast) -> None:
    key = follow_up_of(app, cast.focal_point.actor, make_case(app, cast, State.LAPSED))
    client = signed_in(app, cast.focal_point)
    need = {"title": "التدريب مرة أخرى", "types": ["mentoring"], "problem": "Judges have changed."}
    assert client.submit(client.get(f"/cases/{key}/tasks/need"), need).status_code == 303
    kinds = select(CaseType.type).join(AssistanceRequest, AssistanceRequest.id == CaseType.case_id)
    found = {row.type for row in rows(app, kinds.where(AssistanceRequest.key == key))}
    assert found == {AssistanceType.FOLLOW_UP, AssistanceType.MENTORING}


def test_only_of_requests_in_the_right_states(app: Flask, cast: Cast) -> None:
    client = quick_client(app, cast.mission)
    faults = []
    for case in make_cases(app, cast, [(state, at_home(cast)) for state in State]):
        page = get(app, client, f"/cases/{case.key}/follow-up").status_code
        begun = post(app, client, f"/cases/{case.key}/follow-up").status_code
        offered = "/follow-up" in get(app, client, f"/cases/{case.key}").get_data(as_text=True)
        wanted = (200, 303, True) if case.state in FOLLOW_UP_PARENTS else (302, 422, False)
        if (page, begun, offered) != wanted:
            faults.append((case.state, page, begun, offered))
    assert not faults
    assert count_of(app, AssistanceRequest, AssistanceRequest.parent_id.is_not(None)) == len(FOLLOW_UP_PARENTS)


def test_nothing_foreign_can_be_named(app: Flask, cast: Cast) -> None:
    own, theirs = make_cases(app, cast, [(State.CLOSED, at_home(cast)), (State.CLOSED, away(cast))])
    (foreign,) = recommended(app, theirs, "Secret of the other State")
    (done,) = recommended(app, own, "Done", status=RecommendationStatus.DROPPED)
    client = quick_client(app, cast.focal_point)
    assert get(app, client, f"/cases/{theirs.key}/follow-up").status_code == 404
    assert post(app, client, f"/cases/{theirs.key}/follow-up").status_code == 404
    nothing = post(app, client, f"/cases/{own.key}/follow-up", recommendations="zzzzzzzzzzzz")
    for key in (foreign, done, "", "x" * 13, "a\x00bcdefghijk"):
        refused = post(app, client, f"/cases/{own.key}/follow-up", recommendations=key)
        assert refused.status_code == nothing.status_code == 422
        assert "Secret" not in refused.get_data(as_text=True)
    assert post(app, client, f"/cases/{own.key}/follow-up", recommendations=["z" * 12] * 300).status_code == 422
    assert count_of(app, AssistanceRequest) == 2
    for name in ("intake_officer", "case_officer", "ctc_liaison", "branch_chief"):
        assert post(app, quick_client(app, cast[name]), f"/cases/{own.key}/follow-up").status_code == 403


def test_the_branch_offers_and_the_notice_leads_the_state_to_what_is_open(app: Flask, cast: Cast) -> None:
    closed, running = (make_case(app, cast, state, at_home(cast)) for state in (State.CLOSED, State.IN_DELIVERY))
    recommended(app, closed, TEXTS[0])
    officer = signed_in(app, cast.case_officer)
    page = officer.get(f"/cases/{closed.key}/delivery")
    assert officer.submit(page, form="form[action$=offer-follow-up]").status_code == 303
    told = rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == "case.follow_up_offered"))
    assert {row.user_id for row in told} >= {cast.focal_point.id, cast.mission.id}
    assert "A follow-up was offered to the State" in words(
        signed_in(app, cast.mission).get(f"/cases/{closed.key}/history")
    )
    state = signed_in(app, cast.focal_point)
    notices = state.get("/notices").get_data(as_text=True)
    assert f"/cases/{closed.key}/follow-up" in notices
    assert TEXTS[0] in words(state.get(f"/cases/{closed.key}/follow-up"))
    path = f"/cases/{running.key}/offer-follow-up"
    assert post(app, quick_client(app, cast.case_officer), path).status_code == 422
    for person in (cast.mission, cast.ctc_liaison, cast.auditor):
        answer = post(app, quick_client(app, person), f"/cases/{closed.key}/offer-follow-up")
        assert answer.status_code == 403
    assert count_of(app, OutboxMessage, OutboxMessage.code == "case.follow_up_offered") == len(told)
