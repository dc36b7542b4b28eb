"""Fifty people press the same button at once: one transition, one number, one set of receipts."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.casework.models import AssistanceRequest, CaseRevision, HistoryEntry, NumberCounter
from app.casework.verify import verify_all
from app.foundation.db import read_session
from app.foundation.db.idempotency import IdempotencyKey
from app.foundation.db.scope import Reach, Scope, bind_scope
from app.notifications.models import Notice, OutboxMessage
from app.workflow.vocabulary import State
from tests.factories.cases import Made, at_home, make_case, make_cases
from tests.factories.clients import csrf_of, quick_client
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock

AT_ONCE = 50


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def all_at_once(app: Flask, asks: Sequence[Callable[[FlaskClient, str], int]], people: Sequence[object]) -> list[int]:
    """Make every request in a thread of its own, all let go together; returns the statuses."""
    clients = [quick_client(app, person) for person in people]  # type: ignore[arg-type]
    tokens = [csrf_of(app, client) for client in clients]
    together = threading.Barrier(len(asks))

    def run(number: int) -> int:
        together.wait(60)
        return asks[number](clients[number], tokens[number])

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(run, range(len(asks))))


def confirm(app: Flask, case: Made, key: str | None = None) -> Callable[[FlaskClient, str], int]:
    """One press of "Confirm and submit" on a page that showed `case`."""

    def press(client: FlaskClient, token: str) -> int:
        body = {"csrf_token": token, "_key": key or secrets.token_urlsafe(18), "version": str(case.version)}
        path = f"/cases/{case.key}/confirm"
        return client.post(path, data=body, base_url=app.config["ACCEDE_BASE_URL"]).status_code

    return press


def receipts(app: Flask, case: Made) -> dict[tuple[str, int], int]:
    """How many mails and notices of each code each person has about the case."""
    found: Counter[tuple[str, int]] = Counter()
    for model in (OutboxMessage, Notice):
        found.update((row.code, row.user_id) for row in rows(app, select(model.code, model.user_id)))
    return found


def expected_receipts(cast: Cast) -> dict[tuple[str, int], int]:
    """One mail and one notice each: the State's people, and intake."""
    home = (cast.focal_point, cast.colleague, cast.focal_alone, cast.mission)
    told = {("case.received", person.id): 2 for person in home}
    return told | {("case.new_request", cast.intake_officer.id): 2}


def test_fifty_submits_of_one_request_are_one(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)
    statuses = all_at_once(app, [confirm(app, case)] * AT_ONCE, [cast.mission] * AT_ONCE)
    assert Counter(statuses) == {303: 1, 409: AT_ONCE - 1}
    after = standing(app, case.key)
    assert (after.state, after.version) == (State.SUBMITTED, case.version + 1)
    assert after.history == ("draft_request", "send_to_mission", "confirm_request")
    assert count_of(app, CaseRevision) == 1
    assert rows(app, select(AssistanceRequest.number))[0][0] == "TPB-2026-0001"
    assert rows(app, select(NumberCounter.last))[0][0] == 1
    assert receipts(app, case) == expected_receipts(cast)
    assert count_of(app, IdempotencyKey) == 1
    assert_histories_hold(app)


def test_fifty_presses_of_one_form_are_one_and_answer_the_same(app: Flask, cast: Cast) -> None:
    """The same rendering, sent fifty times: the key lets one act and replays its answer to the others."""
    case = make_case(app, cast, State.AWAITING_MISSION)
    press = confirm(app, case, key="one-rendering-of-the-form")
    statuses = all_at_once(app, [press] * AT_ONCE, [cast.mission] * AT_ONCE)
    assert Counter(statuses) == {303: AT_ONCE}
    assert standing(app, case.key).history.count("confirm_request") == 1
    assert receipts(app, case) == expected_receipts(cast)


def test_fifty_different_requests_get_fifty_numbers_without_gap(app: Flask, cast: Cast) -> None:
    made = make_cases(app, cast, [(State.AWAITING_MISSION, at_home(cast))] * AT_ONCE)
    statuses = all_at_once(app, [confirm(app, case) for case in made], [cast.mission] * AT_ONCE)
    assert Counter(statuses) == {303: AT_ONCE}
    numbers = sorted(row.number for row in rows(app, select(AssistanceRequest.number)))
    assert numbers == [f"TPB-2026-{number:04d}" for number in range(1, AT_ONCE + 1)]
    assert count_of(app, HistoryEntry, HistoryEntry.action == "confirm_request") == AT_ONCE
    assert_histories_hold(app)


def test_a_refused_submission_leaves_no_gap(app: Flask, cast: Cast) -> None:
    """Half of the pages are stale: their tries take no number."""
    made = make_cases(app, cast, [(State.AWAITING_MISSION, at_home(cast))] * 10)
    stale = [confirm(app, Made(one.id, one.key, one.state, one.state_id, 99, None, "")) for one in made[::2]]
    good = [confirm(app, one) for one in made[1::2]]
    asks = [ask for pair in zip(stale, good, strict=True) for ask in pair]
    statuses = all_at_once(app, asks, [cast.mission] * len(asks))
    assert Counter(statuses) == {303: 5, 409: 5}
    assert rows(app, select(NumberCounter.last))[0][0] == 5
    highest = rows(app, select(func.max(AssistanceRequest.number)))[0][0]
    assert highest == "TPB-2026-0005"


def test_confirm_and_return_at_once_are_one_of_the_two(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION)

    def send_back(client: FlaskClient, token: str) -> int:
        body = {"csrf_token": token, "_key": secrets.token_urlsafe(18), "version": str(case.version)}
        body["what_to_change"] = "The title."
        path = f"/cases/{case.key}/return_to_draft"
        return client.post(path, data=body, base_url=app.config["ACCEDE_BASE_URL"]).status_code

    asks = [confirm(app, case), send_back] * 8
    statuses = all_at_once(app, asks, [cast.mission, cast.focal_point] * 8)
    assert Counter(statuses) == {303: 1, 409: 15}
    after = standing(app, case.key)
    assert len(after.history) == 3
    numbered = rows(app, select(AssistanceRequest.number))[0][0]
    assert (numbered is not None) == (after.state is State.SUBMITTED)
    assert_histories_hold(app)


def assert_histories_hold(app: Flask) -> None:
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        report = verify_all(session)
    assert report.sound, report.findings
