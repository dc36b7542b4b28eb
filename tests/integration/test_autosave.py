"""A draft saves itself while somebody types: one page with its version, without a key, never over somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest, DraftTask, HistoryEntry
from app.foundation.db import read_session, write_transaction
from app.foundation.db.idempotency import IdempotencyKey
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import Role, State
from tests.support.accounts import make_person
from tests.support.client import InspectedClient, form_values, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import NEED, Government, make_government, new_draft, soup
from tests.support.screening import rows_of


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def focal(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.focal.email)
    return client


@pytest.fixture
def key(app: Flask, government: Government) -> str:
    return new_draft(app, government.focal.actor)


def typed_into(page: TestResponse, values: dict[str, Any]) -> dict[str, Any]:
    """What the script sends: everything that the form holds, with what was typed."""
    form = soup(page).select_one("[data-autosave]")
    assert form is not None
    return {**form_values(form), **values}


def autosaved(client: InspectedClient, page: TestResponse, values: dict[str, Any]) -> TestResponse:
    form = soup(page).select_one("[data-autosave]")
    assert form is not None
    return client.post(str(form["data-autosave"]), data=typed_into(page, values))


def stored(app: Flask, key: str, task: str = "need") -> dict[str, Any]:
    return next((row.data for row in rows_of(app, DraftTask, key) if row.task == task), {})


def test_what_is_typed_is_saved_and_the_next_save_goes_on_from_there(
    app: Flask, focal: InspectedClient, key: str
) -> None:
    page = focal.get(f"/cases/{key}/tasks/need")
    keys = len(rows_of_keys(app))
    answer = autosaved(focal, page, {"title": "نصف عنوان – half a title – 半个标题"})
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.json["said"] == "Saved on 2 March 2026, 09:00 UTC"  # type: ignore[index]
    assert stored(app, key)["title"] == "نصف عنوان – half a title – 半个标题"
    again = autosaved(focal, page, {"title": "A whole title", **answer.json["fields"]})  # type: ignore[index]
    assert again.status_code == 200
    assert stored(app, key)["title"] == "A whole title"
    assert len(rows_of_keys(app)) == keys
    # the page's own button goes on from the last version, too
    assert focal.submit(page, {**NEED, **again.json["fields"]}).status_code == 303  # type: ignore[index]
    assert [row.action for row in rows_of(app, HistoryEntry, key)].count("edit_draft") == 1


def rows_of_keys(app: Flask) -> list[str]:
    with app.app_context():
        return list(read_session().scalars(select(IdempotencyKey.key)))


def test_over_somebody_else_nothing_is_saved_and_the_line_says_who(
    app: Flask, government: Government, focal: InspectedClient, key: str, new_client: Callable[[], InspectedClient]
) -> None:
    colleague = new_client()
    sign_in(colleague, make_person(app, Role.FOCAL_POINT, name="Colin Colleague", state=government.state).email)
    page = focal.get(f"/cases/{key}/tasks/need")
    colleague.submit(colleague.get(f"/cases/{key}/tasks/need"), {**NEED, "title": "Colin's title"})
    answer = autosaved(focal, page, {"title": "Mine"})
    assert answer.status_code == 409
    assert "Colin Colleague saved this page on 2 March 2026, 09:00 UTC" in answer.json["said"]  # type: ignore[index]
    assert "fields" not in answer.json  # type: ignore[operator]
    assert stored(app, key)["title"] == "Colin's title"


def test_what_is_wrong_is_said_and_not_saved(app: Flask, focal: InspectedClient, key: str) -> None:
    page = focal.get(f"/cases/{key}/tasks/need")
    answer = autosaved(focal, page, {"title": "x" * 161})
    assert answer.status_code == 422
    assert answer.json["said"].startswith("Not saved yet. ")  # type: ignore[index]
    assert stored(app, key).get("title") != "x" * 161
    bare = focal.post(f"/cases/{key}/tasks/need/autosave", data={"title": "without a token"})
    assert bare.status_code == 400
    assert focal.post(f"/cases/{key}/tasks/nonsense/autosave", data=typed_into(page, {})).status_code == 404


def test_a_draft_that_was_sent_takes_nothing_more(app: Flask, focal: InspectedClient, key: str) -> None:
    page = focal.get(f"/cases/{key}/tasks/need")
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        moved = update(AssistanceRequest).where(AssistanceRequest.key == key).values(state=State.AWAITING_MISSION)
        session.execute(moved)
    answer = autosaved(focal, page, {"title": "Too late"})
    assert answer.status_code == 409
    assert "no draft any more" in answer.json["said"]  # type: ignore[index]


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.INTAKE_OFFICER])
def test_nobody_else_saves_into_it(
    app: Flask, focal: InspectedClient, key: str, new_client: Callable[[], InspectedClient], role: Role
) -> None:
    page = focal.get(f"/cases/{key}/tasks/need")
    stranger = new_client()
    member = make_person(app, role, name="Sam Stranger", **({"state": "FRA"} if role is Role.FOCAL_POINT else {}))
    sign_in(stranger, member.email)
    token = soup(stranger.get("/account")).find("input", {"name": "csrf_token"})["value"]  # type: ignore[index]
    form = soup(page).select_one("[data-autosave]")
    assert form is not None
    data = typed_into(page, {"title": "Not yours", "csrf_token": token})
    answer = stranger.post(str(form["data-autosave"]), data=data)
    assert answer.status_code == (404 if role is Role.FOCAL_POINT else 403)
    assert stored(app, key).get("title") != "Not yours"
