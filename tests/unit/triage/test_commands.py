"""The rules of intake's commands, and that every word of screening has its text."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from app.casework.texts.reasons import REASON_TEXTS
from app.casework.vocabulary import ReasonCode
from app.foundation.texts import text
from app.triage.commands import MOST_QUESTIONS, ChooseOfficer, JudgeChecks, Judgement, ReturnForInformation, TakeUp
from app.triage.texts import CHECK_TEXTS, NEXT_STEPS, SHORT_PARTIES
from app.triage.vocabulary import REASONS
from app.workflow.states import OPEN
from app.workflow.vocabulary import EligibilityCheck, Party

KEY = "0123456789ab"


def errors_of(model: type[Any], values: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(values)
    return {".".join(str(part) for part in error["loc"]): error["type"] for error in refused.value.errors()}


def test_a_no_needs_a_remark_beside_the_remark() -> None:
    assert errors_of(Judgement, {"passed": "false"}) == {"remark": "remark_needed"}
    assert errors_of(Judgement, {"passed": "false", "remark": "  \n "}) == {"remark": "remark_needed"}
    assert errors_of(JudgeChecks, {"key": KEY, "version": 3, "e4": {"passed": "false"}}) == {
        "e4.remark": "remark_needed"
    }
    assert Judgement.model_validate({"passed": "false", "remark": "Weapons"}).passed is False


def test_what_is_left_open_is_no_judgement() -> None:
    judged = Judgement.model_validate({"passed": "", "reason": "", "remark": "", "version": "0"})
    assert (judged.passed, judged.reason, judged.version) == (None, None, 0)


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"passed": "perhaps"}, "passed"),
        ({"passed": "true", "version": "-1"}, "version"),
        ({"passed": "true", "reason": "because"}, "reason"),
        ({"passed": "true", "remark": "x" * 2001}, "remark"),
        ({"passed": "true", "remark": "\x00"}, "remark"),
    ],
)
def test_a_judgement_that_cannot_be_kept(values: dict[str, Any], path: str) -> None:
    assert set(errors_of(Judgement, values)) == {path}


def test_a_question_needs_its_part_and_its_words() -> None:
    base = {"key": KEY, "version": 2}
    assert errors_of(ReturnForInformation, {**base, "questions": [{"field_path": "", "text": ""}]}) == {
        "questions.0.field_path": "part_needed",
        "questions.0.text": "string_too_short",
    }
    wrong = [{"field_path": "need.title", "text": "Which law?"}, {"field_path": "need.secret", "text": "And this?"}]
    assert errors_of(ReturnForInformation, {**base, "questions": wrong}) == {"questions.1.field_path": "part_needed"}
    asked = ReturnForInformation.model_validate({**base, "questions": [{"field_path": "other", "text": " Which? "}]})
    assert asked.questions[0].text == "Which?"


def test_questions_have_an_end() -> None:
    many = [{"field_path": "other", "text": "Why?"}] * (MOST_QUESTIONS + 1)
    for questions, code in ((many, "too_many_questions"), ([], "questions_needed")):
        asked = {"key": KEY, "version": 2, "questions": questions}
        assert errors_of(ReturnForInformation, asked) == {"questions": code}


@pytest.mark.parametrize("version", ["0", "-1", "", "first", None, "1.5"])
def test_a_step_needs_the_version_that_the_page_showed(version: object) -> None:
    assert set(errors_of(TakeUp, {"key": KEY, "version": version})) == {"version"}


def test_an_officer_must_be_chosen() -> None:
    assert errors_of(ChooseOfficer, {"key": KEY, "version": 1, "officer": ""}) == {"officer": "officer_needed"}


def test_every_word_has_its_text() -> None:
    assert set(CHECK_TEXTS) == set(REASONS) == set(EligibilityCheck)
    assert set(REASON_TEXTS) == set(ReasonCode) == {reason for several in REASONS.values() for reason in several}
    assert set(NEXT_STEPS) == set(OPEN)
    assert set(SHORT_PARTIES) == set(Party)


@pytest.mark.parametrize(
    "code",
    ["remark_needed", "reason_needed", "differs_needs_remark", "no_consent_in_force", "officer_needed", "officer_same",
     "questions_needed", "too_many_questions", "part_needed", "search_empty", "search_too_long", "list_changed",
     "not_offered"],
)  # fmt: skip
def test_every_refusal_has_its_text(code: str) -> None:
    assert text(code, {"most": 20})
