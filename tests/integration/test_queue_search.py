"""Search in the queue: what a request is found by, for whom, and that it stays so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.casework.models import AssistanceRequest, CaseTerm
from app.casework.projection import project_cases
from app.casework.search import asking, index, upkeep
from app.casework.search.index import Source
from app.casework.search.upkeep import mend_search
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import bind_scope, scope_of
from app.triage.commands import ChooseOfficer
from app.triage.services import assign
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import State
from tests.factories.cases import at_home, away, make_case, make_cases
from tests.factories.clients import signed_in
from tests.factories.people import cast_of
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.screening import Branch, case_of, fill_queue, make_branch, submitted


@pytest.fixture
def branch(app: Flask, clock: StoppedClock) -> Branch:
    return make_branch(app, "XTA")


@pytest.fixture
def intake(branch: Branch, client: InspectedClient) -> InspectedClient:
    sign_in(client, branch.intake.email)
    return client


def found(client: InspectedClient, search: str, more: str = "") -> list[str]:
    page = client.get(f"/queue?q={quote(search)}{more}")
    assert page.status_code == 200, page.status_code
    soup = BeautifulSoup(page.get_data(as_text=True), "lxml")
    return [cell.get_text(strip=True) for cell in soup.select("tbody .c-main")]


def mended(app: Flask) -> int:
    with app.app_context():
        return mend_search(SYSTEM)


@pytest.fixture
def three(branch: Branch) -> list[str]:
    """Three requests as their State submits them."""
    titles = ("Café law for prosecutors", "مشروع القانون الجنائي", "打击恐怖主义融资立法")
    return [submitted(branch, title) for title in titles]


@pytest.mark.parametrize(
    ("search", "places"),
    [
        ("cafe", [0]),
        ("CAFÉ prosec", [0]),
        ("cafe treaty", []),
        ("قانون", [1]),
        ("恐怖主义", [2]),
        ("0002", [1]),
        ("26-0003", [2]),
        ("TPB-2026-0001", [0]),
        ("xta", [0, 1, 2]),
        ("aurelia law", [0]),
        ("Fay Point", [0, 1, 2]),
        ("ines marlow", [0, 1, 2]),
        ("cato", []),
        ("100%", []),
        ("z_z", []),
        ("norway", []),
    ],
)
def test_a_request_is_found_by_what_it_says(
    branch: Branch, intake: InspectedClient, three: list[str], search: str, places: list[int]
) -> None:
    titles = [case_of(branch.app, key).title for key in three]
    assert found(intake, search) == [titles[place] for place in places]
    assert found(intake, search, "&sort=state") == [titles[place] for place in places]


def test_a_new_officer_is_found_at_once_and_the_former_not_any_more(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    case = make_case(app, cast, State.SUBMITTED, at_home(cast, title="Review"))
    client = signed_in(app, cast.intake_officer)
    for officer, former in ((cast.case_officer, cast.other_officer), (cast.other_officer, cast.case_officer)):
        with app.app_context():
            command = ChooseOfficer(key=case.key, version=case_of(app, case.key).version, officer=officer.key)
            assign(cast.intake_officer.actor, command)
        assert found(client, officer.name) == ["Review"]
        assert found(client, former.name) == []


def test_what_a_state_has_not_submitted_is_found_by_nobody(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    plans = [(State.DRAFT, at_home(cast, title="Canary one")), (State.AWAITING_MISSION, away(cast, title="Canary two"))]
    make_cases(app, cast, [*plans, (State.SUBMITTED, at_home(cast, title="Seen by the Branch"))])
    client = signed_in(app, cast.intake_officer)
    assert found(client, "canary", "&view=all") == []
    assert found(client, "branch", "&view=all") == ["Seen by the Branch"]
    assert mended(app) == 0
    assert found(client, "canary", "&view=all") == []


def test_a_search_outside_the_view_leads_to_all_requests(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    make_case(app, cast, State.WITHDRAWN, at_home(cast, title="Ended long ago"))
    client = signed_in(app, cast.auditor)
    page = client.get("/queue?view=mine&q=ended")
    link = BeautifulSoup(page.get_data(as_text=True), "lxml").select_one(".empty a")
    assert link is not None
    assert "Ended long ago" in client.get(str(link["href"])).get_data(as_text=True)


@pytest.mark.parametrize("common", [0, 5000])
def test_common_and_rare_words_find_the_same_pages(
    branch: Branch, intake: InspectedClient, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    monkeypatch.setattr(asking, "COMMON", common)
    titles = [f"{'Even' if number % 2 else 'Odd'} request {number}" for number in range(60)]
    fill_queue(
        branch.app, branch.state, [{"title": title, "due_in": place % 7 or None} for place, title in enumerate(titles)]
    )
    assert mended(branch.app) == 60
    page = intake.get("/queue?q=request+even")
    seen = []
    while True:
        soup = BeautifulSoup(page.get_data(as_text=True), "lxml")
        seen += [cell.get_text(strip=True) for cell in soup.select("tbody .c-main")]
        following = soup.select_one("a[rel=next]")
        if following is None:
            break
        page = intake.get(str(following["href"]))
    order = sorted(range(1, 60, 2), key=lambda place: (place % 7 == 0, place % 7, place))
    assert seen == [titles[place] for place in order]


def test_the_database_spreads_the_terms_of_a_title_that_changes(app: Flask, branch: Branch, three: list[str]) -> None:
    """A migration that makes the table of cases anew loses its triggers on SQLite; then nothing would be found."""
    with app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        case = session.get_one(AssistanceRequest, case_of(app, three[0]).id)
        case.title = "Witness protection"
        project_cases(session, [case])
    with app.app_context():
        session = read_session()
        bind_scope(session, scope_of(SYSTEM))
        terms = set(session.scalars(select(CaseTerm.term).where(CaseTerm.case_id == case_of(app, three[0]).id)))
    assert {"witness", "protection"} <= terms
    assert "cafe" not in terms


def test_what_differs_is_mended_by_night(branch: Branch, intake: InspectedClient) -> None:
    submitted(branch, "Review of a law")
    assert mended(branch.app) == 0
    with branch.app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        session.execute(update(User).where(User.name == "Fay Point").values(name="Fay Married"))
        session.execute(delete(CaseTerm).where(CaseTerm.term == "law"))
    assert mended(branch.app) == 1
    assert mended(branch.app) == 0
    assert found(intake, "married law") == ["Review of a law"]
    assert found(intake, "point") == []


def test_what_changes_while_the_night_mends_is_not_lost(
    app: Flask, branch: Branch, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(session: Session) -> Iterator[Source]:
        yield from index.differing(session)
        with write_transaction(scope_of(SYSTEM)) as writing:
            writing.execute(update(AssistanceRequest).values(title="Witness protection"))

    with app.app_context(), write_transaction(scope_of(SYSTEM)) as session:
        session.execute(update(AssistanceRequest).values(terms=[]))
    monkeypatch.setattr(upkeep, "differing", looked)
    assert mended(app) == 3
    monkeypatch.undo()
    assert mended(app) == 0


def test_a_search_costs_one_statement_more_than_its_list(
    branch: Branch, intake: InspectedClient, statements: Callable[..., Any]
) -> None:
    submitted(branch, "Review of a law")
    found(intake, "law")
    costs = []
    for address in ("/queue", "/queue?q=law", "/queue?q=law+review+fay+aurelia&sort=state&rows=100"):
        with statements() as seen:
            intake.get(address)
        seen.at_most(6)
        costs.append(len(seen))
    assert costs == [costs[0], costs[0] + 1, costs[0] + 1]
