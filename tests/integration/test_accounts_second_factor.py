"""The second step: set up, asked for, each code once; recovery codes; who may choose what."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.kinds import AccountKind
from app.accounts.models import UserSession
from app.accounts.second_factor import SecondFactorRule
from app.foundation.db import read_session
from app.workflow.vocabulary import Role
from tests.support.accounts import Somebody, made_when_sent, mails, make_person, row_of
from tests.support.client import InspectedClient, sign_in_on_the_page
from tests.support.people import PASSWORD


@pytest.fixture
def compulsory(app: Flask) -> Iterator[Flask]:
    """As in production: every account needs a second step."""
    before = app.extensions["second_factor_rule"]
    app.extensions["second_factor_rule"] = SecondFactorRule(frozenset(AccountKind))
    yield app
    app.extensions["second_factor_rule"] = before


def key_on(page: TestResponse) -> pyotp.TOTP:
    shown = BeautifulSoup(page.get_data(as_text=True), "lxml").select_one("dl code")
    assert shown is not None
    return pyotp.TOTP(shown.get_text().replace(" ", "").replace("-", ""))


def set_up(client: InspectedClient) -> pyotp.TOTP:
    page = client.submit(client.get("/account/second-step"), {"setup": "authenticator"})
    codes = key_on(page)
    answer = client.submit(page, {"code": codes.now()})
    assert answer.location == "/account/recovery-codes", answer.get_data(as_text=True)
    return codes


def later(codes: pyotp.TOTP) -> str:
    """The next half minute's code: this one's was used to set up."""
    return codes.at(int(time.time()) + 30)


def half_in(client: InspectedClient, person: Somebody) -> TestResponse:
    answer = client.submit(client.get("/login"), {"email": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.location.startswith("/login/code"), answer.location
    return client.get(answer.location)


def sign_out(client: InspectedClient) -> None:
    client.submit(client.get("/account"), form="form[action$='/logout']")


def is_in(client: InspectedClient) -> bool:
    return client.get("/account").status_code == 200


def test_set_up_then_asked_for(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    codes = set_up(client)
    assert mails(app, person.id) == ["accounts.two_factor_changed"]
    sign_out(client)
    page = half_in(client, person)
    assert not is_in(client)
    assert client.submit(page, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert client.submit(page, {"code": later(codes)}).location == "/"
    assert is_in(client)


def test_the_qr_code_is_an_element_of_the_page(app: Flask, client: InspectedClient) -> None:
    sign_in_on_the_page(client, make_person(app, Role.CASE_OFFICER).email)
    page = client.submit(client.get("/account/second-step"), {"setup": "authenticator"})
    html = page.get_data(as_text=True)
    assert "<svg" in html
    assert "data:" not in html


def test_a_code_is_taken_once(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    codes = set_up(client)
    sign_out(client)
    used = later(codes)
    client.submit(half_in(client, person), {"code": used})
    assert is_in(client)
    sign_out(client)
    answer = client.submit(half_in(client, person), {"code": used})
    assert answer.status_code == 200
    assert "used already" in answer.get_data(as_text=True)
    assert not is_in(client)


def test_the_secret_is_encrypted_in_the_database(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    codes = set_up(client)
    kept = row_of(app, person.key).tf_totp_secret
    assert kept is not None
    assert codes.secret not in kept


def test_wrong_codes_slow_down(app: Flask, client: InspectedClient, clock: object) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    set_up(client)
    sign_out(client)
    page = half_in(client, person)
    for _try in range(6):
        assert client.submit(page, {"code": "000000"}).status_code == 200
    assert client.submit(page, {"code": "000000"}).status_code == 429


def test_staff_are_not_offered_mailed_codes(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    page = client.get("/account/second-step")
    assert 'value="email"' not in page.get_data(as_text=True)
    answer = client.submit(page, {"setup": "email"})
    assert answer.status_code == 200
    assert mails(app, person.id) == []


def test_a_states_people_may_use_mailed_codes_made_when_the_mail_leaves(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.FOCAL_POINT, state="KEN")
    sign_in_on_the_page(client, person.email)
    page = client.submit(client.get("/account/second-step"), {"setup": "email"})
    assert mails(app, person.id) == ["accounts.two_factor_code"]
    code = secret_of(app, person)
    assert code not in page.get_data(as_text=True)
    assert client.submit(page, {"code": code}).location == "/account/recovery-codes"
    sign_out(client)
    page = half_in(client, person)
    assert mails(app, person.id).count("accounts.two_factor_code") == 2
    assert row_of(app, person.key).tf_primary_method == "email"
    if secret_of(app, person) != code:
        code = secret_of(app, person)
        assert client.submit(page, {"code": code}).location == "/"


def secret_of(app: Flask, person: Somebody) -> str:
    made = made_when_sent(app, person.id, "accounts.two_factor_code")
    assert made is not None
    assert re.fullmatch(r"\d{6}", made["secret"])
    return str(made["secret"])


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.CTC_LIAISON, Role.ADMINISTRATOR, Role.AUDITOR])
def test_where_it_is_compulsory_nobody_gets_in_without(compulsory: Flask, client: InspectedClient, role: Role) -> None:
    person = make_person(compulsory, role)
    answer = client.submit(client.get("/login"), {"email": person.email, "password": PASSWORD})
    assert answer.location == "/account/second-step"
    assert not is_in(client)
    with compulsory.app_context():
        assert read_session().scalar(select(func.count()).select_from(UserSession)) == 0
    page = client.submit(client.get("/account/second-step"), {"setup": "authenticator"})
    assert client.submit(page, {"code": key_on(page).now()}).location == "/"
    assert is_in(client)


def test_where_it_is_compulsory_it_cannot_be_switched_off(compulsory: Flask, client: InspectedClient) -> None:
    person = make_person(compulsory, Role.CASE_OFFICER)
    client.submit(client.get("/login"), {"email": person.email, "password": PASSWORD})
    page = client.submit(client.get("/account/second-step"), {"setup": "authenticator"})
    client.submit(page, {"code": key_on(page).now()})
    page = client.get("/account/second-step")
    assert 'value="disable"' not in page.get_data(as_text=True)
    client.submit(page, {"setup": "disable"})
    assert row_of(compulsory, person.key).tf_primary_method == "authenticator"


def test_where_it_is_optional_it_can_be_switched_off(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    set_up(client)
    assert client.submit(client.get("/account/second-step"), {"setup": "disable"}).status_code == 302
    row = row_of(app, person.key)
    assert (row.tf_primary_method, row.tf_totp_secret, row.mf_recovery_codes) == (None, None, None)


def recovery_codes(client: InspectedClient) -> list[str]:
    page = client.submit(client.get("/account/recovery-codes"))
    shown = BeautifulSoup(page.get_data(as_text=True), "lxml").select("ul.codes code")
    return [tag.get_text() for tag in shown]


def test_recovery_codes_are_shown_once_and_taken_once(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    set_up(client)
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    again = client.get("/account/recovery-codes?show_codes=y").get_data(as_text=True)
    kept = row_of(app, person.key).mf_recovery_codes
    assert kept is not None
    assert not any(code in again or code in kept for code in codes)
    sign_out(client)
    half_in(client, person)
    answer = client.submit(client.get("/login/recovery-code"), {"code": codes[0].upper()})
    assert answer.location == "/"
    assert is_in(client)
    assert "accounts.recovery_code_used" in mails(app, person.id)
    sign_out(client)
    half_in(client, person)
    refused = client.submit(client.get("/login/recovery-code"), {"code": codes[0]})
    assert refused.status_code == 200
    assert not is_in(client)
    assert client.submit(client.get("/login/recovery-code"), {"code": codes[1]}).location == "/"


def test_a_recovery_code_is_worth_nothing_without_the_password(app: Flask, client: InspectedClient) -> None:
    person = make_person(app, Role.CASE_OFFICER)
    sign_in_on_the_page(client, person.email)
    set_up(client)
    recovery_codes(client)
    sign_out(client)
    assert client.get("/login/recovery-code").location == "/login"
    assert client.get("/login/lost-device").status_code == 200


def test_a_lost_device_is_reset_by_the_administrator(app: Flask, client: InspectedClient) -> None:
    person, administrator = make_person(app, Role.CASE_OFFICER), make_person(app, Role.ADMINISTRATOR, name="Ben Rook")
    sign_in_on_the_page(client, person.email)
    set_up(client)
    sign_out(client)
    sign_in_on_the_page(client, administrator.email)
    client.submit(client.get(f"/admin/people/{person.key}/reset-second-step"))
    sign_out(client)
    assert row_of(app, person.key).tf_totp_secret is None
    sign_in_on_the_page(client, person.email)
    assert is_in(client)
