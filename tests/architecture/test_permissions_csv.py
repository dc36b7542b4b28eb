"""The permission table of the product is the agreed one, cell by cell, in both directions.

`permissions.csv` is the agreed document: it is written from the process page, not from the code.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.workflow.actor import SYSTEM, Actor
from app.workflow.facts import CaseCore
from app.workflow.policy import Cell, cells, may, ties_of
from app.workflow.vocabulary import BODY_OF_ROLE, Action, ActorKind, Body, Condition, Role, State, Tie

HERE, ELSEWHERE, PERSON, SOMEBODY = 1, 2, 10, 11
NEW = "new"


def agreed() -> list[Cell]:
    """Every row of the agreed table."""
    with (Path(__file__).parent / "permissions.csv").open(encoding="utf-8", newline="") as file:
        return [
            Cell(
                Role(row["role"]),
                Tie(row["tie"]),
                None if row["state"] == NEW else State(row["state"]),
                Action(row["action"]),
                Condition(row["condition"]) if row["condition"] else None,
            )
            for row in csv.DictReader(file)
        ]


AGREED = agreed()
ALLOWED = {(cell.role, cell.tie, cell.state, cell.action) for cell in AGREED}
NARROWED = {(cell.role, cell.tie, cell.state, cell.action): cell.condition for cell in AGREED if cell.condition}


def somebody(role: Role, tie: Tie, *, fulfils: bool) -> Actor:
    """A person in one role, whose State or body fits the tie; the case is made to fit by `case_for`."""
    if role is Role.SYSTEM:
        return SYSTEM
    state_side = role in {Role.FOCAL_POINT, Role.MISSION}
    state_id = (HERE if tie is Tie.OWN else ELSEWHERE) if state_side else None
    body = BODY_OF_ROLE.get(role)
    return Actor(PERSON, ActorKind.USER, "A person", frozenset({role}), state_id, body, may_submit=fulfils)


def case_for(tie: Tie, state: State, *, fulfils: bool) -> CaseCore:
    """A case to which PERSON has this tie and no other beside `any`."""
    return CaseCore(
        case_id=1,
        key="key",
        state=state,
        version=1,
        state_id=HERE,
        state_since=datetime(2026, 1, 1, tzinfo=UTC),
        drafted_by_id=PERSON if fulfils else SOMEBODY,
        officer_id=PERSON if tie is Tie.ASSIGNED else SOMEBODY,
        not_independent_ids=frozenset() if tie is Tie.INDEPENDENT else frozenset({PERSON}),
        consulted_bodies=frozenset(Body) if tie is Tie.CONSULTED else frozenset(),
        participating_state_ids=frozenset({ELSEWHERE}) if tie is Tie.PARTICIPATING else frozenset(),
    )


def test_agreed_rows_stand_once() -> None:
    assert len(AGREED) == len(ALLOWED)


def test_definition_and_agreement_are_the_same_cells() -> None:
    defined = set(cells())
    assert defined - set(AGREED) == set(), "allowed by the definition, not agreed"
    assert set(AGREED) - defined == set(), "agreed, not allowed by the definition"


@pytest.mark.parametrize("role", Role)
def test_every_cell_is_allowed_exactly_when_agreed(role: Role) -> None:
    """All ties, states and actions of one role, asked of `may` with a person and a case that fit the cell."""
    wrong: list[tuple[str, ...]] = []
    for tie in Tie:
        actor = somebody(role, tie, fulfils=True)
        for state in (None, *State):
            core = None if state is None else case_for(tie, state, fulfils=True)
            for action in Action:
                keys = {(role, one, state, action) for one in (tie, Tie.ANY)}
                if may(actor, action, core) != bool(keys & ALLOWED):
                    wrong.append((tie, state or NEW, action))
    # Without a case the people of a State are tied to what they are about to begin, whatever the persona.
    expected = [(tie, NEW, action) for tie in Tie for action in Action if tie is not Tie.OWN and own_new(role, action)]
    assert wrong == expected


def own_new(role: Role, action: Action) -> bool:
    """Whether a person of a State may begin a case by this act."""
    return (role, Tie.OWN, None, action) in ALLOWED


@pytest.mark.parametrize(("role", "tie", "state", "action"), sorted(NARROWED))
def test_narrowed_cells_are_refused_to_others(role: Role, tie: Tie, state: State, action: Action) -> None:
    others = somebody(role, tie, fulfils=False), case_for(tie, state, fulfils=False)
    assert tie in ties_of(*others)
    assert not may(others[0], action, others[1])


def test_an_auditor_and_an_administrator_may_nothing() -> None:
    assert not {cell for cell in AGREED if cell.role in {Role.AUDITOR, Role.ADMINISTRATOR}}
