"""Sessions are rows: idle, too old, revoked, ended for good by sign-out, rotated at sign-in."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.accounts.actor import load_actor
from app.accounts.models import SecurityHistory, StandIn, User, UserSession
from app.accounts.sessions import agent_family
from app.foundation.clock import now
from app.foundation.db import read_session, write_transaction
from app.workflow.vocabulary import Body, Role
from tests.support.accounts import Somebody, make_person, row_of
from tests.support.client import InspectedClient, sign_in_on_the_page
from tests.support.clock import StoppedClock
from tests.support.people import PASSWORD

Clients = Callable[[], InspectedClient]
NEW = "violet tractor lemonade 95"


def cookie_of(client: InspectedClient, app: Flask) -> str:
    found = client.get_cookie("accede", domain="127.0.0.1")
    assert found is not None
    return found.value


def with_cookie(client: InspectedClient, value: str) -> InspectedClient:
    client.set_cookie("accede", value, domain="127.0.0.1")
    return client


def is_in(client: InspectedClient) -> bool:
    return client.get("/account").status_code == 200


def sign_out(client: InspectedClient) -> None:
    answer = client.submit(client.get("/account"), form="form[action$='/logout']")
    assert answer.status_code == 303


def test_sign_out_ends_the_session_for_good(app: Flask, client: InspectedClient, new_client: Clients) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    stolen = cookie_of(client, app)
    assert is_in(with_cookie(new_client(), stolen))
    sign_out(client)
    assert not is_in(client)
    assert not is_in(with_cookie(new_client(), stolen))


def test_sign_out_needs_post_and_token(app: Flask, client: InspectedClient) -> None:
    sign_in_on_the_page(client, make_person(app, Role.CASE_OFFICER).email)
    assert client.get("/logout").status_code == 405
    assert client.post("/logout").status_code == 400
    assert is_in(client)


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(
    app: Flask, client: InspectedClient, new_client: Clients
) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    before = new_client()
    before.get("/login")
    planted = cookie_of(before, app)
    sign_in_on_the_page(with_cookie(client, planted), person.email)
    assert not is_in(with_cookie(new_client(), planted))
    with app.app_context():
        hashes = read_session().scalars(select(UserSession.token_hash)).all()
    sign_out(client)
    sign_in_on_the_page(client, person.email)
    with app.app_context():
        assert set(read_session().scalars(select(UserSession.token_hash))) > set(hashes)


def test_a_session_ends_when_idle(app: Flask, client: InspectedClient, clock: StoppedClock) -> None:
    sign_in_on_the_page(client, make_person(app, Role.CASE_OFFICER).email)
    clock.move(minutes=59)
    assert is_in(client)
    clock.move(minutes=59)
    assert is_in(client)
    clock.move(minutes=61)
    assert not is_in(client)


def test_a_session_ends_after_twelve_hours_of_work(app: Flask, client: InspectedClient, clock: StoppedClock) -> None:
    sign_in_on_the_page(client, make_person(app, Role.CASE_OFFICER).email)
    for _time in range(23):
        clock.move(minutes=31)
        assert is_in(client)
    clock.move(minutes=31)
    assert not is_in(client)


def test_last_seen_is_written_at_most_every_five_minutes(
    app: Flask, client: InspectedClient, clock: StoppedClock
) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    began = now()
    clock.move(minutes=4)
    assert is_in(client)
    assert row_of(app, person.key).last_seen_at is None
    clock.move(minutes=1)
    assert is_in(client)
    assert row_of(app, person.key).last_seen_at == began + timedelta(minutes=5)


def test_one_session_can_be_ended_from_the_list(app: Flask, client: InspectedClient, new_client: Clients) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    other = new_client()
    sign_in_on_the_page(other, person.email)
    page = client.get("/account/sessions")
    assert page.get_data(as_text=True).count('action="/account/sessions"') == 1
    assert client.submit(page, form="form[action='/account/sessions']").status_code == 303
    assert is_in(client)
    assert not is_in(other)


def test_somebody_elses_session_cannot_be_ended(app: Flask, client: InspectedClient, new_client: Clients) -> None:
    mine, theirs = make_person(app, Role.CASE_OFFICER), make_person(app, Role.MANAGER, name="Ben Rook")
    sign_in_on_the_page(client, mine.email)
    other, second = new_client(), new_client()
    sign_in_on_the_page(other, theirs.email)
    sign_in_on_the_page(second, mine.email)
    with app.app_context():
        key = read_session().scalars(select(UserSession.key).where(UserSession.user_id == theirs.id)).one()
    page = client.get("/account/sessions")
    answer = client.submit(page, {"key": key}, form="form[action='/account/sessions']")
    unknown = client.submit(page, {"key": "0" * 12}, form="form[action='/account/sessions']")
    assert answer.status_code == unknown.status_code == 404
    assert is_in(other)


def test_an_ended_account_is_out_at_once(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    with app.app_context(), write_transaction(None) as session:
        session.execute(update(User).where(User.id == person.id).values(active=False, ended_at=now()))
    assert not is_in(client)


def test_changed_password_ends_the_other_sessions_and_keeps_this_one(
    app: Flask, client: InspectedClient, new_client: Clients
) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    other = new_client()
    sign_in_on_the_page(other, person.email)
    before = cookie_of(client, app)
    given = {"password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    answer = client.submit(client.get("/account/password"), given)
    assert (answer.status_code, answer.location) == (302, "/account")
    assert is_in(client)
    assert not is_in(other)
    assert not is_in(with_cookie(new_client(), before))
    sign_out(client)
    sign_in_on_the_page(client, person.email, NEW)
    with app.app_context():
        assert "password_changed" in read_session().scalars(select(SecurityHistory.action)).all()


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("short", "at least 15 characters"),
        ("passwordpassword1", "easily guessed"),
        ("ada quill example", "easily guessed"),
        (PASSWORD, "differs from the one"),
    ],
)
def test_weak_passwords_are_refused_beside_the_field(app: Flask, client: InspectedClient, new: str, says: str) -> None:
    sign_in_on_the_page(client, make_person(app, Role.CASE_OFFICER).email)
    given = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    answer = client.submit(client.get("/account/password"), given)
    assert answer.status_code == 200
    assert says in answer.get_data(as_text=True)


def test_the_password_is_asked_again_before_something_that_matters(app: Flask, client: InspectedClient) -> None:
    administrator = make_person(app, Role.ADMINISTRATOR)
    sign_in_on_the_page(client, administrator.email)
    assert client.get("/admin/people/new").status_code == 200
    with client.session_transaction(base_url=app.config["ACCEDE_BASE_URL"]) as cookie:
        cookie["fs_paa"] = time.time() - 16 * 60
    answer = client.get("/admin/people/new")
    assert (answer.status_code, answer.location) == (303, "/login/again?next=/admin/people/new")
    assert client.submit(client.get(answer.location), {"password": NEW}).status_code == 200
    confirmed = client.submit(client.get(answer.location), {"password": PASSWORD})
    assert confirmed.location == "/admin/people/new"
    assert client.get("/admin/people/new").status_code == 200


def actor_of(app: Flask, client: InspectedClient, *, statements: list[str] | None = None) -> object:
    """What `load_actor` answers for the client's cookie."""
    value = cookie_of(client, app)
    with app.test_request_context("/", headers={"Cookie": f"accede={value}"}, base_url=app.config["ACCEDE_BASE_URL"]):
        return load_actor()


def test_the_actor_says_who_acts(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.FOCAL_POINT, state="KEN", may_submit=True)
    sign_in_on_the_page(client, person.email)
    assert actor_of(app, client) == person.actor


def test_the_actor_of_a_liaison_has_a_body(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CTC_LIAISON)
    sign_in_on_the_page(client, person.email)
    assert actor_of(app, client) == person.actor
    assert person.actor.body is Body.CTC_CTED


def stand_in_page(app: Flask, client: InspectedClient, substitute: Somebody) -> None:
    today = now().date()
    given = {
        "stand_in_key": substitute.key,
        **{f"first_day-{part}": str(getattr(today, part)) for part in ("day", "month", "year")},
        **{f"last_day-{part}": str(getattr(today + timedelta(days=2), part)) for part in ("day", "month", "year")},
    }
    answer = client.submit(client.get("/account/stand-in"), given, form="form[action='/account/stand-in']")
    assert answer.status_code == 303, answer.get_data(as_text=True)


def test_a_stand_in_acts_with_the_absent_persons_roles_on_these_days(
    app: Flask, client: InspectedClient, new_client: Clients, clock: StoppedClock
) -> None:
    absent = make_person(app, Role.CASE_OFFICER)
    substitute = make_person(app, Role.INTAKE_OFFICER, name="Ben Rook")
    sign_in_on_the_page(client, absent.email)
    stand_in_page(app, client, substitute)
    other = new_client()
    sign_in_on_the_page(other, substitute.email)
    answer = other.submit(other.get("/account/stand-in"), form="form[action='/account/act-for']")
    assert answer.status_code == 303
    actor = actor_of(app, other)
    assert actor.roles == {Role.CASE_OFFICER}  # type: ignore[attr-defined]
    assert actor.user_id == substitute.id  # type: ignore[attr-defined]
    assert actor.on_behalf_of.user_id == absent.id  # type: ignore[attr-defined]
    page = other.get("/account/stand-in").get_data(as_text=True)
    assert 'name="stand_in_key"' not in page  # no chains
    clock.move(days=3)
    sign_in_on_the_page(other, substitute.email)
    assert actor_of(app, other) == substitute.actor


@pytest.mark.parametrize("refused", ["italy", "mission"])
def test_a_stand_in_works_for_the_same_side_in_the_same_role(app: Flask, client: InspectedClient, refused: str) -> None:
    kenya, italy = (make_person(app, Role.FOCAL_POINT, name=f"Point {code}", state=code) for code in ("KEN", "ITA"))
    make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, kenya.email)
    mission = make_person(app, Role.MISSION, name="Mission KEN", state="KEN")
    second = make_person(app, Role.FOCAL_POINT, name="Second point KEN", state="KEN")
    page = client.get("/account/stand-in")
    shown = page.get_data(as_text=True)
    assert second.key in shown
    # who drafts for a State and who confirms for it stay two persons
    assert italy.key not in shown
    assert mission.key not in shown
    given = {"stand_in_key": {"italy": italy, "mission": mission}[refused].key}
    given |= {f"{day}-{part}": value for day in ("first_day", "last_day") for part, value in tomorrow().items()}
    assert client.submit(page, given, form="form[action='/account/stand-in']").status_code == 422
    with app.app_context():
        assert read_session().scalars(select(StandIn)).all() == []


def tomorrow() -> dict[str, str]:
    day = now().date() + timedelta(days=1)
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


@pytest.mark.parametrize(
    ("header", "family"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("curl/8", None),
    ],
)
def test_the_list_names_the_browser_without_its_version(header: str, family: str | None) -> None:
    assert agent_family(header) == family
