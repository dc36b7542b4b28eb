"""What a note verbale left out is asked of the State and given in place: nobody has to write a letter for it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.workflow.vocabulary import Action, State
from tests.factories.acting import do
from tests.factories.clients import signed_in
from tests.factories.paper import register
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.support.clock import StoppedClock
from tests.support.drafts import words
from tests.support.questions import answer, ask, case_row, revisions_of


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def test_consent_and_rights_are_given_beside_their_questions(app: Flask, cast: Cast) -> None:
    key = register(app, cast.intake_officer.actor)
    intake, mission = signed_in(app, cast.intake_officer), signed_in(app, cast.mission)
    do(intake, Action.TAKE_UP, key)
    assert "No consent is in force." in words(intake.get(f"/cases/{key}/screening"))
    asked = [("consents.ctc", "May we share it?")] + [(f"rights.q{number}", "And this?") for number in range(1, 7)]
    sent = ask(intake, key, *asked, path="return-for-information")
    assert sent.status_code == 303, words(sent)
    given = {f"answers-{place}-correction-answer": "yes" for place in range(1, 7)}
    done = answer(mission, key, {"answers-0-correction": "yes", **given})
    assert done.status_code == 303, words(done)

    assert case_row(app, key).state is State.SCREENING
    assert revisions_of(app, key)[-1]["consents"]["ctc"] is True
    held = select(ConsentRecord.given_by_id, ConsentRecord.withdrawn_at).where(ConsentRecord.kind == ConsentKind.CTC)
    assert [tuple(row) for row in rows(app, held)] == [(cast.mission.id, None)]
    assert "No consent is in force." not in words(intake.get(f"/cases/{key}/screening"))
