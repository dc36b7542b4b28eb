"""Requests that came on paper: registered by intake with their scan, numbered at once, counted from their arrival."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import delete, select

from app.accounts.models import UserRole
from app.casework.models import (
    AssistanceRequest,
    CaseBody,
    CaseRevision,
    CaseStay,
    CaseType,
    ConsentRecord,
    NumberCounter,
)
from app.casework.projection import compare
from app.documents.models import Document
from app.documents.vocabulary import DocumentKind
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import Notice
from app.triage.paper.commands import today
from app.triage.paper.models import PaperNote
from app.triage.paper.queries import mark_of
from app.workflow.vocabulary import Action, Audience, Body, State
from tests.factories.acting import do
from tests.factories.cases import at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.paper import GIST, TITLE, filled_in, register
from tests.factories.people import AWAY, Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.integration.test_concurrency import all_at_once
from tests.support import files
from tests.support.clock import StoppedClock
from tests.support.drafts import words
from tests.support.pdf import words_of
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
#: A paper request does at once what a State does in six forms: draft, tasks, consent, submission, document.
MOST = 19


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def days_ago(number: int) -> Any:
    return today() - timedelta(days=number)


def row_of(app: Flask, key: str) -> Any:
    return rows(app, select(*AssistanceRequest.__table__.c).where(AssistanceRequest.key == key))[0]


def test_registered_with_everything_that_the_note_says(app: Flask, cast: Cast, statements: Recorded) -> None:
    client = quick_client(app, cast.intake_officer)
    register(app, cast.intake_officer.actor, state=AWAY)  # calendars and limits are in memory now
    note, received = days_ago(10), days_ago(7)
    with statements() as seen:
        answer = post(app, client, "/paper/new", **filled_in(note, received))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    seen.at_most(MOST)
    key = answer.location.split("/")[2]
    assert answer.location == f"/cases/{key}/registered"

    case = row_of(app, key)
    assert (case.state, case.number, case.received_on, case.lang) == (State.SUBMITTED, "TPB-2026-0002", received, "ar")
    assert standing(app, key).history == ("register_paper",)
    (revision,) = rows(app, select(CaseRevision.data).where(CaseRevision.case_id == case.id))
    assert revision.data["who"]["contact"]["name"] == "أمل ناصر"
    assert revision.data["who"]["beneficiaries"] == [{"name": "المحكمة العليا", "kind": "courts"}]
    assert revision.data["need"]["problem"] == "القضاة الجدد لا يعرفون القانون.\n新法官不了解法律。"
    assert revision.data["consents"] == {"ctc": True}
    assert count_of(app, CaseType, CaseType.case_id == case.id) == 1
    given = select(ConsentRecord.given_at, ConsentRecord.given_by_id).where(ConsentRecord.case_id == case.id)
    assert tuple(rows(app, given)[0]) == (datetime.combine(note, time(), tzinfo=UTC), None)
    (scan,) = rows(app, select(Document.kind, Document.audience, Document.file_name).where(Document.case_id == case.id))
    assert tuple(scan) == (DocumentKind.NOTE_VERBALE, Audience.ALL, "note verbale.pdf")


def test_the_clocks_count_from_the_day_of_arrival(app: Flask, cast: Cast) -> None:
    key, late = (register(app, cast.intake_officer.actor, ago=ago, note_number=f"N{ago}") for ago in (0, 9))
    assert row_of(app, late).due_at < row_of(app, key).due_at
    case = row_of(app, late)
    (stay,) = rows(app, select(CaseStay.started_at).where(CaseStay.case_id == case.id))
    assert stay.started_at.date() in {days_ago(9), days_ago(10)}, "the day begins in Vienna"
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        kept = session.get_one(AssistanceRequest, case.id)
        assert compare(session, kept) == []
        kept.received_on = days_ago(1)
        assert compare(session, kept) == [], "the clocks read history alone"
        session.rollback()
    queue = words(signed_in(app, cast.intake_officer).get("/queue"))
    assert "9 days" in queue.replace("\u00a0", " ")
    assert "0 days" in queue.replace("\u00a0", " ")


def test_the_state_and_intake_are_told_and_the_state_sees_it_like_its_own(app: Flask, cast: Cast) -> None:
    key = register(app, cast.intake_officer.actor, gist=GIST)
    told = rows(app, select(Notice.user_id, Notice.code))
    state = {cast[name].id for name in ("focal_point", "colleague", "focal_alone", "mission")}
    assert {row.user_id for row in told if row.code == "case.registered_from_paper"} == state
    assert cast.away_mission.id not in {row.user_id for row in told}
    for name in ("mission", "intake_officer", "auditor"):
        page = words(signed_in(app, cast[name]).get(f"/cases/{key}"))
        for said in ("As it came on paper", "NV/2026/118", GIST, "The original prevails.", cast.intake_officer.name):
            assert said in page, (name, said)
    assert TITLE in words(signed_in(app, cast.focal_point).get("/home"))
    assert get(app, quick_client(app, cast.away_mission), f"/cases/{key}").status_code == 404


def test_a_consulted_body_reads_the_request_and_not_the_paper(app: Flask, cast: Cast) -> None:
    key = register(app, cast.intake_officer.actor, gist=GIST)
    case = row_of(app, key)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.add(CaseBody(case_id=case.id, state_id=case.state_id, body=Body.CTC_CTED))
    page = words(signed_in(app, cast.ctc_liaison).get(f"/cases/{key}"))
    assert TITLE in page
    assert "As it came on paper" not in page
    (scan,) = rows(app, select(Document.audience))
    assert scan.audience is Audience.STATE_TPB, "without the consent the scan does not reach the Committee"


def test_what_is_missing_shows_in_the_checks(app: Flask, cast: Cast) -> None:
    key = register(app, cast.intake_officer.actor)
    client = signed_in(app, cast.intake_officer)
    do(client, Action.TAKE_UP, key)
    page = words(client.get(f"/cases/{key}/screening"))
    for found in ("Not sent through the portal: compare the original.", "No consent is in force.", "Missing:"):
        assert found in page
    assert "NV/2026/118" in page


def test_a_known_number_is_pointed_out_and_confirmed(app: Flask, cast: Cast) -> None:
    first = register(app, cast.intake_officer.actor, note_number="NV 2026-118")
    register(app, cast.intake_officer.actor, state=AWAY)
    client, form = signed_in(app, cast.intake_officer), {"note_number": "ｎｖ/2026/118", "who-working_language": "fr"}
    page = client.post("/paper/new", data={**hidden(client), **filled_in(days_ago(3), days_ago(1), **form)})
    assert page.status_code == 422
    text = page.get_data(as_text=True)
    assert f"/cases/{first}" in text
    assert "القضاة الجدد" in text, "nothing typed is lost"
    assert count_of(app, AssistanceRequest) == 2
    confirmed = client.submit(page, {"another": "y"})
    assert confirmed.status_code == 303, words(confirmed)
    assert count_of(app, PaperNote, PaperNote.note_mark == mark_of("NV2026118")) == 3


def hidden(client: Any) -> dict[str, str]:
    """What the form of the page sends besides."""
    soup = BeautifulSoup(client.get("/paper/new").get_data(as_text=True), "lxml")
    return {str(one["name"]): str(one["value"]) for one in soup.select("main form input[type=hidden]")}


#: (field, what is typed there): each alone keeps the request from being registered.
WRONG: list[tuple[str, Any]] = [
    ("state", ""), ("state", "ZZZ"), ("state", "XX\x00"), ("channel", ""), ("channel", "portal"), ("note_number", " "),
    ("note_number", "x" * 81), ("note_number", "a\x00b"), ("note_date-day", "32"), ("note_date-year", ""),
    ("received_on-year", "2099"), ("received_on-year", "2005"), ("need-title", ""), ("need-title", "x" * 161),
    ("need-types", "follow_up"), ("need-types", "coffee"), ("need-problem", "x" * 6001), ("need-urgency", "soon"),
    ("who-contact-email", "nobody"), ("who-contact-name", "x" * 201), ("who-beneficiaries-0-kind", "circus"),
    ("who-working_language", "xx"), ("gist", "x" * 6001), ("scan", None), ("scan", (b"MZ", "note.exe")),
    ("scan", (b"", "note.pdf")), ("scan", (files.GOOD["png"], "note.pdf")),
]  # fmt: skip


def test_what_is_wrong_is_refused_and_nothing_typed_is_lost(app: Flask, cast: Cast) -> None:
    client, faults = quick_client(app, cast.intake_officer), []
    for field, value in WRONG:
        typed = filled_in(days_ago(10), days_ago(7))
        given = (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
        sent = {name: one for name, one in {**typed, field: given}.items() if one is not None}
        answer = post(app, client, "/paper/new", **sent)
        text = answer.get_data(as_text=True)
        kept = all(typed[name] in text for name in ("note_number", "need-title", "gist") if name != field)
        if answer.status_code != 422 or 'class="errsum"' not in text or not kept:
            faults.append((field, str(value)[:20], answer.status_code))
    assert not faults
    gistless = filled_in(days_ago(10), days_ago(7), gist="", **{"who-working_language": "other"})
    assert "Say in English what the document says" in post(app, client, "/paper/new", **gistless).get_data(as_text=True)
    assert count_of(app, AssistanceRequest) == 0
    assert count_of(app, NumberCounter) == 0, "no number is lost"


def test_the_page_with_the_number_says_who_was_told(app: Flask, cast: Cast) -> None:
    key = register(app, cast.intake_officer.actor)
    client = signed_in(app, cast.intake_officer)
    assert "A receipt with the number is on its way to 4 people" in words(client.get(f"/cases/{key}/registered"))
    with app.app_context(), write_transaction(None) as session:
        session.execute(delete(UserRole).where(UserRole.user_id.in_([cast.mission.id, cast.focal_point.id])))
        session.execute(delete(UserRole).where(UserRole.user_id.in_([cast.colleague.id, cast.focal_alone.id])))
    page = words(client.get(f"/cases/{key}/registered"))
    assert "Nobody of this State has an account here" in page
    assert "TPB-2026-0001" in page
    portal = make_case(app, cast, State.SUBMITTED, at_home(cast))
    assert client.get(f"/cases/{portal.key}/registered").status_code == 302
    assert client.get(f"/cases/{portal.key}/receipt-letter.pdf").status_code == 404


def test_the_receipt_is_a_letter_in_the_language_of_the_writer(app: Flask, cast: Cast) -> None:
    contact = {"name": "Inès Marlow", "function": "Juge", "institution": "Ministère", "language": "fr"}
    answers = {"need": {"title": "Formation des juges"}, "who": {"contact": contact}}
    key = register(app, cast.intake_officer.actor, answers=answers)
    answer = get(app, quick_client(app, cast.intake_officer), f"/cases/{key}/receipt-letter.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    reader = PdfReader(io.BytesIO(answer.get_data()))
    text = words_of(answer.get_data())
    for said in ("TPB-2026-0001", "NV/2026/118", "Inès Marlow", "Formation des juges"):
        assert said in text
    assert str(reader.trailer["/Root"]["/Lang"]) == "fr"
    for name in ("mission", "case_officer", "ctc_liaison"):
        assert get(app, quick_client(app, cast[name]), f"/cases/{key}/receipt-letter.pdf").status_code == 403


def test_its_pages_cost_no_more_than_others(app: Flask, cast: Cast, statements: Recorded) -> None:
    key = register(app, cast.intake_officer.actor, gist=GIST)
    for name, paths in (
        ("intake_officer", (f"/cases/{key}", f"/cases/{key}/screening", f"/cases/{key}/registered", "/paper/new")),
        ("mission", (f"/cases/{key}",)),
    ):
        client = quick_client(app, cast[name])
        for path in paths:
            get(app, client, path)
            with statements() as seen:
                assert get(app, client, path).status_code == 200
            seen.at_most(10)


def test_of_two_officers_with_the_same_note_one_is_told_of_the_other(app: Flask, cast: Cast) -> None:
    """At the same moment, in threads of their own."""

    def registering(client: FlaskClient, token: str) -> int:
        body = {"csrf_token": token, "_key": secrets.token_urlsafe(18), **filled_in(days_ago(3), days_ago(1))}
        return client.post("/paper/new", data=body, base_url=app.config["ACCEDE_BASE_URL"]).status_code

    assert sorted(all_at_once(app, [registering] * 4, [cast.intake_officer] * 4)) == [303, 422, 422, 422]
    assert [row.last for row in rows(app, select(NumberCounter.last))] == [1]


def test_its_day_is_the_same_on_page_file_and_beside_another(app: Flask, cast: Cast) -> None:
    """Midnight of Vienna is the day before in UTC."""
    key = register(app, cast.intake_officer.actor, ago=4)
    arrived = days_ago(4)
    client = signed_in(app, cast.intake_officer)
    text = client.get("/queue/export?view=new&file=csv").get_data().decode("utf-8-sig")
    assert text.splitlines()[-1].endswith(f'"{arrived.isoformat()}"')
    assert do(client, Action.TAKE_UP, key).status_code == 303
    later = make_case(app, cast, State.SCREENING, at_home(cast))
    path = f"/cases/{later.key}/merge"
    pair = BeautifulSoup(client.get(f"{path}?number=TPB-2026-0001").get_data(as_text=True), "lxml")
    days = [str(one["datetime"]) for one in pair.select(".pair time")]
    assert days[1] == arrived.isoformat()
    merging = client.get(f"/cases/{key}/merge?number={later.number}")
    assert client.submit(merging).status_code == 303
    page = client.get(f"/cases/{later.key}").get_data(as_text=True)
    assert f'counts from the earlier date: <time datetime="{arrived.isoformat()}">' in page


def test_only_intake_registers(app: Flask, cast: Cast) -> None:
    for name in ("case_officer", "branch_chief", "manager", "auditor", "mission", "ctc_liaison", "administrator"):
        client = quick_client(app, cast[name])
        assert post(app, client, "/paper/new", **filled_in(days_ago(3), days_ago(1))).status_code == 403
        assert "/paper/new" not in get(app, client, "/queue").get_data(as_text=True)
    assert "/paper/new" in get(app, quick_client(app, cast.intake_officer), "/queue").get_data(as_text=True)
    assert count_of(app, AssistanceRequest) == 0
