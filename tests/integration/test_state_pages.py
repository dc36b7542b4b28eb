"""The page of one State and the index: facts with their dates, gaps, and only the requests that the reader may see."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.foundation import clock as clocks
from app.foundation.db import read_session
from app.reference.states import instruments, state_by_code
from app.states.state_page import facts_of
from app.workflow.vocabulary import Body, State
from tests.factories.cases import at_home, away, make_cases
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import AWAY, HOME, Cast, cast_of
from tests.support.statements import Statements

HELP = "Request help with this"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def page_of(app: Flask, cast: Cast, person: str, path: str) -> BeautifulSoup:
    answer = get(app, quick_client(app, cast[person]), path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def titles(page: BeautifulSoup) -> list[str]:
    return [link.text for link in page.select("section[aria-labelledby=requests] tbody th a")]


def test_it_says_what_the_state_is(app: Flask, cast: Cast) -> None:
    text = page_of(app, cast, "auditor", "/states/BGD").text
    for words in (
        "the People's Republic of Bangladesh",
        "孟加拉国",
        "بنغلاديش",
        "Бангладеш",
        "17 September 1974",
        "BGD, BD, 050",
    ):
        assert words in text, words
    assert "Asia-Pacific States" in text


def test_a_flag_ends_on_its_day(app: Flask) -> None:
    said = {}
    for day in (23, 24):
        with app.app_context(), app.test_request_context(), clocks.frozen(datetime(2026, 11, day, 9, tzinfo=UTC)):
            for code in ("BGD", "LAO", "NPL", "AFG", "FRA"):
                facts = {str(row["key"]): row for row in facts_of(state_by_code(read_session(), code))}
                said[code, day] = str(facts["Least developed country"]["value"])
    for code in ("BGD", "LAO", "NPL"):
        assert said[code, 23] == "Yes, until it graduates on 24 November 2026"
        assert said[code, 24] == "No longer: graduated on 24 November 2026"
    assert (said["AFG", 24], said["FRA", 24]) == ("Yes", "No")


def test_gaps_come_first_and_only_the_own_people_are_offered_help(app: Flask, cast: Cast) -> None:
    page = page_of(app, cast, "focal_point", f"/states/{HOME}?on=2005-07-22")
    gaps = page.select("section[aria-labelledby=gaps] tbody tr")
    words = [row.select("td")[0].text for row in gaps]
    kinds = ["Not a party", "Signed, not a party", "Unknown"]
    order = [next(number for number, kind in enumerate(kinds) if word.startswith(kind)) for word in words]
    assert order == sorted(order)
    assert {0, 2} <= set(order)
    with app.app_context():
        codes = {one.seq: one.code for one in instruments(read_session())}
    for row in gaps:
        link = next(link for link in row.select("td a") if HELP in link.text)
        assert link["href"] == f"/requests/new?instrument={codes[int(str(row['id'])[1:])]}"
    for row in page.select("section[aria-labelledby=parties] tbody tr"):
        assert HELP not in row.text
    for person, code in (("away_focal_point", HOME), ("focal_point", AWAY), ("case_officer", HOME), ("auditor", HOME)):
        assert HELP not in page_of(app, cast, person, f"/states/{code}").text


def test_each_reader_sees_the_requests_that_they_may_see(app: Flask, cast: Cast) -> None:
    make_cases(
        app,
        cast,
        [
            (State.DRAFT, at_home(cast, title="مسودة قانون")),
            (State.SUBMITTED, at_home(cast, title="Sent")),
            (State.IN_REVIEW, at_home(cast, title="Consulted", bodies=(Body.CTC_CTED,))),
            (State.SUBMITTED, away(cast, title="Of the other State")),
        ],
    )
    seen = {
        "focal_point": ["Consulted", "Sent", "مسودة قانون"],
        "mission": ["Consulted", "Sent", "مسودة قانون"],
        "intake_officer": ["Consulted", "Sent"],
        "auditor": ["Consulted", "Sent"],
        "ctc_liaison": ["Consulted"],
        "ola_liaison": [],
        "administrator": [],
        "away_focal_point": [],
        "away_mission": [],
    }
    for person, expected in seen.items():
        page = page_of(app, cast, person, f"/states/{HOME}")
        assert titles(page) == expected, person
        # The treaty facts are for all of them.
        assert len(page.select("tr[id]")) == 19
    assert "Drafting or review of laws" in page_of(app, cast, "focal_point", f"/states/{HOME}").text


def test_requests_come_in_pages_that_cost_the_same(
    app: Flask, cast: Cast, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    make_cases(app, cast, [(State.SUBMITTED, at_home(cast, title=f"Number {number}")) for number in range(23)])
    (foreign,) = make_cases(app, cast, [(State.SUBMITTED, away(cast))])
    client, seen_titles, costs = signed_in(app, cast.mission), [], []
    path: str | None = f"/states/{HOME}"
    client.get(path)
    while path:
        with statements() as seen:
            page = BeautifulSoup(client.get(path).get_data(as_text=True), "lxml")
        seen.at_most(6)
        costs.append(len(seen))
        seen_titles += titles(page)
        link = page.select_one("a[rel=next]")
        path = str(link["href"]) if link else None
    assert seen_titles == [f"Number {number}" for number in reversed(range(23))]
    assert len(set(costs)) == 1
    first = titles(page_of(app, cast, "mission", f"/states/{HOME}"))
    for after in (foreign.key, "zzzzzzzzzzzz", "%27", "9" * 500):
        assert titles(page_of(app, cast, "mission", f"/states/{HOME}?after={after}")) == first


def test_nobody_has_this_code(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.auditor)
    for code in ("QQQ", "ken", "KENYA", "%00", "..", "کنیا"):
        assert client.get(f"/states/{code}").status_code == 404, code


def test_a_state_is_found_in_every_language_and_by_code(app: Flask, cast: Cast) -> None:
    client = quick_client(app, cast.auditor)
    for asked in ("chad", "TCHAD", "Чад", "تشاد", "乍得", "TD", "tcd", "republic of chad"):
        page = get(app, client, f"/states?q={asked}").get_data(as_text=True)
        assert "/states/TCD" in page, asked
        assert "/states/PER" not in page, asked
    nothing = get(app, client, "/states?q=" + "x" * 5000).get_data(as_text=True)
    assert "No State has this name" in nothing
    whole = BeautifulSoup(get(app, client, "/states").get_data(as_text=True), "lxml")
    assert len(whole.select(".state-tiles li")) == 195


def test_a_case_leads_to_its_state(app: Flask, cast: Cast) -> None:
    (case,) = make_cases(app, cast, [(State.SUBMITTED, at_home(cast))])
    page = signed_in(app, cast.intake_officer).get(f"/cases/{case.key}").get_data(as_text=True)
    assert f'href="/states/{HOME}"' in page
    assert f'href="/states/{HOME}"' in signed_in(app, cast.intake_officer).get("/queue").get_data(as_text=True)


def test_activities_on_record_stand_with_their_source(app: Flask, cast: Cast) -> None:
    expected = {
        "KEN": (1, "Khartoum Declaration"),
        "TUR": (1, "archive.wn.com"),
        "MKD": (1, "Bucharest Declaration"),
        "EGY": (4, "finalize legislative guide"),
        "UZB": (3, "Tashkent"),
        "FRA": (1, "Observed"),
        "BRA": (0, "No activity of 2003 to 2007 with this State is on record."),
    }
    for code, (count, words) in expected.items():
        section = page_of(app, cast, "auditor", f"/states/{code}").select_one("section[aria-labelledby=activities]")
        assert section is not None
        assert (len(section.select("li")), words in section.text) == (count, True), code
