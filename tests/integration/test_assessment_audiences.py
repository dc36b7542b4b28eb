"""Nobody outside the Branch and its auditors learns what an assessment says, that it was signed, or what it scored."""

from __future__ import annotations

from flask import Flask

from app.assessment.vocabulary import Part
from app.casework.audiences import Readership
from app.workflow.vocabulary import Body, State
from tests.factories.assessment import assessed
from tests.factories.cases import at_home, make_case
from tests.factories.people import cast_of
from tests.support import canaries
from tests.support.clock import StoppedClock

SIGNED = "Assessment signed"


def test_an_assessment_is_read_by_the_branch_alone(app: Flask, clock: StoppedClock) -> None:
    cast = cast_of(app)
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))
    word = canaries.words("assessment")[Readership.TPB_ONLY]
    texts = {
        Part.NEED: ("text", f"need {word}"),
        Part.RIGHTS_REVIEW: ("safeguards", f"safeguards {word}"),
        Part.RISKS: ("text", f"risks {word}"),
        Part.COST_ESTIMATE: ("basis", f"basis {word}"),
        Part.PRIORITY: ("reason", f"reason {word}"),
    }
    assessed(app, case, answers={part: {name: text} for part, (name, text) in texts.items()})
    signs = [*(text for _name, text in texts.values()), SIGNED, "Priority score", "24,000.00"]
    canaries.assert_seen_by_readers_only(app, cast, case, {Readership.TPB_ONLY: signs})
