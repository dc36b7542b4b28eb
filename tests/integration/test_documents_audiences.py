"""Who is told of a document, who counts it, and who downloads it: exactly those for whom it is meant.

Who comes across its words: `tests/integration/audiences`.
"""

from __future__ import annotations

import io
import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.http import parse_options_header

from app.casework.audiences import Readership
from app.documents.models import Document
from app.documents.receiving import StoredFile
from app.documents.vocabulary import DocumentStatus
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import Notice, OutboxMessage
from app.workflow.vocabulary import Audience, Body, State
from tests.factories.cases import Made, at_home, away, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.documents import attach, stored_file
from tests.factories.people import Cast, Member, cast_of
from tests.factories.reading import rows
from tests.support import files
from tests.support.clock import StoppedClock
from tests.support.scanner import SIGNATURE, Scanner

R = Readership
BOTH = (Body.CTC_CTED, Body.OLA)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    """A request in review on which both bodies are consulted."""
    return make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH, judged=True))


def text_with(app: Flask, mark: str) -> StoredFile:
    """A file whose name and content hold the word `mark`, each with an ending of its own."""
    return stored_file(app, f"{mark}-name.txt", f"{mark}-content".encode())


def tab_count(app: Flask, person: Member, case: Made) -> int:
    """The number on the tab; 0 when there is none."""
    page = get(app, quick_client(app, person), f"/cases/{case.key}").get_data(as_text=True)
    tab = BeautifulSoup(page, "lxml").select_one(f"a[href='/cases/{case.key}/documents']")
    assert tab is not None
    number = re.search(r"\d+", tab.get_text())
    return int(number[0]) if number else 0


def test_the_tab_counts_what_its_reader_reads_and_each_document_once(app: Flask, cast: Cast, case: Made) -> None:
    for audience in Audience:
        first = attach(app, cast.case_officer, case, audience=audience)
        attach(app, cast.case_officer, case, audience=audience, replaces=first)
    wanted = {"mission": 2, "ctc_liaison": 2, "case_officer": 4, "auditor": 4}
    assert {name: tab_count(app, cast[name], case) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("bringer", "audience", "told"),
    [
        ("mission", Audience.ALL, {"case_officer", "ctc_liaison", "ola_liaison"}),
        ("mission", Audience.STATE_TPB, {"case_officer"}),
        ("case_officer", Audience.STATE_TPB, {"focal_point", "colleague", "focal_alone", "mission"}),
        ("case_officer", Audience.COORDINATION, {"ctc_liaison", "ola_liaison"}),
        ("case_officer", Audience.TPB_ONLY, set()),
        ("ctc_liaison", Audience.COORDINATION, {"case_officer"}),
    ],
)
def test_the_other_sides_are_told_by_number_and_link(
    app: Flask, cast: Cast, case: Made, bringer: str, audience: Audience, told: set[str]
) -> None:
    attach(app, cast[bringer], case, text_with(app, "whisper"), audience=audience, title="whisper")
    names = {member.id: name for name, member in cast.members.items()}
    for model in (Notice, OutboxMessage):
        found = rows(app, select(model.user_id, model.code, model.params).where(model.case_key == case.key))
        assert {names[row.user_id] for row in found} == told, model
        assert {row.code for row in found} <= {"case.document"}
        assert "whisper" not in str(found)


def test_opening_tells_those_who_newly_read(app: Flask, cast: Cast, case: Made) -> None:
    document = attach(app, cast.case_officer, case, audience=Audience.TPB_ONLY)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/documents/{document.key}/widen")
    assert client.submit(page, form="form:has([value=coordination])").status_code == 303
    found = rows(app, select(Notice.user_id).where(Notice.code == "case.document"))
    assert {row.user_id for row in found} == {cast.ctc_liaison.id, cast.ola_liaison.id}


def test_nobody_is_told_before_the_request_is_submitted(app: Flask, cast: Cast) -> None:
    attach(app, cast.focal_point, make_case(app, cast, State.DRAFT))
    attach(app, cast.focal_point, make_case(app, cast, State.AWAITING_MISSION))
    assert rows(app, select(Notice.id)) == []


@pytest.mark.parametrize("name", ["مشروع قانون – v1.pdf", 'a"b%\\;é.pdf', "反恐.pdf", "law.pdf"])
def test_a_download_is_a_download_under_its_own_name(app: Flask, cast: Cast, case: Made, name: str) -> None:
    document = attach(app, cast.mission, case, stored_file(app, name))
    answer = signed_in(app, cast.case_officer).get(f"/cases/{case.key}/documents/{document.key}/file")
    assert answer.status_code == 200
    assert answer.data == files.GOOD["pdf"]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(files.GOOD["pdf"]))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Disposition"].isascii()
    _kind, said = parse_options_header(answer.headers["Content-Disposition"])
    assert said["filename"] == document.file_name == name.rsplit("\\", 1)[-1]


def test_a_download_that_broke_off_goes_on(app: Flask, cast: Cast, case: Made) -> None:
    document = attach(app, cast.mission, case)
    path = f"/cases/{case.key}/documents/{document.key}/file"
    client = signed_in(app, cast.mission)
    assert client.head(path).status_code == 200
    answer = client.get(path, headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.data) == (206, files.GOOD["pdf"][10:20])
    assert client.get(path, headers={"Range": f"bytes={10**9}-"}).status_code == 416


def test_a_long_text_travels_as_it_is(app: Flask, cast: Cast, case: Made) -> None:
    """Compressed it would have another length than announced, and no parts."""
    text = b"article;text\r\n" * 2000
    document = attach(app, cast.mission, case, stored_file(app, "law.csv", text))
    path = f"/cases/{case.key}/documents/{document.key}/file"
    answer = signed_in(app, cast.mission).get(path, headers={"Accept-Encoding": "br, gzip"})
    assert answer.data == text
    assert "Content-Encoding" not in answer.headers


def test_what_the_scanner_finds_reaches_nobody_and_is_told(
    app: Flask, cast: Cast, case: Made, make_app: object
) -> None:
    settings = app.extensions["settings"]
    with Scanner() as scanner:
        app.extensions["settings"] = settings.model_copy(update={"virus_scanner": scanner.address})
        try:
            client = signed_in(app, cast.mission)
            page = client.get(f"/cases/{case.key}/documents/new")
            values = {"title": "Law", "kind": "draft_law", "file": [(io.BytesIO(SIGNATURE), "law.txt")]}
            shown = client.submit(page, values, follow_redirects=True).get_data(as_text=True)
            scanner.says = b"ERROR\0"
            away_now = client.submit(client.get(f"/cases/{case.key}/documents/new"), values_again())
        finally:
            app.extensions["settings"] = settings
    assert "could not be checked for viruses" in away_now.get_data(as_text=True)
    assert "The virus scanner found something in the file" in shown
    ((document,),) = rows(app, select(Document))
    assert document.status is DocumentStatus.QUARANTINED
    path = f"/cases/{case.key}/documents/{document.key}/file"
    assert path not in shown
    for person in (cast.mission, cast.case_officer, cast.auditor):
        assert get(app, quick_client(app, person), path).status_code == 404
    told = rows(app, select(Notice.user_id, Notice.code, Notice.case_key))
    assert {(row.user_id, row.code, row.case_key) for row in told} == {
        (cast.mission.id, "case.document_withheld", case.key),
        (cast.administrator.id, "service.file_withheld", None),
    }


def values_again() -> dict[str, object]:
    return {"title": "Law", "kind": "draft_law", "file": [(io.BytesIO(b"x"), "law.txt")]}


def test_another_state_finds_no_document(app: Flask, cast: Cast) -> None:
    """Its key below the reader's own case, below the foreign case, and a key of nothing answer alike."""
    own = make_case(app, cast, State.IN_REVIEW)
    theirs = make_case(app, cast, State.IN_REVIEW, away(cast))
    document = attach(app, cast.away_mission, theirs)
    client = quick_client(app, cast.mission)
    for page in ("file", "version", "widen", "remove"):
        for case_key in (own.key, theirs.key):
            for key in (document.key, "zzzzzzzzzzzz"):
                answer = get(app, client, f"/cases/{case_key}/documents/{key}/{page}")
                assert answer.status_code == 404, (page, case_key, key)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        assert session.get_one(Document, document.id).version == 1
