"""Administrators change limits and settings from a day on: looked at first, in the chain, never for what runs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.accounts import security_history
from app.accounts.models import SecurityHistory, SecurityHistoryPayload
from app.foundation.db import read_session
from app.reference import cache
from app.reference.limits import limits_in_force
from app.reference.models import LimitSetting, SettingValue
from app.workflow.calendar import in_force
from app.workflow.vocabulary import LimitKey, State
from tests.factories.cases import at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.drafts import words
from tests.support.statements import Statements

FORM = "section[aria-labelledby=change] form"
WHY = "The Committee asked for it."


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def client(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.administrator)


def on(day: str) -> dict[str, str]:
    year, month, date = day.split("-")
    return {"valid_from-day": date, "valid_from-month": month, "valid_from-year": year}


def errors_of(page: TestResponse) -> list[str]:
    soup = BeautifulSoup(page.get_data(as_text=True), "lxml")
    return [one.get_text(" ", strip=True) for one in soup.select(".errsum li")]


def chain(app: Flask, action: str) -> list[dict[str, Any]]:
    together = SecurityHistoryPayload.seq == SecurityHistory.seq
    found = (
        select(SecurityHistoryPayload.payload).join(SecurityHistory, together).where(SecurityHistory.action == action)
    )
    return [row.payload for row in rows(app, found)]


def test_a_limit_is_looked_at_and_changed_for_what_begins_later(
    app: Flask, cast: Cast, client: InspectedClient
) -> None:
    running = make_case(app, cast, State.SCREENING, at_home(cast))
    listed = client.get("/admin/limits")
    assert "Screening" in words(listed)
    page = client.get("/admin/limits/screen")
    typed = {"span": "8", "urgent": "2", "reason": WHY, **on("2026-12-14")}
    seen = client.submit(page, typed, form=FORM, button="preview")
    assert seen.status_code == 200
    assert "would have to be done by 21 December 2026 as it is, and by 24 December 2026 after the change" in words(seen)
    assert rows(app, select(LimitSetting.id)) == []
    stored = client.submit(seen, {}, form=FORM, button="store")
    assert stored.status_code == 303, errors_of(stored)
    after = words(client.get("/admin/limits/screen"))
    assert "To come" in after
    assert WHY in after
    assert cast.administrator.name in after
    (said,) = chain(app, "limit_changed")
    assert (said["limit"], said["figures"], said["valid_from"]) == ("screen", {"span": 8, "urgent": 2}, "2026-12-14")
    assert WHY not in str(said)
    with app.app_context():
        assert security_history.verify(read_session()) is None
        lines = [one for one in limits_in_force(read_session()) if one.key is LimitKey.SCREEN]
        found = [in_force(lines, day) for day in (date(2026, 12, 13), date(2026, 12, 14))]
        assert [line.span.amount for line in found if line is not None] == [5, 8]
    counted = get(app, quick_client(app, cast.intake_officer), f"/cases/{running.key}/due/screen").get_data(
        as_text=True
    )
    assert "Day 5" in counted
    assert "Day 6" not in counted


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"span": "10", "last": "9"}, "The last day must not come before"),
        ({"span": "2", "urgent": "5"}, "must not be longer"),
        ({"escalations": "15, 10"}, "in their order"),
        ({"escalations": "10, many"}, "whole numbers"),
        ({"escalations": "10"}, "as many days as there are levels"),
        (on("2026-02-31"), "not in the calendar"),
        (on("1944-12-31"), "2000-01-01"),
        (on("2026-03-02"), "Choose a later day"),
        ({"span": "0"}, "1"),
        ({"reason": ""}, "Enter"),
    ],
)
def test_bad_figures_are_refused_beside_their_field(
    client: InspectedClient, typed: dict[str, str], message: str
) -> None:
    page = client.get("/admin/limits/ola")
    answer = client.submit(page, {"reason": WHY, **on("2027-01-04"), **typed}, form=FORM, button="preview")
    assert answer.status_code == 422
    assert any(message in error for error in errors_of(answer)), errors_of(answer)


def test_a_setting_has_a_form_that_fits_its_value(app: Flask, client: InspectedClient) -> None:
    assert "13" in words(client.get("/admin/settings"))
    page = client.get("/admin/settings/support_cost_percent")
    for typed, message in (({"value": "130"}, "100"), (on("2026-03-02"), "after today")):
        refused = client.submit(page, {"value": "8", "reason": WHY, **on("2026-12-01"), **typed}, form=FORM)
        assert refused.status_code == 422
        assert any(message in error for error in errors_of(refused)), errors_of(refused)
    assert client.submit(page, {"value": "8", "reason": WHY, **on("2026-12-01")}, form=FORM).status_code == 303
    weights = client.get("/admin/settings/priority_weights")
    wrong = client.submit(weights, {"value-readiness": "20", "reason": WHY, **on("2026-12-01")}, form=FORM)
    assert any("add up to 100" in error for error in errors_of(wrong))
    right = {"value-readiness": "5", "value-treaty_gaps": "30", "reason": WHY, **on("2026-12-01")}
    assert client.submit(weights, right, form=FORM).status_code == 303
    stored = {row.key: row.value for row in rows(app, select(SettingValue.key, SettingValue.value))}
    assert (stored["support_cost_percent"], stored["priority_weights"]["readiness"]) == (8, 5)
    assert [said["setting"] for said in chain(app, "setting_changed")] == ["support_cost_percent", "priority_weights"]
    assert "To come" in words(client.get("/admin/settings/priority_weights"))
    cache.forget()


@pytest.mark.parametrize("typed", ["", "many", "1.5", "1e309", "NaN"])
@pytest.mark.parametrize("name", ["priority_weights", "support_cost_percent"])
def test_what_is_no_number_is_said_beside_it_alone(client: InspectedClient, name: str, typed: str) -> None:
    field = "value-readiness" if name == "priority_weights" else "value"
    page = client.get(f"/admin/settings/{name}")
    answer = client.submit(page, {field: typed, "reason": WHY, **on("2026-12-01")}, form=FORM)
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.get_data(as_text=True), "lxml")
    assert [one["name"] for one in soup.select("input[aria-invalid=true]")] == [field]
    assert errors_of(answer) == ["Enter a whole number"]
    assert WHY in soup.get_text()


def test_pages_cost_the_same_whatever_was_changed(app: Flask, cast: Cast, statements: Any) -> None:
    quick = quick_client(app, cast.administrator)
    for path, most in (("/admin/limits", 4), ("/admin/limits/ctc", 6), ("/admin/settings", 4), ("/admin/calendars", 8)):
        get(app, quick, path)
        seen: Statements
        with statements() as seen:
            assert get(app, quick, path).status_code == 200
        seen.at_most(most)
    for path in ("/admin/limits/no_such", "/admin/settings/no_such", "/admin/calendars/aaaaaaaaaaaa"):
        assert get(app, quick, path).status_code == 404
