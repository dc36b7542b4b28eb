"""A draft by its pages: begun, filled in, saved half-way, refused beside the field, shown to nobody else."""

from __future__ import annotations

import pytest
from flask import Flask

from app.casework.models import ConsentRecord, DraftTask
from app.workflow.vocabulary import State
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import (
    NEED,
    RIGHTS,
    WHO,
    Government,
    errors,
    fill_in,
    make_government,
    new_draft,
    soup,
    words,
)
from tests.support.screening import case_of, rows_of


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def focal(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.focal.email)
    return client


def page_of(key: str, task: str) -> str:
    return f"/cases/{key}/tasks/{task}"


def task_of(app: Flask, key: str, task: str) -> DraftTask:
    return next(row for row in rows_of(app, DraftTask, key) if row.task == task)


def test_a_request_begins_on_its_start_page(app: Flask, government: Government, focal: InspectedClient) -> None:
    begun = focal.submit(focal.get("/requests/new"))
    assert begun.status_code == 303
    key = begun.headers["Location"].split("/")[-2]
    case = case_of(app, key)
    assert (case.state, case.drafted_by_id, case.number) == (State.DRAFT, government.focal.id, None)
    tasks = focal.get(begun.headers["Location"])
    assert [one.get_text(strip=True) for one in soup(tasks).select(".tasks .st")] == [
        "Not started", "Not started", "Optional", "Cannot start yet", "Optional", "Not started", "Not started",
        "Not ready yet",
    ]  # fmt: skip


def test_the_start_button_pressed_twice_begins_one_draft(app: Flask, focal: InspectedClient) -> None:
    page = focal.get("/requests/new")
    first, second = focal.submit(page), focal.submit(page)
    assert first.headers["Location"] == second.headers["Location"]


def test_the_contact_comes_from_the_account(government: Government, focal: InspectedClient) -> None:
    key = new_draft(government.app, government.focal.actor)
    page = soup(focal.get(page_of(key, "who")))
    assert page.find(id="contact-name")["value"] == government.focal.name  # type: ignore[index]
    assert page.find(id="contact-email")["value"] == government.focal.email  # type: ignore[index]


def test_every_task_filled_in_makes_the_draft_ready(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = new_draft(app, government.focal.actor)
    fill_in(focal, government.focal.actor, key)
    listed = words(focal.get(f"/cases/{key}/tasks"))
    assert listed.count("Complete") == 6
    assert f"Last saved by {government.focal.name}" in listed
    case = case_of(app, key)
    assert (case.title, case.lang) == ("Review of a draft law", "fr")
    assert task_of(app, key, "need").data["problem"] == "The draft law\n\ndoes not yet cover financing."
    assert focal.get(f"/cases/{key}/check").status_code == 200


def test_save_and_continue_says_beside_each_field_what_is_missing(
    government: Government, focal: InspectedClient
) -> None:
    key = new_draft(government.app, government.focal.actor)
    answer = focal.submit(focal.get(page_of(key, "need")), {"problem": "Kept in the page"})
    assert answer.status_code == 422
    assert errors(answer) == {
        "title": "Enter a short title for the request",
        "types-0": "Choose at least one type of assistance",
    }
    assert "Kept in the page" in words(answer)
    assert rows_of(government.app, DraftTask, key) == []


@pytest.mark.parametrize(
    ("task", "values", "expected"),
    [
        ("who", {"contact-email": "nobody"}, {"contact-email"}),
        ("who", {"beneficiaries-0-name": "", "beneficiaries-0-kind": ""}, {"beneficiaries-group"}),
        ("who", {"beneficiaries-0-kind": "made_up"}, {"beneficiaries-0-kind"}),
        ("need", {"title": "x" * 161}, {"title"}),
        ("need", {"types": ["made_up"]}, {"types-0"}),
        ("need", {"types": ["follow_up"]}, {"types-0"}),
        ("need", {"problem": "bell \x07"}, {"problem"}),
        ("need", {"urgency": "urgent"}, {"urgency_trigger"}),
        (
            "need",
            {"urgency_date-day": "31", "urgency_date-month": "2", "urgency_date-year": "2027"},
            {"urgency_date-day"},
        ),
        ("rights", {"q2-answer": "no"}, {"q2-remark"}),
        ("consents", {"ctc": "no"}, {"ctc-0"}),
        ("consents", {"ctc": "yes", "partners": "listed"}, {"partners_listed"}),
    ],
)
def test_a_wrong_answer_is_refused_beside_its_field(
    government: Government, focal: InspectedClient, task: str, values: dict[str, str], expected: set[str]
) -> None:
    key = new_draft(government.app, government.focal.actor)
    good = {"who": WHO, "need": NEED, "rights": RIGHTS, "consents": {}}[task]
    answer = focal.submit(focal.get(page_of(key, task)), {**good, **values})
    assert answer.status_code == 422
    assert set(errors(answer)) == expected
    assert rows_of(government.app, DraftTask, key) == []


def test_save_and_come_back_later_keeps_what_there_is(
    app: Flask, government: Government, focal: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor)
    saved = focal.submit(focal.get(page_of(key, "need")), {"title": "Half", "urgency": "urgent"}, button="later")
    assert saved.headers["Location"].endswith(f"/cases/{key}/tasks")
    assert "In progress" in words(focal.get(saved.headers["Location"]))
    assert soup(focal.get(page_of(key, "need"))).find(id="title")["value"] == "Half"  # type: ignore[index]
    assert case_of(app, key).title == "Half"


def test_later_still_refuses_what_is_wrong(government: Government, focal: InspectedClient) -> None:
    key = new_draft(government.app, government.focal.actor)
    answer = focal.submit(focal.get(page_of(key, "need")), {"title": "x" * 161}, button="later")
    assert answer.status_code == 422
    assert errors(answer) == {"title": "Use at most 160 characters"}


def test_rows_are_added_and_removed_without_a_script(
    app: Flask, government: Government, focal: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor)
    more = focal.submit(focal.get(page_of(key, "who")), WHO, button="add")
    assert more.status_code == 200
    row = {"beneficiaries-1-name": "Supreme Court", "beneficiaries-1-kind": "courts"}
    assert focal.submit(more, row).status_code == 303
    assert len(task_of(app, key, "who").data["beneficiaries"]) == 2
    fewer = focal.submit(focal.get(page_of(key, "who")), {"beneficiaries-0-remove": "y"})
    assert fewer.status_code == 303
    assert [one["name"] for one in task_of(app, key, "who").data["beneficiaries"]] == ["Supreme Court"]


def test_an_error_in_a_row_stands_in_that_row(government: Government, focal: InspectedClient) -> None:
    key = new_draft(government.app, government.focal.actor)
    blank_first = {**WHO, "beneficiaries-0-name": "", "beneficiaries-0-kind": ""}
    more = focal.submit(focal.get(page_of(key, "who")), WHO, button="add")
    answer = focal.submit(more, {**blank_first, "beneficiaries-1-name": "Supreme Court"})
    assert errors(answer) == {"beneficiaries-0-kind": "Choose what kind of institution it is"}


def test_tools_alone_ask_for_one_confirmation(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = new_draft(app, government.focal.actor)
    focal.submit(focal.get(page_of(key, "need")), {**NEED, "types": ["tools", "online_course"]})
    page = focal.get(page_of(key, "rights"))
    assert errors(focal.submit(page)) == {"confirmed": "Tick the box to confirm"}
    assert focal.submit(page, {"confirmed": "y"}).status_code == 303
    focal.submit(focal.get(page_of(key, "need")), NEED)
    assert soup(focal.get(page_of(key, "rights"))).find(id="q1-answer-0") is not None


def test_consents_are_dated_and_withdrawn(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = new_draft(app, government.focal.actor)
    focal.submit(focal.get(page_of(key, "consents")), {"ctc": "yes", "public_summary": "yes"})
    focal.submit(focal.get(page_of(key, "consents")), {"ctc": "no", "public_summary": "yes"}, button="later")
    records = rows_of(app, ConsentRecord, key)
    assert [(one.kind, one.given_by_id, one.withdrawn_at is None) for one in records] == [
        ("ctc", government.focal.id, False),
        ("public_summary", government.focal.id, True),
    ]


def test_a_draft_of_another_state_does_not_exist(app: Flask, government: Government, focal: InspectedClient) -> None:
    other = make_government(app, "XTB", "Borealia")
    key = new_draft(app, other.focal.actor, "Not yours")
    for path in ("tasks", "tasks/who", "check", "sent", "discard", "answer", "return_to_draft", "withdraw", "revive"):
        foreign, absent = focal.get(f"/cases/{key}/{path}"), focal.get(f"/cases/{'0' * 12}/{path}")
        assert (foreign.status_code, absent.status_code) == (404, 404), path
        assert words(foreign) == words(absent)
    page = focal.get(page_of(new_draft(app, government.focal.actor), "need"))
    posted = focal.post(page_of(key, "need"), data=_data(page, **NEED))
    assert posted.status_code == 404
    assert case_of(app, key).title == "Not yours"


def test_an_unknown_task_does_not_exist(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = new_draft(app, government.focal.actor)
    assert focal.get(page_of(key, "money")).status_code == 404


def _data(page: object, **values: object) -> dict[str, object]:
    form = soup(page).select_one("main form[method=post]")  # type: ignore[arg-type]
    assert form is not None
    hidden = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
    return {**hidden, **values}
