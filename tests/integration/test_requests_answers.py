"""Questions of intake: shown beside what they are about, saved piece by piece, answered at once; lapsed, revived."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.casework.models import CaseQuestion, CaseRevision, HistoryEntry
from app.triage.asking import return_for_information
from app.triage.commands import LapseUnanswered, ReturnForInformation, TakeUp
from app.triage.services import lapse_unanswered, take_up
from app.workflow.vocabulary import Role, State
from tests.support.accounts import Somebody, mails, make_person
from tests.support.client import InspectedClient, sign_in
from tests.support.clock import StoppedClock
from tests.support.drafts import Government, errors, make_government, sent, soup, words
from tests.support.screening import case_of, rows_of

ASKED = (
    {"field_path": "need.problem", "text": "Which law is it?"},
    {"field_path": "who.beneficiaries", "text": "How many people?"},
    {"field_path": "other", "text": "Is the bill tabled?"},
)


@pytest.fixture
def government(app: Flask, clock: StoppedClock) -> Government:
    return make_government(app)


@pytest.fixture
def intake(app: Flask, government: Government) -> Somebody:
    return make_person(app, Role.INTAKE_OFFICER, name="Ines Take")


@pytest.fixture
def returned(app: Flask, government: Government, intake: Somebody) -> str:
    """A request with three questions; its key."""
    key = sent(government)
    with app.app_context():
        take_up(intake.actor, TakeUp(key=key, version=case_of(app, key).version))
        asked = ReturnForInformation(key=key, version=case_of(app, key).version, questions=ASKED)  # type: ignore[arg-type]
        return_for_information(intake.actor, asked)
    return key


@pytest.fixture
def focal(government: Government, client: InspectedClient) -> InspectedClient:
    sign_in(client, government.focal.email)
    return client


ALL = {"answers-0-answer": "The code.", "answers-1-answer": "Forty.", "answers-2-cannot_answer": "Not decided."}


def test_each_question_stands_beside_what_it_is_about(focal: InspectedClient, returned: str) -> None:
    page = focal.get(f"/cases/{returned}/answer")
    first, second, third = (one.get_text(" ", strip=True) for one in soup(page).select("fieldset.question"))
    assert "Question 1: The problem" in first
    assert "Which law is it?" in first
    assert soup(page).find(id="answers-0-correction").get_text(strip=True) == "A law is to be drafted."  # type: ignore[union-attr]
    assert "Question 2: Institutions that will benefit" in second
    assert soup(page).find(id="answers-1-correction-0-name")["value"] == "Supreme Court"  # type: ignore[index]
    assert "The request as a whole" in third
    assert "30 March 2026" in words(page)  # 20 working days
    assert "27 April 2026" in words(page)  # 40 working days


def test_all_answers_bring_the_request_back_to_screening(
    app: Flask, government: Government, intake: Somebody, focal: InspectedClient, returned: str
) -> None:
    done = focal.submit(focal.get(f"/cases/{returned}/answer"), ALL)
    assert done.status_code == 303
    assert case_of(app, returned).state is State.SCREENING
    answers = rows_of(app, CaseQuestion, returned)
    assert [one.answer or one.cannot_answer for one in answers] == ["The code.", "Forty.", "Not decided."]
    assert {one.answered_by_id for one in answers} == {government.focal.id}
    assert len(rows_of(app, CaseRevision, returned)) == 1
    assert mails(app, intake.id)[-1] == "case.answered"


def test_a_missing_answer_is_asked_for_beside_its_question(app: Flask, focal: InspectedClient, returned: str) -> None:
    answer = focal.submit(focal.get(f"/cases/{returned}/answer"), {**ALL, "answers-1-answer": ""})
    assert answer.status_code == 422
    assert set(errors(answer)) == {"answers-1-answer"}
    assert "The code." in words(answer)
    both = focal.submit(focal.get(f"/cases/{returned}/answer"), {**ALL, "answers-0-cannot_answer": "And not."})
    assert set(errors(both)) == {"answers-0-cannot_answer"}
    assert case_of(app, returned).state is State.RETURNED


def test_some_answers_are_saved_without_a_step(app: Flask, focal: InspectedClient, returned: str) -> None:
    before = case_of(app, returned).version
    page = focal.get(f"/cases/{returned}/answer")
    assert focal.submit(page, {"answers-0-answer": "The code."}, button="later").status_code == 303
    case = case_of(app, returned)
    assert (case.state, case.version) == (State.RETURNED, before)
    assert all(one.answered_at is None for one in rows_of(app, CaseQuestion, returned))
    assert "The code." in words(focal.get(f"/cases/{returned}/answer"))


def test_two_people_do_not_overwrite_each_others_answers(
    app: Flask,
    government: Government,
    focal: InspectedClient,
    new_client: Callable[[], InspectedClient],
    returned: str,
) -> None:
    mission = new_client()
    sign_in(mission, government.mission.email)
    page = focal.get(f"/cases/{returned}/answer")
    mission.submit(mission.get(f"/cases/{returned}/answer"), {"answers-0-answer": "First"}, button="later")
    answer = focal.submit(page, {"answers-0-answer": "Second"}, button="later")
    assert answer.status_code == 409
    assert "Second" in answer.get_data(as_text=True)
    assert rows_of(app, CaseQuestion, returned)[0].answer == "First"


def test_a_corrected_text_is_a_new_revision(app: Flask, focal: InspectedClient, returned: str) -> None:
    corrected = {**ALL, "answers-0-correction": "The penal code is to be amended."}
    assert focal.submit(focal.get(f"/cases/{returned}/answer"), corrected).status_code == 303
    first, second = rows_of(app, CaseRevision, returned)
    assert first.data["need"]["problem"] == "A law is to be drafted."
    assert (second.revision, second.data["need"]["problem"]) == (2, "The penal code is to be amended.")
    assert second.data["who"] == first.data["who"]
    assert "The penal code is to be amended." in words(focal.get(f"/cases/{returned}"))


def test_a_correction_may_not_empty_what_is_needed(app: Flask, focal: InspectedClient, returned: str) -> None:
    answer = focal.submit(focal.get(f"/cases/{returned}/answer"), {**ALL, "answers-0-correction": ""})
    assert answer.status_code == 422
    assert set(errors(answer)) == {"answers-0-correction"}
    assert len(rows_of(app, CaseRevision, returned)) == 1


def test_an_answer_to_a_question_of_another_case_is_refused(app: Flask, focal: InspectedClient, returned: str) -> None:
    page = focal.get(f"/cases/{returned}/answer")
    answer = focal.submit(page, {**ALL, "answers-0-question": "0" * 12})
    assert answer.status_code == 409
    assert case_of(app, returned).state is State.RETURNED


def test_a_lapsed_request_is_revived_within_twelve_months(
    app: Flask, clock: StoppedClock, intake: Somebody, focal: InspectedClient, returned: str
) -> None:
    number = case_of(app, returned).number
    _lapse(app, clock, intake, returned)
    clock.move(days=300)
    sign_in(focal, "fay.point.aurelia@example.org")
    assert focal.submit(focal.get(f"/cases/{returned}/revive")).status_code == 303
    case = case_of(app, returned)
    assert (case.state, case.number, case.ended_at) == (State.SCREENING, number, None)


def test_after_twelve_months_it_is_too_late(
    app: Flask, clock: StoppedClock, intake: Somebody, focal: InspectedClient, returned: str
) -> None:
    _lapse(app, clock, intake, returned)
    clock.move(days=367)
    sign_in(focal, "fay.point.aurelia@example.org")
    answer = focal.submit(focal.get(f"/cases/{returned}/revive"))
    assert answer.status_code == 422
    assert "The time in which this was possible has passed." in words(answer)
    assert case_of(app, returned).state is State.LAPSED


def _lapse(app: Flask, clock: StoppedClock, intake: Somebody, key: str) -> None:
    from app.requests.jobs import remind
    from app.workflow.actor import SYSTEM
    from tests.support.drafts import deliver_everything

    for days in (15, 10, 40):
        clock.move(days=days)
        with app.app_context():
            remind(SYSTEM)
        deliver_everything(app)
    with app.app_context():
        remind(SYSTEM)
        lapse_unanswered(intake.actor, LapseUnanswered(key=key, version=case_of(app, key).version))
    assert [row.action for row in rows_of(app, HistoryEntry, key)][-1] == "lapse_unanswered"
