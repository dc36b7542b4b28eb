"""The priority score: seven parts computed from facts and weights (requests, Priority score); a person decides.

Pure: no database, no clock. Each part says why it gives what it gives, as a code with parameters that can be stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.assessment.vocabulary import Priority, ScorePart

#: A dated event gives all points when it is at most so many days ahead, two thirds, one third; none beyond.
NEAR, SOON, WITHIN_A_YEAR = 92, 183, 366
#: So many States of one region that ask alike show a need of the region.
STATES_ALIKE = 3


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """What the score is computed from.

    Attributes:
        today: the day of the computation.
        instruments: how many instruments there are.
        gaps: to how many of them the State is not a party; what is unknown is no gap.
        unknown: under how many its status is not known.
        trigger_on: the dated legislative event, such as the target date of the bill; None without one.
        cted: CTED recommends it; None while nobody said.
        groups: codes of those of LDC, LLDC and SIDS that the State is in.
        similar: the State had similar assistance in the last 24 months; None while that is not known.
        states_alike: how many States of the region, itself among them, asked for the same in the last 24 months.
        ready: what is named of text, host and counterpart; None for what nobody said.
    """

    today: date
    instruments: int = 0
    gaps: int = 0
    unknown: int = 0
    trigger_on: date | None = None
    cted: bool | None = None
    groups: tuple[str, ...] = ()
    similar: bool | None = None
    states_alike: int = 0
    ready: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Points:
    """One part of the score.

    Attributes:
        points: what it gives, from 0 to `most`.
        most: its weight.
        code: why, a key of the texts.
        params: numbers, dates (ISO 8601) and codes that the sentence names.
    """

    part: ScorePart
    points: int
    most: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Score:
    """All parts in their order."""

    parts: tuple[Points, ...]

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(one.points for one in self.parts)

    @property
    def most(self) -> int:
        """The sum of the weights."""
        return sum(one.most for one in self.parts)


def score_of(facts: ScoreFacts, weights: Mapping[str, int]) -> Score:
    """Return the score.

    Args:
        facts: what is known.
        weights: the most that each part gives, by the part's word; a part without weight gives nothing.
    """
    return Score(tuple(_parts(facts, {part: max(0, weights.get(part.value, 0)) for part in ScorePart})))


def advice(total: int, bands: Mapping[str, int]) -> Priority:
    """Return the priority that a total advises.

    Args:
        bands: from how many points on the priority is `high` and `medium`.
    """
    if total >= bands[Priority.HIGH.value]:
        return Priority.HIGH
    return Priority.MEDIUM if total >= bands[Priority.MEDIUM.value] else Priority.LOW


def _parts(facts: ScoreFacts, most: Mapping[ScorePart, int]) -> Iterator[Points]:
    yield _treaty_gaps(facts, most[ScorePart.TREATY_GAPS])
    yield _trigger(facts, most[ScorePart.LEGISLATIVE_TRIGGER])
    yield _all_or_nothing(
        ScorePart.CTED_RECOMMENDATION, most[ScorePart.CTED_RECOMMENDATION], facts.cted, ("cted", "no_cted", "cted_open")
    )
    groups = ScorePart.SPECIAL_SITUATION
    if facts.groups:
        yield Points(groups, most[groups], most[groups], "special_situation", {"groups": list(facts.groups)})
    else:
        yield Points(groups, 0, most[groups], "no_special_situation")
    without = None if facts.similar is None else not facts.similar
    codes = ("no_similar", "similar", "similar_open")
    yield _all_or_nothing(ScorePart.NO_SIMILAR_ASSISTANCE, most[ScorePart.NO_SIMILAR_ASSISTANCE], without, codes)
    alike = ScorePart.REGIONAL_DEMAND
    enough = facts.states_alike >= STATES_ALIKE
    yield Points(
        alike,
        most[alike] if enough else 0,
        most[alike],
        "regional_demand" if enough else "no_regional_demand",
        {"num": facts.states_alike},
    )
    yield _readiness(facts, most[ScorePart.READINESS])


def _treaty_gaps(facts: ScoreFacts, most: int) -> Points:
    points = _share(most, facts.gaps, facts.instruments)
    named = {"gaps": facts.gaps, "instruments": facts.instruments, "unknown": facts.unknown}
    code = "treaty_gaps_and_unknown" if facts.unknown else "treaty_gaps"
    return Points(ScorePart.TREATY_GAPS, points, most, code, named)


def _trigger(facts: ScoreFacts, most: int) -> Points:
    part = ScorePart.LEGISLATIVE_TRIGGER
    if facts.trigger_on is None:
        return Points(part, 0, most, "no_trigger")
    named = {"day": facts.trigger_on.isoformat()}
    days = (facts.trigger_on - facts.today).days
    if days < 0:
        return Points(part, 0, most, "trigger_passed", named)
    thirds = sum(days <= limit for limit in (NEAR, SOON, WITHIN_A_YEAR))
    return Points(part, _share(most, thirds, 3), most, "trigger" if thirds else "trigger_far", named)


def _readiness(facts: ScoreFacts, most: int) -> Points:
    named = [name for name, there in facts.ready.items() if there]
    points = _share(most, len(named), len(facts.ready))
    return Points(ScorePart.READINESS, points, most, "ready" if named else "not_ready", {"named": named})


def _all_or_nothing(part: ScorePart, most: int, answer: bool | None, codes: tuple[str, str, str]) -> Points:
    """Give everything for a yes; `codes` say why with a yes, a no, and while nobody said."""
    if answer is None:
        return Points(part, 0, most, codes[2])
    return Points(part, most if answer else 0, most, codes[0] if answer else codes[1])


def _share(most: int, of: int, whole: int) -> int:
    """Return `of` parts in `whole` of `most`, rounded half up; nothing of nothing."""
    return (2 * most * min(of, whole) + whole) // (2 * whole) if whole > 0 else 0
