"""Other States in activities: the host agrees to what they are told, they answer for themselves, silence is none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from app.casework.facts import core_of, load_facts
from app.casework.models import AssistanceRequest
from app.delivery.participation.commands import OfCase
from app.delivery.participation.jobs import remind_guests
from app.delivery.participation.models import Participation
from app.delivery.participation.queries import dues_of
from app.delivery.participation.services import put_invitations
from app.delivery.participation.vocabulary import ParticipationAnswer
from app.delivery.plan.models import PlanParticipation, ResponsePlan
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.notifications.models import OutboxMessage
from app.workflow.actor import SYSTEM
from app.workflow.facts import PlanFacts
from app.workflow.vocabulary import Section, State
from tests.factories.cases import Made
from tests.factories.clients import get, post, quick_client, signed_in
from tests.factories.invitations import TITLE, agree, answer, invited, planned, workshop
from tests.factories.people import AWAY, HOME, Cast, cast_of
from tests.factories.plans import put_plan
from tests.factories.reading import count_of, rows, standing
from tests.support.clock import StoppedClock
from tests.support.statements import Statements, recorded_statements

DECLINE = ParticipationAnswer.DECLINE
WHO_COMES = {"nominees-0-name": "Ana Tora", "nominees-0-function": "Judge", "nominees-0-institution": "High Court"}


@pytest.fixture
def cast(app: Flask, clock: StoppedClock) -> Cast:
    return cast_of(app)


def facts(app: Flask, case: Made) -> PlanFacts:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        core = core_of(session, session.get_one(AssistanceRequest, case.id), SYSTEM)
        with recorded_statements() as statements:
            found = load_facts(session, core, {Section.PLAN}).plan
        statements.at_most(1)
        assert found is not None
        return found


def told(app: Flask, code: str) -> set[int]:
    return {row.user_id for row in rows(app, select(OutboxMessage.user_id).where(OutboxMessage.code == code))}


def stored(app: Flask, key: str) -> Participation:
    ((row,),) = rows(app, select(Participation).where(Participation.key == key))
    assert isinstance(row, Participation)
    return row


def test_nobody_is_told_before_the_host_agrees(app: Flask, cast: Cast) -> None:
    case = planned(app, cast, AWAY, "UGA")
    first, second = [row.key for row in rows(app, select(Participation.key).order_by(Participation.id))]
    assert told(app, "case.invitations_to_disclose") == {
        cast[name].id for name in ("focal_point", "colleague", "focal_alone", "mission")
    }
    assert get(app, quick_client(app, cast.away_mission), f"/participations/{first}").status_code == 404
    client = signed_in(app, cast.focal_point)
    page = client.get(f"/cases/{case.key}/invitations")
    assert "Fiji" in page.get_data(as_text=True)
    nothing = client.submit(page, button="true")
    assert nothing.status_code == 422
    assert "Choose at least one State" in nothing.get_data(as_text=True)
    assert client.submit(page, {"participations": [second]}, button="false").status_code == 303
    page = client.get(f"/cases/{case.key}/invitations")
    assert client.submit(page, {"participations": [first]}, button="true").status_code == 303
    assert (stored(app, second).withheld_at is not None, stored(app, second).asked_at) == (True, None)
    assert stored(app, first).answer_by is not None
    assert told(app, "participation.asked") == {cast.away_focal_point.id, cast.away_mission.id}
    assert told(app, "case.disclosure_answered") == {cast.case_officer.id}
    assert standing(app, case.key).history[-2:] == ("give_consent", "participation_asked")
    found = facts(app, case)
    assert (len(found.participations_missing), found.participations_asked, found.undisclosed) == (
        2,
        (first,),
        (second,),
    )


def test_an_invited_state_answers_nominates_and_changes_its_mind(app: Flask, cast: Cast) -> None:
    one = invited(app, cast)
    client = signed_in(app, cast.away_focal_point)
    home = client.get("/home").get_data(as_text=True)
    assert TITLE in home
    assert f"/participations/{one.key}" in home
    page = client.get(f"/participations/{one.key}")
    for name, said in (("nominees_with_consent", {"answer": "decline", **WHO_COMES}), ("nothing", {})):
        wrong = client.submit(page, said)
        assert wrong.status_code == 422, name
    kept = client.submit(page, {"answer": "decline", **WHO_COMES}).get_data(as_text=True)
    assert "Ana Tora" in kept
    assert "People are nominated by a State that takes part" in kept
    assert client.submit(page, {"answer": "consent", "remark": "With pleasure.", **WHO_COMES}).status_code == 303
    row = stored(app, one.key)
    assert (row.answer, row.answered_by_id) == (ParticipationAnswer.CONSENT, cast.away_focal_point.id)
    assert row.nominees == [{"name": "Ana Tora", "function": "Judge", "institution": "High Court"}]
    assert facts(app, one.case).participations_missing == ()
    assert told(app, "case.participation_answered") >= {cast.case_officer.id, cast.mission.id}
    assert client.submit(page, {"answer": "decline"}).status_code == 409, "the page is older than the answer"
    assert (
        client.submit(client.get(f"/participations/{one.key}"), {"answer": "decline"}, button=None).status_code == 422
    )
    again = client.submit(client.get(f"/participations/{one.key}"), {"answer": "decline", "nominees-0-remove": "y"})
    assert again.status_code == 303
    assert len(facts(app, one.case).participations_missing) == 1


def test_host_and_branch_read_who_said_what_and_nobody_else(app: Flask, cast: Cast) -> None:
    one = invited(app, cast)
    answer(app, cast.away_mission, one.key, remark="With pleasure.")
    for person in (cast.focal_point, cast.case_officer, cast.auditor):
        page = get(app, quick_client(app, person), f"/cases/{one.case.key}/history").get_data(as_text=True)
        assert "Fiji consented to take part" in page
        assert "With pleasure." in page
    for path in ("", "/history", "/invitations"):
        client = quick_client(app, cast.away_mission)
        assert get(app, client, f"/cases/{one.case.key}{path}").status_code == 404
    for person in (cast.ctc_liaison, cast.ola_liaison):
        assert get(app, quick_client(app, person), f"/cases/{one.case.key}/invitations").status_code == 403


def test_an_answer_holds_for_its_terms_and_no_others(app: Flask, cast: Cast) -> None:
    one = invited(app, cast)
    answer(app, cast.away_mission, one.key)
    put_plan(app, one.case, cast.case_officer, [workshop(AWAY)], proposed=True, summary="Other words.")
    assert facts(app, one.case).participations_missing == ()
    put_plan(app, one.case, cast.case_officer, [workshop(AWAY, title="Another course")], proposed=True)
    assert len(facts(app, one.case).participations_missing) == 1
    with app.app_context():
        put_invitations(cast.case_officer.actor, OfCase(key=one.case.key))
    assert stored(app, one.key).closed_at is not None
    assert told(app, "participation.changed") == {cast.away_focal_point.id, cast.away_mission.id}
    ((fresh,),) = rows(app, select(Participation.key).where(Participation.closed_at.is_(None)))
    agree(app, cast, one.case, fresh)
    assert told(app, "participation.asked") == {cast.away_focal_point.id, cast.away_mission.id}
    page = get(app, quick_client(app, cast.away_mission), f"/participations/{one.key}").get_data(as_text=True)
    assert "does not hold any more" in page
    refused = post(app, quick_client(app, cast.away_mission), f"/participations/{one.key}", seen="4", answer="consent")
    assert refused.status_code in (409, 422)


def test_the_plan_goes_on_without_who_declined_and_never_without_who_may_still_answer(
    app: Flask, cast: Cast, clock: StoppedClock
) -> None:
    one = invited(app, cast)
    client = signed_in(app, cast.case_officer)
    without = f"/cases/{one.case.key}/invitations/{one.key}/without"
    assert post(app, quick_client(app, cast.case_officer), without).status_code == 422
    assert "No answer in time" not in client.get(f"/cases/{one.case.key}/invitations").get_data(as_text=True)
    clock.move(days=40)
    client = signed_in(app, cast.case_officer)
    page = client.get(f"/cases/{one.case.key}/invitations")
    assert "No answer in time" in page.get_data(as_text=True)
    assert len(facts(app, one.case).participations_missing) == 1, "silence is never consent"
    assert client.submit(page, form=f"form[action$='{one.key}/without']").status_code == 303
    assert count_of(app, PlanParticipation, PlanParticipation.plan_id == _newest(app)) == 0
    assert facts(app, one.case).participations_missing == ()
    assert stored(app, one.key).closed_at is not None
    assert told(app, "participation.closed") == {cast.away_focal_point.id, cast.away_mission.id}


def _newest(app: Flask) -> int:
    return int(rows(app, select(ResponsePlan.id).order_by(ResponsePlan.number.desc()))[0][0])


def test_the_days_of_a_limit_are_those_of_the_invited_state(app: Flask, cast: Cast) -> None:
    one = invited(app, cast)
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        due = dues_of(session, session.get_one(AssistanceRequest, one.case.id))[one.key]
    assert due.due_at is not None
    ends = due.due_at.astimezone(ZoneInfo("Pacific/Fiji"))
    assert (ends.hour, ends.minute, ends.date()) == (0, 0, stored(app, one.key).answer_by + timedelta(days=1))


def test_pages_of_invitations_cost_little(
    app: Flask, cast: Cast, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    one = invited(app, cast)
    asked = {
        "away_mission": (f"/participations/{one.key}", "/home"),
        "mission": (f"/cases/{one.case.key}/invitations",),
        "case_officer": (f"/cases/{one.case.key}/invitations",),
    }
    for name, paths in asked.items():
        client = quick_client(app, cast[name])
        for path in paths:
            get(app, client, path)
            with statements() as seen:
                assert get(app, client, path).status_code == 200, path
            seen.at_most(10)


def test_an_answer_costs_what_its_scopes_cost(
    app: Flask, cast: Cast, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    """Beside what every act costs: two looks at the row before it is locked, and the activity that may be agreed."""
    one = invited(app, cast)
    client = signed_in(app, cast.away_mission)
    page = client.get(f"/participations/{one.key}")
    with statements() as seen:
        assert client.submit(page, {"answer": "consent"}).status_code == 303
    seen.at_most(17)


def test_reminders_leave_twice_and_stop_with_the_answer(app: Flask, cast: Cast, clock: StoppedClock) -> None:
    one = invited(app, cast)
    for days, reminders in ((3, 0), (6, 1), (7, 2), (20, 2)):
        clock.move(days=days)
        for _twice in range(2):
            with app.app_context():
                remind_guests(SYSTEM)
        assert stored(app, one.key).reminders == reminders
    assert count_of(app, OutboxMessage, OutboxMessage.code == "participation.reminder") == 4


def test_what_was_asked_of_one_state_is_nothing_to_another(app: Flask, cast: Cast) -> None:
    one = invited(app, cast)
    for person in (cast.mission, cast.focal_point):
        assert get(app, quick_client(app, person), f"/participations/{one.key}").status_code == 404
        assert (
            post(app, quick_client(app, person), f"/participations/{one.key}", seen="2", answer="consent").status_code
            == 404
        )
    assert stored(app, one.key).answer is None
    assert HOME not in get(app, quick_client(app, cast.mission), "/home").get_data(as_text=True).split("<main")[0]


@pytest.mark.parametrize("state", [State.WITHDRAWN])
def test_when_the_request_ends_the_guests_are_told(app: Flask, cast: Cast, state: State) -> None:
    one = invited(app, cast)
    client = signed_in(app, cast.mission)
    page = client.get(f"/cases/{one.case.key}/withdraw")
    assert client.submit(page, {"committed_costs": "none", "reason": ""}).status_code == 303
    assert standing(app, one.case.key).state is state
    assert stored(app, one.key).closed_at is not None
    assert told(app, "participation.called_off") == {cast.away_focal_point.id, cast.away_mission.id}
