"""The fast lane from the page to the letter: under a standing no-objection, refused without one or above the cost."""

from __future__ import annotations

import html
from typing import Any, Final

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest, CaseBody
from app.coordination.agreements.commands import RevokeAgreement
from app.coordination.agreements.services import revoke_agreement
from app.documents.models import Document
from app.library.commands import WithdrawTool
from app.library.services import withdraw_tool
from app.notifications.models import Notice
from app.reference.vocabulary import ToolKind
from app.triage.supply_models import Supply
from app.workflow.vocabulary import AssistanceType, Audience, Body, LimitKey, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, Member, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.factories.supplies import stand_by
from tests.factories.tools import put_tool
from tests.support.canaries import as_text
from tests.support.clock import StoppedClock
from tests.support.statements import recorded_statements

T: Final = AssistanceType


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def text_of(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True))


def screened(app: Flask, cast: Cast, *types: AssistanceType, **changes: Any) -> Made:
    plan = at_home(cast, **({"types": types or (T.TOOLS,), "judged": True} | changes))
    return make_case(app, cast, State.SCREENING, plan)


def notices_of(app: Flask, person: Member) -> list[str]:
    return [code for (code,) in rows(app, select(Notice.code).where(Notice.user_id == person.id))]


def supply(app: Flask, cast: Cast, case: Made, **typed: Any) -> TestResponse:
    client = signed_in(app, cast.intake_officer)
    return client.submit(client.get(f"/cases/{case.key}/supply"), typed, button=None)


def test_tools_are_supplied_under_the_standing_no_objection(app: Flask, cast: Cast) -> None:
    agreement, tool = stand_by(app, cast), put_tool(app, langs=("en", "fr"))
    put_tool(app, titles={"en": "A course"}, kind=ToolKind.COURSE)
    put_tool(app, titles={"en": "Not published"}, published=False)
    case = screened(app, cast)
    client = signed_in(app, cast.intake_officer)
    page = client.get(f"/cases/{case.key}/supply")
    assert "Not published" not in text_of(page)
    assert "A course (" not in text_of(page)
    typed = {
        "items": [f"{tool}:fr"],
        "copies": "3",
        "address": "Mission, Vienna",
        "cost_minor": "999.99",
        "words": "W.",
    }
    letter = client.submit(page, typed, button="preview")
    assert letter.status_code == 200
    assert f"/library/{tool}/files/fr" in text_of(letter)
    assert standing(app, case.key).state is State.SCREENING, "the letter was only read"
    assert client.submit(letter, button=None).status_code == 303
    ((row,),) = rows(app, select(Supply))
    assert (row.items, row.copies, row.cost_minor) == ([{"tool": tool, "lang": "fr"}], 3, 99_999)
    assert row.agreements == [agreement], "which standing no-objection covered it"
    ((made,),) = rows(app, select(AssistanceRequest).where(AssistanceRequest.id == case.id))
    assert (made.state, made.officer_id) == (State.DELIVERED, cast.intake_officer.id)
    assert made.due_key is LimitKey.CONFIRM
    bodies = [body for (body,) in rows(app, select(CaseBody.body).where(CaseBody.case_id == case.id))]
    assert bodies == [Body.CTC_CTED]
    assert standing(app, case.key).history[-1] == "supply"
    assert "case.supplied_under_standing" in notices_of(app, cast.ctc_liaison)
    assert "case.supplied_under_standing" not in notices_of(app, cast.ola_liaison)
    for person in (cast.focal_point, cast.mission):
        assert "case.supplied" in notices_of(app, person)
    assert "case.supplied" not in notices_of(app, cast.away_mission)
    ((document,),) = rows(app, select(Document).where(Document.case_id == case.id))
    assert document.audience is Audience.STATE_TPB
    path = f"/cases/{case.key}/documents/{document.key}/file"
    said = "".join(as_text(get(app, quick_client(app, cast.mission), path)).split())
    for words in ("Guide", f"/library/{tool}/files/fr", "Mission,Vienna", "3printedcopies"):
        assert words in said, said
    assert get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}").status_code == 200
    assert get(app, quick_client(app, cast.ctc_liaison), path).status_code == 404
    assert get(app, quick_client(app, None), f"/library/{tool}/files/fr").status_code == 200


def test_the_page_of_the_request_leads_to_what_was_supplied(app: Flask, cast: Cast) -> None:
    stand_by(app, cast)
    tool, case = put_tool(app), screened(app, cast)
    supply(app, cast, case, items=[f"{tool}:en"], cost_minor="0")
    link = f'href="/library/{tool}/files/en"'
    for person, reads in (("mission", True), ("intake_officer", True), ("auditor", True), ("ctc_liaison", False)):
        client = quick_client(app, cast[person])
        with recorded_statements() as seen:
            overview = text_of(get(app, client, f"/cases/{case.key}"))
        seen.at_most(10)
        assert ("What was supplied" in overview, link in overview) == (reads, reads), person
    with app.app_context():
        withdraw_tool(cast.administrator.actor, WithdrawTool(key=tool, version=1, reason="It was replaced."))
    overview = text_of(get(app, quick_client(app, cast.mission), f"/cases/{case.key}"))
    assert link not in overview
    assert "A tool that was withdrawn since" in overview
    assert f'href="/library/{tool}"' in overview


def test_without_a_standing_no_objection_it_is_refused_with_the_reason(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    tool, case = put_tool(app), screened(app, cast)
    typed = {"items": [f"{tool}:en"], "cost_minor": "0"}
    client = signed_in(app, cast.intake_officer)
    reason = "CTC/CTED has given no standing no-objection for this type."
    overview = text_of(client.get(f"/cases/{case.key}"))
    assert reason in overview
    assert f'href="/cases/{case.key}/supply"' not in overview
    agreement = stand_by(app, cast)
    page = client.get(f"/cases/{case.key}/supply")
    assert reason not in text_of(page)
    with app.app_context():
        revoke_agreement(cast.ctc_liaison.actor, RevokeAgreement(key=agreement, note="Taken back."))
    before = standing(app, case.key)
    answer = client.submit(page, typed, button=None)
    assert (answer.status_code, reason in text_of(answer)) == (422, True), "revoked while the form was open"
    other = stand_by(app, cast, T.ONLINE_COURSE)
    assert reason in text_of(client.get(f"/cases/{case.key}/supply")), f"{other} covers another class"
    stand_by(app, cast, T.TOOLS)
    clock.move(days=366)
    assert reason in text_of(signed_in(app, cast.intake_officer).get(f"/cases/{case.key}/supply")), "run out"
    assert standing(app, case.key) == before
    assert count_of(app, Supply) == count_of(app, Document) == count_of(app, CaseBody) == 0


def test_the_cost_stays_below_the_limit(app: Flask, cast: Cast) -> None:
    stand_by(app, cast)
    tool, case = put_tool(app), screened(app, cast)
    for cost, message in (
        ("1000", "the cost must be below 1000 US dollars"),
        ("1000.01", "the cost must be below 1000 US dollars"),
        ("", "Enter an amount in numbers"),
        ("-1", "Enter an amount in numbers"),
    ):
        answer = supply(app, cast, case, items=[f"{tool}:en"], cost_minor=cost)
        assert (answer.status_code, message in text_of(answer)) == (422, True), cost
    assert count_of(app, Supply) == 0
    assert supply(app, cast, case, items=[f"{tool}:en"], cost_minor="999.99").status_code == 303


def test_what_is_supplied_answers_the_request(app: Flask, cast: Cast) -> None:
    stand_by(app, cast)
    tool, course = put_tool(app), screened(app, cast, T.ONLINE_COURSE, T.TOOLS)
    for typed, message in (
        ({"course": "In May."}, "Choose at least one tool"),
        ({"items": [f"{tool}:en"]}, "Name the course"),
        ({"items": [f"{tool}:ru"], "course": "In May."}, "not in the library any more"),
        ({"items": [f"{tool}:en"], "course": "In May.", "copies": "2"}, "Enter the address"),
    ):
        answer = supply(app, cast, course, **typed, cost_minor="0")
        assert (answer.status_code, message in text_of(answer)) == (422, True), typed
    assert supply(app, cast, course, items=[f"{tool}:en"], course="In May.", cost_minor="0").status_code == 303
    law = screened(app, cast, T.LEGISLATIVE_DRAFTING, T.TOOLS)
    unjudged = screened(app, cast, judged=False)
    for case, offered in ((law, False), (unjudged, True)):
        page = text_of(signed_in(app, cast.intake_officer).get(f"/cases/{case.key}"))
        assert ("Supply" in page) is offered, "with its reason where somebody can do something about it"
    for case, reason in (
        (law, "Only tools and online courses can be supplied"),
        (unjudged, "All eight eligibility checks must be judged"),
    ):
        client = signed_in(app, cast.intake_officer)
        assert reason in text_of(client.get(f"/cases/{case.key}/supply"))
        body = {"version": str(case.version), "items": f"{tool}:en", "cost_minor": "0"}
        answer = post(app, client, f"/cases/{case.key}/supply", **body)
        assert (answer.status_code, reason in text_of(answer)) == (422, True)
    assert count_of(app, Supply) == 1


def test_the_officer_who_had_it_is_told(app: Flask, cast: Cast) -> None:
    stand_by(app, cast)
    tool, case = put_tool(app), screened(app, cast, assigned=True)
    assert supply(app, cast, case, items=[f"{tool}:en"], cost_minor="0").status_code == 303
    assert "case.unassigned" in notices_of(app, cast.case_officer)
