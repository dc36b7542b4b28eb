"""Documents of an activity, the report of a delivery on paper, and where a delivery leads on to."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader

from app.delivery.activities.vocabulary import ActivityStatus
from app.workflow.vocabulary import State
from tests.factories.activities import Held, put_activity
from tests.factories.beginnings import recommended
from tests.factories.cases import make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.support import files
from tests.support.clock import StoppedClock


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_a_document_of_an_activity_stands_on_its_page_for_its_readers(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    held, other = put_activity(app, case), put_activity(app, case)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/activities/{held}/documents/new")
    said = {"title": "Programme", "kind": "agenda", "lang": "en", "readers": "tpb_only"}
    wrong = client.submit(page, said)
    assert wrong.status_code == 422, "no file was chosen"
    sent = client.submit(page, {**said, "file": [(io.BytesIO(files.GOOD["pdf"]), "programme.pdf")]})
    assert sent.status_code == 303
    shown = {
        name: get(app, quick_client(app, cast[name]), f"/cases/{case.key}/activities/{key}").get_data(as_text=True)
        for name, key in (("auditor", held), ("focal_point", held), ("case_officer", other))
    }
    assert [name for name, text in shown.items() if "Programme" in text] == ["auditor"]


def test_the_report_on_paper_holds_what_was_delivered(app: Flask, cast: Cast) -> None:
    case, early = make_case(app, cast, State.DELIVERED), make_case(app, cast, State.SCHEDULED)
    put_activity(app, case, Held(title="Course for judges in Entebbe"))
    put_activity(app, case, Held(status=ActivityStatus.CANCELLED))
    recommended(app, case, "Name a central authority.")
    client = quick_client(app, cast.focal_point)
    paper = get(app, client, f"/cases/{case.key}/delivery/report.pdf")
    assert paper.mimetype == "application/pdf"
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.get_data())).pages).split())
    for words in ("Course for judges in Entebbe", "Judges", "12", "Name a central authority.", "The hall was taken."):
        assert words in text
    assert get(app, client, f"/cases/{early.key}/delivery/report.pdf").status_code == 404
    assert get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/delivery/report.pdf").status_code == 403


def test_who_ends_assistance_early_reads_what_was_delivered(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_DELIVERY)
    put_activity(app, case, Held(title="Course for judges in Entebbe"))
    page = get(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/propose-outcome")
    assert "What was delivered so far" in page.get_data(as_text=True)
    assert "Course for judges in Entebbe" in page.get_data(as_text=True)


def test_a_follow_up_is_the_states_to_ask_for_and_the_branchs_to_offer(app: Flask, cast: Cast) -> None:
    for state in (State.DELIVERED, State.EVALUATION, State.CLOSED):
        case = make_case(app, cast, state)
        theirs, ours = (
            get(app, quick_client(app, who), f"/cases/{case.key}/delivery").get_data(as_text=True)
            for who in (cast.focal_point, cast.case_officer)
        )
        assert f"/cases/{case.key}/follow-up" in theirs
        assert f"/cases/{case.key}/follow-up" not in ours
        assert "Offer a follow-up" in ours
        assert "Offer a follow-up" not in theirs
