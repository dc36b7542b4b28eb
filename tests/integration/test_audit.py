"""The auditor's pages: entries of all histories with codes only, and the verification of every chain."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from app.casework.jobs import checkpoint
from app.dashboards.audit.entries import codes_of
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import State
from tests.factories.cases import QUESTION, at_home, away, make_case, make_cases
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.integration.test_history_chain import edit
from tests.support.clock import StoppedClock
from tests.support.databases import Database
from tests.support.drafts import words


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def rows(page: TestResponse) -> list[Tag]:
    return list(BeautifulSoup(page.get_data(as_text=True), "lxml").select("table.grid tbody tr"))


def test_entries_are_narrowed_and_never_show_texts(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.RETURNED, at_home(cast))
    clock.move(days=2)
    other = make_case(app, cast, State.SUBMITTED, away(cast))
    client = signed_in(app, cast.auditor)
    page = client.get("/audit/history")
    assert QUESTION not in words(page)
    assert "questions" in words(page)
    numbers = {case.number, other.number}
    for query, expected in (
        ("", numbers),
        ("member_state=FJI", {other.number}),
        (f"number={case.number[-4:]}", {case.number}),
        ("action=return_for_information", {case.number}),
        ("person=intake", {case.number}),
        ("since=2026-03-03&until=2026-04-01", {other.number}),
    ):
        listed = client.get(f"/audit/history?{query}")
        assert {row.select_one("td bdi").get_text() for row in rows(listed)} == expected, query
    assert "No entry fits" in words(client.get("/audit/history?person=nobody"))
    for query, field in (("action=nothing", "action"), ("since=2026-09-01&until=2026-01-01", "until")):
        answer = client.get(f"/audit/history?{query}")
        assert answer.status_code == 422
        assert BeautifulSoup(answer.get_data(as_text=True), "lxml").select_one(f"#{field}-error")


def test_pages_follow_each_other_without_gap(app: Flask, cast: Cast) -> None:
    make_cases(app, cast, [(State.CLOSED, at_home(cast)) for _ in range(7)])
    client, seen = signed_in(app, cast.auditor), list[str]()
    page = client.get("/audit/history")
    while True:
        seen += [f"{row.select_one('td').get_text(' ')}" for row in rows(page)]
        following = BeautifulSoup(page.get_data(as_text=True), "lxml").select_one("a[rel=next]")
        if following is None:
            break
        page = client.get(str(following["href"]))
    assert len(seen) == len(set(seen)) > 90
    file = client.get("/audit/history/csv").get_data(as_text=True)
    assert file.count('"TPB-2026-') == len(seen)
    assert get(app, quick_client(app, cast.auditor), "/audit/history?after=x.1").status_code == 404


def test_every_chain_is_verified_and_the_first_bad_row_named(app: Flask, database: Database, cast: Cast) -> None:
    sound, broken = make_case(app, cast, State.SCREENING), make_case(app, cast, State.IN_REVIEW, away(cast))
    with app.app_context():
        checkpoint(SYSTEM)
    client = signed_in(app, cast.auditor)
    page = client.get("/audit/verification")
    answer = client.submit(page, button=None)
    assert answer.status_code == 200
    assert "Every history holds" in words(answer)
    edit(database, f"UPDATE case_history SET action = 'approve' WHERE case_id = {broken.id} AND seq = 3")
    answer = client.submit(page, button=None)
    assert "Not every history holds" in words(answer)
    found = answer.get_data(as_text=True)
    assert str(broken.number) in found
    assert str(sound.number) not in found
    assert rows(answer)[0].select_one("td.c-num").get_text().strip() == "3"
    file = client.get("/audit/verification/csv").get_data(as_text=True)
    assert f'"{broken.number}"' in file
    assert file.count("Holds") == 1
    paper = client.submit(page, button=None, form="form[action$='verification.pdf']")
    assert paper.data.startswith(b"%PDF")


@pytest.mark.parametrize("person", ["manager", "branch_chief", "administrator", "mission"])
def test_only_the_auditor_comes_in(app: Flask, cast: Cast, person: str) -> None:
    client = quick_client(app, cast[person])
    for path in ("/audit/history", "/audit/history/csv", "/audit/verification", "/audit/verification/csv"):
        assert get(app, client, path).status_code == 403, path
    assert post(app, client, "/audit/verification").status_code == 403


def test_texts_of_a_payload_are_only_named() -> None:
    assert codes_of({"note": "He called at ten.", "body": "ola", "round": 1}) == "body=ola, round=1, note"
    assert codes_of({"subject": ["x"]}) == ""
    assert codes_of(None) == "erased"
