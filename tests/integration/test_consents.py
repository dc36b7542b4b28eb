"""Consents: who gives and withdraws them, and that withdrawing stops new sharing at once and takes nothing back."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.audiences import Readership
from app.casework.facts import consent_facts, core_of
from app.casework.models import AssistanceRequest, CaseRevision, ConsentRecord
from app.casework.vocabulary import ConsentKind
from app.foundation.db import read_session, write_transaction
from app.foundation.db.scope import Reach, Scope, bind_scope
from app.notifications.models import Notice, OutboxMessage
from app.workflow.actor import SYSTEM
from app.workflow.facts import ConsentFacts
from app.workflow.vocabulary import AssistanceType, Audience, Body, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.documents import attach
from tests.factories.messages import write
from tests.factories.people import Cast, cast_of
from tests.factories.plans import PlannedActivity, put_plan
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock
from tests.support.outbox import change_user
from tests.support.statements import recorded_statements

BODIES = (Body.CTC_CTED, Body.OLA)


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def facts(app: Flask, case: Made) -> ConsentFacts:
    with app.app_context():
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        return consent_facts(session, case.id, core_of(session, session.get_one(AssistanceRequest, case.id), SYSTEM))


def withdraw(app: Flask, cast: Cast, case: Made) -> None:
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{case.key}/consents/withdraw?kind=ctc")
    assert "New sharing stops at once" in page.get_data(as_text=True)
    assert client.submit(page).status_code == 303


def told(app: Flask, code: str) -> set[int]:
    return {row.user_id for row in rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == code))}


def test_the_state_gives_and_withdraws_with_the_words_of_what_follows(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BODIES))
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/consents")
    assert cast.focal_point.name in page.get_data(as_text=True)
    withdraw(app, cast, case)
    assert not facts(app, case).ctc
    assert told(app, "case.ctc_consent_withdrawn") == {cast.branch_chief.id, cast.case_officer.id}
    assert standing(app, case.key).history[-1] == "withdraw_consent"
    assert "nothing new of this request reaches it" in client.get(f"/cases/{case.key}/consents").get_data(as_text=True)
    again = client.get(f"/cases/{case.key}/consents/withdraw?kind=ctc")
    assert "This consent is not in force" in again.get_data(as_text=True)
    for _twice in range(2):
        page = post(app, client, f"/cases/{case.key}/consents/give", kind="ctc", subject="")
        assert page.status_code == 303
    assert facts(app, case).ctc
    records = rows(app, select(ConsentRecord.given_by_id, ConsentRecord.withdrawn_by_id).order_by(ConsentRecord.id))
    assert [tuple(row) for row in records] == [
        (cast.focal_point.id, cast.mission.id),
        (cast.focal_point.id, None),
    ]
    old = rows(app, select(ConsentRecord.key).order_by(ConsentRecord.id))[0].key
    assert post(app, client, f"/cases/{case.key}/consents/withdraw", consent=old).status_code == 409


def test_who_may_and_in_which_states(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW, at_home(cast, bodies=BODIES))
    closed = make_case(app, cast, State.CLOSED)
    for name, member in cast.members.items():
        client = quick_client(app, member)
        seen = get(app, client, f"/cases/{case.key}/consents").status_code
        gives = post(app, client, f"/cases/{case.key}/consents/give", kind="public_summary", subject="").status_code
        if name.startswith("away"):
            assert (seen, gives) == (404, 404), name
        elif name in ("focal_point", "colleague", "focal_alone", "mission"):
            assert (seen, gives) == (200, 303), name
        else:
            reads = name not in ("ctc_liaison", "ola_liaison", "administrator")
            assert (seen, gives) == (200 if reads else 403, 403), name
    client = quick_client(app, cast.mission)
    assert post(app, client, f"/cases/{closed.key}/consents/give", kind="partners", subject="").status_code == 303
    for state in (State.DRAFT, State.AWAITING_MISSION, State.DISCARDED):
        draft = make_case(app, cast, state)
        answer = post(app, client, f"/cases/{draft.key}/consents/give", kind="partners", subject="")
        assert answer.status_code == 422, state
        assert "part of the draft" in answer.get_data(as_text=True)
    assert count_of(app, ConsentRecord, ConsentRecord.kind == ConsentKind.PUBLIC_SUMMARY) == 1


def test_each_joint_visit_needs_a_consent_of_its_own(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.PLANNING)
    visit = {"type": AssistanceType.JOINT_VISIT, "title": "Visit to the capital", "starts_on": date(2027, 3, 1)}
    planned = [
        PlannedActivity(visit | {"key": "v1s1tv1s1tv1"}),
        PlannedActivity(visit | {"key": "v1s1tv1s1tv2"}),
        PlannedActivity(),
    ]
    put_plan(app, case, cast.case_officer, planned)
    hidden = signed_in(app, cast.focal_point).get(f"/cases/{case.key}/consents").get_data(as_text=True)
    assert "Visit to the capital" not in hidden, "a draft is the Branch's own"
    case = make_case(app, cast, State.PLANNING)
    put_plan(app, case, cast.case_officer, planned, proposed=True)
    assert facts(app, case).visits_without_consent == ("v1s1tv1s1tv1", "v1s1tv1s1tv2")
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/consents/give?kind=visit&subject=v1s1tv1s1tv1")
    assert "Visit to the capital" in page.get_data(as_text=True)
    assert client.submit(page).status_code == 303
    assert facts(app, case).visits_without_consent == ("v1s1tv1s1tv2",)
    for subject in ("", "v1s1tv1s1tv9"):
        refused = post(app, client, f"/cases/{case.key}/consents/give", kind="visit", subject=subject)
        assert refused.status_code in (404, 422), subject
    with app.app_context(), recorded_statements() as seen:
        session = read_session()
        bind_scope(session, Scope(Reach.ALL))
        consent_facts(session, case.id, core_of(session, session.get_one(AssistanceRequest, case.id), SYSTEM))
    seen.at_most(2)


def revise(app: Flask, case: Made, number: int, title: str, clock: StoppedClock) -> None:
    """Let the State write a further revision now."""
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        wanted = select(CaseRevision).where(CaseRevision.case_id == case.id, CaseRevision.revision == 1)
        first = session.scalars(wanted).one()
        kept = {column.name: getattr(first, column.key) for column in CaseRevision.__table__.columns}
        data = {**first.data, "need": {**first.data["need"], "problem": title}}
        fresh = {"id": None, "revision": number, "data": data, "written_at": clock.now}
        session.add(CaseRevision(**(kept | fresh)))


def test_what_was_shared_stays_and_nothing_new_reaches_the_committee(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BODIES))
    clock.move(minutes=1)
    write(app, cast.mission, case, "canary-early-message", Readership.ALL)
    attach(app, cast.mission, case, title="canary-early-law")
    revise(app, case, 2, "canary-early-answer", clock)
    clock.move(minutes=1)
    withdraw(app, cast, case)
    clock.move(minutes=1)
    write(app, cast.mission, case, "canary-late-message", Readership.ALL)
    write(app, cast.case_officer, case, "canary-among-bodies", Readership.COORDINATION)
    attach(app, cast.mission, case, title="canary-late-law")
    attach(app, cast.case_officer, case, title="canary-late-memo", audience=Audience.COORDINATION)
    revise(app, case, 3, "canary-late-answer", clock)
    read = {}
    for name in ("ctc_liaison", "ola_liaison"):
        client = quick_client(app, cast[name])
        paths = ("", "/messages", "/documents", "/history", "/changes?revision=2", "/changes?revision=3")
        read[name] = "".join(get(app, client, f"/cases/{case.key}{path}").get_data(as_text=True) for path in paths)
    late = ("canary-late-message", "canary-late-law", "canary-late-memo", "canary-late-answer")
    early = ("canary-early-message", "canary-early-law", "canary-early-answer", "canary-among-bodies")
    assert [word for word in early if word not in read["ctc_liaison"]] == []
    assert [word for word in late if word in read["ctc_liaison"]] == []
    assert "Consent withdrawn" not in read["ctc_liaison"]
    assert [word for word in (*early, *late) if word not in read["ola_liaison"]] == []


def test_no_notice_and_no_mail_reaches_the_committee_after_that(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    from tests.support.canaries import mails_to

    case = make_case(app, cast, State.IN_COORDINATION, at_home(cast, bodies=BODIES))
    change_user(app, cast.ctc_liaison.id, locale="en")
    write(app, cast.mission, case, "An early word.", Readership.ALL)
    assert len(list(mails_to(app, cast.ctc_liaison))) == 1
    withdraw(app, cast, case)
    assert list(mails_to(app, cast.ctc_liaison)) == [], "what was queued before is withheld when it would leave"
    write(app, cast.mission, case, "A late word.", Readership.ALL)
    assert count_of(app, Notice, Notice.user_id == cast.ctc_liaison.id) == 1
    assert count_of(app, Notice, Notice.user_id == cast.ola_liaison.id) == 2
