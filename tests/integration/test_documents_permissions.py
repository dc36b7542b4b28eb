"""Who may attach where, as the permission table says; and how many SQL statements that costs."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from app.documents.models import Document
from app.workflow.states import STATE_ONLY
from app.workflow.vocabulary import STATE_ROLES, Action, Audience, Body, Role, State
from tests.architecture.test_permissions_csv import AGREED
from tests.factories.cases import at_home, make_case, make_cases
from tests.factories.clients import csrf_of, get, quick_client, signed_in
from tests.factories.documents import attach, stored_file
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of
from tests.support import files
from tests.support.canaries import alike_on
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
BOTH = (Body.CTC_CTED, Body.OLA)
#: The cells of the agreed table; in a draft attaching is part of editing it.
ALLOWED = {
    (cell.role, cell.state)
    for cell in AGREED
    if cell.action is (Action.EDIT_DRAFT if cell.state is State.DRAFT else Action.ATTACH)
}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_the_page_is_open_exactly_where_the_table_says(app: Flask, cast: Cast) -> None:
    made = make_cases(app, cast, [(state, at_home(cast, bodies=BOTH)) for state in State])
    wrong = []
    for role in sorted(set(Role) - {Role.SYSTEM} - set(alike_on(app))):
        client = quick_client(app, cast.of(role))
        for case in made:
            status = get(app, client, f"/cases/{case.key}/documents/new").status_code
            hidden = case.state in STATE_ONLY and role not in STATE_ROLES
            wanted = {200} if (role, case.state) in ALLOWED else {403, 404} if hidden else {403}
            wrong += [] if status in wanted else [f"{role} in {case.state}: {status}"]
    assert ALLOWED
    assert not wrong


def test_what_is_forbidden_is_refused_before_the_file_is_looked_at(app: Flask, cast: Cast) -> None:
    """Nobody fills the store of a case that they do not see."""
    case = make_case(app, cast, State.IN_REVIEW)
    client = signed_in(app, cast.away_mission)
    store = app.extensions["document_store"]
    before = len(list(store.everything()))
    fields = {"title": "x", "kind": "other", "lang": "en", "readers": "all", "csrf_token": csrf_of(app, client)}
    answer = client.post(f"/cases/{case.key}/documents/new", **files.form_with(fields, "law.pdf", files.GOOD["pdf"]))
    assert answer.status_code == 404
    assert len(list(store.everything())) == before


def test_adding_costs_no_more_than_a_transition(app: Flask, cast: Cast, statements: Recorded) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    for person in ("mission", "case_officer", "branch_chief", "ctc_liaison"):
        client = signed_in(app, cast[person])
        page = client.get(f"/cases/{case.key}/documents/new")
        values = {"title": "Law", "kind": "draft_law", "readers": "all", "file": [(io.BytesIO(b"x"), "law.txt")]}
        with statements() as seen:
            assert client.submit(page, values).status_code == 303
        seen.at_most(14)
    first = attach(app, cast.ctc_liaison, case)
    client = signed_in(app, cast.ctc_liaison)
    page = client.get(f"/cases/{case.key}/documents/{first.key}/version")
    with statements() as seen:
        assert client.submit(page, {"file": [(io.BytesIO(b"x"), "law.txt")]}).status_code == 303
    seen.at_most(14 + 2)  # the version before is read and closed


def test_opening_costs_no_more_than_a_transition(app: Flask, cast: Cast, statements: Recorded) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH))
    document = attach(app, cast.case_officer, case, audience=Audience.TPB_ONLY)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/documents/{document.key}/widen")
    with statements() as seen:
        assert client.submit(page, form="form:has([value=all])").status_code == 303
    seen.at_most(14)


def test_the_tab_costs_the_same_for_few_and_many(app: Flask, cast: Cast, statements: Recorded) -> None:
    case, stored = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BOTH)), stored_file(app)
    costs: dict[str, list[int]] = {}
    for more in (1, 45):
        for _number in range(more):
            attach(app, cast.focal_point, case, stored)
        for person in ("mission", "branch_chief", "ctc_liaison", "auditor"):
            client = quick_client(app, cast[person])
            with statements() as seen:
                page = get(app, client, f"/cases/{case.key}/documents")
            assert page.status_code == 200
            seen.at_most(10)
            costs.setdefault(person, []).append(len(seen))
    assert all(len(set(numbers)) == 1 for numbers in costs.values()), costs
    assert count_of(app, Document) == 46


def test_many_documents_have_several_pages(app: Flask, cast: Cast) -> None:
    case, stored = make_case(app, cast, State.IN_REVIEW), stored_file(app)
    for number in range(42):
        attach(app, cast.focal_point, case, stored, title=f"Law {number}.")
    client = signed_in(app, cast.mission)
    first = client.get(f"/cases/{case.key}/documents")
    text = first.get_data(as_text=True)
    assert "Law 41." in text
    assert "Law 1." not in text
    after = text.split("documents?after=")[1].split('"')[0]
    rest = client.get(f"/cases/{case.key}/documents?after={after}").get_data(as_text=True)
    assert "Law 1." in rest
    assert "Law 41." not in rest
    assert "Law 41." in client.get(f"/cases/{case.key}/documents?after=zzzzzzzzzzzz").get_data(as_text=True)
