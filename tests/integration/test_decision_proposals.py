"""Proposals to the chief: who sees them, what they do to the clock, and the letter that a State gets."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest, CaseRevision, HistoryPayload
from app.decision.models import OutcomeProposal
from app.documents.models import Document
from app.documents.storage import the_store
from app.documents.vocabulary import DocumentKind
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import OutboxMessage
from app.workflow.vocabulary import Action, Audience, Body, LimitKey, State
from tests.factories.acting import do
from tests.factories.cases import NOTE, REMEDY, WHY, Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock
from tests.support.pdf import words_of as pdf_words

MIXED = "تحتاج الوزارة إلى مركبات 车辆 and radios"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def proposed(app: Flask, cast: Cast, state: State = State.IN_REVIEW, **plan: Any) -> Made:
    return make_case(app, cast, state, at_home(cast, judged=True, proposed=True, **plan))


def letter_of(app: Flask, case: Made) -> tuple[Any, str]:
    """The letter that was filed with the case, and its words."""
    (row,) = rows(app, select(Document).where(Document.case_id == case.id))
    with app.app_context(), the_store().open(row[0].storage_name) as file:
        return row[0], pdf_words(file.read())


def test_it_is_the_chiefs_turn_once_an_officer_proposed(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.SCREENING, at_home(cast))
    assert do(signed_in(app, cast.intake_officer), Action.PROPOSE_OUTCOME, case.key).status_code == 303
    (row,) = rows(app, select(AssistanceRequest.due_key).where(AssistanceRequest.id == case.id))
    assert row.due_key is LimitKey.OUTCOME
    told = rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == "case.outcome_proposed"))
    assert [row.user_id for row in told] == [cast.branch_chief.id]
    for person in (cast.intake_officer, cast.branch_chief, cast.auditor):
        client = signed_in(app, person)
        assert "Decide on the proposal" in client.get("/queue").get_data(as_text=True)
        assert "The chief decides on a proposal" in client.get(f"/cases/{case.key}").get_data(as_text=True)


def test_the_chief_finds_what_waits_for_a_decision_in_one_list(app: Flask, cast: Cast) -> None:
    waiting = {proposed(app, cast, State.SCREENING).key, make_case(app, cast, State.DECISION, at_home(cast)).key}
    other = make_case(app, cast, State.IN_REVIEW, at_home(cast)).key
    page = signed_in(app, cast.branch_chief).get("/queue?view=decision").get_data(as_text=True)
    assert {key for key in (*waiting, other) if f"/cases/{key}" in page} == waiting


def test_what_the_chief_is_waited_for_is_the_first_button(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast, State.SCREENING)
    page = signed_in(app, cast.branch_chief).get(f"/cases/{case.key}").get_data(as_text=True)
    box = page[page.index('id="action-box"') :]
    assert box.index('class="btn" href') < box.index("/find-ineligible") < box.index("/return-proposal")
    assert box.index("/return-proposal") < box.index("/assign")
    assert "The State reads the decision, or the officers go on" in page


def test_a_second_proposal_waits_for_the_decision_on_the_first(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast)
    client = signed_in(app, cast.case_officer)
    text = client.get(f"/cases/{case.key}/propose-outcome").get_data(as_text=True)
    assert "A proposal waits for the chief already" in text
    body = {"kind": "ineligible", "reason": "equipment", "text": "Again.", "remedy": "None."}
    answer = post(app, client, f"/cases/{case.key}/propose-outcome", version=str(case.version), **body)
    assert answer.status_code == 422
    assert count_of(app, OutcomeProposal) == 1


def test_what_the_chief_sends_back_can_be_proposed_again(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast)
    chief, officer = signed_in(app, cast.branch_chief), signed_in(app, cast.case_officer)
    assert do(chief, Action.RETURN_PROPOSAL, case.key).status_code == 303
    (row,) = rows(app, select(AssistanceRequest.due_key).where(AssistanceRequest.id == case.id))
    assert row.due_key is LimitKey.ASSESS
    assert "The annex was not read." in officer.get(f"/cases/{case.key}/history").get_data(as_text=True)
    assert "No proposal waits" in chief.get(f"/cases/{case.key}/return-proposal").get_data(as_text=True)
    assert "An officer must propose" in chief.get(f"/cases/{case.key}/find-ineligible").get_data(as_text=True)
    assert do(officer, Action.PROPOSE_OUTCOME, case.key).status_code == 303
    assert do(chief, Action.FIND_INELIGIBLE, case.key).status_code == 303
    assert standing(app, case.key).state is State.NOT_ELIGIBLE


def test_a_proposal_falls_when_the_case_moves_on_and_outlasts_a_pause(app: Flask, cast: Cast) -> None:
    moved, paused = (proposed(app, cast, State.SCREENING) for _ in range(2))
    intake, chief = signed_in(app, cast.intake_officer), signed_in(app, cast.branch_chief)
    assert do(intake, Action.ACCEPT, moved.key, officer=cast.other_officer.key).status_code == 303
    assert "An officer must propose" in chief.get(f"/cases/{moved.key}/find-ineligible").get_data(as_text=True)
    assert do(intake, Action.RETURN_FOR_INFORMATION, paused.key).status_code == 303
    assert do(signed_in(app, cast.focal_point), Action.ANSWER, paused.key).status_code == 303
    assert do(chief, Action.FIND_INELIGIBLE, paused.key).status_code == 303
    due = rows(app, select(AssistanceRequest.due_key).where(AssistanceRequest.id == moved.id))
    assert due[0].due_key is LimitKey.ASSESS


def test_the_state_gets_a_letter_in_its_language_with_nothing_internal(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast)
    speaks(app, case, "fr")
    chief = signed_in(app, cast.branch_chief)
    page = chief.get(f"/cases/{case.key}/find-ineligible").get_data(as_text=True)
    assert WHY in page
    assert 'lang="fr"' in page
    assert "focal points" in page
    assert do(chief, Action.FIND_INELIGIBLE, case.key).status_code == 303
    letter, words = letter_of(app, case)
    assert (letter.kind, letter.audience, letter.lang) == (DocumentKind.LETTER, Audience.STATE_TPB, "fr")
    for wanted in (str(case.number), WHY, REMEDY, "60", cast.branch_chief.name):
        assert wanted in words
    assert NOTE not in words
    assert "Permanent Mission" not in words, "the letter is not in English"


def speaks(app: Flask, case: Made, language: str) -> None:
    """Let the request name another language of correspondence, as if it had been submitted so."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        (revision,) = session.scalars(select(CaseRevision).where(CaseRevision.case_id == case.id)).all()
        data = {**revision.data, "who": {**revision.data["who"]}}
        data["who"]["contact"] = {**data["who"]["contact"], "language": language}
        written = {column.name: getattr(revision, column.key) for column in CaseRevision.__table__.columns}
        session.add(CaseRevision(**{**written, "id": None, "revision": 2, "data": data}))


def words_of(answer: TestResponse) -> str:
    """What a page or a PDF says."""
    if answer.mimetype != "application/pdf":
        return answer.get_data(as_text=True)
    return pdf_words(answer.get_data())


@pytest.mark.parametrize("person", ["focal_point", "mission", "ctc_liaison"])
def test_what_officers_write_for_the_chief_stays_in_the_branch(app: Flask, cast: Cast, person: str) -> None:
    case = proposed(app, cast, bodies=(Body.CTC_CTED,))
    other = proposed(app, cast, bodies=(Body.CTC_CTED,))
    assert do(signed_in(app, cast.branch_chief), Action.RETURN_PROPOSAL, case.key).status_code == 303
    client = quick_client(app, cast[person])
    for key in (case.key, other.key):
        for path in ("", "/history", "/request.pdf", "/screening", "/decision", "/propose-outcome", "/find-ineligible"):
            answer = get(app, client, f"/cases/{key}{path}")
            text = words_of(answer)
            for canary in (NOTE, WHY, REMEDY, "The annex was not read", "Outcome proposed", "sent back by the chief"):
                assert canary not in text, f"{canary} on {path}"
    stale = post(app, client, f"/cases/{case.key}/withdraw", version="1", committed_costs="none", reason="")
    assert "roposal" not in stale.get_data(as_text=True)


def test_only_the_branch_sees_by_when_the_chief_decides(app: Flask, cast: Cast) -> None:
    """A date that comes with a proposal would tell of it."""
    case = proposed(app, cast, bodies=(Body.CTC_CTED,))
    (row,) = rows(app, select(AssistanceRequest.due_on).where(AssistanceRequest.id == case.id))
    day = f"{row.due_on:%-d %B %Y}"
    paths = ("/home", "/states/KEN", f"/cases/{case.key}", f"/cases/{case.key}/request.pdf")
    seen = {
        name: [path for path in paths if day in words_of(get(app, quick_client(app, cast[name]), path))]
        for name in ("case_officer", "focal_point", "mission", "ctc_liaison")
    }
    assert seen == {"case_officer": list(paths[1:]), "focal_point": [], "mission": [], "ctc_liaison": []}


def test_the_note_is_for_the_branch_on_its_own_pages(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast)
    for person in (cast.intake_officer, cast.manager, cast.auditor):
        assert NOTE in signed_in(app, person).get(f"/cases/{case.key}/decision").get_data(as_text=True)


def test_history_keeps_codes_and_keys_and_no_text(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    assert do(signed_in(app, cast.case_officer), Action.PROPOSE_OUTCOME, case.key).status_code == 303
    assert do(signed_in(app, cast.branch_chief), Action.FIND_INELIGIBLE, case.key).status_code == 303
    payloads = [row.payload for row in rows(app, select(HistoryPayload.payload).order_by(HistoryPayload.seq))][-2:]
    (letter,) = rows(app, select(Document.key))
    assert payloads[0] == {"outcome": "ineligible", "reason": "equipment", "seen_by": "tpb_only"}
    assert payloads[1]["document"] == letter.key
    assert "vans" not in str(payloads)


def test_a_chief_who_had_a_part_may_not_decide(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast, independent=False)
    for path in ("find-ineligible", "return-proposal"):
        answer = get(app, quick_client(app, cast.branch_chief), f"/cases/{case.key}/{path}")
        assert answer.status_code == 403, path


def test_no_letter_is_made_for_a_step_that_cannot_be_taken(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who may not, whose page is stale, and what nobody proposed: refused before a PDF is rendered and stored."""
    had_a_part, waits = proposed(app, cast, independent=False), proposed(app, cast)
    nothing = make_case(app, cast, State.IN_REVIEW)
    kept: list[str] = []
    monkeypatch.setattr("app.documents.letters.store_bytes", lambda *_args: kept.append("a letter"))
    chief = quick_client(app, cast.branch_chief)
    for case, version, status in (
        (had_a_part, had_a_part.version, 403),
        (waits, 1, 409),
        (nothing, nothing.version, 422),
    ):
        answer = post(app, chief, f"/cases/{case.key}/find-ineligible", version=str(version))
        assert answer.status_code == status
    assert kept == []


def test_a_decision_asks_for_the_password_again(app: Flask, cast: Cast) -> None:
    case = proposed(app, cast)
    client = quick_client(app, cast.branch_chief)
    with client.session_transaction(base_url=app.config["ACCEDE_BASE_URL"]) as cookie:
        cookie["fs_paa"] = 0
    answer = post(app, client, f"/cases/{case.key}/find-ineligible", version=str(case.version))
    assert answer.status_code == 303
    assert "/login/again" in answer.headers["Location"]
    assert standing(app, case.key).state is State.IN_REVIEW


BAD = [
    ({"reason": ""}, "Choose a reason"),
    ({"reason": "security"}, "Choose a reason"),
    ({"reason": "nothing"}, "Choose one of"),
    ({"kind": "other"}, "Choose one of"),
    ({"kind": "discontinue", "reason": "security", "account": "None."}, "Choose one of"),
    ({"text": ""}, "Enter an answer"),
    ({"text": "x" * 4001}, "at most 4,000"),
    ({"text": "a\x00b"}, "cannot be shown"),
    ({"remedy": " "}, "would make the request eligible"),
    ({"kind": "refer", "reason": "better_placed", "provider": ""}, "Name who can help"),
    ({"kind": "refer", "reason": "better_placed", "provider": "x" * 201}, "at most 200"),
]


def test_bad_input_stands_beside_its_field_and_nothing_is_lost(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    client = signed_in(app, cast.case_officer)
    whole = {"kind": "ineligible", "reason": "equipment", "text": MIXED, "remedy": MIXED, "note": MIXED}
    for changed, message in BAD:
        body = {**whole, **changed}
        answer = post(app, client, f"/cases/{case.key}/propose-outcome", version=str(case.version), **body)
        assert answer.status_code in (400, 422), changed
        if answer.status_code == 422:
            text = answer.get_data(as_text=True)
            assert message in text, changed
            assert MIXED in text, changed
    assert standing(app, case.key).history[-1] != Action.PROPOSE_OUTCOME.value
    assert count_of(app, OutcomeProposal) == 0


def test_a_referral_is_recorded_and_leads_nowhere_yet(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/propose-outcome")
    typed = {
        "kind": "refer",
        "reason": "better_placed",
        "text": MIXED,
        "provider": "美洲反恐委员会",
        "state_agreed": "y",
    }
    assert client.submit(page, {**typed, "remedy": "left over"}).status_code == 303
    (row,) = rows(app, select(OutcomeProposal))
    assert (row[0].text, row[0].provider, row[0].state_agreed, row[0].remedy) == (MIXED, "美洲反恐委员会", True, "")
    chief = signed_in(app, cast.branch_chief)
    assert "An officer must propose" in chief.get(f"/cases/{case.key}/find-ineligible").get_data(as_text=True)


def test_a_proposal_is_never_changed(app: Flask, cast: Cast) -> None:
    proposed(app, cast)
    with (
        app.app_context(),
        pytest.raises(Exception, match="append-only"),
        write_transaction(Scope(Reach.ALL)) as session,
    ):
        session.execute(update(OutcomeProposal).values(text="Another reason."))
