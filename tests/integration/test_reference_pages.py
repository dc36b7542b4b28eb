"""Administrators' pages: calendars with the warning of a missing year, holidays, and the files that were read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.reference import cache
from app.workflow.actor import Actor
from app.workflow.vocabulary import ActorKind, Role
from tests.support.client import InspectedClient
from tests.support.outbox import person

Be = Callable[..., None]


@pytest.fixture
def be(app: Flask) -> Iterator[Be]:
    """Makes the requests of this test come from a person with a role; how people sign in is tested elsewhere."""
    before = app.extensions["access"]
    cache.forget()
    user_id = person(app, "somebody", role=Role.ADMINISTRATOR)

    def become(*roles: Role) -> None:
        actor = Actor(user_id, ActorKind.USER, "Somebody", frozenset(roles))
        app.extensions["access"] = dataclasses.replace(before, load_actor=lambda: actor)

    yield become
    app.extensions["access"] = before
    cache.forget()


def soup_of(page: TestResponse) -> BeautifulSoup:
    assert page.status_code in (200, 422), page.status
    return BeautifulSoup(page.get_data(as_text=True), "lxml")


def text_of(page: TestResponse) -> str:
    found = soup_of(page).select_one("main")
    assert found is not None
    return found.get_text(" ", strip=True)


def vienna(client: InspectedClient) -> str:
    links = soup_of(client.get("/admin/calendars")).select("table a")
    return next(str(link["href"]) for link in links if link.get_text() == "Vienna")


@pytest.mark.usefixtures("clock")
def test_a_year_without_a_list_is_warned_about(client: InspectedClient, be: Be) -> None:
    be(Role.ADMINISTRATOR)
    page = client.get("/admin/calendars")
    assert "Holidays are missing: Vienna" in text_of(page)
    assert "No lists of holidays were entered for 2026 and 2027." in text_of(page)
    assert "Europe/Vienna" in text_of(page)
    year = client.get(f"{vienna(client)}?year=2026")
    assert "No list of holidays was entered for 2026." in text_of(year)
    listed = client.get(f"{vienna(client)}?year=2023")
    assert "Austrian National Day" in text_of(listed)
    assert "No list of holidays" not in text_of(listed)


def test_files_that_were_read(client: InspectedClient, be: Be) -> None:
    be(Role.ADMINISTRATOR)
    text = text_of(client.get("/admin/imports"))
    assert "treaty_status_partial.csv" in text
    assert "Treaty acts with dates" in text


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.SYSTEM)])
def test_nobody_else_comes_in(client: InspectedClient, be: Be, role: Role) -> None:
    be(Role.ADMINISTRATOR)
    address = vienna(client)
    be(role)
    for path in ("/admin/calendars", "/admin/imports", address):
        assert client.get(path).status_code == 403


def test_no_such_calendar(client: InspectedClient, be: Be) -> None:
    be(Role.ADMINISTRATOR)
    assert client.get("/admin/calendars/zzzzzzzzzzzz").status_code == 404
    assert client.get(f"{vienna(client)}?year=0000").status_code == 200
