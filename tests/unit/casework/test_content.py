"""What a request holds: one model per task, the same for the form, the submission and imports."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.casework.content import TASKS, check_task, missing_fields, types_of, without_empty
from app.casework.content.details import details_model
from app.workflow.vocabulary import AssistanceType
from tests.factories.answers import answers

TYPES = frozenset({AssistanceType.LEGISLATIVE_DRAFTING})
LIGHT = frozenset({AssistanceType.TOOLS, AssistanceType.ONLINE_COURSE})


def changed(task: str, **values: Any) -> dict[str, Any]:
    return {**answers()[task], **values}


def test_the_request_of_the_factories_is_complete() -> None:
    assert missing_fields(answers()) == ()
    assert types_of(answers()) == TYPES
    for task in TASKS:
        checked = check_task(task, answers()[task], TYPES)
        assert (checked.wrong, checked.unanswered) == ((), ())
        assert checked.data == answers()[task], "what is stored is what is read back"


def test_an_empty_request_misses_what_submission_needs() -> None:
    missing = missing_fields({})
    for path in ("who.contact.name", "who.beneficiaries", "need.title", "need.types", "need.problem", "consents.ctc"):
        assert path in missing
    assert [path.split(".")[0] for path in missing] == sorted(
        (path.split(".")[0] for path in missing), key=TASKS.index
    ), "in the order of the tasks"


@pytest.mark.parametrize(
    ("task", "values", "path", "code"),
    [
        ("need", {"title": "x" * 161}, "title", "string_too_long"),
        ("need", {"title": "a\x00b"}, "title", "control_characters"),
        ("need", {"title": "a\x1bb"}, "title", "control_characters"),
        ("need", {"problem": "x" * 6001}, "problem", "string_too_long"),
        ("need", {"types": ["nothing"]}, "types.0", "enum"),
        ("need", {"urgency": "soon"}, "urgency", "enum"),
        ("who", {"beneficiaries": [{"name": "Court", "kind": "courts"}] * 21}, "beneficiaries", "too_long"),
        ("who", {"working_language": "xx"}, "working_language", "enum"),
        ("consents", {"partners": "some"}, "partners", "enum"),
    ],
)
def test_what_is_wrong_is_named_and_not_kept(task: str, values: dict[str, Any], path: str, code: str) -> None:
    checked = check_task(task, changed(task, **values), TYPES)
    assert (path, code) in {(error.path, error.code) for error in checked.wrong}
    assert checked.data is None


@pytest.mark.parametrize(
    ("task", "values", "path"),
    [
        ("need", {"title": "  "}, "title"),
        ("need", {"types": []}, "types"),
        ("need", {"urgency": "urgent"}, "urgency_trigger"),
        ("need", {"urgency": "urgent", "urgency_trigger": "A treaty event"}, "urgency_trigger"),
        ("consents", {"ctc": False}, "ctc"),
        ("consents", {"partners": "listed"}, "partners_listed"),
        ("rights", {"q3": {"answer": "no", "remark": ""}}, "q3.remark"),
        ("rights", {"q6": {}}, "q6.answer"),
        ("who", {"beneficiaries": []}, "beneficiaries"),
    ],
)
def test_what_is_missing_may_be_saved_but_not_submitted(task: str, values: dict[str, Any], path: str) -> None:
    checked = check_task(task, changed(task, **values), TYPES)
    assert checked.wrong == ()
    assert checked.data is not None
    assert path in {error.path for error in checked.unanswered}
    drafts = {**answers(), task: checked.data}
    assert f"{task}.{path}" in missing_fields(drafts)


def test_an_urgent_request_with_its_dated_trigger_is_complete() -> None:
    urgent = changed("need", urgency="urgent", urgency_trigger="A treaty event", urgency_date=dt.date(2026, 9, 1))
    checked = check_task("need", urgent, TYPES)
    assert (checked.wrong, checked.unanswered) == ((), ())
    assert checked.data is not None
    assert checked.data["urgency_date"] == "2026-09-01"


@pytest.mark.parametrize("types", [LIGHT, frozenset({AssistanceType.TOOLS})])
def test_a_light_request_confirms_instead_of_answering_six_questions(types: frozenset[AssistanceType]) -> None:
    assert check_task("rights", {"confirmed": True}, types).unanswered == ()
    assert check_task("rights", {}, types).unanswered
    assert check_task("rights", {"confirmed": False}, types).unanswered
    assert check_task("rights", {"confirmed": True}, types | TYPES).unanswered, "one other type asks for the answers"


def test_no_consent_is_given_by_leaving_it_out() -> None:
    for consents in ({}, {"ctc": None}, {"ctc": ""}, {"partners": "all"}):
        assert "consents.ctc" in missing_fields({**answers(), "consents": consents})


def test_empty_and_absent_are_one_thing_but_no_is_an_answer() -> None:
    nothing: dict[str, Any] = {"a": "", "b": None, "c": [], "d": {}}
    entered = nothing | {"e": False, "f": 0, "g": [{"x": ""}, {"x": "y"}], "h": " z\r\n"}
    assert without_empty(entered) == {"e": False, "f": 0, "g": [{"x": "y"}], "h": "z"}


def test_what_a_task_does_not_know_is_not_kept() -> None:
    checked = check_task("need", changed("need", state_id=7, officer="me"), TYPES)
    assert checked.data == answers()["need"]


def test_line_breaks_and_scripts_are_kept_as_they_are() -> None:
    text = "Première ligne\n第二行\nسطر ثالث <script>alert(1)</script>"
    checked = check_task("need", changed("need", problem=text.replace("\n", "\r\n")), TYPES)
    assert checked.data is not None
    assert checked.data["problem"] == text


def test_types_with_the_same_sections_share_one_model() -> None:
    alone = frozenset({AssistanceType.MENTORING})
    together = alone | {AssistanceType.ONLINE_COURSE}
    assert details_model(alone) is details_model(together)
    assert details_model(alone) is not details_model(together | {AssistanceType.TOOLS})
