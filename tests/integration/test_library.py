"""The library: who sees and fetches what, what a download carries and counts, how keepers enter and withdraw."""

from __future__ import annotations

import base64
import hashlib
import html
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from app.accounts.models import SecurityHistory
from app.documents.jobs import collect_files, verify_files
from app.documents.storage import the_store
from app.library import services
from app.reference.models import Tool, ToolDownload, ToolFile
from app.reference.vocabulary import ToolKind
from app.workflow.actor import SYSTEM
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows
from tests.factories.tools import put_tool
from tests.support import files
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
LIST: Final = 6
ENTERED: Final = {
    "kind": "guide",
    "title_en": "Guide to extradition",
    "title_ar": "دليل تسليم المجرمين",
    "publisher": "Test Press",
    "year": "2026",
    "paragraphs": ["5", "6"],
    "instruments": ["FINANCING_1999"],
}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def text_of(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True))


def upload(content: bytes, name: str) -> Any:
    """What a file input sends."""
    return [(io.BytesIO(content), name)]


def downloads(app: Flask) -> list[int]:
    return [times for (times,) in rows(app, select(ToolDownload.times))]


def test_a_visitor_finds_and_fetches_what_is_published(app: Flask, statements: Recorded) -> None:
    guide = put_tool(app, langs=("en", "fr"))
    put_tool(app, titles={"en": "Model law on extradition"}, kind=ToolKind.MODEL_LAW, instruments=["NUCLEAR_2005"])
    put_tool(app, titles={"en": "Not published"}, published=False)
    put_tool(app, titles={"en": "Gone"}, withdrawn="Replaced.")
    visitor = signed_out(app)
    with statements() as seen:
        page = text_of(visitor.get("/library"))
    assert len(seen) <= LIST, seen  # none where this process has the list in memory
    assert "Guide to the universal instruments" in page
    assert "Model law on extradition" in page
    assert "Not published" not in page
    assert "Gone" not in page
    for narrowed, there in (("kind=guide", True), ("kind=model_law", False), ("lang=fr", True), ("lang=ru", False)):
        assert (guide in text_of(visitor.get(f"/library?{narrowed}"))) is there
    assert guide in text_of(visitor.get("/library?instrument=FINANCING_1999&kind=guide&lang=en"))
    assert visitor.get("/library?kind=nonsense").status_code == 422
    assert visitor.get("/library?page=99999").status_code == 200
    shown = text_of(visitor.get(f"/library/{guide}"))
    assert hashlib.sha256(files.GOOD["pdf"]).hexdigest() in shown
    assert "Publish" not in shown.replace("Publisher", "").replace("Published", "")


def signed_out(app: Flask) -> InspectedClient:
    client = app.test_client()
    assert isinstance(client, InspectedClient)
    return client


def test_a_download_is_a_file_and_is_counted_once(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    key = put_tool(app)
    visitor, path = signed_out(app), f"/library/{key}/files/en"
    answer = visitor.get(path)
    content = answer.get_data()
    assert content == files.GOOD["pdf"]
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.mimetype == "application/pdf"
    assert "Set-Cookie" not in answer.headers
    assert downloads(app) == [1]
    part = visitor.get(path, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.get_data()) == (206, b"%PDF")
    assert visitor.get(path, headers={"Range": "bytes=99999999-"}).status_code == 416
    assert visitor.head(path).status_code == 200
    assert visitor.get(f"/library/{key}/files/fr").status_code == 404
    assert downloads(app) == [1], "a part, a look at the headers and what is not there are no downloads"
    get(app, quick_client(app, cast.focal_point), path)
    assert downloads(app) == [2]
    clock.move(days=1)
    visitor.get(path)
    assert sorted(downloads(app)) == [1, 2], "a number for each day"
    assert {column.name for column in ToolDownload.__table__.columns} == {"file_id", "day", "times"}


def test_a_file_is_given_also_when_it_cannot_be_counted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    key = put_tool(app)

    def away(_scope: object) -> None:
        raise OperationalError("INSERT", {}, Exception("locked"))

    monkeypatch.setattr(services, "write_transaction", away)
    assert signed_out(app).get(f"/library/{key}/files/en").get_data() == files.GOOD["pdf"]


def test_what_is_not_published_is_not_there_for_others(app: Flask, cast: Cast) -> None:
    entered, gone = put_tool(app, published=False), put_tool(app, withdrawn="It was replaced.")
    for person in (None, cast.focal_point, cast.ctc_liaison, cast.branch_chief, cast.auditor):
        client = quick_client(app, person)
        for path in (f"/library/{entered}", f"/library/{entered}/files/en", f"/library/{gone}/files/en"):
            assert get(app, client, path).status_code == 404, (person, path)
        assert "It was replaced." in text_of(get(app, client, f"/library/{gone}"))
        for step in ("manage", "new", f"{entered}/change", f"{entered}/publish", f"{gone}/withdraw", f"{gone}/add"):
            assert get(app, client, f"/library/{step}").status_code in (303, 403), (person, step)
            if person is not None and step != "manage":
                assert post(app, client, f"/library/{step}", version="1", **ENTERED).status_code == 403
    for person in (cast.intake_officer, cast.case_officer, cast.administrator):
        client = quick_client(app, person)
        for path in (f"/library/{entered}", f"/library/{entered}/files/en", f"/library/{gone}/files/en"):
            assert get(app, client, path).status_code == 200
    assert downloads(app) == []


def test_a_keeper_enters_fills_publishes_and_withdraws(app: Flask, cast: Cast) -> None:
    keeper, visitor = signed_in(app, cast.administrator), signed_out(app)
    page = keeper.get("/library/new")
    for typed, message in (({"title_en": ""}, "Enter an answer"), ({"year": "26"}, "Enter 1945 or more")):
        answer = keeper.submit(page, ENTERED | typed)
        assert (answer.status_code, message in text_of(answer)) == (422, True)
        assert ENTERED["title_ar"] in text_of(answer)
    assert keeper.submit(page, ENTERED).status_code == 303
    ((key,),) = rows(app, select(Tool.key))
    assert "Add a file, or the address of the course" in text_of(keeper.submit(keeper.get(f"/library/{key}/publish")))
    for name, content, message in (
        ("tool.exe", b"MZ", "Files that end in .exe are not taken"),
        ("tool.pdf", b"no pdf", "What is in the file is not what the ending of its name says"),
        ("tool.pdf", b"", "The file is empty"),
        ("tool.docm", files.GOOD["docx"], "The file holds programs"),
    ):
        bad = keeper.submit(keeper.get(f"/library/{key}/add"), {"lang": "en", "file": upload(content, name)})
        assert (bad.status_code, message in text_of(bad)) == (422, True), name
    assert count_of(app, ToolFile) == 0
    good = {"lang": "en", "file": upload(files.GOOD["pdf"], "guide.pdf")}
    assert keeper.submit(keeper.get(f"/library/{key}/add"), good).status_code == 303
    stale = keeper.get(f"/library/{key}/change")
    assert visitor.get(f"/library/{key}").status_code == 404
    assert keeper.submit(keeper.get(f"/library/{key}/publish")).status_code == 303
    assert visitor.get(f"/library/{key}/files/en").status_code == 200
    assert "Guide to extradition" in text_of(visitor.get("/library"))
    slow = keeper.submit(stale, {"title_en": "The slower title"})
    assert slow.status_code == 409
    assert "The slower title" in text_of(slow)
    again = {"lang": "en", "file": upload(files.GOOD["docx"], "guide.docx")}
    assert keeper.submit(keeper.get(f"/library/{key}/add"), again).status_code == 303
    assert count_of(app, ToolFile) == 2, "the row of the file before stays"
    assert visitor.get(f"/library/{key}/files/en").get_data() == files.GOOD["docx"]
    page = keeper.get(f"/library/{key}/withdraw")
    assert keeper.submit(page, {"reason": ""}).status_code == 422
    assert keeper.submit(page, {"reason": "A newer edition is out."}).status_code == 303
    assert visitor.get(f"/library/{key}/files/en").status_code == 404
    actions = [action for (action,) in rows(app, select(SecurityHistory.action).order_by(SecurityHistory.seq))]
    assert [one for one in actions if one.startswith("tool_")] == [
        "tool_file_added",
        "tool_published",
        "tool_file_added",
        "tool_withdrawn",
    ]


def test_a_course_has_an_address_and_needs_no_file(app: Flask, cast: Cast) -> None:
    keeper = signed_in(app, cast.case_officer)
    course = ENTERED | {"kind": "course", "address": "https://learning.example.org/course"}
    assert keeper.submit(keeper.get("/library/new"), course | {"address": "javascript:alert(1)"}).status_code == 422
    assert keeper.submit(keeper.get("/library/new"), course).status_code == 303
    ((key,),) = rows(app, select(Tool.key))
    assert keeper.submit(keeper.get(f"/library/{key}/publish")).status_code == 303
    assert "https://learning.example.org/course" in text_of(signed_out(app).get(f"/library/{key}"))


def test_the_list_costs_the_same_for_few_and_many(app: Flask, cast: Cast, statements: Recorded) -> None:
    keeper, visitor, costs = quick_client(app, cast.intake_officer), quick_client(app, None), []
    for more in (2, 60):
        for number in range(more):
            put_tool(app, titles={"en": f"Guide {number}"})
        for client, path in ((visitor, "/library"), (keeper, "/library/manage")):
            get(app, client, path)
            with statements() as seen:
                assert get(app, client, path).status_code == 200
            assert len(seen) <= LIST, seen
            costs.append(len(seen))
    assert costs[:2] == costs[2:]
    first = text_of(get(app, visitor, "/library"))
    assert first.count("/library/") > 20
    assert "page=2" in first


def test_upkeep_knows_the_files_of_tools(app: Flask, clock: StoppedClock) -> None:
    put_tool(app, langs=("en", "fr"))
    clock.move(days=9)
    with app.app_context():
        collect_files(SYSTEM)
        assert verify_files(SYSTEM) == 0
        names = [name for (name,) in rows(app, select(ToolFile.storage_name))]
        assert len(names) == 2
        the_store().remove(names[0])
        assert verify_files(SYSTEM) == 1
