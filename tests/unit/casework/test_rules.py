"""Audiences, the shape of what the case tables promise, and the chain's arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.casework.audiences import readable_by
from app.casework.perform import Said
from app.foundation.hashchain import GENESIS, canonical, digest, link, new_salt
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import (
    LIAISON_ROLES,
    STATE_ROLES,
    TPB_ROLES,
    ActorKind,
    Audience,
    Role,
    State,
)

A = Audience


def actor(*roles: Role) -> Actor:
    return Actor(1, ActorKind.USER, "Ada Quill", frozenset(roles), 1 if set(roles) & STATE_ROLES else None)


@pytest.mark.parametrize("role", sorted(STATE_ROLES))
def test_a_state_reads_what_is_meant_for_it(role: Role) -> None:
    assert readable_by(actor(role)) == {A.STATE_TPB, A.ALL}


@pytest.mark.parametrize("role", sorted(LIAISON_ROLES))
def test_a_liaison_reads_nothing_between_state_and_tpb(role: Role) -> None:
    assert readable_by(actor(role)) == {A.ALL, A.COORDINATION}


@pytest.mark.parametrize("role", sorted(TPB_ROLES | {Role.AUDITOR}))
def test_tpb_and_the_auditor_read_everything(role: Role) -> None:
    assert readable_by(actor(role)) == set(Audience)


def test_an_administrator_and_who_has_no_role_read_nothing() -> None:
    assert readable_by(actor(Role.ADMINISTRATOR)) == frozenset()
    assert readable_by(actor()) == frozenset()
    assert readable_by(SYSTEM) == set(Audience)


def test_two_sides_in_one_person_give_the_narrower_reading_of_the_state() -> None:
    """No account may hold both; if one did, a State would still not read notes of TPB through a State role alone."""
    assert A.TPB_ONLY not in readable_by(actor(*STATE_ROLES))
    assert A.TPB_ONLY not in readable_by(actor(*LIAISON_ROLES))


def test_a_note_is_kept_with_its_audience_and_none_without_words() -> None:
    assert Said({"x": 1}).kept == {"x": 1}
    assert Said(note="Why", audience=A.STATE_TPB).kept == {"note": "Why", "audience": "state_tpb"}


def test_an_instant_has_one_form_whatever_its_zone() -> None:
    vienna = timezone(timedelta(hours=2))
    assert canonical(datetime(2026, 7, 1, 12, tzinfo=vienna)) == canonical(datetime(2026, 7, 1, 10, tzinfo=UTC))
    assert canonical({"b": 1, "a": State.DRAFT}) == '{"a":"draft","b":1}'
    assert canonical({"ä": "你"}) == '{"ä":"你"}'
    with pytest.raises(TypeError):
        canonical({"x": object()})


def test_every_field_and_the_hash_before_change_the_link() -> None:
    fields = {"seq": 1, "action": "submit", "at": datetime(2026, 7, 1, tzinfo=UTC)}
    plain = link(GENESIS, fields)
    assert plain == link(GENESIS, dict(reversed(fields.items()))), "the order of fields does not matter"
    others = [link("1" * 64, fields), *(link(GENESIS, fields | {name: "x"}) for name in fields)]
    assert len({plain, *others}) == 1 + len(others)


def test_a_digest_needs_its_salt() -> None:
    assert new_salt() != new_salt()
    assert digest({"reason": "yes"}, "a") != digest({"reason": "yes"}, "b")
    assert digest({"reason": "yes"}, "a") != digest({"reason": "no"}, "a")
