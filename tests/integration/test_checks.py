"""What the nightly comparison finds is kept for the auditor, and counted for whoever keeps the service running."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import update

from app.casework.checking import check_figures
from app.casework.jobs import check_histories
from app.casework.models import AssistanceRequest
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Party, State
from tests.factories.cases import at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.support.clock import StoppedClock
from tests.support.drafts import words


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_the_auditor_reads_what_the_night_found(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    assert "No comparison has run yet" in words(signed_in(app, cast.auditor).get("/checks"))
    case = make_case(app, cast, State.SCREENING, at_home(cast))
    make_case(app, cast, State.RETURNED, at_home(cast))
    with app.app_context():
        assert check_figures(read_session()) == {}
        assert check_histories(SYSTEM) == 0
    assert "Nothing differs" in words(signed_in(app, cast.auditor).get("/checks"))
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        wrong = update(AssistanceRequest).where(AssistanceRequest.id == case.id)
        session.execute(wrong.values(holder=Party.FUNDING, due_on=None, due_at=None))
    clock.move(hours=3)
    with app.app_context():
        assert check_histories(SYSTEM) == 1
        figures = check_figures(read_session())
    assert figures == {"faults": 1.0, "seconds_ago": 0.0}
    client = signed_in(app, cast.auditor)
    found = client.get("/checks")
    assert case.key in words(found)
    assert "holder, due_at, due_on" in words(found)
    links = BeautifulSoup(found.get_data(as_text=True), "lxml").select("a[href*='run=']")
    earlier = [str(link["href"]) for link in links]
    assert len(earlier) == 2
    assert "Nothing differs" in words(client.get(earlier[-1]))
    assert get(app, quick_client(app, cast.auditor), "/checks?run=zzzzzzzzzzzz").status_code == 404
    for name in ("administrator", "manager", "mission"):
        assert get(app, quick_client(app, cast[name]), "/checks").status_code == 403
