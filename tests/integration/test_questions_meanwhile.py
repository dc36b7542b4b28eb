"""Questions while a request is worked on: what stops and what goes on, who is told, what is read, what falls away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from app.casework.models import CaseReminder
from app.requests.jobs import remind
from app.workflow.actor import SYSTEM
from app.workflow.vocabulary import Action, LimitKey, Party, State
from tests.factories.acting import do
from tests.factories.cases import make_case
from tests.factories.clients import signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, standing
from tests.support.accounts import mails
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.drafts import deliver_everything, errors, soup, words
from tests.support.questions import answer, ask, case_row, questions_of, shown

WHY = ("other", "Why now?")
#: Twenty working days after the Monday on which the clock stands.
BY = date(2026, 3, 30)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def key(app: Flask, cast: Cast) -> str:
    """A request in review."""
    return make_case(app, cast, State.IN_REVIEW).key


@pytest.fixture
def officer(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.case_officer)


@pytest.fixture
def focal(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.focal_point)


def to_do(client: InspectedClient) -> list[str]:
    return [one.get_text(" ", strip=True) for one in soup(client.get("/home")).select("ul.todo li")]


def test_a_question_for_which_nothing_waits_changes_nothing_about_who_has_the_request(
    app: Flask, cast: Cast, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    before = case_row(app, key)
    page = officer.get(f"/cases/{key}/ask-state")
    assert [str(one["datetime"]) for one in soup(page).select("main .narrow time")] == [BY.isoformat()]
    assert ask(officer, key, WHY).status_code == 303
    after = case_row(app, key)
    assert (after.holder, after.paused, after.due_key, after.due_on) == (
        Party.TPB, False, before.due_key, before.due_on,
    )  # fmt: skip
    assert after.version == before.version + 1
    assert {mails(app, person.id)[-1] for person in (cast.focal_point, cast.mission)} == {"case.question"}
    (line,) = to_do(focal)
    assert "Has 1 question; the work goes on" in line
    assert "by 30 March 2026" in line
    page = focal.get(f"/cases/{key}/answer")
    assert "The work goes on meanwhile." in words(page)
    assert "30 March 2026" in words(page)
    assert "may lapse" not in words(page)


def test_a_blocking_question_gives_the_request_to_the_state_until_it_is_answered(
    app: Flask, clock: StoppedClock, cast: Cast, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    due = case_row(app, key).due_on
    assert ask(officer, key, WHY, ("need.title", "Is it short?"), blocking=True).status_code == 303
    case = case_row(app, key)
    assert (case.holder, case.paused, case.due_key, case.due_on) == (Party.STATE, True, LimitKey.ANSWER, BY)
    assert "can only go on once you have answered" in words(focal.get(f"/cases/{key}"))
    assert "The clock stands still." in words(officer.get(f"/cases/{key}"))
    (line,) = to_do(focal)
    assert "Has a question that the work waits for" in line
    assert "by 30 March 2026" in line
    clock.move(days=7)
    focal = signed_in(app, cast.focal_point)
    said = {"answers-0-answer": "因为法案已提交。", "answers-1-cannot_answer": "لا نعرف بعد"}
    assert answer(focal, key, said).status_code == 303
    case = case_row(app, key)
    assert (case.state, case.holder, case.paused, case.due_key) == (State.IN_REVIEW, Party.TPB, False, LimitKey.ASSESS)
    assert case.due_on > due + timedelta(days=6)  # the pause is not counted
    assert standing(app, key).history[-2:] == ("ask_state", "answer_question")
    assert to_do(focal) == []


def test_an_answer_comes_back_to_who_asked_and_to_who_has_the_request_now(
    app: Flask, cast: Cast, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, WHY)
    do(signed_in(app, cast.manager), Action.ASSIGN, key, officer=cast.other_officer.key)
    answer(focal, key, {"answers-0-answer": "The bill is tabled."})
    for person in (cast.case_officer, cast.other_officer):
        assert mails(app, person.id)[-1] == "case.question_answered"
        page = signed_in(app, person).get(f"/cases/{key}")
        assert [one["status"] for one in shown(page)] == ["Answered, to read"]
    for person in (cast.focal_point, cast.branch_chief, cast.auditor):
        page = signed_in(app, person).get(f"/cases/{key}")
        assert [one["status"] for one in shown(page)] == ["Answered"]


def test_answers_are_to_read_until_they_were_read(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, WHY)
    ask(officer, key, ("need.title", "Is it short?"))
    answer(focal, key, {"answers-0-answer": "The bill is tabled."})
    page = officer.get(f"/cases/{key}")
    assert "1 answer of the State to read." in words(page)
    answer(focal, key, {"answers-0-answer": "It is."})
    read = "form[action$='/answers-read']"
    assert officer.submit(page, form=read).status_code == 303
    assert [bool(one.read_at) for one in questions_of(app, key)] == [True, False]  # what came after was not read
    page = officer.get(f"/cases/{key}")
    assert [one["status"] for one in shown(page)] == ["Answered, to read", "Answered"]
    assert officer.submit(page, form=read).status_code == 303
    assert all(one.read_at for one in questions_of(app, key))
    page = officer.get(f"/cases/{key}")
    assert [one["status"] for one in shown(page)] == ["Answered", "Answered"]
    assert "to read" not in words(page)


def test_several_rounds_are_answered_one_by_one_the_blocking_one_first(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("other", "The soft one?"))
    ask(officer, key, ("other", "The hard one?"), blocking=True)
    page = focal.get(f"/cases/{key}/answer")
    assert "The hard one?" in words(page)
    assert "The soft one?" not in words(page)
    assert len(soup(page).select("nav.views a[href*=round]")) == 2
    assert focal.submit(page, {"answers-0-answer": "Hard."}).status_code == 303
    assert [bool(one.answered_at) for one in questions_of(app, key)] == [False, True]
    assert not case_row(app, key).paused
    assert answer(focal, key, {"answers-0-answer": "Soft."}).status_code == 303
    assert focal.get(f"/cases/{key}/answer").status_code == 302


@pytest.mark.parametrize("number", ["0", "7", "x", "99999999999999999999"])
def test_a_round_that_is_not_there_leads_back(
    key: str, officer: InspectedClient, focal: InspectedClient, number: str
) -> None:
    ask(officer, key, WHY)
    page = focal.get(f"/cases/{key}/answer?round={number}")
    assert page.status_code == (200 if number == "x" else 302)


def test_a_part_is_saved_and_no_clock_moves(
    app: Flask, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, WHY, ("other", "And then?"), blocking=True)
    before = standing(app, key)
    assert answer(focal, key, {"answers-0-answer": "Half of it"}, button="later").status_code == 303
    assert standing(app, key) == before
    assert "Half of it" in words(focal.get(f"/cases/{key}/answer"))
    assert answer(focal, key, {}).status_code == 422
    assert set(errors(answer(focal, key, {}))) == {"answers-1-answer"}


def test_what_is_left_open_falls_away_when_the_request_goes_on(
    app: Flask, cast: Cast, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, WHY, blocking=True)
    do(signed_in(app, cast.mission), Action.WITHDRAW, key)
    (question,) = questions_of(app, key)
    assert (question.answered_at, bool(question.closed_at)) == (None, True)
    assert to_do(focal) == []
    assert focal.get(f"/cases/{key}/answer").status_code == 302
    assert [one["status"] for one in shown(officer.get(f"/cases/{key}"))] == ["The request went on without an answer"]


def test_a_revived_request_asks_for_its_new_questions_only(app: Flask, cast: Cast, focal: InspectedClient) -> None:
    key = make_case(app, cast, State.LAPSED).key
    assert do(focal, Action.REVIVE, key).status_code == 303
    intake = signed_in(app, cast.intake_officer)
    assert ask(intake, key, ("other", "The second round?"), path="return-for-information").status_code == 303
    page = focal.get(f"/cases/{key}/answer")
    assert len(soup(page).select("fieldset.question")) == 1
    assert answer(focal, key, {"answers-0-answer": "Yes."}).status_code == 303
    assert case_row(app, key).state is State.SCREENING


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, {"questions-0-field_path", "questions-0-text"}),
        ({"questions-0-field_path": "other", "questions-0-text": "a\x00b"}, {"questions-0-text"}),
        ({"questions-0-field_path": "who.secret", "questions-0-text": "?"}, {"questions-0-field_path"}),
        ({"questions-0-field_path": "other", "questions-0-text": "x" * 2001}, {"questions-0-text"}),
        ({"questions-0-field_path": "other", "questions-0-text": "?", "blocking": "perhaps"}, {"blocking-0"}),
    ],
)
def test_a_wrong_question_stands_beside_its_field(
    app: Flask, key: str, officer: InspectedClient, values: dict[str, str], wrong: set[str]
) -> None:
    page = officer.submit(officer.get(f"/cases/{key}/ask-state"), values, form="main .narrow form")
    assert page.status_code == 422
    assert set(errors(page)) == wrong
    assert questions_of(app, key) == []


def test_both_kinds_are_reminded_of_ten_and_three_working_days_before(
    app: Flask, clock: StoppedClock, cast: Cast, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, ("other", "Soft?"))
    other = make_case(app, cast, State.PLANNING).key
    ask(officer, other, ("other", "Hard?"), blocking=True)
    seen = []
    for days in (13, 2, 8, 2, 30):  # ten working days end with 16 March, seventeen with 25 March
        clock.move(days=days)
        with app.app_context():
            remind(SYSTEM)
        deliver_everything(app)
        sent = mails(app, cast.focal_point.id)
        seen.append((sent.count("case.question_reminder"), sent.count("case.question_reminder_meanwhile")))
    assert seen == [(0, 0), (1, 1), (1, 1), (2, 2), (2, 2)]
    assert count_of(app, CaseReminder, CaseReminder.limit_key == LimitKey.ANSWER) == 4
    assert case_row(app, other).due_on == BY


def test_an_answered_question_is_not_reminded_of(
    app: Flask, clock: StoppedClock, cast: Cast, key: str, officer: InspectedClient, focal: InspectedClient
) -> None:
    ask(officer, key, WHY)
    answer(focal, key, {"answers-0-answer": "Because."})
    clock.move(days=20)
    with app.app_context():
        remind(SYSTEM)
    assert "case.question_reminder_meanwhile" not in mails(app, cast.focal_point.id)


def test_a_plain_case_has_no_questions_to_show(app: Flask, key: str, officer: InspectedClient) -> None:
    assert shown(officer.get(f"/cases/{key}")) == []
    assert "Nothing was asked about this request." in words(officer.get(f"/cases/{key}/questions"))
