"""Figures as a page shows them: cards with bars, each number a link to the records behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.texts.states import STATE
from app.dashboards.frame import Frame
from app.dashboards.measures import MEASURES
from app.dashboards.measures.base import ALL, Tallies, Tally, total
from app.dashboards.measures.money import BY_DONOR
from app.dashboards.sql import BETWEEN
from app.dashboards.texts import FIGURES
from app.foundation.formatting import money, number
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name
from app.workflow.vocabulary import State


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a card.

    Attributes:
        value: as the file holds it; `shown` as the page does.
        note: beside the number, such as a share.
        share: length of the bar, 0 to 100; None without one.
        late: the bar marks what missed a target.
        names: the label is a name, to be isolated.
    """

    label: str
    value: float | int
    shown: str
    url: str | None = None
    note: str = ""
    share: float | None = None
    late: bool = False
    names: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with its parts.

    Attributes:
        code: of the measure behind it.
        headline: the one number, with its link and a note; None where the parts say all.
        groups: States by regional group, as tiles.
        empty: what to say when there are no parts.
    """

    code: str
    title: str
    definition: str
    target: str
    indicator: int | None
    headline: Bar | None = None
    bars: Sequence[Bar] = field(default_factory=list)
    groups: Sequence[Any] = ()
    empty: str = ""

    @property
    def id(self) -> str:
        """Return the id of the card's heading."""
        return f"card-{self.code}"


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the cards of one page.

    Attributes:
        tallies: the figures by code and part.
        people: names of officers by id.
    """

    session: Session
    frame: Frame
    tallies: Mapping[str, Tallies]
    people: Mapping[str, str] = field(default_factory=dict)

    def url(self, code: str, part: str = ALL) -> str:
        """Return where the records behind a number are listed."""
        return url_for("dashboards.records", code=code, **self.frame.asked.address(part=part))

    def label(self, code: str, part: str) -> str:
        """Return the words for a part."""
        return part_label(self.session, code, part, self.people)

    def bar(self, code: str, part: str, tally: Tally, most: int, *, whole: int = 0, late: bool = False) -> Bar:
        """Return one row; `whole` adds the share of it in per cent, `most` is as long as the bar can be."""
        value = figure(code, tally)
        shown = amount(value, part) if code in BY_DONOR or code == "unfunded" else number(value)
        note = percent(value, whole) if whole else ""
        share = max(100 * value / most, 0) if most > 0 else 0
        named = not FIGURES[code].parts
        return Bar(self.label(code, part), value, shown, self.url(code, part), note, share, late, named)

    def bars(
        self,
        code: str,
        *,
        whole: bool = False,
        late: Iterable[str] = (),
        most: int | None = None,
        all_parts: bool = False,
    ) -> list[Bar]:
        """Return a row for each part, in the order of its words, else the greatest first.

        Args:
            whole: adds shares of the total.
            late: parts whose bars mark a missed target.
            most: rows at most.
            all_parts: also those without a record.
        """
        parts = self.tallies[code]
        order = list(FIGURES[code].parts)
        known = [one for one in order if all_parts or one in parts]
        rest = sorted((one for one in parts if one not in order), key=lambda one: (-figure(code, parts[one]), one))
        longest = max((figure(code, one) for one in parts.values()), default=0)
        together = figure(code, total(parts)) if whole else 0
        shown = [*known, *rest][:most]
        return [
            self.bar(code, one, parts.get(one, Tally()), longest, whole=together, late=one in set(late))
            for one in shown
        ]

    def card(self, code: str, bars: Sequence[Bar] = (), headline: Bar | None = None) -> Card:
        """Return a card in the words of its figure."""
        words = FIGURES[code]
        return Card(
            code=code,
            title=str(words.title),
            definition=str(words.definition),
            target=str(words.target) if words.target else "",
            indicator=MEASURES[code].indicator,
            headline=headline,
            bars=bars,
            empty=str(_("Nothing in this period.")),
        )

    def count(self, code: str, label: str | None = None) -> Bar:
        """Return the total of a figure as a headline; of States each counts once."""
        parts = self.tallies[code]
        value = figure(code, total(parts))
        return Bar(label or str(FIGURES[code].title), value, number(value), self.url(code))

    def share(self, code: str, good: str, of: Sequence[str]) -> Bar:
        """Return the share of `good` among the parts `of` as a headline that leads to those that it counts."""
        parts = self.tallies[code]
        whole = sum(parts.get(one, Tally()).number for one in of)
        value = parts.get(good, Tally()).number
        note = str(_("%(num)s of %(total)s", num=number(value), total=number(whole)))
        return Bar(self.label(code, good), value, percent(value, whole) or "–", self.url(code, good), note)


def figure(code: str, tally: Tally) -> int:
    """Return the number that a figure shows of a part."""
    return tally.amount if MEASURES[code].summed else tally.number


def amount(minor: int, part: str) -> str:
    """Return an amount of money of a part whose last piece is its currency."""
    return money(minor, part.rpartition(BETWEEN)[2])


def percent(value: float, whole: float) -> str:
    """Return a share in per cent; nothing of nothing."""
    if not whole:
        return ""
    return str(_("%(share)s %%", share=number(round(100 * value / whole, 1))))


def part_label(session: Session, code: str, part: str, people: Mapping[str, str]) -> str:
    """Return the words for a part: of the figure's list, the name of a State or of a person, else the part itself."""
    words = FIGURES[code].parts
    if part in words:
        found = words[part]
        return " – ".join(map(str, found)) if isinstance(found, tuple) else str(found)
    if code in NAMERS:
        return NAMERS[code](session, part, people)
    return part


def _state(session: Session, part: str, people: Mapping[str, str]) -> str:
    del people
    if not part:
        return str(_("Not noted"))
    try:
        return state_name(state_by_id(session, int(part)), current_locale())
    except (ValueError, KeyError):
        return part


def _person(session: Session, part: str, people: Mapping[str, str]) -> str:
    del session
    return people.get(part) or str(_("Nobody yet"))


def _reason(session: Session, part: str, people: Mapping[str, str]) -> str:
    del session, people
    state = STATE[State(part.partition(BETWEEN)[0])]
    return str(_("%(state)s – no reason code on record", state=state))


def _days(session: Session, part: str, people: Mapping[str, str]) -> str:
    del session, people
    return str(_("%(days)s working days", days=part))


def _donor(session: Session, part: str, people: Mapping[str, str]) -> str:
    del session, people
    donor, year, _currency = part.rsplit(BETWEEN, 2)
    return f"{donor}, {year}"


#: Words for parts that are States, people or working days.
NAMERS: dict[str, Callable[[Session, str, Mapping[str, str]], str]] = {
    "reasons": _reason,
    "requesting": _state,
    "assisted": _state,
    "people-state": _state,
    "workload": _person,
    "overdue": _person,
    "covered": _person,
    "decided": _days,
    "decided-with-pauses": _days,
    "consultation-days": _days,
    **dict.fromkeys(BY_DONOR, _donor),
}


def spread(maker: Maker, code: str) -> Sequence[tuple[int, int]]:
    """Return how many records have which number of working days."""
    return [(int(part), tally.number) for part, tally in maker.tallies[code].items()]
