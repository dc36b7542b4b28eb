"""A question beside its field: changed in place, checked by its task, shown old and new; who reads it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.models import CaseType
from app.workflow.vocabulary import AssistanceType, Body, State, Urgency
from tests.factories.cases import at_home, make_case
from tests.factories.clients import get, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import rows
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.drafts import errors, soup, words
from tests.support.questions import answer, ask, case_row, questions_of, revisions_of, shown
from tests.support.statements import Statements

CASE_PAGE = 10
HEAVIEST = 15_000


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def key(app: Flask, cast: Cast) -> str:
    """A request in review on which both bodies are consulted."""
    return make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA))).key


@pytest.fixture
def officer(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.case_officer)


@pytest.fixture
def focal(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.focal_point)


def test_a_list_is_changed_beside_its_question(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("who.beneficiaries", "Nobody else?"))
    page = focal.get(f"/cases/{key}/answer")
    first = soup(page).find(id="answers-0-correction-0-name")
    assert first["value"] == "Supreme Court"  # type: ignore[index]
    added = {
        "answers-0-correction-1-name": "المحكمة العليا",
        "answers-0-correction-1-kind": "justice",
    }
    page = focal.submit(page, button="answers-0-correction")
    page = focal.submit(page, added, button="answers-0-correction")
    assert page.status_code == 200
    third = {
        "answers-0-correction-2-name": "检察院",
        "answers-0-correction-2-kind": "prosecution",
    }
    assert focal.submit(page, third).status_code == 303
    before, after = revisions_of(app, key)
    assert [one["name"] for one in before["who"]["beneficiaries"]] == ["Supreme Court"]
    assert [one["name"] for one in after["who"]["beneficiaries"]] == ["Supreme Court", "المحكمة العليا", "检察院"]
    assert after["who"]["contact"] == before["who"]["contact"]
    (one,) = shown(officer.get(f"/cases/{key}"))
    assert one["Before"] == "Supreme Court (Courts)"
    assert "检察院" in one["Now"]
    assert "Answered by changing the request." in one["answer"]


def _named(part: str) -> str:
    """The name of an input of the first question's field; "" for a field of one input."""
    return f"answers-0-correction-{part}" if part else "answers-0-correction"


def _day(number: str) -> dict[str, str]:
    """A day of February as it is typed."""
    return {"day": number, "month": "2", "year": "2027"}


CHANGES = [
    ("need.types", {"": ["legislative_drafting", "mentoring"]}),
    ("need.urgency_date", _day("15")),
    ("need.title", {"": "مراجعة قانون"}),
    ("who.working_language", {"": "fr"}),
    ("who.contact.email", {"": "new.contact@example.org"}),
    ("rights.q2", {"answer": "no", "remark": "The definition is being narrowed."}),
    ("consents.partners_listed", {"": "The Commonwealth"}),
]


@pytest.mark.parametrize(("path", "changed"), CHANGES, ids=[path for path, _changed in CHANGES])
def test_every_kind_of_field_can_be_changed(
    app: Flask,
    key: str,
    officer: InspectedClient,
    focal: InspectedClient,
    path: str,
    changed: dict[str, str | list[str]],
) -> None:
    ask(officer, key, (path, "Is it so?"))
    values = {_named(name): value for name, value in changed.items()}
    saved = answer(focal, key, values, button="later")
    assert saved.status_code == 303
    assert len(revisions_of(app, key)) == 1
    assert answer(focal, key, {}).status_code == 303  # as it was saved
    before, after = revisions_of(app, key)
    task = path.split(".", maxsplit=1)[0]
    assert before[task] != after[task]
    assert {name: data for name, data in before.items() if name != task} == {
        name: data for name, data in after.items() if name != task
    }
    (one,) = shown(officer.get(f"/cases/{key}"))
    assert one["Before"] != one["Now"]


def test_what_is_queried_follows_the_change(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("need.types", "Only this?"), ("need.title", "Too long?"), ("who.working_language", "Really?"))
    values = {
        "answers-0-correction": ["tools", "mentoring"],
        "answers-1-correction": "文件审查",
        "answers-2-correction": "zh",
    }
    assert answer(focal, key, values).status_code == 303
    case = case_row(app, key)
    assert (case.title, case.lang, case.urgency) == ("文件审查", "zh", Urgency.ROUTINE)
    held = rows(app, select(CaseType.type).where(CaseType.case_id == case.id))
    assert {row[0] for row in held} == {AssistanceType.TOOLS, AssistanceType.MENTORING}


WRONG = [
    ("need.title", {"": ""}, {""}),
    ("need.title", {"": "x" * 161}, {""}),
    ("need.title", {"": "a\x00b"}, {""}),
    ("need.types", {"": []}, {"0"}),
    ("need.types", {"": ["nonsense"]}, {"0"}),
    ("need.urgency_date", _day("31"), {"day"}),
    ("need.urgency", {"": "urgent"}, {"0"}),
    ("who.contact.email", {"": "nobody"}, {""}),
    ("rights.q2", {"answer": "no"}, {"remark"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "changed", "wrong"), WRONG, ids=[f"{one[0]}-{place}" for place, one in enumerate(WRONG)]
)
def test_what_the_task_refuses_is_said_beside_its_input_and_nothing_is_lost(
    app: Flask,
    key: str,
    officer: InspectedClient,
    focal: InspectedClient,
    path: str,
    changed: dict[str, str | list[str]],
    wrong: set[str],
) -> None:
    ask(officer, key, (path, "Is it so?"))
    values = {_named(name): value for name, value in changed.items()}
    page = answer(focal, key, {**values, "answers-0-answer": "كما قلنا"})
    assert page.status_code == 422
    assert set(errors(page)) == {_named(name) for name in wrong}
    assert "كما قلنا" in words(page)
    assert len(revisions_of(app, key)) == 1
    assert questions_of(app, key)[0].answered_at is None


def test_a_free_consent_is_no_answer_to_a_question(key: str, officer: InspectedClient, focal: InspectedClient) -> None:
    ask(officer, key, ("consents.public_summary", "Still so?"))
    page = focal.get(f"/cases/{key}/answer")
    assert "Your request says:" in words(page)
    assert not soup(page).select("[name*=correction]")


def test_the_consent_that_every_request_needs_is_not_withdrawn_by_an_answer(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("consents.ctc", "Still so?"))
    page = answer(focal, key, {"answers-0-correction": "no", "answers-0-answer": "Not any more"})
    assert page.status_code == 422
    assert "resolution asks for coordination with the Committee" in words(page)
    assert len(revisions_of(app, key)) == 1


def test_a_question_about_texts_leads_to_the_documents(
    key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("drafting.texts", "Is this the last draft?"))
    page = focal.get(f"/cases/{key}/answer")
    (link,) = soup(page).select("main .narrow form a[href*='/documents/']")
    assert focal.get(str(link["href"])).status_code == 200
    assert not soup(page).select("[name*=correction]")


def test_a_field_asked_about_twice_is_changed_once(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("need.title", "Is it short?"), ("need.title", "Is it clear?"))
    page = focal.get(f"/cases/{key}/answer")
    assert len(soup(page).select("[name$='correction']")) == 1
    said = {"answers-0-correction": "Short", "answers-1-answer": "See above."}
    assert focal.submit(page, said).status_code == 303
    assert case_row(app, key).title == "Short"


def test_an_answer_does_not_undo_what_another_round_changed_meanwhile(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("need.title", "Is it short?"))
    ask(officer, key, ("need.title", "Is it clear?"))
    first, second = (focal.get(f"/cases/{key}/answer?round={number}") for number in (1, 2))
    assert focal.submit(second, {"answers-0-correction": "Clear"}).status_code == 303
    late = focal.submit(first, {"answers-0-answer": "It is short, I think."})
    assert late.status_code == 409
    assert "It is short, I think." in late.get_data(as_text=True)
    assert case_row(app, key).title == "Clear"


def test_a_forged_form_changes_nothing_but_what_was_asked_about(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("need.problem", "Which law?"))
    page = focal.get(f"/cases/{key}/answer")
    forged = {"answers-0-path": "need.types", "answers-0-answer": "This one."}
    assert focal.submit(page, forged).status_code == 409  # the text of a problem is no list of types
    assert len(revisions_of(app, key)) == 1


def test_what_changed_stands_on_a_page_of_its_own(
    app: Flask, cast: Cast, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    assert "The request stands as it was submitted." in words(officer.get(f"/cases/{key}/changes"))
    ask(officer, key, ("need.title", "Is it short?"), ("need.problem", "Which law?"))
    answer(focal, key, {"answers-0-correction": "Short", "answers-1-answer": "The code."})
    history = soup(officer.get(f"/cases/{key}/history"))
    (link,) = history.select(".rail a[href*='/changes']")
    page = officer.get(str(link["href"]))
    assert [one.get_text(strip=True) for one in soup(page).select("main section h3")] == ["Short title of the request"]
    assert "Version 2 of 2" in words(page)
    for person in (cast.focal_point, cast.ctc_liaison, cast.auditor):
        assert "Short title of the request" in words(signed_in(app, person).get(f"/cases/{key}/changes"))
    for revision, status in (("2", 200), ("1", 404), ("3", 404), ("-1", 404), ("9" * 30, 404)):
        assert (
            get(app, quick_client(app, cast.manager), f"/cases/{key}/changes?revision={revision}").status_code == status
        )


def test_the_history_shows_questions_to_the_state_and_tpb(
    app: Flask, cast: Cast, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("other", "Which court?"))
    answer(focal, key, {"answers-0-answer": "The supreme one."})
    history = words(signed_in(app, cast.ctc_liaison).get(f"/cases/{key}/history"))
    assert "Accepted for review" in history
    assert "Question" not in history, "that there was a question is between the State and TPB"
    assert "Question answered" in words(officer.get(f"/cases/{key}/history"))


def test_thirty_questions_stay_a_light_page_for_few_statements(
    app: Flask,
    cast: Cast,
    key: str,
    officer: InspectedClient,
    focal: InspectedClient,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    fields = ("need.problem", "need.title", "who.beneficiaries", "rights.q1", "other")
    for number in range(6):
        ask(officer, key, *((field, f"Question {number} about {field}, in some words?") for field in fields))
        said = {f"answers-{place}-answer": f"Answer {number}.{place}, also in words." for place in range(5)}
        said["answers-1-correction"] = f"Title number {number}"
        assert answer(focal, key, said).status_code == 303
    clients = {name: quick_client(app, cast[name]) for name in ("case_officer", "focal_point", "intake_officer")}
    for name, client in clients.items():
        for page in ("", "/questions", "/questions?before=11", "/screening", "/changes"):
            with statements() as seen:
                found = get(app, client, f"/cases/{key}{page}")
            if found.status_code == 403:
                assert (name, page) == ("focal_point", "/screening")
                continue
            seen.at_most(CASE_PAGE)
            assert len(gzip.compress(found.data)) <= HEAVIEST, (name, page)
    whole = [one["heading"].split(":")[0] for page in ("", "?before=21", "?before=11")
             for one in shown(officer.get(f"/cases/{key}/questions{page}"))]  # fmt: skip
    assert whole == [f"Question {number}" for number in range(30, 0, -1)]
    assert shown(officer.get(f"/cases/{key}/questions?before=-5"))[0]["heading"].startswith("Question 1")
