"""Numbers of participants that are corrected after the report: with a reason, on the record, in every figure."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.delivery.activities.models import ParticipantCount
from app.notifications.models import OutboxMessage
from app.workflow.vocabulary import State
from tests.factories.activities import put_activity
from tests.factories.cases import at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows, standing
from tests.support.clock import StoppedClock

REASON = "The list of the second day came in late."


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def people(app: Flask) -> int:
    ((number,),) = rows(app, select(func.sum(ParticipantCount.number)))
    return int(number)


@pytest.mark.parametrize("state", [State.DELIVERED, State.EVALUATION, State.CLOSED])
def test_the_officer_corrects_and_the_record_keeps_both(app: Flask, cast: Cast, state: State) -> None:
    case = make_case(app, cast, state, at_home(cast))
    key, client = put_activity(app, case), signed_in(app, cast.case_officer)
    path = f"/cases/{case.key}/activities/{key}"
    assert f"/cases/{case.key}/correct-participants?activity={key}" in client.get(path).get_data(as_text=True)
    page = client.get(f"/cases/{case.key}/correct-participants?activity={key}")
    same = client.submit(page, {"reason": REASON})
    assert same.status_code == 422
    assert "These are the numbers that stand" in same.get_data(as_text=True)
    silent = client.submit(page, {"rows-0-number": "4321"})
    assert silent.status_code == 422
    assert "4321" in silent.get_data(as_text=True), "nothing typed is lost"
    assert people(app) == 12
    assert client.submit(page, {"rows-0-number": "15", "reason": REASON}).status_code == 303
    assert people(app) == 15, "what indicators add up"
    assert standing(app, case.key).history[-1] == "correct_count"
    assert standing(app, case.key).state is state
    for person in (cast.mission, cast.auditor, cast.case_officer):
        shown = get(app, quick_client(app, person), path).get_data(as_text=True)
        assert "From 12 to 15" in shown
        assert REASON in shown
        assert cast.case_officer.name in shown
    told = {
        row.user_id
        for row in rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == "case.participants_corrected"))
    }
    assert cast.mission.id in told


def test_of_several_activities_one_is_chosen_first(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.CLOSED, at_home(cast))
    keys, client = [put_activity(app, case) for _ in range(2)], signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/correct-participants").get_data(as_text=True)
    assert all(f"activity={key}" in page for key in keys)
    assert REASON not in page
    page = client.get(f"/cases/{case.key}/correct-participants?activity={keys[1]}")
    assert client.submit(page, {"rows-0-number": "15", "reason": REASON}).status_code == 303
    shown = [client.get(f"/cases/{case.key}/activities/{key}").get_data(as_text=True) for key in keys]
    assert ["From 12 to 15" in one for one in shown] == [False, True]


def test_nobody_else_corrects_and_nobody_before_the_report(app: Flask, cast: Cast) -> None:
    closed, running = (make_case(app, cast, state, at_home(cast)) for state in (State.CLOSED, State.IN_DELIVERY))
    for case in (closed, running):
        put_activity(app, case)
    for person in (cast.mission, cast.branch_chief, cast.auditor):
        path = f"/cases/{closed.key}/correct-participants"
        assert get(app, quick_client(app, person), path).status_code == 403
    path = f"/cases/{running.key}/correct-participants"
    assert get(app, quick_client(app, cast.case_officer), path).status_code == 403
