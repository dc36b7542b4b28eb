"""The chief decides: who may, what the State reads, in which language, and what stays in the Branch."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app.casework.models import AssistanceRequest
from app.coordination.models import Consultation
from app.decision.models import TypeDecision
from app.documents.models import Document
from app.documents.storage import the_store
from app.notifications.models import Notice
from app.workflow.vocabulary import Action, Audience, Body, Position, State
from tests.factories.acting import SENT_BACK, do, path_of, read_letter
from tests.factories.assessment import assessed
from tests.factories.cases import Made, Plan, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.consultations import answer, consult, consultation_of
from tests.factories.decisions import DECLINED_TEXT, HOLD_TEXT, NEW_FACT
from tests.factories.money import put_known_source
from tests.factories.people import Cast, cast_of
from tests.factories.plans import put_plan
from tests.factories.readiness import ready_for
from tests.factories.reading import count_of, rows, standing
from tests.integration.test_decision_proposals import speaks
from tests.integration.test_stand_ins import away, take_up
from tests.support.clock import StoppedClock
from tests.support.pdf import words_of

AR, ZH = "القانون لا يزال قيد المراجعة", "法律仍在审查之中"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def ready(app: Flask, cast: Cast, state: State, action: Action | None = None, **changes: Any) -> Made:
    plan: Plan = at_home(cast, judged=True, **changes)
    return make_case(app, cast, state, ready_for(action, plan) if action else plan)


def letters_of(app: Flask, case: Made) -> list[tuple[Document, str]]:
    found = []
    for (row,) in rows(app, select(Document).where(Document.case_id == case.id).order_by(Document.id)):
        with app.app_context(), the_store().open(row.storage_name) as file:
            found.append((row, words_of(file.read())))
    return found


def who_can(page: str) -> str:
    found = BeautifulSoup(page, "lxml").select_one("section[aria-labelledby=deciders]")
    return found.get_text() if found else ""


def test_the_officer_gives_it_to_the_chief_and_decides_nothing(app: Flask, cast: Cast) -> None:
    case = ready(app, cast, State.IN_COORDINATION, Action.PUT_FOR_DECISION)
    officer = signed_in(app, cast.case_officer)
    missing = officer.get(path_of(Action.PUT_FOR_DECISION, case.key)).get_data(as_text=True)
    assert "There is no draft plan yet" in missing
    assert "A draft plan is needed first" in missing
    put_plan(app, case, cast.case_officer)
    page = officer.get(path_of(Action.PUT_FOR_DECISION, case.key)).get_data(as_text=True)
    for wanted in ("round 1: No objection", "Draft plan, version", cast.branch_chief.name):
        assert wanted in page, wanted
    assert do(officer, Action.PUT_FOR_DECISION, case.key).status_code == 303
    assert rows(app, select(Notice.user_id).where(Notice.code == "case.to_decide"))[0].user_id == cast.branch_chief.id
    quick = quick_client(app, cast.case_officer)
    for path in ("approve", "decline", "send-back"):
        assert get(app, quick, f"/cases/{case.key}/{path}").status_code == 403, path
    assert do(signed_in(app, cast.branch_chief), Action.APPROVE, case.key).status_code == 303
    (row,) = rows(app, select(AssistanceRequest.approved_at).where(AssistanceRequest.id == case.id))
    assert row.approved_at is not None
    assert standing(app, case.key).state is State.PLANNING


def test_a_chief_who_had_a_part_reads_why_not_and_who_can(app: Flask, cast: Cast) -> None:
    case = ready(app, cast, State.DECISION, independent=False)
    client = quick_client(app, cast.branch_chief)
    assert get(app, client, f"/cases/{case.key}/approve").status_code == 403
    page = get(app, client, f"/cases/{case.key}/decision").get_data(as_text=True)
    assert "You cannot decide on this request" in page
    assert "Nobody else can decide at present" in page


@pytest.mark.parametrize(("substitute", "free"), [("case_officer", False), ("other_officer", True)])
def test_the_case_officer_does_not_decide_in_the_place_of_the_chief(
    app: Flask, cast: Cast, substitute: str, free: bool
) -> None:
    """Somebody else signed the assessment; but whoever puts a request to the chief is no chief of it."""
    case = ready(app, cast, State.DECISION)
    away(app, cast.branch_chief, cast[substitute])
    client = signed_in(app, cast[substitute])
    take_up(client)
    assert client.get(f"/cases/{case.key}/approve").status_code == (200 if free else 403)
    page = client.get(f"/cases/{case.key}/decision").get_data(as_text=True)
    assert ("You cannot decide on this request" in page) is not free
    assert (cast[substitute].name in who_can(page)) is free
    assert cast.branch_chief.name in who_can(page)
    body = {"version": str(standing(app, case.key).version), "comment": "Not yet."}
    assert post(app, client, f"/cases/{case.key}/send-back", **body).status_code == (303 if free else 403)


@pytest.mark.parametrize(("language", "words"), [("ar", AR), ("zh", ZH)])
def test_a_decline_is_read_before_it_is_sent_in_the_language_of_the_state(
    app: Flask, cast: Cast, language: str, words: str
) -> None:
    case = ready(app, cast, State.DECISION)
    speaks(app, case, language)
    chief = signed_in(app, cast.branch_chief)
    page = chief.get(f"/cases/{case.key}/decline")
    unread = chief.submit(page, {"reason": "conditions_missing", "text": words}, button="preview")
    assert unread.status_code == 200
    assert f'lang="{language}"' in unread.get_data(as_text=True)
    assert letters_of(app, case) == []
    changed = chief.submit(unread, {"text": f"{words} 2"}, button="send")
    assert changed.status_code == 422, "another letter than the one that was read"
    assert "Read the letter below first" in changed.get_data(as_text=True)
    assert chief.submit(changed, button="send").status_code == 303
    ((letter, said),) = letters_of(app, case)
    assert (letter.lang, letter.audience) == (language, Audience.STATE_TPB)
    assert str(case.number) in said
    assert "Permanent Mission" not in said, "the letter is not in English"
    (decided,) = rows(app, select(TypeDecision.approved, TypeDecision.text))
    assert (decided.approved, decided.text) == (False, f"{words} 2")
    overview = signed_in(app, cast.mission).get(f"/cases/{case.key}").get_data(as_text=True)
    assert f"{words} 2" in overview


def test_a_declined_request_is_looked_at_again_once(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = ready(app, cast, State.DECLINED)
    mission, chief = signed_in(app, cast.mission), signed_in(app, cast.branch_chief)
    assert DECLINED_TEXT in mission.get(f"/cases/{case.key}").get_data(as_text=True)
    assert "The State has not asked" in chief.get(f"/cases/{case.key}/reconsider").get_data(as_text=True)
    assert "You can ask until" in mission.get(f"/cases/{case.key}/ask-reconsideration").get_data(as_text=True)
    assert do(mission, Action.ASK_RECONSIDERATION, case.key).status_code == 303
    assert NEW_FACT in chief.get(f"/cases/{case.key}/reconsider").get_data(as_text=True)
    assert NEW_FACT not in get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/history").get_data(True)
    version = str(rows(app, select(AssistanceRequest.version).where(AssistanceRequest.id == case.id))[0].version)
    body = {"version": version, "officer": cast.case_officer.key}
    same = post(app, quick_client(app, cast.branch_chief), f"/cases/{case.key}/reconsider", **body)
    assert same.status_code == 422
    assert do(chief, Action.RECONSIDER, case.key, officer=cast.other_officer.key).status_code == 303
    (row,) = rows(app, select(AssistanceRequest.officer_id).where(AssistanceRequest.id == case.id))
    assert row.officer_id == cast.other_officer.id
    assert len(letters_of(app, case)) == 1


def test_what_the_chief_sends_back_keeps_the_answers_that_hold(app: Flask, cast: Cast) -> None:
    kept, again = (ready(app, cast, State.DECISION) for _ in range(2))
    chief = signed_in(app, cast.branch_chief)
    key = consultation_of(app, again).key
    for case, typed in ((kept, {}), (again, {"changed": ["plan"], "again": [key]})):
        page = chief.get(f"/cases/{case.key}/send-back")
        assert chief.submit(page, {"comment": SENT_BACK, **typed}).status_code == 303
    stands = dict(rows(app, select(Consultation.case_id, Consultation.stands)))
    assert stands == {kept.id: True, again.id: False}
    for person in ("focal_point", "mission", "ctc_liaison"):
        client = quick_client(app, cast[person])
        for path in ("", "/history", "/request.pdf"):
            answer = get(app, client, f"/cases/{again.key}{path}").get_data()
            assert SENT_BACK.encode() not in answer, (person, path)


def test_a_hold_for_money_ends_when_its_shortfall_is_covered(app: Flask, cast: Cast) -> None:
    case = ready(app, cast, State.PLANNING)
    support, mission = signed_in(app, cast.programme_support), signed_in(app, cast.mission)
    assert do(support, Action.HOLD, case.key).status_code == 303
    shown = mission.get(f"/cases/{case.key}").get_data(as_text=True)
    assert "Money is missing" in shown
    assert HOLD_TEXT not in shown
    assert HOLD_TEXT not in mission.get(f"/cases/{case.key}/history").get_data(as_text=True)
    assert "has not gone" in support.get(f"/cases/{case.key}/resume-planning").get_data(as_text=True)
    put_known_source(app)
    assert do(support, Action.ALLOCATE, case.key).status_code == 303
    assert do(support, Action.RESUME_PLANNING, case.key).status_code == 303
    assert standing(app, case.key).state is State.PLANNING


def test_a_hold_before_an_approval_leads_back_to_review(app: Flask, cast: Cast) -> None:
    case = ready(app, cast, State.IN_COORDINATION, positions={Body.CTC_CTED: Position.COMMENT})
    chief = signed_in(app, cast.branch_chief)
    assert do(chief, Action.HOLD, case.key).status_code == 303
    assert "not approved before" in chief.get(f"/cases/{case.key}/resume-planning").get_data(as_text=True)
    assert do(chief, Action.RESUME_REVIEW, case.key).status_code == 303
    assert standing(app, case.key).state is State.IN_REVIEW


def test_no_hold_leads_past_the_decision_that_a_new_assessment_asks_for(app: Flask, cast: Cast) -> None:
    """Approved, sent back because facts changed, CTC/CTED objects: the old approval opens no way around it."""
    case = ready(app, cast, State.PLANNING)
    chief, officer = signed_in(app, cast.branch_chief), signed_in(app, cast.case_officer)
    assert do(chief, Action.REASSESS, case.key).status_code == 303
    assessed(app, case)
    assert do(officer, Action.CONSULT, case.key).status_code == 303
    consult(app, case)
    answer(app, cast, case, {Body.CTC_CTED: Position.OBJECTION})
    assert do(chief, Action.HOLD, case.key).status_code == 303
    for person in (cast.programme_support, cast.branch_chief):
        page = signed_in(app, person).get(f"/cases/{case.key}/resume-planning")
        assert "not approved before" in page.get_data(as_text=True)
        body = {"version": str(standing(app, case.key).version), "text": "The way is safe again."}
        refused = post(app, quick_client(app, person), f"/cases/{case.key}/resume-planning", **body)
        assert refused.status_code == 422
    assert do(chief, Action.RESUME_REVIEW, case.key).status_code == 303
    assert standing(app, case.key).state is State.IN_REVIEW


def test_bad_input_keeps_what_was_typed(app: Flask, cast: Cast) -> None:
    case = ready(app, cast, State.DECISION)
    chief = signed_in(app, cast.branch_chief)
    page = chief.get(f"/cases/{case.key}/approve")
    typed = {"decisions-0-approved": "false", "decisions-0-text": AR}
    shown = chief.submit(page, typed, button="preview")
    assert shown.status_code == 422
    text = shown.get_data(as_text=True)
    assert AR in text
    assert "Choose why it is declined" in text
    whole = chief.submit(page, {**typed, "decisions-0-reason": "rights"}, button="preview")
    assert "Approve at least one type" in whole.get_data(as_text=True)
    assert count_of(app, TypeDecision) == 0


def test_the_same_approval_sent_twice_is_one(app: Flask, cast: Cast) -> None:
    case = ready(app, cast, State.DECISION)
    chief = signed_in(app, cast.branch_chief)
    page = read_letter(chief, chief.get(f"/cases/{case.key}/approve"), Action.APPROVE)
    assert [chief.submit(page, button="send").status_code for _ in range(2)] == [303, 303]
    assert len(letters_of(app, case)) == 1
