"""Returning a request with questions: rows without JavaScript, rounds, the due date, what the State then has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.models import CaseQuestion, HistoryPayload
from app.foundation.db import write_transaction
from app.foundation.db.scope import scope_of
from app.requests.answering import answer_questions, open_round
from app.requests.commands import AnswerQuestions
from app.triage.models import ScreeningCheck
from app.triage.queue_page import last_day
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import LimitKey, Party, State
from app.workflow.workdays import WorkCalendar
from tests.support.accounts import mails
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.screening import Branch, case_of, make_branch, rows_of, submitted

FORM = "main .narrow form"


@pytest.fixture
def branch(app: Flask, clock: StoppedClock) -> Branch:
    return make_branch(app)


@pytest.fixture
def intake(branch: Branch, client: InspectedClient) -> InspectedClient:
    sign_in(client, branch.intake.email)
    return client


@pytest.fixture
def key(branch: Branch, intake: InspectedClient) -> str:
    """A request in screening."""
    found = submitted(branch)
    assert intake.submit(intake.get(f"/cases/{found}"), form="form[action$='/take-up']").status_code == 303
    return found


def soup(page: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(page.get_data(as_text=True), "html.parser")


def page_of(client: InspectedClient, key: str) -> TestResponse:
    return client.get(f"/cases/{key}/return-for-information")


def test_rows_are_added_without_javascript_and_nothing_typed_is_lost(
    branch: Branch, intake: InspectedClient, key: str
) -> None:
    first = {"questions-0-field_path": "need.problem", "questions-0-text": "Which articles?\nAll?"}
    page = intake.submit(page_of(intake, key), first, form=FORM, button="add")
    assert page.status_code == 200
    assert soup(page).select_one("#questions-0-text").get_text().strip() == "Which articles?\nAll?"  # type: ignore[union-attr]
    page = intake.submit(page, {"questions-1-field_path": "other"}, form=FORM, button="add")
    assert len(soup(page).select("textarea")) == 3
    assert case_of(branch.app, key).state is State.SCREENING
    answer = intake.submit(page, {"questions-1-text": "Who translates?"}, form=FORM)
    assert (answer.status_code, answer.location) == (303, f"/cases/{key}")
    asked = rows_of(branch.app, CaseQuestion, key)
    assert [(one.round, one.field_path, one.text, one.answered_at) for one in asked] == [
        (1, "need.problem", "Which articles?\nAll?", None),
        (1, "other", "Who translates?", None),
    ]
    assert all(one.asked_by_id == branch.intake.id and one.blocking for one in asked)


def test_the_state_has_it_by_the_day_that_the_page_announced(branch: Branch, intake: InspectedClient, key: str) -> None:
    page = page_of(intake, key)
    announced = [str(one["datetime"]) for one in soup(page).select("main .narrow time")]
    # Twenty working days after Monday 2 March 2026 in the State's own week.
    assert announced == ["2026-03-30"]
    intake.submit(page, {"questions-0-field_path": "other", "questions-0-text": "Why now?"}, form=FORM)
    case = case_of(branch.app, key)
    assert (case.state, case.holder, case.due_key, case.paused) == (
        State.RETURNED, Party.STATE, LimitKey.ANSWER, True,
    )  # fmt: skip
    assert last_day(case.due_at, WorkCalendar("state", "Africa/Nairobi")) == date(2026, 3, 30)
    assert mails(branch.app, branch.focal.id)[-1] == "case.questions"
    payload = rows_of(branch.app, HistoryPayload, key)[-1].payload
    assert [question["text"] for question in payload["questions"]] == ["Why now?"]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, {"questions-0-field_path", "questions-0-text"}),
        ({"questions-0-field_path": "other"}, {"questions-0-text"}),
        ({"questions-0-text": "Why?"}, {"questions-0-field_path"}),
        ({"questions-0-field_path": "who.password", "questions-0-text": "Why?"}, {"questions-0-field_path"}),
        ({"questions-0-field_path": "other", "questions-0-text": "x" * 2001}, {"questions-0-text"}),
        ({"questions-0-field_path": "other", "questions-0-text": "a\x00b"}, {"questions-0-text"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    branch: Branch, intake: InspectedClient, key: str, values: dict[str, str], wrong: set[str]
) -> None:
    page = intake.submit(page_of(intake, key), values, form=FORM)
    assert page.status_code == 422
    assert {str(tag["id"]).removesuffix("-error") for tag in soup(page).select("main .err")} == wrong
    links = {str(link["href"]).removeprefix("#") for link in soup(page).select(".errsum a")}
    assert links == wrong
    for name, value in values.items():
        if name.endswith("text"):
            assert soup(page).select_one(f"#{name}").get_text().strip() == value  # type: ignore[union-attr]
    assert rows_of(branch.app, CaseQuestion, key) == []
    assert case_of(branch.app, key).state is State.SCREENING


def test_an_empty_row_between_others_is_left_out(branch: Branch, intake: InspectedClient, key: str) -> None:
    page = page_of(intake, key)
    for _ in range(2):
        page = intake.submit(page, form=FORM, button="add")
    values = {
        "questions-0-field_path": "other", "questions-0-text": "One?",
        "questions-2-field_path": "other", "questions-2-text": "",
    }  # fmt: skip
    page = intake.submit(page, values, form=FORM)
    assert page.status_code == 422
    assert len(soup(page).select("main .err")) == 1
    assert intake.submit(page, {"questions-2-text": "Two?"}, form=FORM).status_code == 303
    assert [one.text for one in rows_of(branch.app, CaseQuestion, key)] == ["One?", "Two?"]


def test_somebody_was_faster_and_the_questions_are_kept(
    branch: Branch, intake: InspectedClient, key: str, new_client: Callable[[], InspectedClient]
) -> None:
    stale = page_of(intake, key)
    other = new_client()
    sign_in(other, branch.intake.email)
    assert (
        other.submit(other.get(f"/cases/{key}/assign"), {"officer": branch.officer.key}, form=FORM).status_code == 303
    )
    late = intake.submit(stale, {"questions-0-field_path": "other", "questions-0-text": "A long question"}, form=FORM)
    assert late.status_code == 409
    assert "A long question" in late.get_data(as_text=True)
    assert rows_of(branch.app, CaseQuestion, key) == []


def test_a_second_round_counts_on_and_the_checks_must_be_confirmed(
    branch: Branch, intake: InspectedClient, key: str, clock: StoppedClock
) -> None:
    page = intake.get(f"/cases/{key}/screening")
    everything = {f"e{number}-passed": "true" for number in range(1, 9)}
    intake.submit(page, {**everything, "e3-remark": "Paragraph 5"}, form="form[data-unsaved]")
    ask = {"questions-0-field_path": "other", "questions-0-text": "Why?"}
    intake.submit(page_of(intake, key), ask, form=FORM)
    clock.move(minutes=10)
    case = case_of(branch.app, key)
    with branch.app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        asked = open_round(session, case.id)
        answers = [{"question": one.key, "answer": "Because"} for one in asked.questions]
        given = {"key": key, "version": case.version, "seen": asked.mark, "finished": True, "answers": answers}
    with branch.app.app_context():
        command = AnswerQuestions.model_validate(given)
        answer_questions(branch.focal.actor, command)
    accept = intake.get(f"/cases/{key}/accept").get_data(as_text=True)
    assert "All eight eligibility checks" in accept
    page = intake.get(f"/cases/{key}/screening")
    assert page.get_data(as_text=True).count("save to confirm") == 8
    assert intake.submit(page, form="form[data-unsaved]").status_code == 303
    confirmed = [row for row in rows_of(branch.app, ScreeningCheck, key) if row.superseded_at is None]
    assert {(row.version, row.passed) for row in confirmed} == {(2, True)}
    assert "All eight eligibility checks" not in intake.get(f"/cases/{key}/accept").get_data(as_text=True)
    intake.submit(page_of(intake, key), ask, form=FORM)
    assert [one.round for one in rows_of(branch.app, CaseQuestion, key)] == [1, 2]
