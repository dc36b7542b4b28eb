"""The eight checks by their page: what the system finds, what officers judge, what they may not, what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest, CaseRevision, ConsentRecord
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import scope_of
from app.triage.models import ScreeningCheck
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import AssistanceType, Channel, EligibilityCheck, Role, State
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.screening import Branch, case_of, fill_queue, invented_state, make_branch, rows_of, submitted

CHECKS = [check.value for check in EligibilityCheck]
ALL_PASS = {f"{check}-passed": "true" for check in CHECKS}


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
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


def checked(page: TestResponse) -> dict[str, str]:
    """The answer that stands ticked, by check."""
    ticked = {str(box["name"]).partition("-")[0]: str(box["value"]) for box in soup(page).select("input[checked]")}
    return {check: ticked.get(check, "") for check in CHECKS}


def error_at(page: TestResponse, field: str) -> str:
    found = soup(page).select_one(f"#{field}-error")
    return found.get_text(" ", strip=True) if isinstance(found, Tag) else ""


def save(client: InspectedClient, key: str, values: dict[str, str], page: TestResponse | None = None) -> TestResponse:
    shown = page or client.get(f"/cases/{key}/screening")
    return client.submit(shown, values, form="form[data-unsaved]")


def in_force(app: Flask, key: str) -> dict[str, ScreeningCheck]:
    return {row.check.value: row for row in rows_of(app, ScreeningCheck, key) if row.superseded_at is None}


def change(app: Flask, model: type[Any], key: str, **values: Any) -> None:
    """Change rows of the case `key` behind the product's back."""
    with app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        column = AssistanceRequest.id if model is AssistanceRequest else model.case_id
        session.execute(update(model).where(column == case_of_id(app, key)).values(**values))


def case_of_id(app: Flask, key: str) -> int:
    return case_of(app, key).id


def test_what_the_system_finds_is_filled_in_and_the_rest_is_left_to_the_officer(
    intake: InspectedClient, key: str
) -> None:
    page = intake.get(f"/cases/{key}/screening")
    assert checked(page) == {
        "e1": "true", "e2": "true", "e3": "", "e4": "", "e5": "true", "e6": "", "e7": "true", "e8": "true",
    }  # fmt: skip
    text = page.get_data(as_text=True)
    assert "Sent through the portal by people of the State." in text
    assert "An invented State of the demo counts as a Member State here." in text
    assert "A law is to be drafted." in text


def test_part_of_the_checks_can_be_saved_and_the_rest_later(branch: Branch, intake: InspectedClient, key: str) -> None:
    answer = save(intake, key, {"e1-passed": "", "e3-passed": "true", "e4-passed": ""})
    assert (answer.status_code, answer.location) == (303, f"/cases/{key}/screening")
    judged = in_force(branch.app, key)
    assert sorted(judged) == ["e2", "e3", "e5", "e7", "e8"]
    assert all(row.passed and row.version == 1 and row.judged_by_id == branch.intake.id for row in judged.values())
    assert save(intake, key, ALL_PASS).status_code == 303
    assert {check: row.version for check, row in in_force(branch.app, key).items()} == dict.fromkeys(CHECKS, 1)


def test_a_no_needs_its_reason_and_a_remark_beside_their_fields(
    branch: Branch, intake: InspectedClient, key: str
) -> None:
    wrong = save(intake, key, {"e3-passed": "false", "e4-passed": "false", "e6-passed": "true", "e6-remark": "Kept"})
    assert wrong.status_code == 422
    assert "Say in a remark why" in error_at(wrong, "e3-remark")
    assert "Say in a remark why" in error_at(wrong, "e4-remark")
    assert "Kept" in wrong.get_data(as_text=True)
    assert checked(wrong)["e3"] == "false"
    assert in_force(branch.app, key) == {}
    remarks = {"e3-remark": "Asks for a bridge", "e4-remark": "Asks for drones"}
    again = save(intake, key, remarks, wrong)
    assert again.status_code == 422
    assert "Choose why the answer is no" in error_at(again, "e4-reason")
    assert save(intake, key, {"e4-reason": "equipment"}, again).status_code == 303
    judged = in_force(branch.app, key)
    assert (judged["e3"].passed, judged["e3"].reason_code, judged["e3"].remark) == (
        False, "outside_paragraphs", "Asks for a bridge",
    )  # fmt: skip
    assert judged["e4"].reason_code == "equipment"


@pytest.mark.parametrize(
    "values",
    [
        {"e3-passed": "perhaps"},
        {"e4-passed": "false", "e4-remark": "x", "e4-reason": "duplicate"},
        {"e3-passed": "true", "e3-remark": "x" * 2001},
        {"e3-passed": "true", "e3-version": "-4"},
        {"e3-passed": "true", "e3-version": "many"},
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_saved(
    branch: Branch, intake: InspectedClient, key: str, values: dict[str, str]
) -> None:
    assert save(intake, key, values).status_code == 422
    assert in_force(branch.app, key) == {}


def test_checks_of_a_page_that_never_was_are_out_of_date(branch: Branch, intake: InspectedClient, key: str) -> None:
    assert save(intake, key, {"version": "0"}).status_code == 409
    assert in_force(branch.app, key) == {}


def test_a_judgement_that_changes_keeps_the_earlier_one(
    branch: Branch, intake: InspectedClient, key: str, clock: StoppedClock
) -> None:
    save(intake, key, {"e3-passed": "true"})
    clock.move(minutes=10)
    save(intake, key, {"e3-passed": "false", "e3-remark": "On second thoughts"})
    rows = [row for row in rows_of(branch.app, ScreeningCheck, key) if row.check is EligibilityCheck.E3]
    kept = [(row.passed, row.version, row.superseded_at is None) for row in rows]
    assert kept == [(True, 1, False), (False, 2, True)]
    clock.move(minutes=10)
    save(intake, key, {"e3-passed": ""})
    assert "e3" not in in_force(branch.app, key)
    save(intake, key, {"e3-passed": "true", "e3-remark": ""})
    assert in_force(branch.app, key)["e3"].version == 3
    untouched = [row for row in rows_of(branch.app, ScreeningCheck, key) if row.check is EligibilityCheck.E1]
    assert [row.version for row in untouched] == [1]


def test_two_officers_judge_different_checks_and_only_the_same_one_conflicts(
    branch: Branch, intake: InspectedClient, key: str, new_client: Callable[[], InspectedClient]
) -> None:
    other = new_client()
    sign_in(other, make_person(branch.app, Role.INTAKE_OFFICER, name="Otto Take").email)
    save(intake, key, {})
    mine, theirs = intake.get(f"/cases/{key}/screening"), other.get(f"/cases/{key}/screening")
    assert save(intake, key, {"e3-passed": "true"}, mine).status_code == 303
    assert save(other, key, {"e4-passed": "true"}, theirs).status_code == 303
    mine, theirs = intake.get(f"/cases/{key}/screening"), other.get(f"/cases/{key}/screening")
    assert save(intake, key, {"e3-passed": "false", "e3-remark": "No"}, mine).status_code == 303
    late = save(other, key, {"e3-passed": "true", "e3-remark": "I beg to differ"}, theirs)
    assert late.status_code == 409
    assert "I beg to differ" in late.get_data(as_text=True)
    assert in_force(branch.app, key)["e3"].remark == "No"


def test_the_consent_check_passes_only_while_the_consent_is_in_force(
    branch: Branch, intake: InspectedClient, key: str
) -> None:
    change(branch.app, ConsentRecord, key, withdrawn_at=now())
    assert checked(intake.get(f"/cases/{key}/screening"))["e5"] == ""
    refused = save(intake, key, {**ALL_PASS, "e5-remark": "They said so on the telephone"})
    assert refused.status_code == 422
    assert "only while the consent" in error_at(refused, "e5-passed")


def test_against_what_is_on_record_a_yes_needs_a_remark(branch: Branch, intake: InspectedClient, key: str) -> None:
    last = rows_of(branch.app, CaseRevision, key)[-1]
    with branch.app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        same = {name: getattr(last, name) for name in ("case_id", "state_id", "schema_number", "lang")}
        session.add(CaseRevision(**same, revision=2, data={**last.data, "who": {}, "rights": {}}))
    page = intake.get(f"/cases/{key}/screening")
    assert (checked(page)["e7"], checked(page)["e8"]) == ("", "")
    assert "Missing: Name, Function" in str(soup(page).select_one("#e8-passed-hint"))
    refused = save(intake, key, {"e7-passed": "true", "e8-passed": "true", "e8-remark": "It is in the annex"}, page)
    assert "The record says otherwise" in error_at(refused, "e7-remark")
    assert not error_at(refused, "e8-remark")
    assert save(intake, key, {"e7-remark": "In the note verbale"}, refused).status_code == 303


def test_what_came_on_paper_is_authenticated_by_an_officer(branch: Branch, intake: InspectedClient, key: str) -> None:
    change(branch.app, AssistanceRequest, key, channel=Channel.NOTE_VERBALE)
    page = intake.get(f"/cases/{key}/screening")
    assert checked(page)["e1"] == ""
    assert "compare the original" in page.get_data(as_text=True)


def test_possible_duplicates_are_requests_of_the_same_state_with_a_type_in_common(
    branch: Branch, intake: InspectedClient, key: str, clock: StoppedClock
) -> None:
    drafting, tools = AssistanceType.LEGISLATIVE_DRAFTING, AssistanceType.TOOLS
    ended = {"state": State.WITHDRAWN, "type": drafting, "title": "Ended in March"}
    fill_queue(branch.app, branch.state, [ended, {"type": tools, "title": "Other type"}])
    fill_queue(branch.app, branch.state, [{"type": drafting, "title": "Open <i>twin</i>"}])
    fill_queue(branch.app, invented_state(branch.app, "XTB", "Borealis"), [{"type": drafting, "title": "Other State"}])

    def similar() -> list[str]:
        page = soup(intake.get(f"/cases/{key}/screening"))
        return [item.get_text() for item in page.select("ul.lines [data-content]")]

    assert sorted(similar()) == ["Ended in March", "Open <i>twin</i>"]
    clock.move(days=364)
    sign_in(intake, branch.intake.email)
    assert sorted(similar()) == ["Ended in March", "Open <i>twin</i>"]
    clock.move(days=2)
    sign_in(intake, branch.intake.email)
    assert similar() == ["Open <i>twin</i>"]


def test_screening_costs_at_most_ten_statements(
    intake: InspectedClient, key: str, statements: Callable[..., Any]
) -> None:
    save(intake, key, {})
    intake.get(f"/cases/{key}/screening")
    with statements() as seen:
        assert intake.get(f"/cases/{key}/screening").status_code == 200
    seen.at_most(10)
