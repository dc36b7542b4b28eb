"""The rules of a request's tasks, and the words for every field and code."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
from flask import Flask

from app.casework.content import TASKS, check_task, missing_fields, task_model
from app.casework.content.labels import (
    OTHER,
    TASK_LABELS,
    field_choices,
    label_of,
    language_of,
    rows_of,
    value_of,
)
from app.casework.content.paths import corrected, task_of
from app.casework.content.tasks import Answer, BeneficiaryKind, Language, PartnerConsent
from app.casework.content.words import (
    ANSWERS,
    BENEFICIARY_KINDS,
    LANGUAGES,
    MISSING_TEXTS,
    PARTNER_CONSENTS,
    TYPE_HINTS,
    URGENCIES,
    named,
)
from app.foundation.errors import FieldError
from app.foundation.i18n import init_babel
from app.workflow.vocabulary import AssistanceType, Urgency

NEED = {"title": "T", "types": ["online_course"], "problem": "P"}
TRAINING = {"professions": [{"profession": "judges", "number": 5, "level": "basic"}], "topics": ["evidence"]}
NOBODY: frozenset[AssistanceType] = frozenset()


@pytest.fixture
def page() -> Any:
    """A request, so that words can be rendered."""
    app = Flask(__name__)
    init_babel(app)
    with app.test_request_context():
        yield


def missing(**drafts: dict[str, Any]) -> tuple[str, ...]:
    return missing_fields(drafts)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (LANGUAGES, Language),
        (BENEFICIARY_KINDS, BeneficiaryKind),
        (ANSWERS, Answer),
        (PARTNER_CONSENTS, PartnerConsent),
        (URGENCIES, Urgency),
        (TYPE_HINTS, AssistanceType),
    ],
)
def test_every_code_has_a_word(words: dict[StrEnum, Any], codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)


def test_every_missing_field_has_a_label_and_a_sentence_of_its_own() -> None:
    heavy = missing(who={"beneficiaries": [{"name": "A"}, {"kind": "courts"}]})
    light = missing(need={"types": ["tools"]})
    paths = {*missing(), *heavy, *light}
    assert {"who.contact.email", "who.beneficiaries.0.kind", "rights.q6.answer", "rights.confirmed"} <= paths
    for path in paths:
        assert label_of(path)
        task, _dot, field = path.partition(".")
        assert named(task, FieldError(field, "missing")).code.removeprefix("missing.") in MISSING_TEXTS


def test_nothing_is_missing_in_a_complete_request() -> None:
    contact = {"name": "A", "function": "B", "institution": "C", "email": "a@example.org"}
    who = {"contact": contact, "beneficiaries": [{"name": "D", "kind": "courts"}], "working_language": "fr"}
    drafts = {"who": who, "need": NEED, "rights": {"confirmed": True}, "consents": {"ctc": True}}
    assert missing_fields(drafts) == ("training.professions", "training.topics")
    drafts["details"] = {"training": TRAINING}
    assert missing_fields(drafts) == ()
    assert missing_fields({**drafts, "need": {**NEED, "types": ["mentoring"]}})[0] == "rights.q1.answer"


@pytest.mark.parametrize(
    ("task", "entered", "wrong", "unanswered"),
    [
        ("need", {"title": "x" * 161}, ["title"], ["types", "problem"]),
        ("need", {**NEED, "urgency": "urgent", "urgency_trigger": "A bill"}, [], ["urgency_trigger"]),
        ("need", {**NEED, "problem": "a\x00b"}, ["problem"], []),
        ("consents", {"ctc": False}, [], ["ctc"]),
        ("consents", {"ctc": True, "partners": "listed"}, [], ["partners_listed"]),
        ("who", {"contact": {"email": "no"}}, ["contact.email"], None),
    ],
)
def test_wrong_is_told_from_missing(
    task: str, entered: dict[str, Any], wrong: list[str], unanswered: list[str] | None
) -> None:
    checked = check_task(task, entered, NOBODY)
    assert [error.path for error in checked.wrong] == wrong
    assert unanswered is None or [error.path for error in checked.unanswered] == unanswered
    assert (checked.data is None) == bool(wrong)


def test_empty_answers_and_unknown_names_are_left_out() -> None:
    checked = check_task("who", {"contact": {"name": " "}, "beneficiaries": [{}, {"name": "A"}], "admin": 1}, NOBODY)
    assert checked.data == {"beneficiaries": [{"name": "A"}]}


def test_line_breaks_of_browsers_are_one_kind() -> None:
    assert (check_task("need", {"problem": "a\r\nb\rc"}, NOBODY).data or {})["problem"] == "a\nb\nc"


@pytest.mark.parametrize("types", [frozenset({AssistanceType.TOOLS}), frozenset({AssistanceType.MENTORING})])
def test_the_rights_are_shown_as_they_are_asked(page: None, types: frozenset[AssistanceType]) -> None:
    ((_title, rows),) = rows_of({"need": {"types": sorted(types)}}, "rights")
    assert len(rows) == len(task_model("rights", types).model_fields)


def test_answers_are_shown_with_their_words(page: None) -> None:
    data = {
        "who": {"working_language": "fr", "beneficiaries": [{"name": "<Cour>", "kind": "courts"}]},
        "need": {"title": "Titre", "types": ["tools"], "urgency": "urgent", "urgency_date": "2027-03-15"},
        "rights": {"q1": {"answer": "no", "remark": "Pas encore"}},
        "consents": {"ctc": True},
    }
    assert [title for title, _rows in rows_of(data)] == [str(words) for words in TASK_LABELS.values()]
    shown = {row.path: str(row.value) for _title, rows in rows_of(data) for row in rows}
    assert "&lt;Cour&gt;" in shown["who.beneficiaries"]
    assert 'lang="fr"' in shown["need.title"]
    assert "15 March 2027" in shown["need.urgency_date"]
    assert shown["need.urgency"] == "Urgent"
    assert "Pas encore" in shown["rights.q1"]
    assert shown["consents.ctc"] == "Yes"
    assert value_of(data, "need.title") is not None
    assert value_of(data, OTHER) is None
    assert language_of({"who": {"working_language": "other"}}) is None


def test_a_question_may_be_tied_to_every_shown_field_and_to_none() -> None:
    paths = [path for path, _label, _group in field_choices()]
    assert paths[-1] == OTHER
    assert {task_of(path) for path in paths[:-1]} == set(TASKS)


def test_a_correction_changes_its_field_and_nothing_else() -> None:
    before = {"need": {"title": "A", "problem": "B"}, "who": {"contact": {"name": "C", "email": "D"}}}
    after = corrected(before, {"need.title": "X", "who.contact.name": "Y"})
    assert after == {"need": {"title": "X", "problem": "B"}, "who": {"contact": {"name": "Y", "email": "D"}}}
    assert before["need"]["title"] == "A"


def test_types_that_ask_for_the_same_share_one_model() -> None:
    """Any of sixteen thousand choices of types can be sent; as many models would fill the memory."""
    one, both = (
        frozenset({AssistanceType.MENTORING}),
        frozenset({AssistanceType.MENTORING, AssistanceType.ONLINE_COURSE}),
    )
    assert task_model("details", one) is task_model("details", both)
    assert task_model("details", one) is not task_model("details", frozenset({AssistanceType.TOOLS}))
