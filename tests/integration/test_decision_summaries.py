"""What officer and chief read of assessment, consultations and plan where a request is put for decision and decided."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import update

from app.assessment.vocabulary import Part
from app.coordination.models import Consultation
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.workflow.vocabulary import Body, Position, State
from tests.factories.assessment import ANSWERS, assessed
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, quick_client
from tests.factories.consultations import TEXT, answer, consult, consultation_of
from tests.factories.people import Cast, cast_of
from tests.factories.plans import SUMMARY, WORKSHOP, PlannedActivity, put_plan
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
NEED: Final = ANSWERS[Part.NEED]["text"]
SAFEGUARDS: Final = ANSWERS[Part.RIGHTS_REVIEW]["safeguards"]
#: A page of the chief loads the case, its guards and what beside its form; the rest is what the decision rests on.
READING: Final = 19


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def weighed(app: Flask, cast: Cast, state: State) -> Made:
    """A case with everything on which a decision rests."""
    positions = {Body.CTC_CTED: Position.NO_OBJECTION}
    case = make_case(app, cast, state, at_home(cast, judged=True, bodies=(Body.CTC_CTED,), positions=positions))
    assessed(app, case)
    put_plan(app, case, cast.case_officer, [PlannedActivity(), PlannedActivity({"city": "", "country": ""})])
    return case


@pytest.mark.parametrize(
    ("state", "person", "path"),
    [
        (State.IN_COORDINATION, "case_officer", "put-for-decision"),
        (State.DECISION, "branch_chief", "approve"),
        (State.DECISION, "branch_chief", "decline"),
        (State.DECISION, "branch_chief", "send-back"),
        (State.DECISION, "auditor", "decision"),
    ],
)
def test_assessment_consultations_and_plan_are_read_where_they_are_weighed(
    app: Flask, cast: Cast, statements: Recorded, state: State, person: str, path: str
) -> None:
    case = weighed(app, cast, state)
    client = quick_client(app, cast[person])
    get(app, client, f"/cases/{case.key}/{path}")
    with statements() as seen:
        answered = get(app, client, f"/cases/{case.key}/{path}")
    seen.at_most(READING)
    assert answered.status_code == 200
    page = answered.get_data(as_text=True)
    for wanted in (
        NEED,
        "20 of 100 points. It advises: Low priority.",
        "CTED does not recommend it",
        SAFEGUARDS,
        "USD 24,000.00",
        cast.case_officer.name,
        "Given in the product",
        cast.ctc_liaison.name,
        "Opened by a liaison",
        SUMMARY,
        WORKSHOP["title"],
        "USD 8,249.57",
        "Name the city and the country",
        f"/cases/{case.key}/assessment",
    ):
        assert wanted in page, wanted


def test_an_objection_is_read_with_what_became_of_it(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, judged=True))
    client, path = quick_client(app, cast.case_officer), f"/cases/{case.key}/put-for-decision"
    answer(app, cast, case, {Body.CTC_CTED: Position.OBJECTION})
    stands = get(app, client, path).get_data(as_text=True)
    assert TEXT in stands
    assert "A visit or report of the Executive Directorate must come first" in stands
    assert "It stands: the request cannot be approved." in stands
    one = consultation_of(app, case)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(update(Consultation).where(Consultation.id == one.id).values(objection_withdrawn_at=now()))
    back = get(app, client, path).get_data(as_text=True)
    assert "Objection withdrawn" in back
    assert "It stands" not in back
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(update(Consultation).where(Consultation.id == one.id).values(objection_withdrawn_at=None))
    consult(app, case)
    again = get(app, client, path).get_data(as_text=True)
    assert "see round 2" in again
    assert "Waits for its answer" in again
    assert "Answer by" in again


def test_what_was_not_signed_yet_shows_no_score(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, judged=True))
    assessed(app, case, signed=False)
    page = get(app, quick_client(app, cast.branch_chief), f"/cases/{case.key}/decision").get_data(as_text=True)
    assert NEED in page
    assert "It advises" not in page
