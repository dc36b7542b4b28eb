"""The monthly list of CTC/CTED: its figures are those of the histories, and it tells of nothing early."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from app.casework.models import AssistanceRequest, CaseBody, HistoryEntry
from app.coordination.monthly.freezing import TOLD, freeze_months
from app.coordination.monthly.models import Happened, MonthlyEntry, MonthlyList
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import OutboxMessage
from app.reference import cache
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Action, Body, State
from tests.factories.cases import Made, at_home, away, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows
from tests.support.clock import StoppedClock
from tests.support.outbox import change_user
from tests.support.statements import recorded_statements

OCTOBER = datetime(2026, 10, 20, 12, tzinfo=UTC)
#: The first of November 2026 is a Sunday, and summer time ends on it.
BEFORE_MONDAY = datetime(2026, 11, 2, 4, 59, tzinfo=UTC)
MONDAY = datetime(2026, 11, 2, 5, tzinfo=UTC)
CTC = (Body.CTC_CTED,)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    clock.set(OCTOBER)
    cache.forget()
    return cast_of(app)


def freeze(app: Flask) -> int:
    with app.app_context():
        return freeze_months(SYSTEM)


def direct_count(app: Flask, until: datetime) -> dict[Happened, int]:
    """What the histories say, counted without the product's own select."""
    consulted = {row.case_id for row in rows(app, select(CaseBody.case_id).where(CaseBody.body == Body.CTC_CTED))}
    found: Counter[Happened] = Counter()
    for entry in rows(app, select(HistoryEntry.case_id, HistoryEntry.action, HistoryEntry.at)):
        if entry.case_id in consulted and entry.action in {one.value for one in TOLD} and entry.at < until:
            found[TOLD[Action(entry.action)]] += 1
    return dict(found)


def listed(app: Flask) -> dict[Happened, int]:
    counted = select(MonthlyEntry.happened, func.count()).group_by(MonthlyEntry.happened)
    return {row[0]: row[1] for row in rows(app, counted)}


def consult(app: Flask, case: Made) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.add(CaseBody(case_id=case.id, state_id=case.state_id, body=Body.CTC_CTED))


def test_a_list_is_made_once_on_the_first_working_day_and_its_figures_are_the_histories(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    for state in (State.IN_COORDINATION, State.PLANNING, State.DELIVERED, State.DECLINED, State.IN_DELIVERY):
        make_case(app, cast, state, at_home(cast, bodies=CTC))
    make_case(app, cast, State.IN_COORDINATION, away(cast, bodies=CTC))
    unconsulted = make_case(app, cast, State.IN_REVIEW)
    change_user(app, cast.ctc_liaison.id, locale="en")
    clock.set(BEFORE_MONDAY)
    assert freeze(app) == 0
    clock.set(MONDAY)
    make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=CTC, title="canary-of-november"))
    assert [freeze(app), freeze(app)] == [1, 0]
    assert listed(app) == direct_count(app, datetime(2026, 11, 1, 4, tzinfo=UTC))
    assert set(listed(app)) == set(Happened)
    told = rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == "body.monthly_list"))
    assert [row.user_id for row in told] == [cast.ctc_liaison.id]
    client = signed_in(app, cast.ctc_liaison)
    page = client.get("/monthly-lists/2026-10").get_data(as_text=True)
    assert "October 2026" in client.get("/monthly-lists").get_data(as_text=True)
    assert "canary-of-november" not in page
    assert str(unconsulted.number) not in page
    figures = [dd.get_text(strip=True) for dd in BeautifulSoup(page, "lxml").select("main dl.sum dd")]
    assert figures == [str(listed(app)[kind]) for kind in Happened]
    csv = client.get("/monthly-lists/2026-10/csv").get_data(as_text=True)
    entries = count_of(app, MonthlyEntry)
    assert csv.count("TPB-2026-") == entries
    book = client.get("/monthly-lists/2026-10/xlsx").get_data()
    with ZipFile(BytesIO(book)) as archive:
        assert any("TPB-2026-" in archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_what_came_before_the_consultation_stands_in_the_next_list_once(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    clock.set(MONDAY)
    freeze(app)
    assert count_of(app, MonthlyEntry) == 0, "CTC/CTED was not consulted on it"
    consult(app, case)
    clock.set(datetime(2026, 12, 1, 15, tzinfo=UTC))
    freeze(app)
    (entry,) = rows(app, select(MonthlyEntry.happened, MonthlyEntry.happened_on))
    assert tuple(entry) == (Happened.RECEIVED, date(2026, 10, 20))
    page = signed_in(app, cast.ctc_liaison).get("/monthly-lists/2026-11").get_data(as_text=True)
    assert "1 entry happened in an earlier month" in page
    clock.set(datetime(2027, 1, 4, 15, tzinfo=UTC))
    freeze(app)
    assert (count_of(app, MonthlyList), count_of(app, MonthlyEntry)) == (3, 1)


def test_without_consent_nothing_is_listed(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    from sqlalchemy import update

    from app.casework.models import ConsentRecord

    make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=CTC))
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(update(ConsentRecord).values(withdrawn_at=clock.now, withdrawn_by_id=cast.mission.id))
    clock.set(MONDAY)
    assert freeze(app) == 1
    assert count_of(app, MonthlyEntry) == 0


def test_who_reads_the_lists(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=CTC))
    clock.set(MONDAY)
    freeze(app)
    for name, member in cast.members.items():
        client = quick_client(app, member)
        seen = {get(app, client, f"/monthly-lists{end}").status_code for end in ("", "/2026-10", "/2026-10/csv")}
        outside = member.actor.is_state_side or name in ("ola_liaison", "administrator")
        assert seen == ({403} if outside else {200}), name
    reader = quick_client(app, cast.auditor)
    for missing in ("2026-09", "2026-13", "october", "2026-10/pdf"):
        assert get(app, reader, f"/monthly-lists/{missing}").status_code == 404
    (case,) = rows(app, select(AssistanceRequest.key))
    for number in (1, 6):
        while count_of(app, MonthlyList) < number:
            clock.move(days=31)
            freeze(app)
        fresh = quick_client(app, cast.auditor)
        get(app, fresh, "/monthly-lists")
        with recorded_statements() as statements:
            assert case.key in get(app, fresh, "/monthly-lists/2026-10").get_data(as_text=True)
        statements.at_most(6)
