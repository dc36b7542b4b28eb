"""Who reads of consultations: positions stay among the Branch and the bodies; each body answers for itself, once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.coordination.models import ConsultationPosition
from app.coordination.texts import GROUND_TEXTS
from app.coordination.vocabulary import DeliveredHow, ObjectionGround
from app.workflow.vocabulary import Action, Body, Position, State
from tests.factories import consultations as c
from tests.factories.acting import do
from tests.factories.cases import Made, at_home, make_case, make_cases
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.documents import attach
from tests.factories.people import Cast, cast_of
from tests.factories.reading import count_of, rows, standing
from tests.integration.test_concurrency import all_at_once
from tests.support.canaries import as_text, everything_of
from tests.support.clock import StoppedClock
from tests.support.statements import Statements

Recorded = Callable[[], AbstractContextManager[Statements]]
BOTH: Final = (Body.CTC_CTED, Body.OLA)
OBJECTION, COMMENT, NOTE, CHANGED = (f"canary-{word}-7919" for word in ("objects", "comments", "noted", "revised"))


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


@pytest.fixture
def objected(app: Flask, cast: Cast) -> Made:
    """CTC/CTED objects, OLA's comment was recorded from a call, and the request was taken back into review."""
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BOTH, title="Law on extradition"))
    ctc, officer = signed_in(app, cast.ctc_liaison), signed_in(app, cast.case_officer)
    said = {"position": "objection", "ground": "visit_or_report", "text": OBJECTION}
    assert ctc.submit(ctc.get(f"/cases/{case.key}/position"), said).status_code == 303
    call = {"came": "telephone", "in_name_of": "Vera Nix", "position": "comment", "text": COMMENT, "note": NOTE}
    assert officer.submit(officer.get(f"/cases/{case.key}/record-position"), call).status_code == 303
    assert officer.submit(officer.get(f"/cases/{case.key}/revise"), {"what_changed": CHANGED}).status_code == 303
    return case


def test_a_state_learns_which_body_was_asked_and_whether_it_is_closed_and_no_more(
    app: Flask, cast: Cast, objected: Made
) -> None:
    ground = str(GROUND_TEXTS[ObjectionGround.VISIT_OR_REPORT])
    attach(app, cast.mission, objected)
    found = dict(everything_of(app, cast.mission, objected, as_text))
    for place, text in found.items():
        for secret in ("Objection", "object", "Position", ground, "Comment", "Vera Nix"):
            if place.startswith(f"/cases/{objected.key}") and not place.endswith(("/new", ".pdf")):
                main = BeautifulSoup(text, "lxml").select_one("main")
                assert main is None or secret not in main.get_text(), (place, secret)
    text = BeautifulSoup(found[f"/cases/{objected.key}/consultations"], "lxml").get_text(" ", strip=True)
    assert "Executive Directorate (CTC/CTED) Closed Asked on" in text
    assert "Office of Legal Affairs (OLA) Closed Asked on" in text


def test_a_stale_page_of_the_state_tells_nothing_of_positions(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BOTH))
    c.answer(app, cast, case, {Body.CTC_CTED: Position.OBJECTION}, OBJECTION)
    body = {"version": str(case.version), "committed_costs": "none", "reason": ""}
    for person, knows in ((cast.mission, False), (cast.case_officer, True)):
        client = quick_client(app, person)
        path = f"/cases/{case.key}/withdraw" if not knows else f"/cases/{case.key}/revise"
        answer = post(app, client, path, **(body if not knows else {"version": body["version"], "what_changed": "x"}))
        assert answer.status_code == 409
        text = answer.get_data(as_text=True)
        assert ("Position given" in text) is knows
        assert OBJECTION not in text


def test_a_body_that_was_not_asked_finds_nothing(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION)
    c.answer(app, cast, case, {Body.CTC_CTED: Position.OBJECTION}, OBJECTION)
    (key,) = (row.key for row in rows(app, select(ConsultationPosition.key)))
    client = quick_client(app, cast.ola_liaison)
    for path in ("", "/consultations", "/position", "/more-time", f"/positions/{key}", f"/positions/{key}.pdf"):
        assert get(app, client, f"/cases/{case.key}{path}").status_code == 404, path
    for path in ("/consultations", f"/consultations/no-objection?case={case.key}"):
        text = get(app, client, path).get_data(as_text=True)
        assert str(case.number) not in text
        assert case.title not in text
    refused = post(app, client, "/consultations/no-objection", case=f"{case.key}.1")
    assert "Not found" in refused.get_data(as_text=True)
    assert case.title not in refused.get_data(as_text=True)


def test_no_body_answers_for_another(app: Flask, cast: Cast) -> None:
    """Both see the case; each page and each POST is about the reader's own consultation."""
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BOTH))
    assert do(signed_in(app, cast.ola_liaison), Action.GIVE_POSITION, case.key).status_code == 303
    assert c.consultation_of(app, case, Body.CTC_CTED).open
    assert not c.consultation_of(app, case, Body.OLA).open
    text = get(app, quick_client(app, cast.ctc_liaison), f"/cases/{case.key}/consultations").get_data(as_text=True)
    assert "No objection" in text, "the bodies consulted read each other"


@pytest.mark.parametrize("page", ["position", "consultations"])
def test_who_has_only_read_confirms_the_receipt_and_the_limit_begins(app: Flask, cast: Cast, page: str) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BOTH, told=False))
    liaison, path = signed_in(app, cast.ctc_liaison), f"/cases/{case.key}/{page}"
    shown = liaison.get(path)
    assert "We have received this notice" in shown.get_data(as_text=True)
    assert c.consultation_of(app, case).notice_delivered_at is None, "reading proves nothing"
    button = 'main form[action$="/received"]'
    assert liaison.submit(shown, form=button).status_code == 303
    ours, theirs = (c.consultation_of(app, case, body) for body in BOTH)
    assert (ours.delivered_how, ours.open) == (DeliveredHow.OPENED, True)
    assert theirs.notice_delivered_at is None, "nobody confirms for another body"
    again = liaison.get(path).get_data(as_text=True)
    assert "We have received this notice" not in again
    assert "Answer by" in again or "working days" in again
    assert liaison.submit(shown, form=button).status_code == 303, "the same form once more"
    assert standing(app, case.key).history.count("notice_delivered") == 1
    officer = get(app, quick_client(app, cast.case_officer), f"/cases/{case.key}/consultations").get_data(as_text=True)
    assert "We have received this notice" not in officer


def test_of_two_who_answer_at_once_one_wins_and_the_other_is_told(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION)
    own = c.consultation_of(app, case)

    def press(position: str) -> Callable[[FlaskClient, str], int]:
        def run(client: FlaskClient, token: str) -> int:
            body = {"csrf_token": token, "_key": secrets.token_urlsafe(18), "version": str(own.version), "lang": "en"}
            body |= {"position": position, "text": "So.", "seen": str(case.version)}
            path = f"/cases/{case.key}/position"
            return client.post(path, data=body, base_url=app.config["ACCEDE_BASE_URL"]).status_code

        return run

    statuses = all_at_once(app, [press("no_objection"), press("comment")], [cast.ctc_liaison] * 2)
    assert sorted(statuses) == [303, 409]
    assert count_of(app, ConsultationPosition) == 1
    assert standing(app, case.key).history.count("give_position") == 1


def test_several_at_once_with_a_result_for_each(app: Flask, cast: Cast) -> None:
    made = make_cases(app, cast, [(State.IN_COORDINATION, at_home(cast, title=f"Request {n}")) for n in range(3)])
    client = signed_in(app, cast.ctc_liaison)
    inbox = client.get("/consultations")
    ticked = BeautifulSoup(inbox.get_data(as_text=True), "lxml").select("input[name=case]")
    assert {one["value"] for one in ticked} == {case.key for case in made}
    query = "&".join(f"case={case.key}" for case in made)
    check = client.get(f"/consultations/no-objection?{query}")
    c.answer(app, cast, made[1], {Body.CTC_CTED: Position.COMMENT})
    result = client.submit(check)
    text = BeautifulSoup(result.get_data(as_text=True), "lxml").get_text(" ", strip=True)
    assert "2 of 3 positions were given" in text
    assert "it changed meanwhile" in text
    positions = [c.consultation_of(app, case).position for case in made]
    assert positions == [Position.NO_OBJECTION, Position.COMMENT, Position.NO_OBJECTION]
    again = client.submit(check)
    assert "2 of 3" in again.get_data(as_text=True), "sent twice, done once"
    assert count_of(app, ConsultationPosition) == 3


def test_the_inbox_costs_the_same_for_few_and_many_and_is_in_order(
    app: Flask, cast: Cast, clock: StoppedClock, statements: Recorded
) -> None:
    costs, asked = [], []
    for more in (3, 22):
        plans = [(State.IN_COORDINATION, at_home(cast, bodies=BOTH)) for _ in range(more)]
        asked += [str(case.number) for case in make_cases(app, cast, plans)]
        clock.move(days=1)
        client = quick_client(app, cast.ctc_liaison)
        get(app, client, "/consultations")
        with statements() as seen:
            text = get(app, client, "/consultations").get_data(as_text=True)
        seen.at_most(6)
        costs.append(len(seen))
    assert costs[0] == costs[1]
    shown = [one.get_text(strip=True) for one in BeautifulSoup(text, "lxml").select("tbody td.c-ref")]
    assert shown == asked, "the nearest deadline first"
    assert "9 working days left" in text
