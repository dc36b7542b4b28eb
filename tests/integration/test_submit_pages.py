"""From a complete draft to a number: checked, sent, returned, confirmed, submitted; and the ends of the road."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.casework.models import CaseRevision, ConsentRecord, DraftTask, HistoryEntry
from app.workflow.vocabulary import Party, Role, State
from tests.support.accounts import mails, make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import Government, errors, make_government, new_draft, sent, soup, with_mission, words
from tests.support.screening import case_of, rows_of


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def focal(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.focal.email)
    return client


@pytest.fixture
def mission(government: Government, new_client: Callable[[], InspectedClient]) -> InspectedClient:
    client = new_client()
    sign_in(client, government.mission.email)
    return client


def test_a_focal_point_sends_and_the_mission_confirms(
    app: Flask, government: Government, focal: InspectedClient, mission: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor, "Review of a draft law")
    waiting = focal.submit(
        focal.get(f"/cases/{key}/check"), {"answers_checked": "y"}, button="send_to_mission", follow_redirects=True
    )
    assert "Sent to your Permanent Mission" in words(waiting)
    assert "16 March 2026" in words(waiting)  # ten working days
    assert mails(app, government.mission.id) == ["case.please_confirm"]
    page = mission.get(f"/cases/{key}/confirm")
    assert "A law is to be drafted." in words(page)
    receipt = mission.submit(page, follow_redirects=True)
    assert "TPB-2026-0001" in words(receipt)
    case = case_of(app, key)
    assert (case.state, case.number, case.holder) == (State.SUBMITTED, "TPB-2026-0001", Party.TPB)
    assert "case.received" in mails(app, government.focal.id)
    (revision,) = rows_of(app, CaseRevision, key)
    assert (revision.revision, revision.schema_number, revision.lang) == (1, 2, "en")
    assert revision.data["need"]["title"] == "Review of a draft law"


def test_a_mission_submits_alone(app: Flask, government: Government, mission: InspectedClient) -> None:
    key = new_draft(app, government.mission.actor, "Own draft")
    page = mission.get(f"/cases/{key}/check")
    assert [one["value"] for one in soup(page).select("button[name=step]")] == ["submit"]
    assert mission.submit(page, {"answers_checked": "y"}, button="submit").status_code == 303
    assert case_of(app, key).state is State.SUBMITTED


@pytest.mark.parametrize(
    ("may_submit", "offered"), [(True, ["send_to_mission", "submit"]), (False, ["send_to_mission"])]
)
def test_the_page_offers_what_the_mission_allows(
    app: Flask,
    government: Government,
    new_client: Callable[[], InspectedClient],
    may_submit: bool,
    offered: list[str],
) -> None:
    somebody = make_person(app, Role.FOCAL_POINT, name="Sam Alone", state=government.state, may_submit=may_submit)
    client = new_client()
    sign_in(client, somebody.email)
    key = new_draft(app, somebody.actor, "Whose turn")
    page = client.get(f"/cases/{key}/check")
    assert [one["value"] for one in soup(page).select("button[name=step]")] == offered
    form = soup(page).select_one("main form[method=post]")
    assert form is not None
    data = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    posted = client.post(f"/cases/{key}/check", data={**data, "answers_checked": "y", "step": "submit"})
    assert posted.status_code == (303 if may_submit else 403)


def test_without_the_declaration_nothing_is_sent(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = new_draft(app, government.focal.actor, "Undeclared")
    answer = focal.submit(focal.get(f"/cases/{key}/check"), button="send_to_mission")
    assert answer.status_code == 422
    assert errors(answer) == {"answers_checked": "Tick the box to say that you checked the answers"}
    assert case_of(app, key).state is State.DRAFT


def test_what_is_missing_is_named_and_refused(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = new_draft(app, government.focal.actor)
    page = focal.get(f"/cases/{key}/check")
    links = {one.get_text(strip=True): str(one["href"]) for one in soup(page).select(".notice a")}
    assert links["What is needed: Short title of the request"] == f"/cases/{key}/tasks/need?back=check#title"
    page_of_types, anchor = links["What is needed: Types of assistance"].split("#")
    assert soup(focal.get(page_of_types)).find(id=anchor) is not None
    assert soup(page).select("button[name=step]") == []
    assert soup(page).select_one("button[aria-disabled=true]") is not None
    other = soup(focal.get("/requests/new")).select_one("input[name=csrf_token]")
    assert other is not None
    data = {"csrf_token": other["value"], "_key": "k" * 20, "version": "1", "answers_checked": "y"}
    answer = focal.post(f"/cases/{key}/check", data={**data, "step": "send_to_mission"})
    assert answer.status_code == 422
    assert "still missing" in words(answer)
    assert focal.post(f"/cases/{key}/check", data={**data, "step": "approve"}).status_code == 400


def test_the_mission_returns_it_with_what_to_change(
    app: Flask, government: Government, focal: InspectedClient, mission: InspectedClient
) -> None:
    key = with_mission(government)
    page = mission.get(f"/cases/{key}/return_to_draft")
    assert mission.submit(page).status_code == 422
    assert mission.submit(page, {"what_to_change": "Name the ministry."}).status_code == 303
    assert case_of(app, key).state is State.DRAFT
    listed = words(focal.get(f"/cases/{key}/tasks"))
    assert "Name the ministry." in listed
    assert government.mission.name in listed
    assert "Returned to you" in words(focal.get("/home"))
    focal.submit(focal.get(f"/cases/{key}/check"), {"answers_checked": "y"}, button="send_to_mission")
    assert mission.submit(mission.get(f"/cases/{key}/confirm")).status_code == 303
    assert len(rows_of(app, CaseRevision, key)) == 1


def test_a_focal_point_takes_it_back_and_never_confirms(
    app: Flask, government: Government, focal: InspectedClient
) -> None:
    key = with_mission(government)
    assert focal.get(f"/cases/{key}/confirm").status_code == 403
    answer = focal.submit(focal.get(f"/cases/{key}/return_to_draft"), {"what_to_change": "I forgot a text."})
    assert answer.headers["Location"].endswith(f"/cases/{key}/tasks")


def test_numbers_run_without_gaps(app: Flask, government: Government) -> None:
    keys = [sent(government, title) for title in ("One", "Two", "Three")]
    assert [case_of(app, key).number for key in keys] == ["TPB-2026-0001", "TPB-2026-0002", "TPB-2026-0003"]


def test_a_confirmation_pressed_twice_confirms_once(
    app: Flask, government: Government, mission: InspectedClient
) -> None:
    key = with_mission(government)
    page = mission.get(f"/cases/{key}/confirm")
    answers = [mission.submit(page) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert [row.action for row in rows_of(app, HistoryEntry, key)].count("confirm_request") == 1
    stale = mission.submit(page, {"version": "1"})
    assert stale.status_code == 409


def test_a_discarded_draft_loses_its_content_and_keeps_its_row(
    app: Flask, government: Government, focal: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor, "Secret plan")
    page = focal.get(f"/cases/{key}/discard")
    assert focal.submit(page, follow_redirects=True).request.path == "/home"
    case = case_of(app, key)
    assert (case.state, case.title, case.number) == (State.DISCARDED, None, None)
    assert [rows_of(app, model, key) for model in (DraftTask, ConsentRecord)] == [[], []]
    assert "Secret plan" not in focal.get(f"/cases/{key}").get_data(as_text=True)


def test_withdrawing_notes_the_costs(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = sent(government)
    page = focal.get(f"/cases/{key}/withdraw")
    assert errors(focal.submit(page)) == {"committed_costs": "Enter an answer"}
    done = focal.submit(page, {"committed_costs": "none", "reason": "No longer needed"}, follow_redirects=True)
    assert "No longer needed" in words(done)
    assert case_of(app, key).state is State.WITHDRAWN
    assert focal.get(f"/cases/{key}/withdraw").status_code == 302


def test_only_the_drafter_or_the_mission_withdraws(
    app: Flask, government: Government, new_client: Callable[[], InspectedClient], mission: InspectedClient
) -> None:
    key = sent(government)
    other = make_person(app, Role.FOCAL_POINT, name="Otto Other", state=government.state)
    client = new_client()
    sign_in(client, other.email)
    assert client.get(f"/cases/{key}/withdraw").status_code == 302
    page = mission.get(f"/cases/{key}/withdraw")
    assert client.get(f"/cases/{key}").status_code == 200
    assert mission.submit(page, {"committed_costs": "none"}).status_code == 303
    assert case_of(app, key).state is State.WITHDRAWN
