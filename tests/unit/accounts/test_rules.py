"""Rules of accounts that need no database: kinds and roles, back-off, networks, addresses, words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.accounts.addresses import is_address
from app.accounts.commands import NameStandIn, Person
from app.accounts.kinds import BODY_OF_KIND, PERSONAL_ROLES, ROLES_OF_KIND, AccountKind, kind_of
from app.accounts.second_factor import methods_for
from app.accounts.security import SECURITY_ENDPOINTS
from app.accounts.security.messages import MESSAGES, message_settings
from app.accounts.texts import ACCOUNT_TEXTS, KIND_WORDS, ROLE_WORDS
from app.accounts.throttle import PACES, network_of
from app.workflow.vocabulary import BODY_OF_ROLE, LONE_ROLES, STATE_ROLES, TPB_ROLES, Role


def test_every_role_of_a_person_has_one_kind() -> None:
    placed = [role for roles in ROLES_OF_KIND.values() for role in roles]
    assert sorted(placed) == sorted(PERSONAL_ROLES)
    assert set(placed) | {Role.SYSTEM} == set(Role)


def test_kinds_say_what_the_process_says() -> None:
    assert ROLES_OF_KIND[AccountKind.STATE] == STATE_ROLES
    assert ROLES_OF_KIND[AccountKind.TPB] == TPB_ROLES
    assert all(ROLES_OF_KIND[kind_of(role)] == {role} for role in LONE_ROLES - {Role.SYSTEM})
    assert {role: BODY_OF_KIND[kind_of(role)] for role in BODY_OF_ROLE} == BODY_OF_ROLE


def test_nobody_holds_the_schedulers_role() -> None:
    with pytest.raises(ValueError, match="system"):
        kind_of(Role.SYSTEM)


def test_only_states_may_have_codes_mailed() -> None:
    assert {kind for kind in AccountKind if "email" in methods_for(kind)} == {AccountKind.STATE}
    assert all("authenticator" in methods_for(kind) for kind in AccountKind)


@pytest.mark.parametrize("scope", ["account", "address"])
def test_delays_double_and_end_at_a_longest(scope: str) -> None:
    pace = PACES[scope]
    assert pace.delay(pace.free) == timedelta(0)
    seconds = [pace.delay(pace.free + further).total_seconds() for further in range(1, 5)]
    assert seconds == [1, 2, 4, 8]
    assert pace.delay(pace.free + 10_000) == timedelta(seconds=pace.longest)


@pytest.mark.parametrize(
    ("remote", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("not an address", None),
        (None, None),
    ],
)
def test_an_address_is_kept_as_its_network(remote: str | None, network: str | None) -> None:
    assert network_of(remote) == network


@pytest.mark.parametrize("text", ["a@b.c", "cleo.marsh+x@ministry.example.org", "ünï@exämple.org"])
def test_addresses(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "a", "a@b", "a b@c.d", "a@b..c", "a@b.c\nBcc: x@y.z", "<a@b.c>", "a" * 250 + "@b.cd"]
)
def test_not_addresses(text: str) -> None:
    assert not is_address(text)


def test_a_person_is_kept_with_a_plain_address() -> None:
    person = Person(name="  Cleo Marsh ", email=" Cleo.Marsh@Example.ORG ")
    assert (person.name, person.email) == ("Cleo Marsh", "cleo.marsh@example.org")


def test_an_absence_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="last day is before the first"):
        NameStandIn.model_validate({"stand_in_key": "x", "first_day": "2026-03-02", "last_day": "2026-03-01"})


def test_words_are_complete() -> None:
    assert set(ROLE_WORDS) == PERSONAL_ROLES
    assert set(KIND_WORDS) == set(AccountKind)
    assert all(str(words) for words in ACCOUNT_TEXTS.values())


def test_messages_of_the_library_are_ours() -> None:
    from flask_security.core import _default_messages

    ours = message_settings()
    assert {f"SECURITY_MSG_{name}" for name in MESSAGES} == set(ours)
    assert set(MESSAGES) <= set(_default_messages)
    assert all(words[0] != _default_messages[name.removeprefix("SECURITY_MSG_")][0] for name, words in ours.items())


def test_every_page_of_the_library_has_a_rule_and_json_tokens_and_registration_have_no_page() -> None:
    names = {endpoint.removeprefix("security.") for endpoint in SECURITY_ENDPOINTS}
    assert names == {
        "login",
        "logout",
        "verify",
        "two_factor_token_validation",
        "two_factor_rescue",
        "mf_recovery",
        "forgot_password",
        "reset_password",
        "change_password",
        "two_factor_setup",
        "two_factor_setup_validate",
        "mf_recovery_codes",
    }
