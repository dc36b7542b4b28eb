"""What the invented States wrote is complete, in order and says nothing about anybody real."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date

import pytest

from app.accounts.passwords import weakness
from app.casework.content import TASKS, Moment, missing_fields
from app.demo.content import dated, names, script
from app.demo.people import PARTS, PASSWORD
from app.demo.stories import STORIES
from app.reference.parsing.states import read_demo_states, read_states
from app.reference.states import LANGUAGES
from app.reference.zones import data_file
from app.triage.commands import QUESTION_FIELDS, ReturnForInformation
from app.workflow.vocabulary import Role
from tests.factories.answers import TEXT

STARTED = {
    "draft_begun": {"need.problem", "drafting.texts"},
    "draft_without_consents": {"consents.ctc"},
    "discarded": None,
    "paper": None,
    "proposed": None,
    "follow_up": None,
    "follow_up_of_delivery": None,
}
WRITER = PARTS[0]
TODAY = date(2026, 2, 2)
#: Stories of what stands between the Branch, the bodies and those who give.
ABOUT_NO_CASE = {"offices", "agreements", "donors"}


def answers(name: str) -> dict[str, dict[str, object]]:
    given = {task: script(name).answers(task, WRITER, TODAY) for task in TASKS}
    if script(name).texts:
        given["details"].setdefault("drafting", {})["texts"] = [TEXT]
    return given


def test_every_story_has_its_words() -> None:
    told = {story.__name__ for story in STORIES}
    assert len(told) == len(STORIES)
    assert set(names()) == told - ABOUT_NO_CASE | {"two_ministries_other"}


@pytest.mark.parametrize("name", names())
def test_a_request_that_is_sent_is_complete(name: str) -> None:
    given = answers(name)
    if name == "urgent":
        assert missing_fields(given) == ("need.urgency_trigger",)
        given["need"]["urgency_date"] = "2026-03-02"
    # what an officer assesses is asked to be complete for the bodies as well, unless it ends before
    consulted = script(name).assessment and "results" in script(name).tasks
    missing = set(missing_fields(given, Moment.CONSULT if consulted else Moment.SUBMISSION))
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


def test_days_from_today_become_dates_and_never_fall_on_a_weekend() -> None:
    monday = date(2026, 2, 2)
    written = {
        "title": "Workshop",
        "rows": [{"by_in_days": 4}, {"by_in_days": 5}, {"by_in_days": 6}, {"by_in_days": -1}],
    }
    days = ["2026-02-06", "2026-02-09", "2026-02-09", "2026-02-02"]
    assert dated(written, monday) == {"title": "Workshop", "rows": [{"by": day} for day in days]}


@pytest.mark.parametrize(
    ("in_days", "days", "first", "last"),
    [
        (0, 5, "2026-02-02", "2026-02-06"),
        (3, 3, "2026-02-09", "2026-02-11"),  # Thursday to Saturday would be no week of work
        (3, 2, "2026-02-05", "2026-02-06"),
        (5, 1, "2026-02-09", "2026-02-09"),
        (1, 10, "2026-02-09", "2026-02-20"),
    ],
)
def test_an_activity_takes_working_days_of_one_week_if_they_fit(in_days: int, days: int, first: str, last: str) -> None:
    written = {"title": "Course", "starts_on_in_days": in_days, "days": days}
    assert dated(written, date(2026, 2, 2)) == {"title": "Course", "starts_on": first, "ends_on": last}


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
        whole = " ".join(str(getattr(said, part.name)) for part in fields(said))
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
