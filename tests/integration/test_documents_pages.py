"""Pages of documents: add with all that can be wrong, versions, opening to more readers, taking out of a draft."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.models import DraftTask, HistoryPayload
from app.documents.models import Document
from app.workflow.vocabulary import Audience, Body, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import csrf_of, signed_in
from tests.factories.documents import attach
from tests.factories.people import Cast, Member, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support import files
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.people import PASSWORD

BOTH = (Body.CTC_CTED, Body.OLA)
TITLE = "مشروع قانون مكافحة الإرهاب (draft 反恐)"
GOOD = {"title": TITLE, "kind": "draft_law", "lang": "ar"}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    """A request in review on which both bodies are consulted."""
    return make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))


def upload(content: bytes = files.GOOD["pdf"], name: str = "قانون.pdf") -> Any:
    """What a file input sends."""
    return [(io.BytesIO(content), name)]


def send(client: InspectedClient, path: str, **values: Any) -> TestResponse:
    """Open a page and send its form."""
    return client.submit(client.get(path), values)


def only(app: Flask) -> Document:
    (row,) = rows(app, select(Document))
    document: Document = row[0]
    return document


def errors(answer: TestResponse) -> dict[str, str]:
    """What stands beside each field, by the id of its input."""
    page = BeautifulSoup(answer.get_data(as_text=True), "lxml")
    return {str(tag["id"]).removesuffix("-error"): tag.get_text(" ", strip=True) for tag in page.select(".err[id]")}


def value_of(answer: TestResponse, name: str) -> str:
    page = BeautifulSoup(answer.get_data(as_text=True), "lxml")
    field = page.select_one(f"[name='{name}']")
    assert field is not None
    return str(field.get("value"))


@pytest.mark.parametrize(
    ("person", "offered", "usual"),
    [
        ("focal_point", ["state_tpb", "all"], "all"),
        ("mission", ["state_tpb", "all"], "all"),
        ("case_officer", ["tpb_only", "state_tpb", "coordination", "all"], "tpb_only"),
        ("manager", ["tpb_only", "state_tpb", "coordination", "all"], "tpb_only"),
        ("ctc_liaison", ["coordination", "all"], "coordination"),
    ],
)
def test_each_side_adds_with_its_own_readers(
    app: Flask, cast: Cast, case: Made, person: str, offered: list[str], usual: str
) -> None:
    client = signed_in(app, cast[person])
    page = client.get(f"/cases/{case.key}/documents/new")
    choices = BeautifulSoup(page.get_data(as_text=True), "lxml").select("[name=readers]")
    assert [str(one["value"]) for one in choices] == offered
    assert [str(one["value"]) for one in choices if one.has_attr("checked")] == [usual]
    assert client.submit(page, {**GOOD, "file": upload()}).status_code == 303
    document = only(app)
    assert (document.title, document.lang, document.file_name) == (TITLE, "ar", "قانون.pdf")
    assert (document.audience.value, document.uploaded_by_id) == (usual, cast[person].id)
    assert standing(app, case.key).history[-1] == "attach"
    shown = client.get(f"/cases/{case.key}/documents").get_data(as_text=True)
    assert TITLE in shown
    assert document.sha256[:12] in shown


def test_the_file_field_says_what_is_taken(app: Flask, cast: Cast, case: Made) -> None:
    page = signed_in(app, cast.mission).get(f"/cases/{case.key}/documents/new")
    field = BeautifulSoup(page.get_data(as_text=True), "lxml").select_one("input[type=file]")
    assert field is not None
    assert ".docx" in str(field["accept"]).split(",")
    assert "up to 25\xa0MB" in page.get_data(as_text=True).replace("25 MB", "25\xa0MB")


BAD_FILES = (
    (b"", "law.pdf", "The file is empty"),
    (b"MZ", "law.exe", "Files that end in .exe are not taken"),
    (b"x", "law.doc", "Save it in the newer form (.docx)"),
    (files.GOOD["pdf"], "law.exe.pdf", "two endings (.exe.pdf)"),
    (files.GOOD["pdf"], "law\u202efdp.pdf", "turn its letters round"),
    (files.GOOD["pdf"], "law", "no ending"),
    (files.GOOD["png"], "law.pdf", "not what the ending of its name says"),
    (files.pdf(password="x"), "law.pdf", "with a password"),
    (files.pdf()[:300], "law.pdf", "damaged"),
    (files.office(word__vbaProject_bin=b"x"), "law.docx", "programs"),
    (files.huge_picture(20_000, 9_000), "scan.png", "more than 80 million dots"),
    (rb"{\rtf1 \objdata }", "law.rtf", "objects of other programs"),
)


@pytest.mark.sqlite_only
def test_a_bad_file_is_said_beside_its_field_and_nothing_typed_is_lost(app: Flask, cast: Cast, case: Made) -> None:
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/documents/new")
    for content, name, sentence in BAD_FILES:
        answer = client.submit(page, {**GOOD, "file": upload(content, name), "readers": "state_tpb"})
        assert answer.status_code == 422, name
        assert sentence in errors(answer)["file"], name
        assert set(errors(answer)) == {"file"}, name
        assert value_of(answer, "title") == TITLE
        text = answer.get_data(as_text=True)
        assert 'value="ar" selected' in text
        assert 'value="state_tpb" checked' in text
    assert count_of(app, Document) == 0


@pytest.mark.sqlite_only
def test_a_draft_law_of_40_mb_is_refused_and_the_text_is_there(app: Flask, cast: Cast, case: Made) -> None:
    client = signed_in(app, cast.focal_point)
    fields = {**GOOD, "readers": "all", "csrf_token": csrf_of(app, client), "_key": "a-key"}
    sent = files.form_with(fields, "law.pdf", files.GOOD["pdf"] + bytes(40_000_000))
    answer = client.post(f"/cases/{case.key}/documents/new", **sent)
    assert answer.status_code == 422
    assert "larger than 25 MB" in errors(answer)["file"]
    assert value_of(answer, "title") == TITLE
    assert count_of(app, Document) == 0


@pytest.mark.sqlite_only
def test_a_draft_law_of_40_mb_is_taken_where_the_setting_says_so(make_app: Callable[..., Flask]) -> None:
    app = make_app(document_limit_mb=50)
    cast = cast_of(app)
    case, client = make_case(app, cast, State.IN_REVIEW), signed_in(app, cast.focal_point)
    fields = {**GOOD, "readers": "all", "csrf_token": csrf_of(app, client), "_key": "a-key"}
    sent = files.form_with(fields, "law.pdf", files.GOOD["pdf"] + bytes(40_000_000))
    assert client.post(f"/cases/{case.key}/documents/new", **sent).status_code == 303
    assert (only(app).title, only(app).size) == (TITLE, len(files.GOOD["pdf"]) + 40_000_000)


@pytest.mark.sqlite_only
def test_all_files_together_have_a_limit_too(app: Flask, cast: Cast, case: Made) -> None:
    client = signed_in(app, cast.focal_point)
    fields = {**GOOD, "csrf_token": csrf_of(app, client)}
    answer = client.post(f"/cases/{case.key}/documents/new", **files.form_with(fields, "law.pdf", bytes(100_000_001)))
    assert answer.status_code == 413
    assert "100 MB" in answer.get_data(as_text=True)


def test_a_good_file_is_kept_while_the_rest_is_mended(app: Flask, cast: Cast, case: Made) -> None:
    client, path = signed_in(app, cast.mission), f"/cases/{case.key}/documents/new"
    answer = send(client, path, title="", kind="", file=upload(name="law.pdf"))
    assert answer.status_code == 422
    assert set(errors(answer)) == {"title", "kind"}
    assert "Kept:" in answer.get_data(as_text=True)
    again = client.submit(answer, {"title": "A law"})
    assert set(errors(again)) == {"kind"}
    assert client.submit(again, {"kind": "draft_law"}).status_code == 303
    assert (only(app).title, only(app).file_name) == ("A law", "law.pdf")


def test_another_file_takes_the_place_of_the_kept_one(app: Flask, cast: Cast, case: Made) -> None:
    client = signed_in(app, cast.mission)
    answer = send(client, f"/cases/{case.key}/documents/new", title="", kind="report", file=upload(name="old.pdf"))
    done = client.submit(answer, {"title": "A law", "file": upload(files.GOOD["txt"], "new.txt")})
    assert done.status_code == 303
    assert only(app).file_name == "new.txt"


def kept(app: Flask, person: Member, case: Made) -> str:
    """The reference to a file that a form of `person` keeps."""
    answer = send(signed_in(app, person), f"/cases/{case.key}/documents/new", title="", file=upload(name="law.pdf"))
    return value_of(answer, "file-kept")


def test_a_kept_file_is_its_owners_and_for_a_day(app: Flask, cast: Cast, case: Made, clock: StoppedClock) -> None:
    reference = kept(app, cast.mission, case)
    for person, token in (
        (cast.focal_point, reference),
        (cast.mission, reference[:-2]),
        (cast.mission, "W10.x"),
        (cast.mission, "\0"),
    ):
        client = signed_in(app, person)
        body = {**GOOD, "readers": "all", "csrf_token": csrf_of(app, client), "file-kept": token}
        answer = client.post(f"/cases/{case.key}/documents/new", data=body)
        assert answer.status_code == 422, token
        assert "no longer there" in errors(answer)["file"]
    clock.move(hours=24)
    client = signed_in(app, cast.mission)
    body = {**GOOD, "readers": "all", "csrf_token": csrf_of(app, client), "file-kept": reference}
    answer = client.post(f"/cases/{case.key}/documents/new", data=body)
    assert "no longer there" in errors(answer)["file"]
    assert count_of(app, Document) == 0


def test_a_form_that_was_sent_after_its_session_ended_comes_back_with_the_kept_file(
    app: Flask, cast: Cast, case: Made, clock: StoppedClock
) -> None:
    client, path = signed_in(app, cast.mission), f"/cases/{case.key}/documents/new"
    answer = send(client, path, title="", kind="report", readers="state_tpb", file=upload(name="law.pdf"))
    clock.move(minutes=61)
    ended = client.submit(answer, {"title": TITLE})
    assert ended.status_code == 303
    page = client.submit(
        client.get(ended.location), {"email": cast.mission.email, "password": PASSWORD}, follow_redirects=True
    )
    assert value_of(page, "title") == TITLE
    assert 'value="state_tpb" checked' in page.get_data(as_text=True)
    assert "Kept:" in page.get_data(as_text=True)
    assert client.submit(page).status_code == 303
    assert (only(app).title, only(app).file_name, only(app).kind.value) == (TITLE, "law.pdf", "report")


WRONG = (
    ({"title": "x" * 201}, "title"),
    ({"title": "a\0b"}, "title"),
    ({"title": " "}, "title"),
    ({"kind": "everything"}, "kind"),
    ({"lang": "xx"}, "lang"),
    ({"readers": "everybody"}, "readers"),
    ({"readers": "tpb_only"}, "readers"),
    ({"readers": "own_state"}, "readers"),
)


def test_other_wrong_input(app: Flask, cast: Cast, case: Made) -> None:
    client = signed_in(app, cast.mission)
    body = {**GOOD, "readers": "all", "csrf_token": csrf_of(app, client)}
    for wrong, field in WRONG:
        answer = client.post(f"/cases/{case.key}/documents/new", data={**body, **wrong, "file": upload()[0]})
        assert answer.status_code == 422, wrong
        assert set(errors(answer)) == {field}, wrong
    assert count_of(app, Document) == 0


def test_the_same_form_sent_twice_adds_once(app: Flask, cast: Cast, case: Made) -> None:
    client = signed_in(app, cast.mission)
    body = {**GOOD, "readers": "all", "csrf_token": csrf_of(app, client), "_key": "sent-twice"}
    for _time in range(2):
        answer = client.post(f"/cases/{case.key}/documents/new", data={**body, "file": upload()[0]})
        assert answer.status_code == 303
    assert count_of(app, Document) == 1


def test_a_new_version_for_the_same_readers(app: Flask, cast: Cast, case: Made) -> None:
    first = attach(app, cast.focal_point, case, audience=Audience.STATE_TPB, title="Draft", lang="fr")
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/documents/{first.key}/version")
    assert value_of(page, "title") == "Draft"
    assert client.submit(page, {"file": upload(files.GOOD["docx"], "v2.docx")}).status_code == 303
    newest = rows(app, select(Document).where(Document.version == 2))[0][0]
    assert (newest.series, newest.audience, newest.lang) == (first.key, Audience.STATE_TPB, "fr")
    shown = client.get(f"/cases/{case.key}/documents").get_data(as_text=True)
    assert "1 earlier version" in shown
    assert f"/documents/{first.key}/file" in shown
    assert client.get(f"/cases/{case.key}/documents/{first.key}/version").status_code == 403
    officer = signed_in(app, cast.case_officer)
    assert officer.get(f"/cases/{case.key}/documents/{newest.key}/version").status_code == 403
    assert "Add a new version" not in officer.get(f"/cases/{case.key}/documents").get_data(as_text=True)


def test_somebody_was_faster_with_a_version(app: Flask, cast: Cast, case: Made) -> None:
    first = attach(app, cast.focal_point, case)
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/documents/{first.key}/version")
    attach(app, cast.focal_point, case, replaces=first)
    answer = client.submit(page, {"title": TITLE, "file": upload()})
    assert answer.status_code == 422
    assert "Somebody has added a newer version meanwhile" in answer.get_data(as_text=True)
    assert value_of(answer, "title") == TITLE
    assert count_of(app, Document) == 2


def test_opening_asks_says_who_newly_reads_and_is_in_history(app: Flask, cast: Cast, case: Made) -> None:
    document = attach(app, cast.case_officer, case, audience=Audience.STATE_TPB)
    path = f"/cases/{case.key}/documents/{document.key}/widen"
    assert signed_in(app, cast.case_officer).get(path).status_code == 403
    client = signed_in(app, cast.mission)
    page = client.get(path)
    assert "The bodies that are or will be consulted on this request" in page.get_data(as_text=True)
    assert client.submit(page).status_code == 303
    assert only(app).audience is Audience.ALL
    assert only(app).widened_by_id == cast.mission.id
    newest = rows(app, select(HistoryPayload.payload).order_by(HistoryPayload.id.desc()).limit(1))[0].payload
    assert (newest["widened_from"], newest["seen_by"]) == ("state_tpb", "all")
    assert client.get(path).status_code == 403


def test_a_page_that_is_old_opens_nothing_further(app: Flask, cast: Cast, case: Made) -> None:
    document = attach(app, cast.case_officer, case, audience=Audience.TPB_ONLY)
    path = f"/cases/{case.key}/documents/{document.key}/widen"
    client = signed_in(app, cast.case_officer)
    old = client.get(path)
    first = client.submit(client.get(path), form="form:has([value=coordination])")
    assert first.status_code == 303
    answer = client.submit(old, form="form:has([value=state_tpb])")
    assert answer.status_code == 422
    assert only(app).audience is Audience.COORDINATION


def test_nothing_is_ever_made_narrower(app: Flask, cast: Cast, case: Made) -> None:
    document = attach(app, cast.case_officer, case, audience=Audience.ALL)
    client = signed_in(app, cast.case_officer)
    for readers in ("tpb_only", "state_tpb", "coordination", "own_state", "nobody"):
        body = {"csrf_token": csrf_of(app, client), "seen": "all", "readers": readers}
        answer = client.post(f"/cases/{case.key}/documents/{document.key}/widen", data=body)
        assert answer.status_code in {403, 422}, readers
    assert only(app).audience is Audience.ALL


def test_a_document_is_taken_out_of_a_draft_and_never_later(app: Flask, cast: Cast, case: Made) -> None:
    draft = make_case(app, cast, State.DRAFT)
    document, later = attach(app, cast.focal_point, draft), attach(app, cast.mission, case)
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{draft.key}/documents/{document.key}/remove")
    assert client.submit(page).status_code == 303
    assert only(app).key == later.key
    assert standing(app, draft.key).history[-1] == "edit_draft"
    path = f"/cases/{case.key}/documents/{later.key}/remove"
    assert client.get(path).status_code == 403
    assert client.post(path, data={"csrf_token": csrf_of(app, client)}).status_code == 403
    assert only(app).key == later.key


def named_in(app: Flask, draft: Made) -> list[tuple[str, str]]:
    """The texts that the draft names: key and name."""
    data = rows(app, select(DraftTask.data).where(DraftTask.case_id == draft.id, DraftTask.task == "details"))[0].data
    return [(text["key"], text["name"]) for text in data["drafting"].get("texts") or ()]


def test_the_draft_names_the_texts_that_are_attached_to_it(app: Flask, cast: Cast) -> None:
    draft = make_case(app, cast, State.DRAFT)
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{draft.key}/documents/new?field_path=drafting.texts")
    done = client.submit(page, {"title": TITLE, "file": upload()}, follow_redirects=True)
    text = only(app)
    assert (text.field_path, text.kind.value) == ("drafting.texts", "draft_law")
    assert named_in(app, draft) == [(text.key, TITLE)]
    assert f"/cases/{draft.key}/tasks/details/drafting" in done.get_data(as_text=True)
    attach(app, cast.mission, draft, title="Of no field")
    newer = attach(app, cast.mission, draft, title="Second draft", replaces=text, field_path="drafting.texts")
    assert named_in(app, draft) == [(newer.key, "Second draft")]
    shown = client.get(f"/cases/{draft.key}/documents?field_path=drafting.texts").get_data(as_text=True)
    assert "Second draft" in shown
    assert "Of no field" not in shown
    page = client.get(f"/cases/{draft.key}/documents/{newer.key}/remove")
    assert client.submit(page).status_code == 303
    assert named_in(app, draft) == []


def test_a_field_in_an_address_means_nothing_outside_a_draft(app: Flask, cast: Cast, case: Made) -> None:
    client = signed_in(app, cast.mission)
    for wanted in ("drafting.texts", "need.title", "x" * 500):
        answer = send(client, f"/cases/{case.key}/documents/new?field_path={wanted}", **GOOD, file=upload())
        assert answer.status_code == 303
    assert {row.field_path for row in rows(app, select(Document.field_path))} == {None}


def test_a_document_is_found_below_its_own_case_only(app: Flask, cast: Cast, case: Made) -> None:
    other = make_case(app, cast, State.DRAFT)
    document = attach(app, cast.mission, case)
    client = signed_in(app, cast.mission)
    for page in ("file", "version", "widen", "remove"):
        assert client.get(f"/cases/{other.key}/documents/{document.key}/{page}").status_code == 404, page
