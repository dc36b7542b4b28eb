"""A change of a calendar is looked at with what it moves, then made; the worker counts again, history stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest, DueMove, HistoryEntry
from app.casework.moving import count_again
from app.casework.projection import compare
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import Reach, Scope
from app.reference import cache
from app.reference.calendars import work_calendar
from app.reference.models import Calendar, CalendarChange, Holiday
from app.reference.vocabulary import DutyStation
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import HOME, Cast, cast_of
from tests.factories.reading import count_of, rows
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.drafts import words


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    cache.forget()
    return cast_of(app)


@pytest.fixture
def client(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.administrator)


def vienna(app: Flask) -> str:
    wanted = select(Calendar.key).where(Calendar.duty_station == DutyStation.VIENNA)
    return f"/admin/calendars/{rows(app, wanted)[0].key}"


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def due_on(app: Flask, case: Made) -> date:
    found: date = rows(app, select(AssistanceRequest.due_on).where(AssistanceRequest.id == case.id))[0].due_on
    return found


def listed(page: TestResponse) -> list[list[str]]:
    soup = BeautifulSoup(page.get_data(as_text=True), "lxml")
    table = next(one for one in soup.select("table") if "Due dates that move" in one.get_text())
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def recount(app: Flask) -> None:
    for _time in range(2):
        with app.app_context():
            count_again(SYSTEM)


def test_a_holiday_shows_what_it_moves_and_the_worker_moves_it(
    app: Flask, cast: Cast, client: InspectedClient, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.SCREENING, at_home(cast))
    other = make_case(app, cast, State.RETURNED, at_home(cast))
    before, entries = due_on(app, case), count_of(app, HistoryEntry, HistoryEntry.case_id == case.id)
    holiday = before
    page = client.get(vienna(app))
    typed = {"name": "A new day", "source": "ST/IC/2026/9", **day("day", holiday)}
    typed |= day("counts_from", before - timedelta(days=20))
    seen = client.submit(page, typed, form="section form", button="preview")
    assert seen.status_code == 200
    assert [row[0] for row in listed(seen)] == [case.number]
    assert case.title not in words(seen)
    assert (due_on(app, case), count_of(app, CalendarChange)) == (before, 0)
    stored = client.submit(seen, {}, form="section form", button="store")
    assert stored.status_code == 303
    recount(app)
    assert due_on(app, case) > before
    assert count_of(app, HistoryEntry, HistoryEntry.case_id == case.id) == entries
    (move,) = rows(app, select(DueMove.case_id, DueMove.before_on, DueMove.after_on))
    assert tuple(move) == (case.id, before, due_on(app, case))
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        assert [compare(session, session.get_one(AssistanceRequest, one.id)) for one in (case, other)] == [[], []]
    told = words(get_page(app, cast, f"/cases/{case.key}/due/screen"))
    assert "A new day" in told
    assert "ST/IC/2026/9" in told
    assert "1 due date moved" in words(client.get(vienna(app)))
    again = client.submit(client.get(vienna(app)), typed, form="section form", button="preview")
    refused = client.submit(again, {}, form="section form", button="store")
    assert refused.status_code == 422
    assert "This day is entered already" in words(refused)


def get_page(app: Flask, cast: Cast, path: str) -> TestResponse:
    return signed_in(app, cast.intake_officer).get(path)


def test_a_circular_is_read_row_by_row_and_replaces_its_year(app: Flask, client: InspectedClient) -> None:
    page = client.get(f"{vienna(app)}/circular")
    typed = {"source": "ST/IC/2026/21", "year": "2027", **day("source_dated", date(2026, 11, 2))}
    typed |= day("counts_from", date(2026, 1, 1))
    wrong = client.submit(
        page, {**typed, "text": "31 February, Never\n1 January, New Year"}, form="main form", button="preview"
    )
    assert wrong.status_code == 422
    assert "31 February" in words(wrong)
    huge = client.submit(page, {**typed, "text": "1 January, New Year\n" * 10_000}, form="main form", button="preview")
    assert huge.status_code == 422
    lines = "1 January, New Year's Day\nWednesday, 26 May 2027: Invented Day\n25 December Christmas"
    seen = client.submit(page, {**typed, "text": lines}, form="main form", button="preview")
    assert "26 May 2027" in words(seen)
    assert count_of(app, Holiday, Holiday.source == "ST/IC/2026/21") == 0
    assert client.submit(seen, {}, form="main form", button="store").status_code == 303
    kept = rows(app, select(Holiday.day, Holiday.source_dated).where(Holiday.source == "ST/IC/2026/21"))
    assert [tuple(row) for row in kept] == [
        (date(2027, month, number), date(2026, 11, 2)) for month, number in ((1, 1), (5, 26), (12, 25))
    ]
    with app.app_context():
        now_listed = work_calendar(read_session(), DutyStation.VIENNA)
    assert 2027 in (now_listed.listed_years or ())
    assert date(2027, 5, 26) in now_listed.closed_days(date(2026, 2, 1))


def test_a_state_gets_a_calendar_with_its_own_week(
    app: Flask, cast: Cast, client: InspectedClient, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.RETURNED, at_home(cast))
    before = due_on(app, case)
    opened = client.submit(client.get("/admin/calendars"), {"state": HOME}, form="section form")
    assert opened.status_code == 303
    week = f"{opened.location}/week"
    page = client.get(week)
    bad = client.submit(page, {"time_zone": "Mars/Olympus", "reason": "Law"}, form="main form", button="preview")
    assert "This time zone is not known" in words(bad)
    typed: dict[str, Any] = {"time_zone": "Asia/Kolkata", "weekdays": ["0", "1"], "reason": "Law 7 of 2026"}
    seen = client.submit(page, typed | day("valid_from", date(2026, 1, 1)), form="main form", button="preview")
    assert [row[0] for row in listed(seen)] == [case.number]
    assert client.submit(seen, {}, form="main form", button="store").status_code == 303
    recount(app)
    assert due_on(app, case) > before
    told = words(signed_in(app, cast.focal_point).get(f"/cases/{case.key}/due/answer"))
    assert "Asia/Kolkata" in told
    calendar = client.get(opened.location)
    assert "Law 7 of 2026" in words(calendar)


def test_nobody_but_an_administrator_changes_a_calendar(app: Flask, cast: Cast) -> None:
    for name in ("manager", "branch_chief", "auditor", "mission"):
        quick = quick_client(app, cast[name])
        for path in ("/circular", "/week", ""):
            assert get(app, quick, f"{vienna(app)}{path}").status_code == 403
