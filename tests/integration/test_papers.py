"""The receipt and the whole request as PDF: the same words for the same readers as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.test import TestResponse

from app.foundation.db import read_session
from app.papers.papers import Paper
from app.workflow.vocabulary import Action, Audience, Body, State
from tests.factories.acting import do
from tests.factories.cases import QUESTION, at_home, away, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.documents import attach
from tests.factories.people import Cast, cast_of
from tests.support.pdf import words_of
from tests.support.statements import Statements

PAGE_COST: Final = 10
KINDS: Final = ("receipt", "request")


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def text_of(answer: TestResponse) -> str:
    assert answer.status_code == 200
    return words_of(answer.get_data())


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_file_to_keep_that_no_cache_keeps(app: Flask, cast: Cast, kind: str) -> None:
    case = make_case(app, cast, State.SUBMITTED)
    answer = get(app, quick_client(app, cast.focal_point), f"/cases/{case.key}/{kind}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={case.number}-{kind}.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_receipt_says_number_state_title_types_channel_and_what_comes(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.SUBMITTED, at_home(cast, title="关于修订法律的请求"))
    page = get(app, quick_client(app, cast.mission), f"/cases/{case.key}/receipt.pdf")
    text = text_of(page)
    for wanted in (
        str(case.number),
        "Kenya",
        "关于修订法律的请求",
        "Drafting or review of laws",
        "Submitted by This portal",
        "An intake officer takes it up",
        "By when",
        "Contact Intake of the Terrorism Prevention Branch",
    ):
        assert wanted in text


def test_the_receipt_is_in_the_language_of_the_reader(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.SUBMITTED)
    client = quick_client(app, cast.focal_point)
    client.set_cookie("accede_language", "fr", domain=str(urlsplit(app.config["ACCEDE_BASE_URL"]).hostname))
    reader = PdfReader(BytesIO(get(app, client, f"/cases/{case.key}/receipt.pdf").get_data()))
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert "Rédaction ou révision de textes de loi" in reader.pages[0].extract_text()


@pytest.mark.parametrize("state", [State.DRAFT, State.AWAITING_MISSION])
def test_a_draft_has_no_receipt_and_prints_marked(app: Flask, cast: Cast, state: State) -> None:
    case = make_case(app, cast, state)
    client = quick_client(app, cast.focal_point)
    assert get(app, client, f"/cases/{case.key}/receipt.pdf").status_code == 404
    answer = get(app, client, f"/cases/{case.key}/request.pdf")
    text = text_of(answer)
    assert "Draft, not submitted" in text
    assert case.title in text
    assert answer.headers["Content-Disposition"] == "attachment; filename=draft-request.pdf"
    for stranger in ("intake_officer", "auditor", "away_mission"):
        assert get(app, quick_client(app, cast[stranger]), f"/cases/{case.key}/request.pdf").status_code == 404


def test_the_whole_request_holds_answers_questions_and_steps(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.RETURNED)
    assert do(signed_in(app, cast.focal_point), Action.ANSWER, case.key).status_code == 303
    text = text_of(get(app, quick_client(app, cast.intake_officer), f"/cases/{case.key}/request.pdf"))
    for wanted in (
        case.title,
        "The law of 1987 knows no video hearing",
        "ines.marlow@example.org",
        QUESTION,
        "The Ministry of Justice.",
        "Questions answered",
        "Taken up for screening",
        cast.intake_officer.name,
    ):
        assert wanted in text
    assert "Draft, not submitted" not in text


def test_bodies_do_not_read_what_state_and_branch_wrote_to_each_other(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=(Body.CTC_CTED,)))
    returned = make_case(app, cast, State.RETURNED, at_home(cast, bodies=(Body.CTC_CTED,)))
    liaison = quick_client(app, cast.ctc_liaison)
    assert case.title in text_of(get(app, liaison, f"/cases/{case.key}/request.pdf"))
    assert QUESTION not in text_of(get(app, liaison, f"/cases/{returned.key}/request.pdf"))
    assert QUESTION in text_of(get(app, quick_client(app, cast.auditor), f"/cases/{returned.key}/request.pdf"))


def test_the_documents_that_the_reader_may_have_are_listed_with_their_hash(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=(Body.CTC_CTED,)))
    law = attach(app, cast.focal_point, case, title="قانون – 法律 – law")
    note = attach(app, cast.case_officer, case, title="Our own notes", audience=Audience.TPB_ONLY)
    for name, wanted in (("case_officer", (law, note)), ("focal_point", (law,)), ("ctc_liaison", (law,))):
        text = text_of(get(app, quick_client(app, cast[name]), f"/cases/{case.key}/request.pdf")).replace("\n", "")
        assert [document.file_name in text for document in wanted] == [True] * len(wanted), name
        assert (note.title in text) == (note in wanted), name
        assert law.sha256[:20] in text, name


def test_what_the_state_did_before_it_submitted_is_printed_for_the_state_only(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.SUBMITTED)
    path = f"/cases/{case.key}/request.pdf"
    assert "Draft started" in text_of(get(app, quick_client(app, cast.focal_point), path))
    assert "Draft started" not in text_of(get(app, quick_client(app, cast.intake_officer), path))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_for_who_sees_the_case(app: Flask, cast: Cast, kind: str) -> None:
    foreign = make_case(app, cast, State.SUBMITTED, away(cast))
    path = f"/cases/{foreign.key}/{kind}.pdf"
    assert get(app, quick_client(app, cast.mission), path).status_code == 404
    assert get(app, quick_client(app, cast.administrator), path).status_code == 403
    assert get(app, quick_client(app, None), path).status_code == 303


@pytest.mark.parametrize("person", ["mission", "focal_point", "case_officer", "branch_chief", "ctc_liaison", "auditor"])
def test_it_costs_no_more_than_a_page_and_is_made_outside_any_transaction(
    app: Flask,
    cast: Cast,
    statements: Callable[[], AbstractContextManager[Statements]],
    monkeypatch: pytest.MonkeyPatch,
    person: str,
) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, judged=True, bodies=(Body.CTC_CTED,)))
    open_while_rendering: list[bool] = []
    real = Paper.pdf

    def watched(paper: Paper) -> Any:
        open_while_rendering.append(read_session().in_transaction())
        return real(paper)

    monkeypatch.setattr(Paper, "pdf", watched)
    kinds = KINDS if person in ("mission", "focal_point") else ("request",)
    for kind in kinds:
        client = quick_client(app, cast[person])
        with statements() as seen:
            assert get(app, client, f"/cases/{case.key}/{kind}.pdf").status_code == 200
        seen.at_most(PAGE_COST)
    assert open_while_rendering == [False] * len(kinds)


@pytest.mark.parametrize(("person", "receipt"), [("mission", True), ("intake_officer", False)])
def test_the_page_of_the_case_leads_to_the_papers(app: Flask, cast: Cast, person: str, receipt: bool) -> None:
    case = make_case(app, cast, State.SUBMITTED)
    text = signed_in(app, cast[person]).get(f"/cases/{case.key}").get_data(as_text=True)
    assert f"/cases/{case.key}/request.pdf" in text
    assert (f"/cases/{case.key}/receipt.pdf" in text) is receipt


def test_the_confirmation_leads_to_the_receipt(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.SUBMITTED)
    page = signed_in(app, cast.focal_point).get(f"/cases/{case.key}/sent")
    assert f"/cases/{case.key}/receipt.pdf" in page.get_data(as_text=True)
