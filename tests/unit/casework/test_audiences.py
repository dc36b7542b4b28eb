"""Who reads what, who may write to whom, and who may open what to more readers (process, Audiences)."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from app.casework.audiences import Readership, readable_by, sides_of, widenings, writable_by
from app.workflow.actor import SYSTEM, Actor
from app.workflow.vocabulary import LIAISON_ROLES, STATE_ROLES, TPB_ROLES, ActorKind, Audience, Role

R = Readership


def somebody(*roles: Role) -> Actor:
    return Actor(1, ActorKind.USER, "Somebody", frozenset(roles))


@pytest.mark.parametrize(
    ("roles", "reads"),
    [
        (STATE_ROLES, {Audience.STATE_TPB, Audience.ALL}),
        (TPB_ROLES, set(Audience)),
        (LIAISON_ROLES, {Audience.ALL, Audience.COORDINATION}),
        ({Role.AUDITOR}, set(Audience)),
        ({Role.ADMINISTRATOR}, set()),
    ],
)
def test_who_reads_what(roles: frozenset[Role], reads: set[Audience]) -> None:
    for role in roles:
        assert readable_by(somebody(role)) == reads
    assert readable_by(SYSTEM) == set(Audience)


def test_everybody_writes_to_audiences_of_their_own_side_the_narrowest_first() -> None:
    for role in set(Role) - {Role.SYSTEM}:
        offered = writable_by(somebody(role), before_submission=False)
        if role in (Role.AUDITOR, Role.ADMINISTRATOR):
            assert offered == ()
            continue
        assert {one.audience for one in offered} == readable_by(somebody(role)), "what one writes, one reads"
        assert all(not sides_of(later) < sides_of(first) for first, later in pairwise(offered))
    assert writable_by(somebody(Role.CASE_OFFICER), before_submission=False)[0] is R.TPB_ONLY
    assert writable_by(somebody(Role.MISSION), before_submission=False)[0] is R.STATE_TPB
    assert writable_by(somebody(Role.OLA_LIAISON), before_submission=False)[0] is R.COORDINATION


def test_before_submission_a_state_writes_to_itself_and_nobody_else_at_all() -> None:
    for role in set(Role) - {Role.SYSTEM}:
        offered = writable_by(somebody(role), before_submission=True)
        assert offered == ((R.OWN_STATE,) if role in STATE_ROLES else ())


#: (who, what, written as): what it may be opened to; everything else to nothing.
WIDENED: dict[tuple[Role, Readership, Role], set[Readership]] = {
    **{(role, R.STATE_TPB, by): {R.ALL} for role in STATE_ROLES for by in STATE_ROLES | TPB_ROLES},
    **{(role, R.TPB_ONLY, by): {R.STATE_TPB, R.COORDINATION, R.ALL} for role in TPB_ROLES for by in TPB_ROLES},
    **{(role, R.COORDINATION, by): {R.ALL} for role in TPB_ROLES for by in TPB_ROLES},
    **{(role, R.COORDINATION, role): {R.ALL} for role in LIAISON_ROLES},
}


def test_who_may_open_what_to_whom() -> None:
    people = sorted(set(Role) - {Role.SYSTEM})
    writers = sorted(STATE_ROLES | TPB_ROLES | LIAISON_ROLES)
    for who, readers, by in product(people, Readership, writers):
        if by not in STATE_ROLES | TPB_ROLES and readers in (R.STATE_TPB, R.TPB_ONLY):
            continue  # no body can have written it
        opened = widenings(somebody(who), readers, by)
        assert set(opened) == WIDENED.get((who, readers, by), set()), (who, readers, by)
        assert all(sides_of(one) > sides_of(readers) for one in opened), "never narrower"
