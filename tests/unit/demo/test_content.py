"""What the invented States wrote is complete, in order and says nothing about anybody real."""

from __future__ import annotations

import re

import pytest

from app.accounts.passwords import weakness
from app.casework.content import missing_fields
from app.demo.content import names, script
from app.demo.people import PARTS, PASSWORD
from app.demo.stories import STORIES
from app.reference.parsing.states import read_demo_states, read_states
from app.reference.states import LANGUAGES
from app.reference.zones import data_file
from app.triage.commands import QUESTION_FIELDS, ReturnForInformation
from app.workflow.vocabulary import Role

STARTED = {"draft_begun": {"need.problem"}, "draft_without_consents": {"consents.ctc"}, "discarded": None}
WRITER = PARTS[0]


def answers(name: str) -> dict[str, dict[str, object]]:
    return {task: script(name).answers(task, WRITER) for task in ("who", "need", "rights", "consents")}


def test_every_story_has_its_words() -> None:
    assert len(STORIES) == 20
    assert names() == sorted(story.__name__ for story in STORIES)


@pytest.mark.parametrize("name", names())
def test_a_request_that_is_sent_is_complete(name: str) -> None:
    given = answers(name)
    if name == "urgent":
        assert missing_fields(given) == ("need.urgency_trigger",)
        given["need"]["urgency_date"] = "2026-03-02"
    missing = set(missing_fields(given))
    if name not in STARTED:
        assert missing == set()
        return
    assert missing
    assert (STARTED[name] or set()) <= missing


@pytest.mark.parametrize("name", names())
def test_questions_can_be_asked_and_answered(name: str) -> None:
    said = script(name)
    if not said.questions:
        return
    assert {one["field_path"] for one in said.questions} <= QUESTION_FIELDS
    asked = tuple({"field_path": one["field_path"], "text": one["text"]} for one in said.questions)
    ReturnForInformation(key="k", version=1, questions=asked)  # type: ignore[arg-type]
    assert len({one["text"] for one in said.questions}) == len(said.questions)
    assert all(one["correction"] in said.words for one in said.questions if "correction" in one)


def test_the_requests_are_in_all_six_languages_and_of_many_types() -> None:
    assert {script(name).tasks["who"]["working_language"] for name in names()} == {"en", "fr", "es", "ru", "ar", "zh"}
    assert len({kind for name in names() for kind in script(name).tasks["need"]["types"]}) >= 10


def test_no_text_names_a_real_state() -> None:
    rows = [row for _, row in read_states(data_file("member_states.csv"))[1]]
    named = {getattr(row, f"name_{code}").split("(")[0].strip() for row in rows for code in LANGUAGES}
    # between words where the script parts words, anywhere in Chinese
    real = re.compile("|".join(name if ord(name[0]) > 0x2E80 else rf"\b{re.escape(name)}\b" for name in sorted(named)))
    assert real.search("a mission to Chad")
    for name in names():
        said = script(name)
        whole = " ".join(str(part) for part in (said.tasks, said.questions, said.words))
        assert real.findall(whole) == [], name


def test_accounts_stand_for_every_role_and_only_for_invented_states() -> None:
    invented = {row.alpha3 for _, row in read_demo_states(data_file("demo_states.csv"))[1]}
    assert {part.role for part in PARTS} == set(Role) - {Role.SYSTEM}
    assert {part.state for part in PARTS} - {None} <= invented
    assert len({part.email for part in PARTS}) == len({part.name for part in PARTS}) == len(PARTS)
    assert all(part.email.endswith("@demo.example") for part in PARTS)
    assert sum(part.alone for part in PARTS) == 1


def test_the_password_is_one_that_people_could_choose() -> None:
    assert [part.login for part in PARTS if weakness(PASSWORD, (part.name, part.email))] == []
