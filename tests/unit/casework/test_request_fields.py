"""The agreed list of fields, line by line: `request_fields.csv` beside this test is a copy of the design's list."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

import pytest

from app.casework.content import TASKS, Moment, check_task, is_asked, missing_fields
from app.casework.content.details import SECTIONS
from app.casework.content.instruments import Resolution
from app.casework.content.needs import EVERY_TYPE
from app.casework.content.pages import PAGES, page_of
from app.casework.content.paths import corrected, inner_path, raw_value, task_of
from app.casework.content.results import EVENTS, ON_SITE_TRAINING
from app.casework.content.shown import SHOWN
from app.workflow.vocabulary import AssistanceType, Channel
from tests.factories.answers import answers

LINES: Final = list(csv.DictReader((Path(__file__).parent / "request_fields.csv").read_text("utf-8").splitlines()))
#: Lines that are no answer of a task: where they stand instead.
ELSEWHERE: Final = {
    "who.state": "the case's row",
    "who.channel": "the case's row",
    "visit.consent": "a consent record for each visit",
}
#: The line of the six answers stands for seven fields.
RIGHTS: Final = ("rights.q1", "rights.q6")
#: Words of the list for types of assistance.
NAMED: Final = {"all": EVERY_TYPE, "workshops, training on site, conference, visit": EVENTS | ON_SITE_TRAINING}
#: Never missing: an answer stands there from the start.
WITH_DEFAULT: Final = {"need.urgency"}
#: Complete requests of the factories give no answer there.
LEFT_EMPTY: Final = {"need.urgency_date"}
MOMENTS: Final = {"submission": Moment.SUBMISSION, "consult": Moment.CONSULT, "plan": Moment.PLAN}


def types_named(line: dict[str, str]) -> frozenset[AssistanceType]:
    words = line["for_types"]
    return NAMED[words] if words in NAMED else frozenset(AssistanceType(word) for word in words.split())


def fields_of(line: dict[str, str]) -> tuple[str, ...]:
    return RIGHTS if line["path"] == "rights.answers" else (line["path"],)


ANSWERED: Final = [line for line in LINES if line["path"] not in ELSEWHERE]


def without(types: frozenset[AssistanceType], path: str) -> dict[str, dict[str, Any]]:
    """A complete request for `types` in which the answer at `path` was not given."""
    given = corrected(answers(types=types), {path: None})
    return corrected(given, {"results.previous_none": None}) if path == "results.previous" else given


def test_the_list_is_read_whole() -> None:
    assert len(LINES) == 40
    assert [line["task"] for line in LINES] == sorted((line["task"] for line in LINES), key=TASKS.index)


@pytest.mark.parametrize("line", ANSWERED, ids=lambda line: line["path"])
def test_every_field_has_its_path_task_page_and_words(line: dict[str, str]) -> None:
    for path in fields_of(line):
        assert task_of(path) == line["task"]
        assert any(f"{shown}.".startswith(f"{path}.") for shown in SHOWN[line["task"]])
        assert page_of(path) in PAGES[line["task"]] or path == "need.parent"


@pytest.mark.parametrize("line", ANSWERED, ids=lambda line: line["path"])
def test_a_field_is_missing_from_its_moment_on_and_not_before(line: dict[str, str]) -> None:
    due = MOMENTS.get(line["required_at"])
    for kind in sorted(types_named(line)):
        types = frozenset({kind})
        if line["path"] == "rights.answers" and not is_asked("rights.q1", types):
            continue
        for path in fields_of(line):
            missing = {moment: _missing(without(types, path), path, moment) for moment in Moment}
            expected = {moment: due is not None and moment >= due and path not in WITH_DEFAULT for moment in Moment}
            assert missing == expected, (path, kind)


@pytest.mark.parametrize("line", ANSWERED, ids=lambda line: line["path"])
def test_a_field_is_demanded_of_its_types_only(line: dict[str, str]) -> None:
    for kind in sorted(EVERY_TYPE - types_named(line)):
        for path in fields_of(line):
            assert not _missing(without(frozenset({kind}), path), path, Moment.PLAN), (path, kind)


def _missing(data: dict[str, dict[str, Any]], path: str, moment: Moment) -> bool:
    return any(f"{one}.".startswith(f"{path}.") for one in missing_fields(data, moment))


@pytest.mark.parametrize("kind", sorted(AssistanceType))
def test_a_complete_request_of_each_type_is_complete_for_every_moment(kind: AssistanceType) -> None:
    data = answers(types=(kind,))
    assert missing_fields(data, Moment.PLAN) == ()
    for task in TASKS:
        checked = check_task(task, data[task], frozenset({kind}), moment=Moment.PLAN)
        assert (checked.wrong, checked.unanswered) == ((), ())
        assert checked.data == data[task], "what is stored is what is read back"


def test_what_the_rules_of_the_list_say() -> None:
    """The column `rule`, as far as it is a rule of the answers themselves."""
    of = {line["path"]: line["rule"] for line in LINES}
    assert "required when the channel is cted_referral" in of["need.cted_recommendation"]
    plain = answers()
    assert "need.cted_recommendation" not in missing_fields(plain)
    assert "need.cted_recommendation" in missing_fields(plain, channel=Channel.CTED_REFERRAL)
    assert "only for a State not party" in of["instruments.nuclear_wanted"]
    party = corrected(plain, {"instruments.nuclear_party": True, "instruments.nuclear_wanted": None})
    assert missing_fields(party) == ()
    assert "none is ticked" in of["results.previous"]
    assert {one.value for one in Resolution} <= set(
        next(line["type"] for line in LINES if line["path"] == "instruments.resolutions").split()
    )
    remote = corrected(
        answers(types=(AssistanceType.JUDICIAL_TRAINING,)), {"results.modality": "remote", "results.place": None}
    )
    assert missing_fields(remote, Moment.PLAN) == (), "training has a place on site only"


def test_sections_are_no_tasks_and_paths_lead_there_and_back() -> None:
    assert not set(SECTIONS) & set(TASKS)
    data = answers(types=EVERY_TYPE)
    for task, shown in SHOWN.items():
        for path in shown:
            if is_asked(path, EVERY_TYPE) and path not in LEFT_EMPTY:
                assert raw_value(data, path) is not None, path
            changed = corrected(data, {path: "x"})
            assert raw_value(changed, path) == "x"
            assert changed[task] != data[task]
            assert inner_path(path)
