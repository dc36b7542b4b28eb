"""What was shared of a case: each thing with its body, its first instant and the consent that covered it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from app.casefile.shares import Share, shares_of
from app.casework.audiences import Readership
from app.casework.models import ConsentRecord
from app.casework.page import case_page
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import Reach, Scope, bind_scope, scope_of
from app.workflow.vocabulary import Action, Audience, Body, State
from tests.factories.acting import do
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.consultations import consult
from tests.factories.documents import attach
from tests.factories.messages import write
from tests.factories.people import Cast, Member, cast_of
from tests.support.clock import StoppedClock
from tests.support.statements import recorded_statements

CTC, OLA = "Counter-Terrorism Committee", "Office of Legal Affairs"


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def shares(app: Flask, person: Member, case: Made) -> list[Share]:
    with app.test_request_context():
        session = read_session()
        bind_scope(session, scope_of(person.actor))
        page = case_page(person.actor, case.key, "casefile.shared", session)
        return shares_of(session, person.actor, page)[::-1]


def test_each_thing_is_listed_with_its_body_and_its_consent(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))
    begun = clock.now
    early = clock.move(minutes=1)
    write(app, cast.mission, case, "An early word.", Readership.ALL)
    attach(app, cast.case_officer, case, title="Memo to the bodies", audience=Audience.COORDINATION)
    clock.move(minutes=1)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        session.execute(update(ConsentRecord).values(withdrawn_at=clock.now, withdrawn_by_id=cast.mission.id))
    late = clock.move(minutes=1)
    attach(app, cast.mission, case, title="A late law")
    found = [(one.what, one.body, one.name, one.at, one.consent) for one in shares(app, cast.case_officer, case)]
    assert sorted(found, key=str) == sorted(
        [
            ("Brief of the request", CTC, "", begun, begun),
            ("Brief of the request", OLA, "", begun, None),
            ("Message", CTC, "", early, begun),
            ("Message", OLA, "", early, None),
            ("Document", CTC, "Memo to the bodies", early, begun),
            ("Document", OLA, "Memo to the bodies", early, None),
            ("Document", OLA, "A late law", late, None),
        ],
        key=str,
    )
    again = clock.move(minutes=1)
    post(app, quick_client(app, cast.mission), f"/cases/{case.key}/consents/give", kind="ctc", subject="")
    opened = [one for one in shares(app, cast.case_officer, case) if one.name == "A late law" and one.body == CTC]
    assert [(one.at, one.consent, one.consent_by) for one in opened] == [(again, again, cast.mission.name)]


def test_the_state_reads_neither_what_is_not_its_own_nor_that_a_body_was_asked_twice(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED,)))
    clock.move(minutes=1)
    attach(app, cast.case_officer, case, title="canary-memo", audience=Audience.COORDINATION)
    write(app, cast.case_officer, case, "canary-word", Readership.COORDINATION)
    attach(app, cast.mission, case, title="Our law")
    consult(app, case)
    assert [one.what for one in shares(app, cast.case_officer, case)].count("Brief of the request") == 2
    found = shares(app, cast.focal_point, case)
    assert [(one.what, one.name) for one in found] == [("Brief of the request", ""), ("Document", "Our law")]
    page = signed_in(app, cast.focal_point).get(f"/cases/{case.key}/shared").get_data(as_text=True)
    assert "Our law" in page
    assert "canary" not in page


def test_what_a_state_kept_to_itself_before_it_submitted_is_never_listed(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.AWAITING_MISSION, at_home(cast, bodies=(Body.CTC_CTED, Body.OLA)))
    first = attach(app, cast.focal_point, case, title="canary-first")
    write(app, cast.focal_point, case, "Among ourselves.", Readership.OWN_STATE)
    clock.move(minutes=5)
    attach(app, cast.focal_point, case, title="Our law", replaces=first)
    assert shares(app, cast.mission, case) == []
    clock.move(minutes=5)
    assert do(signed_in(app, cast.mission), Action.CONFIRM_REQUEST, case.key).status_code == 303
    for reader in (cast.mission, cast.case_officer, cast.auditor):
        found = {(one.what, one.body, one.name) for one in shares(app, reader, case)}
        assert found == {("Document", CTC, "Our law"), ("Document", OLA, "Our law")}, reader.name


def test_who_reads_it_and_what_it_costs(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=(Body.CTC_CTED,)))
    for name, member in cast.members.items():
        status = get(app, quick_client(app, member), f"/cases/{case.key}/shared").status_code
        if name.startswith("away"):
            assert status == 404, name
        else:
            barred = name in ("ctc_liaison", "ola_liaison", "administrator")
            assert status == (403 if barred else 200), name
    client = quick_client(app, cast.mission)
    get(app, client, f"/cases/{case.key}/shared")
    with recorded_statements() as seen:
        get(app, client, f"/cases/{case.key}/shared")
    seen.at_most(10)
