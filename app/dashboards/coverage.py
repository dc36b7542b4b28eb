"""Which States asked and which were assisted, as tiles by regional group: the 193, and invented States apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.dashboards.asking import Asked, Origin
from app.dashboards.cards import Card, Maker
from app.dashboards.frame import Frame
from app.dashboards.measures import MEASURES
from app.dashboards.measures.base import Tallies, tally
from app.foundation.i18n import current_locale
from app.reference.states import StateInfo, all_states, by_name, member_states, state_name
from app.reference.texts import REGIONAL_GROUPS

#: How far a State is covered; the key is the class of its tile.
LEVELS: Final = {"l0": _l("No request"), "l1": _l("Asked"), "l2": _l("Assisted")}


@dataclass(frozen=True, slots=True)
class Tile:
    """One State."""

    code: str
    name: str
    level: str
    url: str

    @property
    def words(self) -> str:
        """Return how far it is covered; nothing for a State that did not ask."""
        return "" if self.level == "l0" else str(LEVELS[self.level])


@dataclass(frozen=True, slots=True)
class Group:
    """The States of one regional group.

    Attributes:
        asked, assisted: how many of them, each with the address of the list.
    """

    name: str
    tiles: Sequence[Tile]
    asked: tuple[int, str]
    assisted: tuple[int, str]


def of_both(session: Session, frame: Frame, codes: Sequence[str]) -> Mapping[str, Tallies]:
    """Count the figures `codes` of the States asked for and, where invented States are shown, of the other kind too."""
    measures = [MEASURES[code] for code in codes]
    found: dict[str, Tallies] = {**tally(session, frame, measures)}
    for origin in _shown():
        if origin is not frame.asked.origin:
            other = tally(session, _frame_of(frame, origin), measures)
            found |= {f"{origin.value}/{code}": parts for code, parts in other.items()}
    return found


def _other(tallies: Mapping[str, Tallies], origin: Origin) -> dict[str, Tallies]:
    return {code: tallies.get(f"{origin.value}/{code}", {}) for code in ("requesting", "assisted")}


def _shown() -> list[Origin]:
    demo = bool(current_app.extensions["settings"].demo_data)
    return [one for one in Origin if demo or one is Origin.REAL]


def _frame_of(frame: Frame, origin: Origin) -> Frame:
    return replace(frame, asked=frame.asked.model_copy(update={"origin": origin}))


def coverage(maker: Maker) -> Sequence[Card]:
    """Return a card of the 193 and, where they are shown at all, one of the invented States."""
    asked = maker.frame.asked
    found: list[Card] = []
    for origin in _shown():
        frame = _frame_of(maker.frame, origin)
        figures = maker.tallies if origin is asked.origin else _other(maker.tallies, origin)
        groups = list(_groups(maker, frame.asked, figures))
        title = _("The 193 Member States") if origin is Origin.REAL else _("Invented States of the demo")
        definition = _("States that asked in the period, and States in which or for which an activity was held in it.")
        found.append(
            Card(
                f"coverage-{origin.value}",
                str(title),
                str(definition),
                "",
                12,
                groups=groups,
                empty=str(_("No State fits the filters.")),
            )
        )
    return found


def _groups(maker: Maker, asked: Asked, figures: Any) -> Iterator[Group]:
    states: Sequence[StateInfo] = member_states(maker.session)
    if asked.origin is Origin.DEMO:
        states = [one for one in all_states(maker.session, include_demo=True) if one.is_demo]
    for group, words in (*REGIONAL_GROUPS.items(), (None, _("Without a group"))):
        inside = [one for one in states if one.regional_group == group]
        if inside and asked.group in (None, group):
            yield _group(asked, figures, str(words), group, by_name(inside, current_locale()))


def _group(asked: Asked, figures: Mapping[str, Tallies], words: str, group: Any, states: Sequence[StateInfo]) -> Group:
    tiles, numbers = [], dict.fromkeys(("requesting", "assisted"), 0)
    for state in states:
        has = {code: str(state.id) in figures[code] for code in numbers}
        for code in numbers:
            numbers[code] += has[code]
        level = "l2" if has["assisted"] else "l1" if has["requesting"] else "l0"
        address = asked.model_copy(update={"member_state": state.alpha3}).address(part="all")
        url = url_for("dashboards.records", code="received", **address)
        tiles.append(Tile(state.alpha3, state_name(state, current_locale()), level, url))
    of_group = asked.model_copy(update={"group": group})
    links = {code: url_for("dashboards.records", code=code, **of_group.address(part="all")) for code in numbers}
    return Group(words, tiles, (numbers["requesting"], links["requesting"]), (numbers["assisted"], links["assisted"]))
