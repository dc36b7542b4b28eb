"""Two people at one draft: a stale save stores nothing, keeps what was typed and shows what stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.models import DraftTask, HistoryEntry
from app.workflow.vocabulary import Role, State
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import NEED, WHO, Government, make_government, new_draft, soup, words
from tests.support.screening import case_of, rows_of

ROW = {"beneficiaries-0-name": "Ministry of Finance", "beneficiaries-0-kind": "justice"}


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def focal(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.focal.email)
    return client


@pytest.fixture
def colleague(app: Flask, government: Government, new_client: Callable[[], InspectedClient]) -> InspectedClient:
    somebody = make_person(app, Role.FOCAL_POINT, name="Colin Colleague", state=government.state)
    client = new_client()
    sign_in(client, somebody.email)
    return client


def saved(app: Flask, key: str) -> list[DraftTask]:
    return rows_of(app, DraftTask, key)


def recorded(app: Flask, key: str) -> list[str]:
    return [row.action for row in rows_of(app, HistoryEntry, key)]


def kept(page: TestResponse) -> dict[str, str]:
    """The questions which answer is to stay, with the one that is ticked."""
    return {str(one["name"]): str(one["value"]) for one in soup(page).select(".clashes input[checked]")}


def test_a_stale_save_stores_nothing_and_asks_field_by_field(
    app: Flask, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor)
    focal.submit(focal.get(f"/cases/{key}/tasks/need"), {**NEED, "cted_recommendation": "Paragraph 4"})
    page = focal.get(f"/cases/{key}/tasks/need")
    theirs = {**NEED, "title": "Colin's title", "urgency_trigger": "عنوان", "cted_recommendation": "Paragraph 4"}
    colleague.submit(colleague.get(f"/cases/{key}/tasks/need"), theirs)
    mine = {"title": "My own title", "problem": "我的问题", "cted_recommendation": "Paragraph 4"}
    answer = focal.submit(page, {**NEED, **mine})
    assert answer.status_code == 409
    said = words(answer)
    assert "Colin Colleague saved this page on 2 March 2026, 09:00 UTC" in said
    for shown in ("Colin's title", "My own title", "عنوان", "我的问题", "does not yet cover financing"):
        assert shown in said, shown
    # what I changed is mine unless I say otherwise, what only they changed is theirs
    assert kept(answer) == {
        "keep-need-title": "mine",
        "keep-need-problem": "mine",
        "keep-need-urgency_trigger": "theirs",
    }
    assert soup(answer).find(id="title")["value"] == "My own title"  # type: ignore[index]
    (row,) = saved(app, key)
    assert (row.data["title"], row.version) == ("Colin's title", 2)


def test_every_field_is_settled_as_it_was_chosen(
    app: Flask, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor)
    page = focal.get(f"/cases/{key}/tasks/need")
    colleague.submit(colleague.get(f"/cases/{key}/tasks/need"), {**NEED, "title": "Colin's title"})
    answer = focal.submit(page, {**NEED, "title": "My own title", "problem": "My problem"})
    chosen = {"keep-need-title": "theirs", "keep-need-problem": "mine"}
    refused = focal.submit(answer, {**chosen, "cted_recommendation": "x" * 2001})
    assert refused.status_code == 422
    assert kept(refused) == chosen, "what was chosen is not lost when something else is wrong"
    assert focal.submit(refused, {"cted_recommendation": ""}).status_code == 303
    (row,) = saved(app, key)
    assert (row.data["title"], row.data["problem"], row.version) == ("Colin's title", "My problem", 2)


def test_a_conflict_in_which_both_say_the_same_asks_nothing(
    app: Flask, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor)
    page = focal.get(f"/cases/{key}/tasks/need")
    colleague.submit(colleague.get(f"/cases/{key}/tasks/need"), NEED)
    answer = focal.submit(page, NEED)
    assert answer.status_code == 409
    assert "It is the same as what you typed." in words(answer)
    assert kept(answer) == {}
    assert focal.submit(answer).status_code == 303


def test_rows_and_parts_are_compared_as_they_are_shown(
    app: Flask, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor, "Who is who")
    page = focal.get(f"/cases/{key}/tasks/who")
    colleague.submit(colleague.get(f"/cases/{key}/tasks/who"), {"contact-telephone": "+999 1", **ROW})
    answer = focal.submit(page, {"contact-name": "Ana Nueva"})
    assert kept(answer) == {
        "keep-who-contact-name": "mine",
        "keep-who-contact-telephone": "theirs",
        "keep-who-beneficiaries": "theirs",
    }
    assert focal.submit(answer).status_code == 303
    (row,) = [one for one in saved(app, key) if one.task == "who"]
    assert (row.data["contact"]["name"], row.data["contact"]["telephone"]) == ("Ana Nueva", "+999 1")
    assert row.data["beneficiaries"] == [{"name": "Ministry of Finance", "kind": "justice"}]


def test_two_people_may_save_two_tasks(
    app: Flask, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor)
    need, who = focal.get(f"/cases/{key}/tasks/need"), colleague.get(f"/cases/{key}/tasks/who")
    assert focal.submit(need, NEED).status_code == 303
    assert colleague.submit(who, WHO).status_code == 303
    assert {row.task for row in saved(app, key)} == {"who", "need"}


def test_a_draft_that_was_sent_meanwhile_is_not_changed(
    app: Flask, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor, "As it was sent")
    page = focal.get(f"/cases/{key}/tasks/need")
    colleague.submit(colleague.get(f"/cases/{key}/check"), {"answers_checked": "y"}, button="send_to_mission")
    assert case_of(app, key).state is State.AWAITING_MISSION
    answer = focal.submit(page, {**NEED, "title": "Too late"})
    assert answer.status_code == 409
    assert "Too late" in answer.get_data(as_text=True)
    assert case_of(app, key).title == "As it was sent"


def test_answers_changed_after_they_were_checked_are_not_sent(
    app: Flask, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor, "Checked")
    page = focal.get(f"/cases/{key}/check")
    colleague.submit(colleague.get(f"/cases/{key}/tasks/need"), {**NEED, "title": "Changed"})
    assert focal.submit(page, {"answers_checked": "y"}, button="send_to_mission").status_code == 409
    assert case_of(app, key).state is State.DRAFT


def test_history_has_one_entry_per_person_task_and_hour(
    app: Flask, clock: StoppedClock, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor)
    versions = []
    for person, title in ((focal, "1"), (focal, "2"), (colleague, "3"), (focal, "4")):
        clock.move(minutes=10)
        person.submit(person.get(f"/cases/{key}/tasks/need"), {**NEED, "title": title})
        versions.append(case_of(app, key).version)
    assert recorded(app, key) == ["draft_request", "edit_draft", "edit_draft"]
    assert versions == [2, 3, 4, 5]
    assert case_of(app, key).touched_at == clock.now
    clock.move(minutes=45)
    focal.submit(focal.get(f"/cases/{key}/tasks/need"), {**NEED, "title": "5"})
    assert recorded(app, key)[3:] == ["edit_draft"]


def test_a_form_sent_twice_saves_once(app: Flask, government: Government, focal: InspectedClient) -> None:
    key = new_draft(app, government.focal.actor)
    page = focal.get(f"/cases/{key}/tasks/need")
    assert [focal.submit(page, NEED).status_code for _ in range(2)] == [303, 303]
    assert [row.version for row in saved(app, key)] == [1]
