"""The figures over the events on record equal a computation made directly from the file that was published."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

import app.reference
from app.foundation.db import read_session
from app.reference.models import StateRecord
from app.reference.vocabulary import StateStatus
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock

FILE = Path(app.reference.__file__).parent / "data" / "tpb_events_2003_2007.csv"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def lines() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(soup: BeautifulSoup, card: str) -> dict[str, tuple[int, str]]:
    rows = soup.select(f"[aria-labelledby=card-{card}] .bars tbody tr")
    links = {row.th.get_text(strip=True): row.select_one(".value a") for row in rows}
    return {name: (int(link.get_text()), str(link["href"])) for name, link in links.items()}


def test_the_figures_equal_those_of_the_file(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.manager)
    page = BeautifulSoup(client.get("/dashboard/events").get_data(as_text=True), "lxml")
    by_scope = Counter(line["scope"].capitalize() for line in lines())
    assert len(lines()) == 17
    assert {name: number for name, (number, _url) in figures(page, "events-by-scope").items()} == dict(by_scope)
    states: dict[str, set[str]] = defaultdict(set)
    for line in lines():
        named = {line["country"], *filter(None, line["participating_states"].split(";"))}
        states[line["start_date"][:4] or "Date not published"] |= named
    found = figures(page, "states-by-year")
    assert {name: number for name, (number, _url) in found.items()} == {year: len(one) for year, one in states.items()}
    for number, url in found.values():
        listed = BeautifulSoup(client.get(url).get_data(as_text=True), "lxml")
        assert listed.select_one("[data-states]")["data-states"] == str(number)
    for number, url in figures(page, "events-by-scope").values():
        listed = BeautifulSoup(client.get(url).get_data(as_text=True), "lxml")
        assert len(listed.select(".rail li")) == number


def test_every_event_names_the_address_of_its_source(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.auditor)
    text = client.get("/dashboard/events").get_data(as_text=True)
    for line in lines():
        for address in line["source"].split(" ; "):
            assert address.strip().replace("&", "&amp;") in text, line["event_id"]
    assert get(app, quick_client(app, cast.manager), "/dashboard/events?year=1999").status_code == 404
    file = client.get("/dashboard/events/file/csv?scope=national").get_data(as_text=True)
    assert len(re.findall(r'^"W\d\d"', file, re.MULTILINE)) == sum(line["scope"] == "national" for line in lines())


def test_the_193_stand_in_tiles_and_invented_states_apart(app: Flask, cast: Cast) -> None:
    page = signed_in(app, cast.manager).get("/dashboard/coverage").get_data(as_text=True)
    soup = BeautifulSoup(page, "lxml")
    real = soup.select("[aria-labelledby=card-coverage-real] .tiles li")
    assert len(real) == 193
    with app.app_context():
        demo = select(StateRecord.alpha3).where(StateRecord.status == StateStatus.DEMO)
        invented = set(read_session().scalars(demo))
    assert not invented & {tile.abbr.get_text() for tile in real}
