"""The chief confirms the dated event: from then on limits that begin are the urgent ones, and everybody reads it."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest
from app.workflow.vocabulary import Action, LimitKey, State
from tests.factories.acting import do
from tests.factories.cases import at_home, make_case
from tests.factories.clients import post, signed_in
from tests.factories.people import cast_of
from tests.factories.reading import rows, standing
from tests.support.clock import StoppedClock
from tests.support.outbox import notices

C = AssistanceRequest


def test_urgent_limits_hold_once_the_chief_confirmed_the_event(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    routine = make_case(app, cast, State.SCREENING, at_home(cast, judged=True))
    urgent = make_case(app, cast, State.SCREENING, at_home(cast, judged=True, urgent=True))
    chief, intake = signed_in(app, cast.branch_chief), signed_in(app, cast.intake_officer)
    page = chief.get(f"/cases/{urgent.key}/confirm-urgency")
    assert "1 February 2027" in page.get_data(as_text=True), "the event that the State names"
    before = {case.key: due_of(app, case.key) for case in (routine, urgent)}
    assert do(chief, Action.CONFIRM_URGENCY, urgent.key).status_code == 303
    assert due_of(app, urgent.key) == before[urgent.key], "what runs keeps its limit"
    for case in (routine, urgent):
        assert do(intake, Action.ACCEPT, case.key, officer=cast.case_officer.key).status_code == 303
    (key, slow), (same, fast) = due_of(app, routine.key), due_of(app, urgent.key)
    assert key == same == LimitKey.ASSESS
    assert fast < slow
    assert {notice.user_id for notice in notices(app) if notice.code == "case.urgency_confirmed"} == {
        cast.intake_officer.id
    }
    for person in (cast.focal_point, cast.case_officer):
        client = signed_in(app, person)
        head = {case.key: head_of(client.get(f"/cases/{case.key}")) for case in (routine, urgent)}
        assert "Urgent" in head[urgent.key]
        assert "Urgent" not in head[routine.key]


def test_without_a_dated_event_or_twice_nothing_is_confirmed(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    routine = make_case(app, cast, State.IN_REVIEW)
    urgent = make_case(app, cast, State.IN_REVIEW, at_home(cast, urgent=True))
    chief = signed_in(app, cast.branch_chief)
    button = "/confirm-urgency"
    assert button not in chief.get(f"/cases/{routine.key}").get_data(as_text=True), "nobody could make it urgent"
    assert button in chief.get(f"/cases/{urgent.key}").get_data(as_text=True)
    sentence = "The State named no dated event that makes the request urgent."
    assert sentence in chief.get(f"/cases/{routine.key}/confirm-urgency").get_data(as_text=True)
    forced = post(app, chief, f"/cases/{routine.key}/confirm-urgency", version=str(routine.version))
    assert forced.status_code == 422
    assert sentence in forced.get_data(as_text=True)
    page = chief.get(f"/cases/{urgent.key}/confirm-urgency")
    assert chief.submit(page).status_code == 303
    assert button not in chief.get(f"/cases/{urgent.key}").get_data(as_text=True), "it is confirmed once"
    again = chief.get(f"/cases/{urgent.key}/confirm-urgency").get_data(as_text=True)
    assert "The urgency was confirmed already." in again
    assert standing(app, urgent.key).history.count("confirm_urgency") == 1
    assert standing(app, routine.key).history.count("confirm_urgency") == 0


def due_of(app: Flask, key: str) -> tuple[object, object]:
    (row,) = rows(app, select(C.due_key, C.due_at).where(C.key == key))
    return row.due_key, row.due_at


def head_of(page: TestResponse) -> str:
    head = BeautifulSoup(page.get_data(as_text=True), "lxml").select_one(".case-head")
    return head.get_text(" ") if head else ""
