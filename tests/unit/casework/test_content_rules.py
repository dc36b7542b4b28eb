"""The rules of single answers: kinds, sets that exclude each other, sections that follow the types."""

from __future__ import annotations

from typing import Any, Final

import pytest

from app.casework.content import applicable, check_task, missing_fields, types_of
from app.casework.content.details import SECTIONS, sections_of
from app.casework.content.pages import pages_of, tasks_of
from app.workflow.vocabulary import AssistanceType as Type
from tests.factories.answers import answers

EVERY: Final = frozenset(Type)
#: What the first schema wrote: four tasks, no instruments, no details, no results.
FIRST_SCHEMA: Final = ("who", "need", "rights", "consents")

WRONG: Final[list[tuple[str, dict[str, Any], str, str]]] = [
    ("instruments", {"list": ["SUA 1988"]}, "list.0", "string_pattern_mismatch"),
    ("instruments", {"nuclear_wanted": "perhaps"}, "nuclear_wanted", "enum"),
    ("instruments", {"resolutions": ["1267"]}, "resolutions.0", "enum"),
    ("instruments", {"said": [{"instrument": "SUA_1988", "party": "?"}]}, "said.0.party", "enum"),
    ("details", {"ratification": {"stage": "lost", "reservation": "no"}}, "ratification.stage", "enum"),
    ("details", {"drafting": {"bill_date": "tomorrow"}}, "drafting.bill_date", "date_from_datetime_parsing"),
    ("details", {"training": {"professions": [{"profession": "judges", "number": 0, "level": "basic"}]}},
     "training.professions.0.number", "greater_than_equal"),
    ("details", {"training": {"professions": [{"profession": "judges", "number": "many"}]}},
     "training.professions.0.number", "int_parsing"),
    ("details", {"cooperation": {"difficulties": "x" * 3001}}, "cooperation.difficulties", "string_too_long"),
    ("details", {"cooperation": {"authority": "a\x00b"}}, "cooperation.authority", "control_characters"),
    ("details", {"workshop": {"participating_states": ["Fiji"]}}, "workshop.participating_states.0",
     "string_pattern_mismatch"),
    ("details", {"visit": {"report": "x" * 201}}, "visit.report", "string_too_long"),
    ("details", {"tools": {"items": [{"tool": "Guide", "language": "en", "copies": 100_001}]}},
     "tools.items.0.copies", "less_than_equal"),
    ("results", {"crime_links": ["none", "drugs"]}, "crime_links", "none_alone"),
    ("results", {"justice_markers": ["courts", "none"]}, "justice_markers", "none_alone"),
    ("results", {"previous_none": True, "previous": [{"provider": "A", "year": 2020, "subject": "B"}]},
     "previous_none", "previous_none"),
    ("results", {"previous": [{"provider": "A", "year": 1799, "subject": "B"}]}, "previous.0.year",
     "greater_than_equal"),
    ("results", {"previous": [{"provider": "A", "year": 2020, "subject": "B", "link": "javascript:alert(1)"}]},
     "previous.0.link", "web_address"),
    ("results", {"previous": [{"provider": "A", "year": 2020, "subject": "B", "link": "http://[x"}]},
     "previous.0.link", "web_address"),
    ("results", {"window": {"start": "2027-03-02", "end": "2027-03-01"}}, "window.end", "range_order"),
    ("results", {"place": {"city": "Nairobi", "country": "Kenya"}}, "place.country", "string_pattern_mismatch"),
    ("results", {"host_contribution": [{"kind": "cash", "value": {"minor": "a lot", "currency": "USD"}}]},
     "host_contribution.0.value.minor", "money_amount"),
    ("results", {"host_contribution": [{"kind": "cash", "value": {"minor": -1, "currency": "USD"}}]},
     "host_contribution.0.value.minor", "greater_than_equal"),
]  # fmt: skip


@pytest.mark.parametrize(("task", "entered", "path", "code"), WRONG)
def test_what_is_wrong_is_named_and_not_kept(task: str, entered: dict[str, Any], path: str, code: str) -> None:
    checked = check_task(task, entered, EVERY)
    assert (path, code) in {(error.path, error.code) for error in checked.wrong}
    assert checked.data is None


def test_nothing_alone_is_an_answer() -> None:
    entered = {"crime_links": ["none"], "justice_markers": ["none"], "previous_none": True}
    assert (check_task("results", entered, EVERY).data or {})["crime_links"] == ["none"]


@pytest.mark.parametrize("kind", sorted(Type))
def test_the_details_are_those_of_the_types(kind: Type) -> None:
    types = frozenset({kind})
    everything = answers(types=EVERY)["details"]
    checked = check_task("details", everything, types)
    assert checked.unanswered == ()
    assert tuple(checked.data or {}) == sections_of(types)
    assert [page.name for page in pages_of("details", types)] == list(sections_of(types))
    assert ("details" in tasks_of(types)) == bool(sections_of(types))


def test_sections_of_every_type_are_all_sections() -> None:
    assert sections_of(EVERY) == tuple(SECTIONS)


def test_what_no_chosen_type_asks_for_stays_in_the_draft_and_is_not_submitted() -> None:
    draft = {**answers(types=EVERY), "rights": {"confirmed": True, **answers()["rights"]}}
    draft["need"]["types"] = ["tools"]
    sent = applicable(draft)
    assert set(sent["details"]) == {"tools"}
    assert set(sent["instruments"]) == {"resolutions"}
    assert set(sent["rights"]) == {"confirmed"}
    assert missing_fields(sent) == ()
    assert set(draft["details"]) == set(SECTIONS)


def test_what_the_first_schema_wrote_is_read_and_shown() -> None:
    written = {task: data for task, data in answers().items() if task in FIRST_SCHEMA}
    assert types_of(written) == {Type.LEGISLATIVE_DRAFTING}
    assert missing_fields(written) == ("instruments.list", "instruments.nuclear_wanted", "drafting.texts")
    for task in FIRST_SCHEMA:
        assert check_task(task, written[task], types_of(written)).data == written[task]
