"""Taking up, assigning, accepting, letting lapse: by their pages, with their guards, histories, notices and cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.casework.models import CaseReminder, HistoryEntry
from app.casework.projection import compare
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import bind_scope, scope_of
from app.triage.models import ScreeningCheck
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import EligibilityCheck, LimitKey, Party, Role, State
from tests.support.accounts import mails, make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.screening import Branch, case_of, fill_queue, make_branch, rows_of, submitted

ALL_PASS = {f"{check.value}-passed": "true" for check in EligibilityCheck}
ASK = {"questions-0-field_path": "need.problem", "questions-0-text": "Which articles?"}


@pytest.fixture
def branch(app: Flask, clock: StoppedClock) -> Branch:
    return make_branch(app)


@pytest.fixture
def intake(branch: Branch, client: InspectedClient) -> InspectedClient:
    sign_in(client, branch.intake.email)
    return client


def soup(page: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


def take_up(client: InspectedClient, key: str) -> TestResponse:
    return client.submit(client.get(f"/cases/{key}"), form="form[action$='/take-up']")


def judge_all(client: InspectedClient, key: str) -> None:
    page = client.get(f"/cases/{key}/screening")
    assert client.submit(page, ALL_PASS, form="form[data-unsaved]").status_code == 303


def act(client: InspectedClient, key: str, action: str, values: dict[str, str] | None = None) -> TestResponse:
    return client.submit(client.get(f"/cases/{key}/{action}"), values, form="main .narrow form")


def history(app: Flask, key: str) -> list[str]:
    return [row.action for row in rows_of(app, HistoryEntry, key)]


def codes(app: Flask, user_id: int) -> list[str]:
    return [code for code in mails(app, user_id) if code.startswith("case.")]


def projections_agree(app: Flask, key: str) -> None:
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(SYSTEM))
        assert compare(session, case_of(app, key)) == []


def test_take_up_is_one_click(branch: Branch, intake: InspectedClient) -> None:
    key = submitted(branch)
    answer = take_up(intake, key)
    assert (answer.status_code, answer.location) == (303, f"/cases/{key}/screening")
    case = case_of(branch.app, key)
    assert (case.state, case.holder, case.due_key) == (State.SCREENING, Party.TPB, LimitKey.SCREEN)
    assert history(branch.app, key)[-1] == "take_up"
    assert codes(branch.app, branch.focal.id)[-1] == "case.taken_up"
    projections_agree(branch.app, key)


def test_a_page_that_is_out_of_date_takes_nothing_up(branch: Branch, intake: InspectedClient) -> None:
    key = submitted(branch)
    stale = intake.get(f"/cases/{key}")
    take_up(intake, key)
    assert intake.submit(stale, form="form[action$='/take-up']").status_code == 409
    assert history(branch.app, key).count("take_up") == 1


def test_the_same_form_sent_twice_acts_once(branch: Branch, intake: InspectedClient) -> None:
    key = submitted(branch)
    page = intake.get(f"/cases/{key}")
    form = "form[action$='/take-up']"
    assert [intake.submit(page, form=form).status_code for _ in range(2)] == [303, 303]
    assert history(branch.app, key).count("take_up") == 1


@pytest.mark.parametrize(("version", "status"), [("", 422), ("x", 422), ("0", 409)])
def test_a_step_without_the_version_that_was_shown_is_refused(
    branch: Branch, intake: InspectedClient, version: str, status: int
) -> None:
    key = submitted(branch)
    page = intake.get(f"/cases/{key}")
    assert intake.submit(page, {"version": version}, form="form[action$='/take-up']").status_code == status
    assert case_of(branch.app, key).state is State.SUBMITTED


def test_acceptance_may_name_the_officer(branch: Branch, intake: InspectedClient) -> None:
    key = submitted(branch)
    take_up(intake, key)
    judge_all(intake, key)
    answer = act(intake, key, "accept", {"officer": branch.officer.key})
    assert (answer.status_code, answer.location) == (303, f"/cases/{key}")
    case = case_of(branch.app, key)
    assert (case.state, case.officer_id, case.due_key) == (State.IN_REVIEW, branch.officer.id, LimitKey.ASSESS)
    assert history(branch.app, key)[-2:] == ["take_up", "accept"]
    assert codes(branch.app, branch.officer.id) == ["case.yours_to_assess"]
    assert codes(branch.app, branch.focal.id)[-1] == "case.accepted"
    projections_agree(branch.app, key)


def test_acceptance_shows_what_stands_in_the_way_and_assigns_nobody(branch: Branch, intake: InspectedClient) -> None:
    key = submitted(branch)
    take_up(intake, key)
    page = intake.get(f"/cases/{key}/accept")
    button = soup(page).select_one("main .narrow form button[aria-disabled=true]")
    assert button is not None
    assert "All eight eligibility checks" in page.get_data(as_text=True)
    assert "Assign a case officer first" not in soup(page).select_one("main .narrow").get_text()  # type: ignore[union-attr]
    ready = page.get_data(as_text=True).replace('type="button" class="btn quiet" aria-disabled="true"', "")
    page.set_data(ready)
    refused = intake.submit(page, {"officer": branch.officer.key}, form="main .narrow form")
    assert refused.status_code == 422
    case = case_of(branch.app, key)
    assert (case.state, case.officer_id) == (State.SCREENING, None)
    assert history(branch.app, key)[-1] == "take_up"


def test_one_check_that_does_not_pass_keeps_a_request_from_acceptance(branch: Branch, intake: InspectedClient) -> None:
    key = submitted(branch)
    take_up(intake, key)
    page = intake.get(f"/cases/{key}/accept")
    judge_all(intake, key)
    ready = intake.get(f"/cases/{key}/accept")
    assert soup(ready).select_one("main .narrow form button[aria-disabled=true]") is None
    page = intake.get(f"/cases/{key}/screening")
    intake.submit(page, {"e6-passed": "false", "e6-remark": "Same as another"}, form="form[data-unsaved]")
    refused = intake.submit(ready, {"officer": branch.officer.key}, form="main .narrow form")
    assert refused.status_code == 422
    assert case_of(branch.app, key).state is State.SCREENING


@pytest.mark.parametrize("officer", ["", "nobody", "0123456789ab"])
def test_nobody_else_than_a_case_officer_gets_a_request(branch: Branch, intake: InspectedClient, officer: str) -> None:
    key = submitted(branch)
    for choice in (officer, branch.intake.key if officer == "nobody" else officer):
        page = intake.get(f"/cases/{key}/assign")
        refused = intake.submit(page, {"officer": choice}, form="main .narrow form")
        assert refused.status_code == 422
        assert soup(refused).select_one("#officer-error") is not None
    assert case_of(branch.app, key).officer_id is None


def test_an_officer_who_left_is_not_offered(branch: Branch, intake: InspectedClient) -> None:
    key = submitted(branch)
    gone = make_person(branch.app, Role.CASE_OFFICER, name="Gone Officer")
    page = intake.get(f"/cases/{key}/assign")
    with branch.app.app_context(), write_transaction(None) as session:
        session.execute(update(User).where(User.id == gone.id).values(active=False))
    assert intake.submit(page, {"officer": gone.key}, form="main .narrow form").status_code == 422
    assert gone.key not in intake.get(f"/cases/{key}/assign").get_data(as_text=True)


def test_reassignment_tells_both_officers(branch: Branch, new_client: Callable[[], InspectedClient]) -> None:
    key = submitted(branch)
    second = make_person(branch.app, Role.CASE_OFFICER, name="Sera Officer")
    fill_queue(branch.app, branch.state, [{"officer_id": second.id}] * 3)
    for role, officer in ((Role.MANAGER, branch.officer), (Role.BRANCH_CHIEF, second)):
        client = new_client()
        sign_in(client, branch.person(role).email)
        page = client.get(f"/cases/{key}/assign")
        assert "Sera Officer – open requests: 3" in page.get_data(as_text=True)
        assert client.submit(page, {"officer": officer.key}, form="main .narrow form").status_code == 303
    assert case_of(branch.app, key).officer_id == second.id
    assert codes(branch.app, branch.officer.id) == ["case.assigned", "case.unassigned"]
    assert codes(branch.app, second.id) == ["case.assigned"]
    again = client.get(f"/cases/{key}/assign")
    same = client.submit(again, {"officer": second.key}, form="main .narrow form")
    assert same.status_code == 422
    assert "has the request already" in same.get_data(as_text=True)
    assert history(branch.app, key).count("assign") == 2


def test_a_request_lapses_only_after_the_limit_and_two_delivered_reminders(
    branch: Branch, intake: InspectedClient, clock: StoppedClock
) -> None:
    key = submitted(branch)
    take_up(intake, key)
    act(intake, key, "return-for-information", ASK)
    page = intake.get(f"/cases/{key}/lapse-unanswered")
    assert "has not run out yet" in page.get_data(as_text=True)
    assert soup(page).select_one("main .narrow form button[aria-disabled=true]") is not None
    clock.set(datetime(2026, 5, 15, 9, tzinfo=UTC))
    sign_in(intake, branch.intake.email)
    page = intake.get(f"/cases/{key}/lapse-unanswered")
    assert "Two reminders must have been delivered" in page.get_data(as_text=True)
    assert case_of(branch.app, key).state is State.RETURNED


def remind(app: Flask, key: str) -> None:
    """Two reminders of the answer that were delivered."""
    case = case_of(app, key)
    with app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        for number in (1, 2):
            session.add(
                CaseReminder(
                    case_id=case.id, state_id=case.state_id, limit_key=LimitKey.ANSWER, number=number,
                    starts_at=case.state_since, code="case.reminder", sent_at=case.state_since + timedelta(days=number),
                    delivered_at=case.state_since + timedelta(days=number),
                )
            )  # fmt: skip


ALLOWED_ROLES = {
    "take-up": {Role.INTAKE_OFFICER},
    "screening": {Role.INTAKE_OFFICER},
    "return-for-information": {Role.INTAKE_OFFICER},
    "accept": {Role.INTAKE_OFFICER},
    "lapse-unanswered": {Role.INTAKE_OFFICER},
    "assign": {Role.INTAKE_OFFICER, Role.MANAGER, Role.BRANCH_CHIEF},
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_who_may_not_act_is_refused_and_nothing_changes(branch: Branch, client: InspectedClient, role: Role) -> None:
    key = submitted(branch)
    state = branch.state if role in {Role.FOCAL_POINT, Role.MISSION} else None
    sign_in(client, make_person(branch.app, role, name="Some Body", state=state).email)
    token = soup(client.get("/", follow_redirects=True)).select_one("input[name=csrf_token]")
    assert token is not None
    for action, allowed in ALLOWED_ROLES.items():
        if role in allowed:
            continue
        data = {"csrf_token": str(token["value"]), "_key": f"{role}{action}", "version": "1"}
        answer = client.post(f"/cases/{key}/{action}", data=data)
        assert answer.status_code == 403, action
        reads = action == "screening" and role not in {
            Role.FOCAL_POINT, Role.MISSION, Role.CTC_LIAISON, Role.OLA_LIAISON, Role.ADMINISTRATOR,
        }  # fmt: skip
        if action != "take-up":
            assert client.get(f"/cases/{key}/{action}").status_code == (200 if reads else 403), action
    assert case_of(branch.app, key).state is State.SUBMITTED
    assert rows_of(branch.app, ScreeningCheck, key) == []


@pytest.mark.parametrize("action", ["screening", "return-for-information", "accept", "assign", "lapse-unanswered"])
def test_what_is_not_there_and_what_is_still_a_draft_answer_alike(
    branch: Branch, intake: InspectedClient, action: str
) -> None:
    from app.requests.commands import DraftRequest
    from app.requests.drafting import draft_request

    with branch.app.app_context():
        draft = draft_request(branch.focal.actor, DraftRequest()).key
    token = soup(intake.get("/queue")).select_one("input[name=csrf_token]")
    assert token is not None
    for key in (draft, "0123456789ab", "x"):
        assert intake.get(f"/cases/{key}/{action}").status_code == 404
        data = {"csrf_token": str(token["value"]), "_key": f"{key}{action}", "version": "1", **ASK, "officer": "x"}
        assert intake.post(f"/cases/{key}/{action}", data=data).status_code == 404


@pytest.mark.parametrize("action", ["return-for-information", "accept", "lapse-unanswered"])
def test_a_step_that_the_state_of_the_case_does_not_have_is_not_offered(
    branch: Branch, intake: InspectedClient, action: str
) -> None:
    key = submitted(branch)
    assert intake.get(f"/cases/{key}/{action}").status_code == 403


def test_every_step_costs_at_most_fourteen_statements(
    branch: Branch, intake: InspectedClient, clock: StoppedClock, statements: Callable[..., Any]
) -> None:
    make_person(branch.app, Role.MISSION, name="Mia Mission", state=branch.state)
    key = submitted(branch)
    seen = {}

    def counted(name: str, path: str, form: str, values: dict[str, str] | None = None) -> None:
        page = intake.get(f"/cases/{key}{path}")
        with statements() as found:
            assert intake.submit(page, values, form=form).status_code == 303, name
        seen[name] = found

    counted("take_up", "", "form[action$='/take-up']")
    counted("assign", "/assign", "main .narrow form", {"officer": branch.officer.key})
    judge_all(intake, key)
    counted("accept", "/accept", "main .narrow form")
    key = submitted(branch)
    take_up(intake, key)
    counted("return", "/return-for-information", "main .narrow form", ASK)
    remind(branch.app, key)
    clock.set(datetime(2026, 5, 15, 9, tzinfo=UTC))
    sign_in(intake, branch.intake.email)
    counted("lapse", "/lapse-unanswered", "main .narrow form")
    assert case_of(branch.app, key).state is State.LAPSED
    for found in seen.values():
        found.at_most(14)
