"""The assessment through its pages: part by part, what is refused, the signature, another look, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.assessment.models import Assessment, RightsReview, SavedPart, ScoreRow
from app.assessment.services import begin_again
from app.assessment.vocabulary import Part, Priority
from app.casework.facts import core_of
from app.casework.models import AssistanceRequest
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.reference.settings import PRIORITY_WEIGHTS, set_setting
from app.workflow import policy
from app.workflow.vocabulary import Action, AssistanceType, Role, State
from tests.factories.assessment import assessed
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.client import InspectedClient
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
PAGE, POST = 10, 14
NEED: Final = {"finding": "confirmed", "text": "The law of 1987 knows no video hearing."}
ENTERED: Final[Mapping[Part, Mapping[str, Any]]] = {
    Part.NEED: NEED,
    Part.EARLIER_ASSISTANCE: {"similar": "no"},
    Part.RIGHTS_REVIEW: {
        **{f"q{number}-finding": "no_concern" for number in range(1, 6)},
        "q6-finding": "concern",
        "q6-remark": "One unit was named in a report.",
        "safeguards": "The unit stays outside.",
    },
    Part.CRIME_LINKS: {},  # what the State says is ticked
    Part.JUSTICE_MARKERS: {"chosen": ["courts"]},
    Part.RISKS: {"level": "low", "text": "Elections."},
    Part.COST_ESTIMATE: {"value-minor": "24000", "value-currency": "USD", "basis": "Two experts, ten days."},
    Part.PRIORITY: {"cted": "no", "priority": "low"},
}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def case(app: Flask, cast: Cast) -> Made:
    return make_case(app, cast, State.IN_REVIEW)


@pytest.fixture
def officer(app: Flask, cast: Cast) -> InspectedClient:
    return signed_in(app, cast.case_officer)


def at(case: Made, part: Part | None = None) -> str:
    return f"/cases/{case.key}/assessment" + (f"/{part.value}" if part else "")


def parts_of(app: Flask, case: Made) -> list[SavedPart]:
    return [row[0] for row in rows(app, select(SavedPart).where(SavedPart.case_id == case.id).order_by(SavedPart.id))]


def looks_of(app: Flask, case: Made) -> list[Assessment]:
    statement = select(Assessment).where(Assessment.case_id == case.id).order_by(Assessment.number)
    return [row[0] for row in rows(app, statement)]


def errors_on(page: Any) -> set[str]:
    """The inputs to which the error summary leads."""
    links = BeautifulSoup(page.get_data(as_text=True), "lxml").select(".errsum a[href]")
    return {str(link["href"]).removeprefix("#") for link in links}


def test_an_officer_assesses_part_by_part_and_signs(
    app: Flask, cast: Cast, case: Made, officer: InspectedClient, statements: Recorded
) -> None:
    officer.get(at(case))  # what is read once is in memory
    for part, entered in ENTERED.items():
        with statements() as seen:
            page = officer.get(at(case, part))
        assert page.status_code == 200, part
        seen.at_most(PAGE)
        with statements() as seen:
            answer = officer.submit(page, entered)
        assert answer.status_code == 303, (part, errors_on(answer))
        seen.at_most(POST)
    assert [row.part for row in parts_of(app, case)] == list(Part)
    assert all(row.complete for row in parts_of(app, case))
    assert standing(app, case.key).history[-1] == "accept", "writing is no act of the process"
    with statements() as seen:
        page = officer.get(at(case))
    seen.at_most(PAGE)
    text = page.get_data(as_text=True)
    assert "USD\xa024,000.00" in text or "USD 24,000.00" in text
    assert "10 of 10" in text, "nothing similar, and text, host and counterpart are named"
    with statements() as seen:
        signed = officer.submit(page, form="form[action$='/assessment/sign']")
    assert signed.status_code == 303, errors_on(signed)
    seen.at_most(POST + 1)  # the queue sorts by the score, so that it stands with the case, too
    (look,) = looks_of(app, case)
    parts = {row[0].part: row[0] for row in rows(app, select(ScoreRow).where(ScoreRow.case_id == case.id))}
    assert len(parts) == 7
    assert look.score == sum(row.points for row in parts.values())
    assert (look.priority, look.signed_by_id) == (Priority.LOW, cast.case_officer.id)
    assert (look.cost_minor, look.cost_currency) == (2_400_000, "USD")
    after = standing(app, case.key)
    assert (after.history[-1], after.version) == ("assess", case.version + 1)
    with app.app_context(), write_transaction(None) as session:
        weights = {**dict.fromkeys(PRIORITY_WEIGHTS.default, 0), "treaty_gaps": 23, "readiness": 77}
        set_setting(session, cast.administrator.actor, "priority_weights", weights)
    officer.get(at(case))  # the changed setting is read once
    with statements() as seen:
        shown = officer.get(at(case)).get_data(as_text=True)
    seen.at_most(PAGE)
    assert "of 77" not in shown, "what was signed keeps the weights that the signer saw"
    assert "As it was when the assessment was signed." in shown
    assert "One unit was named in a report." in shown


@pytest.mark.parametrize("name", ["branch_chief", "auditor", "intake_officer"])
def test_readers_read_and_write_nothing(app: Flask, cast: Cast, case: Made, statements: Recorded, name: str) -> None:
    assessed(app, case, signed=False)
    client = signed_in(app, cast[name])
    client.get(at(case))  # what is read once is in memory
    with statements() as seen:
        page = client.get(at(case))
    assert page.status_code == 200
    seen.at_most(PAGE)
    text = page.get_data(as_text=True)
    assert "The law of 1987 was never brought" in text
    assert "/assessment/need" not in text
    assert "Sign the assessment" not in text
    assert client.get(at(case, Part.NEED)).status_code == 403


def test_who_signed_decides_no_more(app: Flask, cast: Cast, case: Made, officer: InspectedClient) -> None:
    """Also once the officer has become a chief."""
    assessed(app, case, signed=False)
    chief = replace(cast.case_officer.actor, roles=frozenset({Role.BRANCH_CHIEF}))

    def may_decide() -> bool:
        """As somebody to whom the case no longer belongs: who has it does not decide on it anyway."""
        with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
            row = session.get_one(AssistanceRequest, case.id)
            has_it, row.officer_id = row.officer_id, cast.intake_officer.id
            session.flush()
            try:
                return policy.may(chief, Action.FIND_INELIGIBLE, core_of(session, row, chief))
            finally:
                row.officer_id = has_it

    assert may_decide()
    page = officer.get(at(case))
    assert officer.submit(page, form="form[action$='/assessment/sign']").status_code == 303
    assert not may_decide()


WRONG: Final = [
    (Part.NEED, {"finding": "confirmed", "text": ""}, {"text"}),
    (Part.NEED, {"finding": "perhaps", "text": "x"}, {"finding-0"}),
    (Part.NEED, {"finding": "confirmed", "text": "x" * 6001}, {"text"}),
    (Part.NEED, {"finding": "confirmed", "text": "\x07"}, {"text"}),
    (Part.NEED, {**NEED, "version": "two"}, set()),
    (Part.EARLIER_ASSISTANCE, {}, {"similar-0"}),
    (Part.EARLIER_ASSISTANCE, {"similar": "yes"}, {"remark"}),
    (Part.RIGHTS_REVIEW, {f"q{number}-finding": "no_concern" for number in range(1, 6)}, {"q6-finding-0"}),
    (Part.RIGHTS_REVIEW, {f"q{number}-finding": "concern" for number in (1,)},
     {"q1-remark", *(f"q{number}-finding-0" for number in range(2, 7))}),
    (Part.CRIME_LINKS, {"chosen": ["none", "arms"]}, {"chosen-0"}),
    (Part.JUSTICE_MARKERS, {"chosen": []}, {"chosen-0"}),
    (Part.RISKS, {"level": "low"}, {"text"}),
    (Part.COST_ESTIMATE, {"value-minor": "-3", "value-currency": "USD", "basis": "x"}, {"value-minor"}),
    (Part.COST_ESTIMATE, {"value-minor": "3.005", "value-currency": "USD", "basis": "x"}, {"value-minor"}),
    (Part.COST_ESTIMATE, {"value-minor": "", "basis": ""}, {"value-minor", "basis"}),
    (Part.PRIORITY, {"cted": "no", "priority": "high"}, {"reason"}),
    (Part.PRIORITY, {"priority": "medium"}, {"cted-0", "reason"}),
]  # fmt: skip


def test_bad_answers_stand_beside_their_fields_and_store_nothing(
    app: Flask, case: Made, officer: InspectedClient
) -> None:
    faults = []
    for part, entered, fields in WRONG:
        answer = officer.submit(officer.get(at(case, part)), entered)
        if answer.status_code != 422 or errors_on(answer) != fields:
            faults.append(f"{part} {str(entered)[:60]}: {answer.status_code} {errors_on(answer)}")
    assert not faults, "\n".join(faults)
    assert parts_of(app, case) == []
    half = officer.submit(officer.get(at(case, Part.NEED)), {"text": "Half a thought"}, button="later")
    assert half.status_code == 303
    (kept,) = parts_of(app, case)
    assert (kept.complete, kept.data["text"]) == (False, "Half a thought")
    assert officer.get(at(case) + "/nothing").status_code == 404
    assert officer.get(at(case) + "?look=9").status_code == 404


def test_two_at_once_lose_nothing(app: Flask, cast: Cast, case: Made, officer: InspectedClient) -> None:
    other = signed_in(app, cast.case_officer)
    mine, theirs = officer.get(at(case, Part.NEED)), other.get(at(case, Part.NEED))
    risks = other.get(at(case, Part.RISKS))
    assert officer.submit(mine, NEED).status_code == 303
    late = other.submit(theirs, {"finding": "in_part", "text": "Typed at the same time."})
    assert late.status_code == 409
    text = late.get_data(as_text=True)
    assert "Typed at the same time." in text
    assert NEED["text"] in text
    assert other.submit(risks, ENTERED[Part.RISKS]).status_code == 303, "another part is another matter"
    assert other.submit(late).status_code == 303
    saved = [(row.version, row.data["text"]) for row in parts_of(app, case) if row.part is Part.NEED]
    assert saved == [(1, NEED["text"]), (2, "Typed at the same time.")], "what was replaced stays on record"


def test_only_what_the_page_showed_is_signed(app: Flask, case: Made, officer: InspectedClient) -> None:
    assessed(app, case, signed=False)
    page = officer.get(at(case))
    again = officer.get(at(case, Part.NEED))
    assert officer.submit(again, {"text": "Seen otherwise."}).status_code == 303
    assert officer.submit(page, form="form[action$='/assessment/sign']").status_code == 409
    fresh = officer.get(at(case))
    priority = officer.get(at(case, Part.PRIORITY))
    assert officer.submit(priority, {"cted": "yes", "priority": "high", "reason": "Asked by CTED."}).status_code == 303
    assert officer.submit(fresh, form="form[action$='/assessment/sign']").status_code == 409
    assert standing(app, case.key).history.count("assess") == 0
    assert officer.submit(officer.get(at(case)), form="form[action$='/assessment/sign']").status_code == 303
    gone = officer.submit(again, {"text": "Too late."})
    assert gone.status_code == 409
    assert "Too late." in gone.get_data(as_text=True)


def test_a_missing_part_cannot_be_signed(app: Flask, case: Made, officer: InspectedClient) -> None:
    assessed(app, case, signed=False)
    page = officer.get(at(case))
    assert officer.submit(officer.get(at(case, Part.NEED)), {"text": ""}, button="later").status_code == 303
    assert officer.submit(page, form="form[action$='/assessment/sign']").status_code == 422
    assert looks_of(app, case)[0].signed_at is None
    assert "Sign the assessment" not in officer.get(at(case)).get_data(as_text=True)


def score_in_the_queue(app: Flask, case: Made) -> int | None:
    (row,) = rows(app, select(AssistanceRequest.score).where(AssistanceRequest.id == case.id))
    score: int | None = row.score
    return score


def test_a_signed_assessment_is_changed_in_a_copy(
    app: Flask, cast: Cast, case: Made, officer: InspectedClient, statements: Recorded
) -> None:
    assessed(app, case)
    assert officer.get(at(case, Part.NEED)).status_code == 403, "signed is signed"
    page = officer.get(at(case))
    with statements() as seen:
        assert officer.submit(page, form="form[action$='/assessment/reopen']").status_code == 303
    seen.at_most(POST + 2)
    assert officer.submit(page, form="form[action$='/assessment/reopen']").status_code == 303, "the same form, replayed"
    assert score_in_the_queue(app, case) is None, "what nobody signed is no score"
    first, second = looks_of(app, case)
    assert (first.signed_at is not None, first.closed_at is not None, second.signed_at) == (True, True, None)
    assert officer.submit(officer.get(at(case, Part.NEED)), {"text": "Another need."}).status_code == 303
    assert officer.submit(officer.get(at(case)), form="form[action$='/assessment/sign']").status_code == 303
    assert score_in_the_queue(app, case) == looks_of(app, case)[1].score is not None
    old = officer.get(at(case) + "?look=1").get_data(as_text=True)
    assert "Another need." not in old
    assert "The law of 1987 was never brought" in old
    assert "Another need." in officer.get(at(case)).get_data(as_text=True)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        begin_again(session, row, cast.branch_chief.actor, None)
    assert [look.number for look in looks_of(app, case)] == [1, 2, 3]
    assert score_in_the_queue(app, case) is None
    assert "Not begun" in officer.get(at(case)).get_data(as_text=True), "a new look finds nothing by itself"


def test_a_request_for_tools_has_one_question(app: Flask, cast: Cast, officer: InspectedClient) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, types=(AssistanceType.TOOLS,)))
    page = officer.get(at(case, Part.RIGHTS_REVIEW))
    assert "q1-finding" not in page.get_data(as_text=True)
    assert officer.submit(page, {"confirmed-finding": "no_concern"}).status_code == 303
    assert count_of(app, RightsReview, RightsReview.case_id == case.id) == 1


def test_earlier_assistance_on_record_is_answered(app: Flask, cast: Cast, case: Made, officer: InspectedClient) -> None:
    given = make_case(app, cast, State.DELIVERED, at_home(cast, title="A course that was held"))
    page = officer.get(at(case, Part.EARLIER_ASSISTANCE))
    text = page.get_data(as_text=True)
    assert str(given.number) in text
    assert "A course that was held" in text
    refused = officer.submit(page, {"similar": "no"})
    assert (refused.status_code, errors_on(refused)) == (422, {"remark"})
    assert officer.submit(page, {"similar": "no", "remark": "It was about money laundering."}).status_code == 303
