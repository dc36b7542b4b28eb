"""Somebody stands in for somebody on some days: who may, what it gives, who is told, and how everybody sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.accounts.commands import LetSubmit, NameStandIn, OfPerson
from app.accounts.focal_points import let_submit
from app.accounts.models import User
from app.accounts.own import name_stand_in, revoke_stand_in
from app.accounts.standing_in import may_stand_in, who_is_told_instead
from app.casework.notices import tell
from app.casework.perform import lock_case
from app.foundation.clock import now
from app.foundation.db import write_transaction
from app.foundation.db.scope import Reach, Scope
from app.foundation.errors import Forbidden, InvalidCommand
from app.triage.commands import ChooseOfficer
from app.triage.services import assign
from app.workflow.actor import Actor, OnBehalf
from app.workflow.vocabulary import Role, State
from tests.factories.cases import Made, at_home, make_case
from tests.factories.clients import post, signed_in
from tests.factories.people import Cast, Member, cast_of
from tests.support.client import InspectedClient
from tests.support.outbox import mails, notices


@pytest.fixture
def cast(app: Flask) -> Cast:
    return cast_of(app)


def away(app: Flask, absent: Member, instead: Member, first: int = 0, last: int = 2) -> None:
    """`instead` acts for `absent` from so many days from today to so many."""
    today = now().date()
    command = NameStandIn(
        stand_in_key=instead.key, first_day=today + timedelta(first), last_day=today + timedelta(last)
    )
    with app.app_context():
        name_stand_in(absent.actor, command)


def take_up(client: InspectedClient) -> None:
    assert (
        client.submit(client.get("/account/stand-in"), form="main form[action='/account/act-for']").status_code == 303
    )


def banner(client: InspectedClient, address: str) -> str:
    page = BeautifulSoup(client.get(address).get_data(as_text=True), "lxml")
    return " ".join(part.get_text(" ", strip=True) for part in page.select(".flashes"))


SIDES = (
    ("case_officer", "programme_support", True),
    ("branch_chief", "manager", True),
    ("focal_point", "colleague", True),
    ("mission", "focal_point", True),
    ("focal_point", "mission", False),
    ("focal_point", "away_focal_point", False),
    ("case_officer", "administrator", False),
    ("case_officer", "auditor", False),
    ("administrator", "case_officer", False),
    ("ctc_liaison", "ola_liaison", False),
    ("case_officer", "ctc_liaison", False),
    ("focal_point", "case_officer", False),
)


@pytest.mark.usefixtures("clock")
def test_who_may_stand_in_for_whom(app: Flask, cast: Cast) -> None:
    with app.app_context(), write_transaction(None) as session:
        people = {name: session.get_one(User, member.id) for name, member in cast.members.items()}
        for absent, instead, allowed in SIDES:
            assert may_stand_in(people[absent], people[instead]) is allowed, (absent, instead)


@pytest.mark.usefixtures("clock")
def test_days_that_overlap_are_refused_and_so_is_a_chain(app: Flask, cast: Cast) -> None:
    away(app, cast.case_officer, cast.other_officer, 1, 5)
    with pytest.raises(InvalidCommand) as refused:
        away(app, cast.case_officer, cast.manager, 5, 9)
    assert refused.value.errors[0].code == "stand_in_overlaps"
    with pytest.raises(InvalidCommand) as refused:
        away(app, cast.manager, cast.case_officer, 3, 3)
    assert refused.value.errors[0].code == "stand_in_is_away"
    away(app, cast.case_officer, cast.manager, 6, 9)
    standing_in = Actor(
        cast.other_officer.id,
        cast.other_officer.actor.kind,
        cast.other_officer.name,
        frozenset({Role.CASE_OFFICER}),
        on_behalf_of=OnBehalf(cast.case_officer.id, cast.case_officer.name),
    )
    today = now().date()
    with app.app_context(), pytest.raises(Forbidden):
        name_stand_in(standing_in, NameStandIn(stand_in_key=cast.manager.key, first_day=today, last_day=today))


def test_days_that_do_not_exist_are_said_beside_them_and_nothing_is_lost(app: Flask, cast: Cast) -> None:
    client = signed_in(app, cast.case_officer)
    typed = {"stand_in_key": cast.other_officer.key, "first_day-day": "31", "first_day-month": "2"}
    typed |= {"first_day-year": "2027", "last_day-day": "1", "last_day-month": "3", "last_day-year": "2027"}
    answer = client.submit(client.get("/account/stand-in"), typed, form="form:has([name='first_day-day'])")
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.get_data(as_text=True), "lxml")
    assert {str(one["name"]) for one in soup.select("[aria-invalid=true]")} >= {"first_day-day"}
    kept = soup.select_one("input[name='first_day-day']")
    chosen = soup.select_one("select[name=stand_in_key] option[selected]")
    assert kept is not None
    assert chosen is not None
    assert (kept["value"], chosen["value"]) == ("31", cast.other_officer.key)


@pytest.mark.usefixtures("clock")
def test_acting_for_somebody_is_seen_on_every_page_and_ends_when_taken_back(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    away(app, cast.case_officer, cast.programme_support)
    client = signed_in(app, cast.programme_support)
    assert "Act for a colleague" in client.get("/queue").get_data(as_text=True)
    assert banner(client, "/queue") == ""
    page = client.get("/account/stand-in")
    assert f"Act for {cast.case_officer.name}" in BeautifulSoup(page.get_data(as_text=True), "lxml").get_text()
    take_up(client)
    for address in ("/queue", f"/cases/{case.key}", "/account", "/notices/settings"):
        assert f"You act for {cast.case_officer.name}" in banner(client, address), address
    assert client.get("/notices/settings").get_data(as_text=True).count("<fieldset") == 0
    assert client.submit(client.get("/queue"), form=".flashes form").status_code == 303
    assert "Both names" not in banner(client, f"/cases/{case.key}")
    take_up(client)
    mine = signed_in(app, cast.case_officer).get("/account/stand-in").get_data(as_text=True)
    key = BeautifulSoup(mine, "lxml").select_one("form[action='/account/stand-in/revoke'] input[name=key]")
    assert key is not None
    with app.app_context():
        revoke_stand_in(cast.case_officer.actor, OfPerson(key=str(key["value"])))
    assert "Both names" not in banner(client, "/queue"), "ended early, at the next request"
    assert "Act for a colleague" not in client.get("/queue").get_data(as_text=True)


@pytest.mark.usefixtures("clock")
def test_the_queue_of_a_stand_in_holds_what_they_cover_and_says_so(app: Flask, cast: Cast) -> None:
    make_case(app, cast, State.IN_REVIEW, at_home(cast, title="Of the absent"))
    make_case(app, cast, State.IN_REVIEW, at_home(cast, title="My own", officer=cast.other_officer))
    client = signed_in(app, cast.other_officer)
    rows = mine_of(client)
    assert list(rows) == ["My own"]
    away(app, cast.case_officer, cast.other_officer)
    rows = mine_of(client)
    assert sorted(rows) == ["My own", "Of the absent"]
    assert "You stand in" in rows["Of the absent"]
    assert "You stand in" not in rows["My own"]
    assert "Mine 2" in client.get("/queue").get_data(as_text=True).replace('<span class="n">', "").replace(
        "</span>", ""
    )
    take_up(client)
    assert list(mine_of(client)) == ["Of the absent"]


def mine_of(client: InspectedClient) -> dict[str, str]:
    page = BeautifulSoup(client.get("/queue?view=mine").get_data(as_text=True), "lxml")
    return {row.select_one("th").get_text(strip=True): row.get_text(" ", strip=True) for row in page.select("tbody tr")}  # type: ignore[union-attr]


def told(app: Flask) -> set[tuple[int, int | None]]:
    found = {(notice.user_id, notice.for_id) for notice in notices(app)}
    assert found == {(mail.user_id, mail.for_id) for mail in mails(app)}
    return found


@pytest.mark.usefixtures("clock")
def test_who_stands_in_is_told_as_well_and_nobody_twice(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    officer, instead = cast.case_officer.id, cast.other_officer.id
    say(app, case, {officer})
    assert told(app) == {(officer, None)}
    away(app, cast.case_officer, cast.other_officer)
    say(app, case, {officer})
    assert told(app) == {(officer, None), (instead, officer)}
    say(app, case, {officer, instead})
    assert len(notices(app)) == 1 + 2 + 2
    say(app, case, {officer}, but=frozenset({instead}))
    assert len(notices(app)) == 1 + 2 + 2 + 1, "who acted themselves is not told"
    page = signed_in(app, cast.other_officer).get("/notices").get_data(as_text=True)
    assert "you stand in for" in page
    assert cast.case_officer.name in page
    with app.app_context(), write_transaction(None) as session:
        assert who_is_told_instead(session, [officer], now() + timedelta(days=4)) == {}


def say(app: Flask, case: Made, people: set[int], but: frozenset[int] = frozenset()) -> None:
    with app.app_context(), write_transaction(Scope(Reach.ALL)) as session:
        tell(session, lock_case(session, Actor.system(), case.key), people, "case.message", {}, but=but)


@pytest.mark.usefixtures("clock")
def test_a_step_tells_who_stands_in_for_the_officer(app: Flask, cast: Cast) -> None:
    case = make_case(app, cast, State.IN_REVIEW)
    away(app, cast.other_officer, cast.programme_support)
    with app.app_context():
        command = ChooseOfficer(key=case.key, version=case.version, officer=cast.other_officer.key)
        assign(cast.intake_officer.actor, command)
    assert (cast.programme_support.id, cast.other_officer.id) in told(app)


@pytest.mark.usefixtures("clock")
def test_a_focal_point_who_stands_in_for_the_mission_confirms_what_others_drafted(app: Flask, cast: Cast) -> None:
    own = make_case(app, cast, State.AWAITING_MISSION, at_home(cast, drafter=cast.colleague))
    theirs = make_case(app, cast, State.AWAITING_MISSION)
    away(app, cast.mission, cast.colleague)
    client = signed_in(app, cast.colleague)
    take_up(client)
    assert client.get(f"/cases/{own.key}/confirm").status_code == 302, "there is nothing for them to confirm"
    assert post(app, client, f"/cases/{own.key}/confirm", version=str(own.version)).status_code == 403
    assert client.submit(client.get(f"/cases/{theirs.key}/confirm")).status_code == 303
    history = client.get(f"/cases/{theirs.key}/history").get_data(as_text=True)
    assert cast.colleague.name in history
    assert cast.mission.name in history
    with app.test_request_context("/"):
        actor = Actor(
            cast.colleague.id,
            cast.colleague.actor.kind,
            cast.colleague.name,
            frozenset({Role.MISSION}),
            state_id=cast.mission.actor.state_id,
            on_behalf_of=OnBehalf(cast.mission.id, cast.mission.name),
        )
        with pytest.raises(Forbidden):
            let_submit(actor, LetSubmit(key=cast.colleague.key, allowed=True))
