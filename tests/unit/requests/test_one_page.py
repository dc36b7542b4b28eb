"""What stands on the one page, how it is split into the tasks, and which drafts fit on it."""

from __future__ import annotations

from typing import Any

import pytest

from app.casework.content import check_task, missing_fields
from app.casework.content.paths import corrected, task_of
from app.casework.content.words import MISSING_TEXTS
from app.foundation.errors import FieldError
from app.requests.one_page.layout import INPUTS, TASKS_WRITTEN, TYPES, Subject, entered, filled_in, subject_of
from app.requests.one_page.saving import beside_inputs
from tests.factories.answers import answers

CONTACT = {"name": "Ana", "function": "Counsel", "institution": "Ministry", "email": "ana@example.org"}
BEFORE = {"who": {"contact": CONTACT, "working_language": "en"}}
ENTERED: dict[Subject, dict[str, Any]] = {
    Subject.TOOL: {
        "tool": "دليل", "language": "ar", "copies": 25, "problem": "For judges.",
        "beneficiary": "最高法院", "kind": "courts", "confirmed": True, "ctc": True,
    },
    Subject.COURSE: {
        "topics": ["evidence"], "profession": "judges", "number": 12, "level": "basic", "problem": "They begin in May.",
        "beneficiary": "Supreme Court", "kind": "courts", "confirmed": True, "ctc": True,
    },
}  # fmt: skip
EVERY = pytest.mark.parametrize("subject", list(Subject))


def whole(subject: Subject, **other: Any) -> dict[str, dict[str, Any]]:
    return filled_in(BEFORE, subject, "A title", {**ENTERED[subject], **other})


def stored(subject: Subject) -> dict[str, dict[str, Any]]:
    """As a complete page is stored: with every default of the rules."""
    types = frozenset({TYPES[subject]})
    return {task: check_task(task, data, types).data or {} for task, data in whole(subject).items()}


@EVERY
def test_there_are_at_most_nine_inputs_and_each_is_needed(subject: Subject) -> None:
    assert len(INPUTS[subject]) <= 9
    assert missing_fields(whole(subject)) == ()
    for name in INPUTS[subject]:
        assert missing_fields(whole(subject, **{name: None})), f"{name} is asked for and not needed"


@EVERY
def test_what_is_entered_is_read_back_and_fits(subject: Subject) -> None:
    for data in (whole(subject), stored(subject), whole(subject, **dict.fromkeys(INPUTS[subject]))):
        assert set(data) == set(TASKS_WRITTEN)
        assert subject_of(data) is subject
    assert entered(stored(subject), subject) == ENTERED[subject]


@EVERY
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("need.types", ["tools", "online_course"]),
        ("need.types", []),
        ("need.urgency", "urgent"),
        ("need.cted_recommendation", "S/2026/12"),
        ("who.beneficiaries.1.name", "A second institution"),
        ("rights.q1", {"answer": "yes"}),
        ("consents.partners", "all"),
        ("consents.public_summary", True),
        ("cooperation.authority", "Attorney General"),
        ("tools.items.1.tool", "A second tool"),
        ("training.professions.1.number", 5),
        ("results.modality", "remote"),
    ],
)
def test_a_draft_that_says_more_does_not_fit(subject: Subject, path: str, value: Any) -> None:
    assert subject_of(corrected(stored(subject), {path: value})) is None


def test_a_request_from_the_seven_tasks_does_not_fit() -> None:
    assert subject_of(answers(types=[TYPES[Subject.TOOL]])) is None
    assert subject_of({"need": {"types": ["tools"]}}) is None
    assert subject_of({}) is None


@EVERY
def test_every_missing_answer_is_named_at_its_own_input(subject: Subject) -> None:
    empty = dict.fromkeys(INPUTS[subject])
    types = frozenset({TYPES[subject]})
    data = filled_in(BEFORE, subject, "", empty)
    found = [(task, error) for task in data for error in check_task(task, data[task], types).unanswered]
    placed = {error.path: error.code for error in beside_inputs(subject, empty, found)}
    assert set(placed) == set(INPUTS[subject])
    assert all(code.removeprefix("missing.") in MISSING_TEXTS or code == "missing" for code in placed.values()), placed


def test_an_error_of_a_part_stands_at_the_empty_inputs_below_it_only() -> None:
    missing = [("details", FieldError("tools.items", "missing"))]
    inputs = {**ENTERED[Subject.TOOL], "copies": "", "tool": ""}
    placed = [error.path for error in beside_inputs(Subject.TOOL, inputs, missing)]
    assert placed == ["tool", "copies"]


def test_what_no_input_mends_concerns_the_whole_page_and_the_title_has_its_source() -> None:
    errors = [("who", FieldError("contact.function", "missing")), ("need", FieldError("title", "missing"))]
    assert list(beside_inputs(Subject.TOOL, {}, errors)) == [FieldError("", "missing.who.contact.function")]


def test_a_position_names_a_row_or_the_next_one() -> None:
    data = {"who": {"beneficiaries": [{"name": "A", "kind": "courts"}]}}
    changed = corrected(data, {"who.beneficiaries.0.name": "B", "who.beneficiaries.1.name": "C"})
    assert changed["who"]["beneficiaries"] == [{"name": "B", "kind": "courts"}, {"name": "C"}]
    assert data["who"]["beneficiaries"][0]["name"] == "A"
    assert corrected({}, {"tools.items.0.copies": 3}) == {"details": {"tools": {"items": [{"copies": 3}]}}}
    assert task_of("tools.items.0.copies") == "details"
