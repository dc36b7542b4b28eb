"""The matrix: what it shows equals the file, unknown stays unknown, everybody with an account may read it."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

import pytest
from bs4 import BeautifulSoup
from flask import Flask

import app.reference
from app.workflow.vocabulary import Role
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.support.statements import Statements

FILE: Final = Path(app.reference.__path__[0]) / "data" / "treaty_status.csv"
MEMBERS: Final = 193
KINDS: Final = ("p", "s", "o", "u")
#: Columns (from 1) of the instruments whose list is complete.
COMPLETE: Final = {
    "PROTECTED_PERSONS_1973": 4,
    "HOSTAGES_1979": 5,
    "BOMBINGS_1997": 11,
    "FINANCING_1999": 12,
    "NUCLEAR_TERRORISM_2005": 13,
}
#: Columns without any list.
NO_LIST: Final = (7, 8, 9, 10)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def from_the_file(day: str) -> dict[str, tuple[int, int, int, int]]:
    """Parties, signatories, others and unknown on `day`, counted in the file alone; dates as text sort like days."""
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["un_member"] == "1" and line["date"] <= day]
    found = {}
    for code in COMPLETE:
        signed = {one["alpha3"] for one in lines if one["instrument"] == code and "signature" in one["action"]}
        bound = {one["alpha3"] for one in lines if one["instrument"] == code and "signature" not in one["action"]}
        found[code] = (len(bound), len(signed - bound), MEMBERS - len(bound | signed), 0)
    return found


def table_of(page: BeautifulSoup) -> tuple[dict[str, list[str]], dict[str, list[int]]]:
    """The classes of each State's cells by its code, and the totals by kind."""
    rows = {}
    for row in page.select("table.mx tbody tr"):
        code = str(row.select_one("th a")["href"]).split("?")[0].rsplit("/", 1)[1]  # type: ignore[index]
        rows[code] = [str(cell["class"][0]) for cell in row.find_all("td")[:19]]
    totals = {
        kind: [int(cell.text) for cell in page.select(f"table.mx tfoot tr.t-{kind} td") if cell.text] for kind in KINDS
    }
    return rows, totals


def shown(app: Flask, cast: Cast, query: str, person: str = "auditor") -> BeautifulSoup:
    answer = get(app, quick_client(app, cast[person]), f"/treaties{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def test_totals_equal_the_file(app: Flask, cast: Cast) -> None:
    for day in ("2002-12-31", "2005-07-22", "2010-12-31"):
        rows, totals = table_of(shown(app, cast, f"?group=all&on={day}"))
        assert len(rows) == MEMBERS
        for code, counts in from_the_file(day).items():
            column = COMPLETE[code] - 1
            assert tuple(totals[kind][column] for kind in KINDS) == counts, (code, day)
            assert tuple([cells[column] for cells in rows.values()].count(kind) for kind in KINDS) == counts, code


def test_unknown_is_shown_as_unknown(app: Flask, cast: Cast) -> None:
    rows, totals = table_of(shown(app, cast, "?group=all&on=2005-07-22"))
    assert [totals["p"][column - 1] for column in COMPLETE.values()] == [156, 149, 139, 137, 0]
    for column in NO_LIST:
        assert (totals["u"][column - 1], totals["o"][column - 1]) == (MEMBERS, 0)
    # The list of 2013 without dates says nothing of 2005; the truncated lists say nothing of who is not in them.
    assert {cells[1] for code, cells in rows.items()} <= {"u", "o"}
    assert (rows["URY"][0], rows["URY"][5], rows["AFG"][0]) == ("u", "u", "p")
    # Before an instrument was adopted nobody was a party to it, which needs no list.
    _rows, totals = table_of(shown(app, cast, "?group=all&on=1962-01-01"))
    assert totals["o"] == [MEMBERS] * 19


def test_each_row_has_its_totals(app: Flask, cast: Cast) -> None:
    page = shown(app, cast, "?group=african&on=2010-12-31")
    rows, _totals = table_of(page)
    assert len(rows) == 54
    for row, cells in zip(page.select("table.mx tbody tr"), rows.values(), strict=True):
        assert [int(cell.text) for cell in row.find_all("td")[19:]] == [cells.count(kind) for kind in KINDS]


def test_every_cell_says_its_word_and_leads_to_its_source(app: Flask, cast: Cast) -> None:
    page = shown(app, cast, "?group=western_european_others&on=2005-07-22")
    words = {"p": "Party", "s": "Signed, not a party", "o": "Not a party", "u": "Unknown"}
    for row in page.select("table.mx tbody tr"):
        for number, cell in enumerate(row.find_all("td")[:19], 1):
            assert cell.text.strip() == words[cell["class"][0]]
            assert str(cell.a["href"]).endswith(f"?on=2005-07-22#i{number}")  # type: ignore[index]
    target = get(app, quick_client(app, cast.auditor), "/states/FRA?on=2005-07-22").get_data(as_text=True)
    rows = BeautifulSoup(target, "lxml").select("tr[id]")
    assert {str(row["id"]) for row in rows} == {f"i{number}" for number in range(1, 20)}
    financing = next(row for row in rows if row["id"] == "i12").text
    assert "7 January 2002" in financing
    assert "6 February 2002" not in financing, "in force with the convention itself, on 10 April 2002"
    assert "10 April 2002" in financing
    assert "MTDSG" in financing


def test_a_state_sees_its_own_group_first(app: Flask, cast: Cast) -> None:
    for person, group in (("focal_point", "african"), ("away_mission", "asia_pacific")):
        page = shown(app, cast, "", person)
        assert str(page.select_one("select[name=group] option[selected]")["value"]) == group  # type: ignore[index]


def test_every_role_reads_the_treaty_picture_and_no_visitor(app: Flask, cast: Cast) -> None:
    visitor = quick_client(app, None)
    for path in ("/treaties", "/states", "/states/NPL"):
        assert get(app, visitor, path).status_code == 303
        for role in set(Role) - {Role.SYSTEM}:
            assert get(app, quick_client(app, cast.of(role)), path).status_code == 200, (path, role)


def test_an_address_that_cannot_be_answered_says_why(app: Flask, cast: Cast) -> None:
    client = quick_client(app, cast.manager)
    for query, words in (
        ("?on=9999-99-99", "Enter a real date"),
        ("?on=0001-01-01", "Choose a day from 24 October 1945 on"),
        ("?on=2100-01-01", "Choose today or a day before"),
        ("?on=%E2%80%AE2005", "Enter a real date"),
        ("?on=" + "9" * 3000, "Enter a real date"),
        ("?on-day=31&on-month=2&on-year=2005", "This day is not in the calendar"),
        ("?on-day=1&on-month=1&on-year=2100", "Choose today or a day before"),
        ("?on-day=%D9%A1&on-month=x&on-year=", "Enter a day, a month and a year"),
        ("?group=nowhere", "Choose one of the groups in the list"),
        ("?group=%D8%A3%D9%81", "Choose one of the groups in the list"),
        ("?group=demo", "Choose one of the groups in the list"),
    ):
        page = get(app, client, f"/treaties{query}")
        assert page.status_code == 422, query
        assert words in page.get_data(as_text=True), query
        assert page.get_data(as_text=True).count('class="mx"') == 1
    assert get(app, client, "/treaties?on=%00").status_code == 404
    assert signed_in(app, cast.manager).get("/treaties?on=9999-99-99").status_code == 422


def test_a_day_may_be_typed_in_three_parts(app: Flask, cast: Cast) -> None:
    typed = shown(app, cast, "?group=african&on-day=22&on-month=7&on-year=2005")
    assert table_of(typed) == table_of(shown(app, cast, "?group=african&on=2005-07-22"))


def test_what_it_weighs(app: Flask, cast: Cast) -> None:
    client = quick_client(app, cast.auditor)
    for query, limit in (("?group=all&on=2005-07-22", 60_000), ("?group=asia_pacific&on=2005-07-22", 15_000)):
        html = get(app, client, f"/treaties{query}").get_data()
        assert len(gzip.compress(html, 6)) <= limit, len(gzip.compress(html, 6))


def test_it_costs_the_same_for_few_and_many(
    app: Flask, cast: Cast, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    client, costs = quick_client(app, cast.auditor), []
    get(app, client, "/treaties")
    for query in ("?group=observer", "?group=african", "?group=all&on=2005-07-22"):
        with statements() as seen:
            assert get(app, client, f"/treaties{query}").status_code == 200
        seen.at_most(6)
        costs.append(len(seen))
    assert len(set(costs)) == 1, costs


def test_invented_states_stand_apart_and_only_in_the_demo(make_app: Callable[..., Flask]) -> None:
    made = make_app(demo_data=True)
    cast = cast_of(made)
    rows, _totals = table_of(shown(made, cast, "?group=demo"))
    assert all(code.startswith("X") for code in rows)
    for group in ("all", "african", "observer"):
        rows, _totals = table_of(shown(made, cast, f"?group={group}"))
        assert rows
        assert not any(code.startswith("X") for code in rows)


def test_the_file_says_what_the_page_says_a_row_for_each_cell(app: Flask, cast: Cast) -> None:
    client, query = quick_client(app, cast.focal_point), "?group=eastern_european&on=2005-07-22"
    answer = get(app, client, f"/treaties.csv{query}")
    assert answer.headers["Content-Type"].startswith("text/csv")
    lines = list(csv.reader(answer.get_data(as_text=True).lstrip("\ufeff").splitlines()))
    head = next(number for number, line in enumerate(lines) if "ISO code" in line)
    cells = [dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]]
    assert len(cells) == 23 * 19
    words = {"Party": "p", "Signed, not a party": "s", "Not a party": "o", "Unknown": "u"}
    rows, _totals = table_of(shown(app, cast, query, "focal_point"))
    for code, marks in rows.items():
        assert [words[cell["Status"]] for cell in cells if cell["ISO code"] == code] == marks
    (albania,) = [one for one in cells if (one["ISO code"], one["Instrument code"]) == ("ALB", "BOMBINGS_1997")]
    assert (albania["Action"], albania["Date"], albania["As of"]) == ("Accession", "2002-01-22", "2014-03-19")
    assert albania["Source"].startswith("UNTC")
    assert albania["On the day"] == "2005-07-22"
    for wrong in ("?on=9999-99-99", "?group=nowhere"):
        assert get(app, client, f"/treaties.csv{wrong}").status_code == 404
