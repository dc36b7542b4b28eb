"""Consultations through pages, by everybody who takes part: asked, answered, objected, revised, asked again, closed."""

from __future__ import annotations

import io
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.casework.models import AssistanceRequest, CaseBody
from app.casework.projection import compare
from app.casework.verify import verify_all
from app.coordination.models import Consultation, ConsultationPosition
from app.coordination.vocabulary import ClosedHow
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import Notice
from app.workflow.vocabulary import Action, AssistanceType, Body, Position, State
from tests.factories import consultations as c
from tests.factories.acting import do, path_of
from tests.factories.assessment import assessed
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.people import Cast, Member, cast_of
from tests.factories.plans import put_plan
from tests.factories.reading import rows, standing
from tests.support import files
from tests.support.clock import StoppedClock

RATIFIES: Final = (AssistanceType.RATIFICATION,)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def in_review(app: Flask, cast: Cast, **plan: Any) -> Made:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, **plan))
    assessed(app, case)
    return case


def asked(app: Flask, case: Made) -> list[Consultation]:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        row = session.get_one(AssistanceRequest, case.id)
        assert compare(session, row) == [], "projections equal the history"
        found = list(session.scalars(select(Consultation).where(Consultation.case_id == case.id).order_by("id")))
        session.expunge_all()
        return found


def told(app: Flask, person: Member) -> list[str]:
    return [row.code for row in rows(app, select(Notice.code).where(Notice.user_id == person.id).order_by(Notice.id))]


def page_of(app: Flask, person: Member, case: Made, tab: str = "/consultations") -> str:
    text = get(app, quick_client(app, person), f"/cases/{case.key}{tab}").get_data(as_text=True)
    return BeautifulSoup(text, "lxml").get_text(" ", strip=True)


def answer(app: Flask, person: Member, case: Made, **typed: str) -> TestResponse:
    client = signed_in(app, person)
    return client.submit(client.get(f"/cases/{case.key}/position"), typed)


def test_the_officer_asks_and_ctc_does_not_object(app: Flask, cast: Cast) -> None:
    case = in_review(app, cast)
    officer = signed_in(app, cast.case_officer)
    page = officer.get(f"/cases/{case.key}/consult")
    text = page.get_data(as_text=True)
    for words in ("It is asked about every request", "no rule demands it", "video hearing", "1 liaison of the body"):
        assert words in text, words
    assert "Ines Marlow" not in text, "the brief holds no contact person"
    assert 'name="partners-0-name"' not in text, "the State did not agree to partners"
    assert get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}").status_code == 404
    assert officer.submit(page).status_code == 303
    (row,) = asked(app, case)
    assert (row.body, row.round, row.position) == (Body.CTC_CTED, 1, None)
    assert rows(app, select(CaseBody.body).where(CaseBody.case_id == case.id)) == [(Body.CTC_CTED,)]
    assert told(app, cast.ctc_liaison) == ["case.consultation"]
    assert told(app, cast.ola_liaison) == []
    assert told(app, cast.mission)[-1] == "case.in_consultation"
    liaison = signed_in(app, cast.ctc_liaison)
    inbox = liaison.get("/consultations")
    assert str(case.number) in inbox.get_data(as_text=True)
    given = answer(app, cast.ctc_liaison, case, position="no_objection")
    assert given.status_code == 303
    receipt = liaison.get(given.location)
    assert "The position is on record" in receipt.get_data(as_text=True)
    assert liaison.get(f"{given.location}.pdf").data.startswith(b"%PDF")
    (row,) = asked(app, case)
    assert (row.position, row.closed_how) == (Position.NO_OBJECTION, ClosedHow.INBOX)
    assert told(app, cast.case_officer)[-1] == "case.position_given"
    assert "Nothing waits for your body." in liaison.get("/consultations").get_data(as_text=True)
    assert "no_objection" not in str(rows(app, select(Notice.params)))


def test_ola_is_asked_by_rule_and_the_rule_is_shown(app: Flask, cast: Cast) -> None:
    case = in_review(app, cast, types=RATIFIES)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/consult")
    assert "deposited with the Secretary-General" in page.get_data(as_text=True)
    assert client.submit(page).status_code == 303
    assert {row.body for row in asked(app, case)} == {Body.CTC_CTED, Body.OLA}
    assert told(app, cast.ola_liaison) == ["case.consultation"]
    other = in_review(app, cast)
    page = client.get(f"/cases/{other.key}/consult")
    refused = client.submit(page, {"bodies": ["ola"]})
    assert refused.status_code == 422
    assert "Choose why the Office of Legal Affairs is asked" in refused.get_data(as_text=True)
    assert client.submit(refused, {"ola_rule": "treaty_event"}).status_code == 303
    assert {row.body for row in asked(app, other)} == {Body.CTC_CTED, Body.OLA}


@pytest.mark.parametrize(
    "address", ["a@example.org,b@example.org", "Centre <a@example.org>", "a@b@example.org", "a@\x01b"]
)
def test_what_is_no_address_of_a_partner_is_said_beside_it(app: Flask, cast: Cast, address: str) -> None:
    """One address and nothing beside it: to a second one the brief would go as well."""
    case = in_review(app, cast)
    c.agree_to_partners(app, case)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/consult")
    answer = client.submit(page, {"partners-0-name": c.PARTNER, "partners-0-address": address})
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.get_data(as_text=True), "lxml")
    field = soup.select_one("input[name='partners-0-address']")
    assert field is not None
    assert field.get("aria-invalid") == "true"
    assert c.PARTNER in str(soup.select_one("input[name='partners-0-name']"))
    assert asked(app, case) == []


def test_more_time_objection_revision_and_a_second_round(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.OLA,)))
    assert do(signed_in(app, cast.ctc_liaison), Action.ASK_MORE_TIME, case.key).status_code == 303
    again = get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/more-time").get_data(as_text=True)
    assert "This cannot be done now" in again
    assert told(app, cast.case_officer)[-1] == "case.more_time_asked"
    refused = answer(app, cast.ctc_liaison, case, position="objection")
    assert refused.status_code == 422
    for words in ("Choose the ground of the objection", "Say it in words"):
        assert words in refused.get_data(as_text=True)
    typed = {"position": "objection", "ground": "visit_or_report", "text": c.TEXT}
    assert answer(app, cast.ctc_liaison, case, **typed).status_code == 303
    assert answer(app, cast.ola_liaison, case, position="comment", text="Mind article 4.").status_code == 303
    officer = signed_in(app, cast.case_officer)
    page = officer.get(f"/cases/{case.key}/revise")
    assert "Objects; it is asked again" in page.get_data(as_text=True)
    assert officer.submit(page, {"what_changed": "The visit comes first."}).status_code == 303
    assert standing(app, case.key).state is State.IN_REVIEW
    assessed(app, case)
    page = officer.get(f"/cases/{case.key}/consult")
    assert "Is asked again, in round 2" in page.get_data(as_text=True)
    assert "Its answer holds; it is not asked again" in page.get_data(as_text=True)
    assert officer.submit(page).status_code == 303
    first, ola, second = asked(app, case)
    assert (second.body, second.round, second.former_id, second.open) == (Body.CTC_CTED, 2, first.id, True)
    assert (first.stands, ola.stands) == (False, True)
    assert told(app, cast.ola_liaison)[-1] == "case.consultation_revised", "whose answer holds is not asked again"
    assert do(signed_in(app, cast.ctc_liaison), Action.GIVE_POSITION, case.key).status_code == 303
    assert [row.position for row in asked(app, case)] == [Position.OBJECTION, Position.COMMENT, Position.NO_OBJECTION]
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        assert verify_all(session).findings == ()


def test_an_objection_is_taken_back(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, positions={Body.CTC_CTED: Position.OBJECTION}))
    client = signed_in(app, cast.ctc_liaison)
    assert str(case.number) in client.get("/consultations?view=objections").get_data(as_text=True)
    assert do(client, Action.WITHDRAW_OBJECTION, case.key).status_code == 303
    (row,) = asked(app, case)
    assert row.position is Position.OBJECTION
    assert not row.objects
    assert "Objection withdrawn" in page_of(app, cast.branch_chief, case)


def test_ola_past_its_last_limit_is_left_behind_by_an_independent_chief(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.OLA,)))
    early = get(app, quick_client(app, cast.branch_chief), f"/cases/{case.key}/proceed-without")
    assert "This cannot be done now" in early.get_data(as_text=True)
    clock.move(days=40)
    c.escalate(app, case)
    chief = signed_in(app, cast.branch_chief)
    page = chief.get(f"/cases/{case.key}/proceed-without")
    offered = BeautifulSoup(page.get_data(as_text=True), "lxml").select("select[name=consultation] option")
    assert [one.get_text() for one in offered] == ["Office of Legal Affairs (OLA)"], "never CTC/CTED"
    assert chief.submit(page, {"reason": "Nobody answered."}).status_code == 303
    ola = c.consultation_of(app, case, Body.OLA)
    assert (ola.position, ola.closed_how) == (Position.NO_ANSWER, ClosedHow.PROCEEDED)
    assert told(app, cast.ola_liaison)[-1] == "case.proceeded_without"
    assert c.consultation_of(app, case).open


def test_what_came_by_mail_is_recorded_with_its_original_and_corrected(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.IN_COORDINATION)
    officer = signed_in(app, cast.case_officer)
    page = officer.get(f"/cases/{case.key}/record-position")
    typed: dict[str, Any] = {"came": "mail", "in_name_of": "Vera Nix", "position": "no_objection"}
    refused = officer.submit(page, typed)
    assert "Attach the original" in refused.get_data(as_text=True)
    typed["file"] = [(io.BytesIO(files.GOOD["pdf"]), "answer.pdf")]
    assert officer.submit(page, typed).status_code == 303
    assert told(app, cast.ctc_liaison)[-1] == "case.position_recorded"
    shown = page_of(app, cast.ctc_liaison, case)
    for words in ("Came by mail", "Vera Nix", cast.case_officer.name, "Correct what was recorded"):
        assert words in shown, words
    client = signed_in(app, cast.ctc_liaison)
    page = client.get(f"/cases/{case.key}/correct-position")
    said = {"position": "comment", "text": "Only after the visit."}
    assert client.submit(page, said).status_code == 303
    old, new = rows(app, select(ConsultationPosition).order_by(ConsultationPosition.id))
    assert (old[0].position, new[0].position, new[0].replaces_id) == (
        Position.NO_OBJECTION,
        Position.COMMENT,
        old[0].id,
    )
    assert c.consultation_of(app, case).position is Position.COMMENT
    assert standing(app, case.key).history[-2:] == ("record_position", "give_position")
    assert "Position corrected by the body" in page_of(app, cast.case_officer, case, "/history")
    late = make_case(app, cast, State.IN_COORDINATION)
    assert do(officer, Action.RECORD_POSITION, late.key).status_code == 303
    clock.move(days=5)
    page = signed_in(app, cast.ctc_liaison).get(f"/cases/{late.key}/correct-position")
    assert "This cannot be corrected any more" in page.get_data(as_text=True)


def test_a_recorded_position_reaches_the_chief_when_its_body_could_correct_it(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    """Else a call that nobody made could be decided on before anybody of the body reads of it."""
    confirmed, silent = (make_case(app, cast, State.IN_COORDINATION) for _ in range(2))
    officer, ctc = signed_in(app, cast.case_officer), signed_in(app, cast.ctc_liaison)
    for case in (confirmed, silent):
        put_plan(app, case, cast.case_officer)
        assert do(officer, Action.RECORD_POSITION, case.key).status_code == 303
        page = officer.get(f"/cases/{case.key}/put-for-decision").get_data(as_text=True)
        assert "can still correct what was recorded" in page
        body = {"version": str(standing(app, case.key).version)}
        refused = post(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/put-for-decision", **body)
        assert refused.status_code == 422
        assert standing(app, case.key).state is State.IN_COORDINATION
    page = ctc.get(f"/cases/{confirmed.key}/correct-position")
    assert ctc.submit(page, {"position": "no_objection"}).status_code == 303
    assert do(officer, Action.PUT_FOR_DECISION, confirmed.key).status_code == 303
    clock.move(days=3)
    assert do(signed_in(app, cast.case_officer), Action.PUT_FOR_DECISION, silent.key).status_code == 303


def test_nobody_is_waited_for_when_a_request_ends(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.OLA,)))
    assert do(signed_in(app, cast.mission), Action.WITHDRAW, case.key).status_code == 303
    assert {row.closed_how for row in asked(app, case)} == {ClosedHow.REQUEST_ENDED}
    assert told(app, cast.ola_liaison)[-1] == "case.consultation_ended"
    assert "Nothing waits" in get(app, quick_client(app, cast.ctc_liaison), "/consultations").get_data(as_text=True)


def test_partners_are_asked_only_as_the_state_agreed_and_block_nothing(app: Flask, cast: Cast) -> None:
    case = in_review(app, cast)
    c.agree_to_partners(app, case)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{case.key}/consult")
    typed = {"partners-0-name": c.PARTNER, "partners-0-address": "centre@example.org"}
    assert client.submit(page, typed).status_code == 303
    assert do(signed_in(app, cast.ctc_liaison), Action.GIVE_POSITION, case.key).status_code == 303
    partner = c.consultation_of(app, case, Body.PARTNER)
    assert (partner.partner, partner.open) == (c.PARTNER, True)
    shown = page_of(app, cast.case_officer, case)
    assert c.PARTNER in shown
    page = client.get(path_of(Action.RECORD_POSITION, case.key))
    said = {"consultation": partner.key, "came": "telephone", "in_name_of": "Ana Ruiz, director", "note": "At ten."}
    said |= {"position": "objection", "ground": "visit_or_report", "text": "We would do it otherwise."}
    refused = client.submit(page, said)
    assert refused.status_code == 422
    shown = BeautifulSoup(refused.get_data(as_text=True), "lxml")
    assert "objects to nothing" in str(shown.select_one("#position-error"))
    assert "We would do it otherwise." in refused.get_data(as_text=True)
    assert client.submit(refused, {"position": "comment"}).status_code == 303
