"""Every code of an assessment has words, and every reason of the score a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from app.assessment import texts
from app.assessment.answers import MODELS, EarlierAssistance, Need, RightsReviewed, questions_of
from app.assessment.forms import FORMS
from app.assessment.page import STATE_SAYS
from app.assessment.score import ScoreFacts, score_of
from app.assessment.vocabulary import Finding, NeedFinding, Part, Priority, RiskLevel, ScorePart
from app.casework.content.labels import label_of
from app.foundation.texts import text
from app.reference.settings import PRIORITY_WEIGHTS
from tests.unit.assessment.test_score import TODAY

TABLES: list[tuple[dict[Any, Any], type[StrEnum]]] = [
    (texts.PARTS, Part),
    (texts.PART_HINTS, Part),
    (texts.FINDINGS, Finding),
    (texts.NEED_FINDINGS, NeedFinding),
    (texts.RISK_LEVELS, RiskLevel),
    (texts.PRIORITIES, Priority),
    (texts.SCORE_PARTS, ScorePart),
]
KNOWN = ScoreFacts(
    TODAY, 19, 4, 2, TODAY, cted=True, groups=("ldc", "lldc", "sids"), similar=False, states_alike=3,
    ready={"text": True, "host": True, "counterpart": True},
)  # fmt: skip
#: Together they give every reason that there is.
REASONS = [
    KNOWN,
    ScoreFacts(TODAY),
    replace(KNOWN, unknown=0, cted=False, similar=True, trigger_on=TODAY - timedelta(days=1)),
    replace(KNOWN, trigger_on=TODAY + timedelta(days=500), states_alike=1),
]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(("table", "words"), TABLES)
def test_every_code_has_words(table: dict[Any, Any], words: type[StrEnum]) -> None:
    assert set(table) == set(words)
    assert len({str(one) for one in table.values()}) == len(words), "two that read the same cannot be told apart"


def test_every_reason_of_the_score_has_its_sentence() -> None:
    said = {one.code: texts.why(one) for facts in REASONS for one in score_of(facts, PRIORITY_WEIGHTS.default).parts}
    counted = {"regional_demand", "no_regional_demand"}
    assert set(said) == {code.removeprefix("score.") for code in texts._WHY} | counted
    assert said["treaty_gaps"] == "Not a party to 4 of 19 instruments"
    assert said["ready"] == "Named: text, host and counterpart"
    assert "1 State of the region" in said["no_regional_demand"]


def test_every_part_has_model_form_and_what_the_state_says() -> None:
    assert set(MODELS) == set(FORMS) == set(STATE_SAYS) == set(Part)
    assert all(str(label_of(path)) for paths in STATE_SAYS.values() for path in paths)
    for model in MODELS.values():
        assert all(text(error.code) for error in model().open_answers())


def test_what_is_open() -> None:
    asked = RightsReviewed().asking(questions_of(confirms=False))
    assert [error.path for error in asked.open_answers()] == [f"q{number}.finding" for number in range(1, 7)]
    assert [error.path for error in RightsReviewed().asking(questions_of(confirms=True)).open_answers()] == [
        "confirmed.finding"
    ]
    assert [error.code for error in EarlierAssistance(similar=True).open_answers()] == ["say_what_was_similar"]
    assert list(Need(finding=NeedFinding.IN_PART, text="Less than asked.").open_answers()) == []
