"""The index of States: by regional group, found by name in any of the six languages or by code, with their gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from app.foundation.i18n import current_locale
from app.reference.states import StateInfo, all_states, by_name, sorted_as, state_name
from app.reference.texts import REGIONAL_GROUPS, STATE_STATUSES
from app.reference.treaty_matrix import status_on
from app.reference.vocabulary import StateStatus
from app.states.marks import totals


@dataclass(frozen=True, slots=True)
class Tile:
    """One State with how many instruments it is party to, signed, is no party to, and is unknown under."""

    name: str
    alpha3: str
    url: str
    totals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The States of one group."""

    name: str
    tiles: Sequence[Tile]


def index(session: Session, asked: str, *, demo: bool) -> list[Group]:
    """Return the groups with the States that fit; costs no statement while reference data is in memory.

    Args:
        session: reading.
        asked: part of a name in any of the six languages, or a code; empty for all.
        demo: also the invented States, in a group of their own.
    """
    wanted = [state for state in all_states(session, include_demo=demo) if _fits(state, asked)]
    rows = status_on(session, by_name(wanted, current_locale()))
    tiles: dict[str, list[Tile]] = {}
    for row in rows:
        url = url_for("states.state", alpha3=row.state.alpha3)
        tile = Tile(state_name(row.state, current_locale()), row.state.alpha3, url, totals(row.cells))
        tiles.setdefault(_group_of(row.state), []).append(tile)
    names = [*(str(name) for name in REGIONAL_GROUPS.values()), *(str(name) for name in STATE_STATUSES.values())]
    return [Group(name, tiles[name]) for name in names if name in tiles]


def _group_of(state: StateInfo) -> str:
    if state.status is StateStatus.MEMBER and state.regional_group is not None:
        return str(REGIONAL_GROUPS[state.regional_group])
    return str(STATE_STATUSES[state.status])


def _fits(state: StateInfo, asked: str) -> bool:
    wanted = sorted_as(asked.strip())
    if not wanted or wanted in {state.alpha3.casefold(), (state.alpha2 or "").casefold()}:
        return True
    return any(wanted in sorted_as(name) for name in (*state.names.values(), state.formal_name_en))
