"""Participants counted from a list: looked at first, counted when somebody says so, and nothing else kept."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.delivery.activities.models import ParticipantCount
from app.workflow.vocabulary import State
from tests.factories.activities import Held, put_activity
from tests.factories.cases import Made, make_case
from tests.factories.clients import signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    return make_case(app, cast, State.IN_DELIVERY)


def upload(client: InspectedClient, path: str, content: bytes) -> Any:
    page = client.get(path)
    return client.submit(page, {"file": [(io.BytesIO(content), "people.csv")]})


def test_a_list_is_shown_and_then_counted(app: Flask, cast: Cast, case: Made) -> None:
    held, client = put_activity(app, case, Held(counts=())), signed_in(app, cast.case_officer)
    path = f"/cases/{case.key}/activities/{held}/participants/list"
    shown = upload(client, path, b"Name;Profession;Sex\nVera Nix;Judge;F\nIda Bo;judges;female\n")
    text = shown.get_data(as_text=True)
    assert shown.status_code == 200
    assert "Vera" not in text, "no name comes back, in no form"
    assert not count_of(app, ParticipantCount), "nothing is stored by looking"
    assert client.submit(shown).status_code == 303
    (row,) = rows(app, select(ParticipantCount.number, ParticipantCount.from_state_id))
    assert tuple(row) == (2, None)


def test_the_good_lines_are_taken_only_when_somebody_says_so(app: Flask, cast: Cast, case: Made) -> None:
    held, client = put_activity(app, case, Held()), signed_in(app, cast.case_officer)
    path = f"/cases/{case.key}/activities/{held}/participants/list"
    content = b"state,profession,gender,number\n,judges,women,3\nFrance,judges,men,2\nX<b>,cooks,men,1\n"
    shown = upload(client, path, content)
    text = shown.get_data(as_text=True)
    assert "This State takes no part in the activity" in text
    assert "Enter one of the professions" in text
    assert "X&lt;b&gt;" in text
    assert "Take the good lines" in text
    (before,) = rows(app, select(ParticipantCount.number))
    assert before.number == 12, "what was counted stays until then"
    assert client.submit(shown).status_code == 303
    (after,) = rows(app, select(ParticipantCount.number))
    assert after.number == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a file"),
        (b"x" * 500_001, "larger than 500 kB"),
    ],
)
def test_what_is_no_file_is_refused_beside_the_field(
    app: Flask, cast: Cast, case: Made, content: bytes, words: str
) -> None:
    held, client = put_activity(app, case, Held()), signed_in(app, cast.case_officer)
    answer = upload(client, f"/cases/{case.key}/activities/{held}/participants/list", content)
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)


def test_a_preview_is_good_for_its_reader_and_its_activity_alone(
    app: Flask, cast: Cast, case: Made, clock: StoppedClock
) -> None:
    held, other = put_activity(app, case, Held(counts=())), put_activity(app, case, Held(counts=()))
    client = signed_in(app, cast.case_officer)
    path = f"/cases/{case.key}/activities/{held}/participants/list"
    shown = upload(client, path, b"profession\njudges\n")
    fields = {"packed": packed_of(shown), "version": str(case.version)}
    page = client.get(f"/cases/{case.key}/activities/{other}/participants/list")
    form = {**hidden_of(page), **fields}
    strange = client.post(f"/cases/{case.key}/activities/{other}/participants/list/take", data=form)
    assert strange.status_code == 422
    assert "The preview is over" in strange.get_data(as_text=True)
    changed = client.post(f"{path}/take", data={**form, "packed": f"{fields['packed']}x"})
    assert changed.status_code == 422
    assert not count_of(app, ParticipantCount)


def packed_of(page: Any) -> str:
    return hidden_of(page)["packed"]


def hidden_of(page: Any) -> dict[str, str]:

    found = BeautifulSoup(page.get_data(as_text=True), "lxml").select("main form[method=post] input[type=hidden]")
    return {str(one["name"]): str(one.get("value", "")) for one in found}


def test_the_template_is_taken_as_it_is(app: Flask, cast: Cast, case: Made) -> None:
    held, client = put_activity(app, case, Held(counts=())), signed_in(app, cast.case_officer)
    path = f"/cases/{case.key}/activities/{held}/participants"
    template = client.get(f"{path}/template.csv")
    assert template.mimetype == "text/csv"
    shown = upload(client, f"{path}/list", template.get_data())
    assert "Save the count" in shown.get_data(as_text=True)
    assert client.submit(shown).status_code == 303
    (row,) = rows(app, select(ParticipantCount.number, ParticipantCount.from_state_id))
    assert tuple(row) == (1, case.state_id)
