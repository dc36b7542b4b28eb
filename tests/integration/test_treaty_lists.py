"""An administrator reads a newer treaty list: preview, then store; bad rows only left out on demand."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.foundation.db import read_session
from app.reference import cache
from app.reference.models import ReferenceImport, TreatyAct
from app.reference.states import state_by_code
from app.reference.treaties import history_of
from app.reference.vocabulary import CellStatus
from tests.factories.clients import csrf_of, get, quick_client, signed_in
from tests.factories.people import Cast, cast_of

PATH = "/admin/treaty-lists"
COMPLETE = "instrument,alpha3,participant_name,action,date,un_member,as_of,source"
PARTIAL = "instrument,alpha3,participant_name,action,date,as_of,source"
GOOD = "SUA_1988,FJI,فيجي,accession,2008-05-21,2026-01-01,depositary"
BAD = "SUA_1988,QQQ,Nowhere,accession,2008-05-21,2026-01-01,depositary"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def upload(client: Any, content: bytes | str, name: str = "list.csv", kind: str = "treaty") -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    page = client.get(PATH)
    return client.submit(page, {"kind": kind, "file": [(io.BytesIO(data), name)]}, form="main form")


def rows(app: Flask) -> tuple[int, int]:
    with app.app_context():
        count = select(func.count())
        return tuple(read_session().scalars(count.select_from(one)).one() for one in (TreatyAct, ReferenceImport))  # type: ignore[return-value]


def figures(page: TestResponse) -> dict[str, str]:
    soup = BeautifulSoup(page.get_data(as_text=True), "lxml")
    return {row.dt.text: row.dd.text for row in soup.select("main dl.sum div")}  # type: ignore[union-attr]


def test_a_list_is_looked_at_then_stored_and_the_old_cell_is_kept(app: Flask, cast: Cast) -> None:
    client, before = signed_in(app, cast.administrator), rows(app)
    page = upload(client, f"{PARTIAL}\n{GOOD}\n")
    assert page.status_code == 200
    assert (figures(page)["New entries"], figures(page)["Faults"]) == ("1", "0")
    assert "فيجي" in page.get_data(as_text=True)
    assert rows(app) == before
    assert client.submit(page, form="main form").status_code == 303
    assert rows(app) == (before[0] + 1, before[1] + 1)
    newer = GOOD.replace("2008-05-21", "2008-06-01").replace("2026-01-01", "2026-02-01")
    page = upload(client, f"{PARTIAL}\n{newer}\n")
    assert figures(page)["Replaced entries"] == "1"
    assert client.submit(page, form="main form").status_code == 303
    cache.forget()
    with app.app_context():
        session = read_session()
        kept = history_of(session, state_by_code(session, "FJI").id, "SUA_1988")
    assert [str(cell.consent_on) for cell in kept] == ["2008-05-21", "2008-06-01"]
    assert kept[0].superseded_at is not None


def test_bad_rows_stop_everything_unless_they_are_left_out(app: Flask, cast: Cast) -> None:
    client, before = signed_in(app, cast.administrator), rows(app)
    page = upload(client, f"{PARTIAL}\n{BAD}\n{GOOD}\n")
    assert "There is no State with the code “QQQ”" in page.get_data(as_text=True)
    refused = client.submit(page, form="main form")
    assert refused.status_code == 422
    assert "Tick the box to leave these rows out" in refused.get_data(as_text=True)
    assert rows(app) == before
    assert client.submit(refused, {"leave_out": "y"}, form="main form").status_code == 303
    assert rows(app)[0] == before[0] + 1


def test_a_complete_list_without_some_rows_makes_nobody_not_a_party(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.administrator)
    lines = [
        "BOMBINGS_1997,AFG,Afghanistan,accession,2003-09-24,1,2026-01-01,depositary",
        "BOMBINGS_1997,ALB,Albania,accession,2002-31-22,1,2026-01-01,depositary",
    ]
    page = upload(client, "\n".join([COMPLETE, *lines]))
    assert figures(page)["No longer listed"] == "0"
    assert client.submit(page, {"leave_out": "y"}, form="main form").status_code == 303
    cache.forget()
    with app.app_context():
        session = read_session()
        for code in ("ALB", "FRA"):
            cell = history_of(session, state_by_code(session, code).id, "BOMBINGS_1997")[-1]
            assert cell.status is CellStatus.PARTY, code


def test_what_cannot_be_read_says_why(app: Flask, cast: Cast) -> None:
    client, before = signed_in(app, cast.administrator), rows(app)
    for content, status, words in (
        (b"", 422, "The file is empty. Choose another"),
        (b"x" * 500_001, 422, "The file is larger than 500 kB. Split it by instrument"),
        (b"\xff\xfe\x00", 200, "The file is not UTF-8 text"),
        (b"a,b\n1,2", 200, "The header row must be"),
    ):
        page = upload(client, content)
        assert (page.status_code, words in page.get_data(as_text=True)) == (status, True), words
    named = upload(client, b"a", name="\u202e" + "n" * 400 + ".csv")
    assert named.status_code == 200
    assert "\u202e" not in named.get_data(as_text=True)
    nothing = client.submit(client.get(PATH), form="main form")
    assert "Choose a file" in nothing.get_data(as_text=True)
    assert rows(app) == before


def test_only_what_was_looked_at_is_stored_and_only_by_an_administrator(app: Flask, cast: Cast) -> None:
    before = rows(app)
    client = quick_client(app, cast.administrator)
    base = app.config["ACCEDE_BASE_URL"]
    for packed in ("", "made-up", "x" * 5000):
        data = {"csrf_token": csrf_of(app, client), "packed": packed, "leave_out": "y"}
        answer = client.post(f"{PATH}/store", data=data, base_url=base)
        assert answer.status_code == 422
        assert "The preview is over" in answer.get_data(as_text=True)
    _stale(client, base)
    data = {"csrf_token": csrf_of(app, client), "packed": "made-up"}
    assert client.post(f"{PATH}/store", data=data, base_url=base).location.endswith(PATH)
    assert get(app, client, PATH).location.startswith("/login/again")
    for person in ("manager", "intake_officer", "auditor", "focal_point", "mission", "ctc_liaison"):
        assert get(app, quick_client(app, cast[person]), PATH).status_code == 403, person
    assert rows(app) == before


def _stale(client: FlaskClient, base: str) -> None:
    """The password was entered an hour ago."""
    with client.session_transaction(base_url=base) as cookie:
        cookie["fs_paa"] = cookie["fs_paa"] - 3600
