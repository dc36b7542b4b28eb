"""Two people at one draft: a stale save stores nothing, keeps what was typed and shows what stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.casework.models import DraftTask, HistoryEntry
from app.workflow.vocabulary import Role, State
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import NEED, WHO, Government, make_government, new_draft, soup, words
from tests.support.screening import case_of, rows_of


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


def test_a_stale_save_stores_nothing_and_shows_both(
    app: Flask, government: Government, focal: InspectedClient, colleague: InspectedClient
) -> None:
    key = new_draft(app, government.focal.actor)
    page = focal.get(f"/cases/{key}/tasks/need")
    colleague.submit(colleague.get(f"/cases/{key}/tasks/need"), {**NEED, "title": "Colin's title"})
    answer = focal.submit(page, {**NEED, "title": "My own title"})
    assert answer.status_code == 409
    said = words(answer)
    assert "Colin Colleague saved this page on 2 March 2026, 09:00 UTC" in said
    assert "Colin's title" in said
    assert soup(answer).find(id="title")["value"] == "My own title"  # type: ignore[index]
    assert "The problem" not in [one.get_text(strip=True) for one in soup(answer).select(".notice dt")]
    (row,) = saved(app, key)
    assert (row.data["title"], row.version) == ("Colin's title", 1)
    assert focal.submit(answer).status_code == 303
    (row,) = saved(app, key)
    assert (row.data["title"], row.version) == ("My own title", 2)


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
