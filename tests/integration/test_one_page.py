"""A tool or a course on one page: nine inputs at most, the rules of the tasks, one transaction."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.content import missing_fields
from app.casework.models import AssistanceRequest, CaseRevision, ConsentRecord, DraftTask
from app.workflow.vocabulary import Role, State
from tests.factories.one_page import TYPED
from tests.factories.reading import count_of, rows, standing
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import Government, errors, make_government, new_draft, soup, words
from tests.support.people import PASSWORD
from tests.support.screening import case_of, rows_of

GOOD = TYPED
TOOL = TYPED["tool"]


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def focal(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.focal.email)
    return client


def inputs(page: TestResponse) -> set[str]:
    """The names of the visible inputs: a group of boxes or of answers is one."""
    form = soup(page).select_one("main form[method=post]")
    assert form is not None
    return {str(one["name"]) for one in form.select("input:not([type=hidden]), select, textarea")}


def key_of(answer: TestResponse) -> str:
    assert answer.status_code == 303, errors(answer)
    return answer.location.split("/cases/")[1].split("/")[0]


def answers_of(app: Flask, key: str) -> dict[str, dict[str, Any]]:
    return {row.task: row.data for row in rows_of(app, DraftTask, key)}


def saved_draft(client: InspectedClient, subject: str = "tool", **other: Any) -> str:
    page = client.get(f"/requests/new/{subject}")
    return key_of(client.submit(page, {**GOOD[subject], **other}, button="later"))


def test_the_start_page_offers_both_ways_with_their_time(focal: InspectedClient) -> None:
    page = soup(focal.get("/requests/new?instrument=NUCLEAR_TERRORISM_2005"))
    one, seven = page.select("main section.card")
    assert "One page, about 5 minutes" in one.get_text(" ", strip=True)
    assert [link["href"] for link in one.select("a")] == ["/library", "/requests/new/tool", "/requests/new/course"]
    assert "Seven tasks, about 30 minutes" in seven.get_text(" ", strip=True)
    assert seven.select_one("form[method=post]") is not None


@pytest.mark.parametrize("subject", ["tool", "course"])
def test_it_has_at_most_nine_inputs_and_submission_needs_each(
    app: Flask, government: Government, focal: InspectedClient, subject: str
) -> None:
    page = focal.get(f"/requests/new/{subject}")
    assert inputs(page) == set(GOOD[subject])
    assert len(inputs(page)) <= 9
    known = words(page)
    for shown in (government.focal.name, government.focal.email, "Focal point", "Aurelia", "English"):
        assert shown in known, shown
    key = key_of(focal.submit(page, GOOD[subject], button="later"))
    draft = focal.get(f"/cases/{key}/one-page/{subject}")
    assert inputs(draft) == set(GOOD[subject])
    assert missing_fields(answers_of(app, key)) == ()


@pytest.mark.parametrize(
    ("subject", "title", "types", "details"),
    [
        (
            "tool",
            f"Published tool: {TOOL['tool']}",
            ["tools"],
            {"tools": {"items": [{"tool": TOOL["tool"], "language": "ar", "copies": 25}]}},
        ),
        (
            "course",
            "Online course: Evidence · Human rights and fair trial",
            ["online_course"],
            {
                "training": {
                    "professions": [{"profession": "judges", "number": 12, "level": "basic"}],
                    "topics": ["evidence", "fair_trial"],
                }
            },
        ),
    ],
)
def test_one_button_begins_saves_and_sends(
    app: Flask,
    government: Government,
    focal: InspectedClient,
    subject: str,
    title: str,
    types: list[str],
    details: dict[str, Any],
) -> None:
    sent = focal.submit(focal.get(f"/requests/new/{subject}"), GOOD[subject], button="send_to_mission")
    key = key_of(sent)
    assert "Sent to your Permanent Mission" in words(focal.get(sent.location))
    case = case_of(app, key)
    assert (case.state, case.title, case.lang) == (State.AWAITING_MISSION, title, "en")
    assert standing(app, key).history == ("draft_request", "edit_draft", "send_to_mission")
    stored = answers_of(app, key)
    assert (stored["need"]["types"], stored["details"]) == (types, details)
    assert stored["who"]["beneficiaries"] == [{"name": GOOD[subject]["beneficiary"], "kind": "courts"}]
    assert [(one.kind, one.given_by_id) for one in rows_of(app, ConsentRecord, key)] == [("ctc", government.focal.id)]


def test_whom_the_mission_lets_submit_alone_gets_the_number(
    app: Flask, government: Government, client: InspectedClient
) -> None:
    alone = make_person(app, Role.FOCAL_POINT, name="Sam Alone", state=government.state, may_submit=True)
    sign_in(client, alone.email)
    page = client.get("/requests/new/tool")
    offered = [one["value"] for one in soup(page).select("button[name=step]")]
    assert offered == ["who", "send_to_mission", "submit", "later"]
    receipt = client.submit(page, TOOL, button="submit", follow_redirects=True)
    assert "TPB-2026-0001" in words(receipt)
    (revision,) = rows_of(app, CaseRevision, case_of(app, receipt.request.path.split("/")[2]).key)
    assert missing_fields(revision.data) == ()


def test_the_mission_submits_and_nobody_sends_what_they_may_not(
    app: Flask, government: Government, focal: InspectedClient, client: InspectedClient
) -> None:
    page = focal.get("/requests/new/tool")
    assert [one["value"] for one in soup(page).select("button[name=step]")] == ["who", "send_to_mission", "later"]
    form = soup(page).select_one("main form[method=post]")
    assert isinstance(form, Tag)
    hidden = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    assert focal.post("/requests/new/tool", data={**hidden, **TOOL, "step": "submit"}).status_code == 403
    assert count_of(app, AssistanceRequest) == 0


def test_everything_that_is_missing_is_said_beside_its_input(app: Flask, focal: InspectedClient) -> None:
    blank = {"language": ""}
    assert errors(focal.submit(focal.get("/requests/new/tool"), blank, button="send_to_mission")) == {
        "tool": "Name the guide, model law or manual",
        "language": "Choose a language",
        "copies": "Enter how many copies you need",
        "problem": "Describe the problem",
        "beneficiary": "Enter the name of the institution",
        "kind": "Choose what kind of institution it is",
        "confirmed": "Tick the box to confirm",
        "ctc-0": "Say whether we may share the request with the Committee",
    }
    assert errors(focal.submit(focal.get("/requests/new/course"), button="send_to_mission")) == {
        "topics-0": "Choose at least one topic",
        "profession": "Choose a profession",
        "number": "Enter how many people are to be trained",
        "level": "Choose a level",
        "problem": "Describe the problem",
        "beneficiary": "Enter the name of the institution",
        "kind": "Choose what kind of institution it is",
        "confirmed": "Tick the box to confirm",
        "ctc-0": "Say whether we may share the request with the Committee",
    }
    assert count_of(app, AssistanceRequest) == 0


WRONG: dict[str, list[tuple[str, Any]]] = {
    "tool": [
        ("tool", "x" * 201),
        ("tool", "bell \x07"),
        ("language", "made_up"),
        ("copies", "many"),
        ("copies", "0"),
        ("copies", "9" * 30),
        ("problem", "x" * 6001),
        ("beneficiary", "a\0b"),
        ("kind", "made_up"),
    ],
    "course": [("topics", ["made_up"]), ("profession", "made_up"), ("number", "-1"), ("level", "made_up")],
}


@pytest.mark.parametrize("subject", ["tool", "course"])
def test_a_wrong_answer_is_refused_beside_its_input(app: Flask, focal: InspectedClient, subject: str) -> None:
    page = focal.get(f"/requests/new/{subject}")
    for name, value in WRONG[subject]:
        for button in ("send_to_mission", "later"):
            answer = focal.submit(page, {**GOOD[subject], name: value}, button=button)
            assert answer.status_code == 422, (name, value, button)
            assert [place.removesuffix("-0") for place in errors(answer)] == [name], (name, value, button)
            assert GOOD[subject]["problem" if name != "problem" else "beneficiary"][:20] in answer.get_data(
                as_text=True
            )
    assert count_of(app, AssistanceRequest) == 0


@pytest.mark.parametrize("answer", ["no", "maybe"])
def test_without_the_consent_nothing_is_sent(app: Flask, focal: InspectedClient, answer: str) -> None:
    refused = focal.submit(focal.get("/requests/new/tool"), {**TOOL, "ctc": answer}, button="send_to_mission")
    assert (refused.status_code, set(errors(refused))) == (422, {"ctc-0"})
    assert count_of(app, AssistanceRequest) == 0


def test_kept_for_later_it_opens_on_the_one_page_again(
    app: Flask, government: Government, focal: InspectedClient
) -> None:
    page = focal.get("/requests/new/tool")
    saved = focal.submit(page, {"tool": "Guide", "ctc": "no"}, button="later")
    key = key_of(saved)
    assert saved.location.endswith(f"/cases/{key}/one-page/tool")
    assert focal.get(f"/cases/{key}/tasks").location.endswith(f"/cases/{key}/one-page/tool")
    again = focal.get(saved.location)
    assert soup(again).find(id="tool")["value"] == "Guide"  # type: ignore[index]
    assert f"Last saved by {government.focal.name}" in words(again)
    assert case_of(app, key).title == "Published tool: Guide"
    assert focal.submit(again, TOOL, button="send_to_mission").status_code == 303
    case = case_of(app, key)
    assert (case.state, case.title) == (State.AWAITING_MISSION, f"Published tool: {TOOL['tool']}")
    assert focal.get(f"/cases/{key}/one-page/tool", follow_redirects=True).request.path == f"/cases/{key}"


def test_the_contact_and_the_title_change_in_the_full_form_and_the_page_keeps_them(
    app: Flask, focal: InspectedClient
) -> None:
    to_who = focal.submit(focal.get("/requests/new/tool"), TOOL, button="who")
    key = key_of(to_who)
    back = focal.submit(focal.get(to_who.location), {"contact-function": "Counsel"}, follow_redirects=True)
    assert back.request.path == f"/cases/{key}/one-page/tool"
    assert "Counsel" in words(back)
    focal.submit(focal.get(f"/cases/{key}/tasks/need"), {"title": "عنوان جديد"}, button="later")
    page = focal.get(f"/cases/{key}/one-page/tool")
    assert focal.submit(page, {"copies": "3"}, button="send_to_mission").status_code == 303
    stored = answers_of(app, key)
    assert (stored["need"]["title"], stored["who"]["contact"]["function"]) == ("عنوان جديد", "Counsel")
    assert stored["details"]["tools"]["items"][0]["copies"] == 3


def test_a_draft_that_holds_more_opens_in_its_tasks(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = saved_draft(focal)
    for path, values in (
        ("who", {"beneficiaries-0-name": "Supreme Court"}),
        ("need", {"types": ["tools", "mentoring"]}),
    ):
        assert focal.submit(focal.get(f"/cases/{key}/tasks/{path}"), values, button="later").status_code == 303
    assert focal.get(f"/cases/{key}/tasks").status_code == 200
    assert focal.get(f"/cases/{key}/one-page/tool").location.endswith(f"/cases/{key}/tasks")
    begun_in_tasks = new_draft(app, government.focal.actor)
    focal.submit(focal.get(f"/cases/{begun_in_tasks}/tasks/need"), {"types": ["tools"]}, button="later")
    assert focal.get(f"/cases/{begun_in_tasks}/tasks").status_code == 200


def test_the_same_page_sent_twice_makes_one_request(app: Flask, focal: InspectedClient) -> None:
    page = focal.get("/requests/new/tool")
    first, second = (focal.submit(page, TOOL, button="send_to_mission") for _ in range(2))
    assert first.location == second.location
    assert count_of(app, AssistanceRequest) == 1


def test_what_somebody_else_saved_stands_beside_what_was_typed(
    app: Flask, government: Government, focal: InspectedClient, new_client: Any
) -> None:
    key, colleague = saved_draft(focal), new_client()
    sign_in(colleague, make_person(app, Role.FOCAL_POINT, name="Colin Quick", state=government.state).email)
    page = focal.get(f"/cases/{key}/one-page/tool")
    theirs = {"problem": "Theirs"}
    assert colleague.submit(colleague.get(f"/cases/{key}/one-page/tool"), theirs, button="later").status_code == 303
    answer = focal.submit(page, {"problem": "Mine"}, button="send_to_mission")
    assert answer.status_code == 409
    for shown in ("Colin Quick", "Theirs", "Mine", "Saving again replaces it"):
        assert shown in words(answer), shown
    assert answers_of(app, key)["need"]["problem"] == "Theirs"
    assert focal.submit(answer, button="send_to_mission").status_code == 303
    assert answers_of(app, key)["need"]["problem"] == "Mine"


def test_a_draft_that_grew_meanwhile_is_not_thrown_away(app: Flask, focal: InspectedClient) -> None:
    key = saved_draft(focal)
    page = focal.get(f"/cases/{key}/one-page/tool")
    focal.submit(focal.get(f"/cases/{key}/tasks/need"), {"types": ["tools", "mentoring"]}, button="later")
    answer = focal.submit(page, {"problem": "Typed for an hour"}, button="send_to_mission")
    assert answer.status_code == 409
    assert "Typed for an hour" in words(answer)
    assert "The request holds more now than this page shows" in words(answer)
    assert soup(answer).select("button[name=step]") == []
    assert answers_of(app, key)["need"]["types"] == ["tools", "mentoring"]


def test_what_was_typed_survives_the_end_of_the_session(
    app: Flask, government: Government, focal: InspectedClient, clock: StoppedClock
) -> None:
    page = focal.get("/requests/new/tool")
    clock.move(minutes=61)
    ended = focal.submit(page, TOOL, button="send_to_mission")
    signing_in = {"email": government.focal.email, "password": PASSWORD}
    back = focal.submit(focal.get(ended.location), signing_in, follow_redirects=True)
    assert back.request.path == "/requests/new/tool"
    assert count_of(app, AssistanceRequest) == 0
    assert focal.submit(back, button="send_to_mission").status_code == 303
    (case,) = rows(app, select(AssistanceRequest.state, AssistanceRequest.title))
    assert (case.state, case.title) == (State.AWAITING_MISSION, f"Published tool: {TOOL['tool']}")


def test_it_exists_for_the_people_of_its_state_only(
    app: Flask, government: Government, focal: InspectedClient, new_client: Any
) -> None:
    key, stranger = saved_draft(focal), new_client()
    sign_in(stranger, make_government(app, "XTB", "Borealia").focal.email)
    foreign, absent = stranger.get(f"/cases/{key}/one-page/tool"), stranger.get(f"/cases/{'0' * 12}/one-page/tool")
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert words(foreign) == words(absent)
    assert stranger.get("/requests/new/money").status_code == 404
