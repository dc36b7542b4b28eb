"""The priority score: bounded by its weights, never lower for a stronger case, and exact where it was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessment.score import STATES_ALIKE, ScoreFacts, advice, score_of
from app.assessment.vocabulary import Priority, ScorePart
from app.reference.settings import PRIORITY_BANDS, PRIORITY_WEIGHTS

TODAY = date(2026, 11, 24)
P = ScorePart
WEIGHTS = PRIORITY_WEIGHTS.default
MAYBE = st.sampled_from([None, False, True])
weights = st.fixed_dictionaries({part.value: st.integers(-5, 100) for part in ScorePart})


@st.composite
def facts(draw: Any) -> ScoreFacts:
    instruments = draw(st.integers(0, 25))
    gaps = draw(st.integers(0, instruments))
    return ScoreFacts(
        today=TODAY,
        instruments=instruments,
        gaps=gaps,
        unknown=draw(st.integers(0, instruments - gaps)),
        trigger_on=draw(st.none() | st.dates(date(2025, 1, 1), date(2030, 1, 1))),
        cted=draw(MAYBE),
        groups=draw(st.sampled_from([(), ("ldc",), ("ldc", "sids"), ("lldc",)])),
        similar=draw(MAYBE),
        states_alike=draw(st.integers(0, 60)),
        ready={name: draw(MAYBE) for name in ("text", "host", "counterpart")},
    )


def points(one: ScoreFacts, part: ScorePart, by: Any = WEIGHTS) -> int:
    return next(found.points for found in score_of(one, by).parts if found.part is part)


@given(facts(), weights)
def test_every_part_stays_between_nothing_and_its_weight(one: ScoreFacts, by: dict[str, int]) -> None:
    score = score_of(one, by)
    assert [found.part for found in score.parts] == list(ScorePart)
    for found in score.parts:
        assert 0 <= found.points <= found.most == max(0, by[found.part.value])
    assert score.total <= score.most == sum(max(0, weight) for weight in by.values())


@given(facts(), st.data())
def test_a_stronger_case_never_gets_less(one: ScoreFacts, data: st.DataObject) -> None:
    more_gaps = replace(one, gaps=data.draw(st.integers(one.gaps, one.instruments)), unknown=0)
    assert points(more_gaps, P.TREATY_GAPS) >= points(one, P.TREATY_GAPS)
    if one.trigger_on is not None and one.trigger_on >= TODAY:
        ahead = (one.trigger_on - TODAY).days
        nearer = replace(one, trigger_on=TODAY + timedelta(days=data.draw(st.integers(0, ahead))))
        assert points(nearer, P.LEGISLATIVE_TRIGGER) >= points(one, P.LEGISLATIVE_TRIGGER)
    assert points(replace(one, cted=True), P.CTED_RECOMMENDATION) >= points(one, P.CTED_RECOMMENDATION)
    assert points(replace(one, groups=("sids",)), P.SPECIAL_SITUATION) >= points(one, P.SPECIAL_SITUATION)
    assert points(replace(one, similar=False), P.NO_SIMILAR_ASSISTANCE) >= points(one, P.NO_SIMILAR_ASSISTANCE)
    more_states = replace(one, states_alike=one.states_alike + data.draw(st.integers(0, 9)))
    assert points(more_states, P.REGIONAL_DEMAND) >= points(one, P.REGIONAL_DEMAND)
    name = data.draw(st.sampled_from(sorted(one.ready)))
    assert points(replace(one, ready={**one.ready, name: True}), P.READINESS) >= points(one, P.READINESS)


@given(facts(), st.sampled_from(ScorePart), st.integers(0, 50))
def test_a_greater_weight_never_gives_less(one: ScoreFacts, part: ScorePart, more: int) -> None:
    assert points(one, part, {**WEIGHTS, part.value: WEIGHTS[part.value] + more}) >= points(one, part)


TOLD = [
    (P.TREATY_GAPS, {"instruments": 19, "gaps": 19}, 25, "treaty_gaps"),
    (P.TREATY_GAPS, {"instruments": 19, "gaps": 4, "unknown": 15}, 5, "treaty_gaps_and_unknown"),
    (P.TREATY_GAPS, {"instruments": 0}, 0, "treaty_gaps"),
    (P.LEGISLATIVE_TRIGGER, {}, 0, "no_trigger"),
    (P.LEGISLATIVE_TRIGGER, {"trigger_on": TODAY}, 20, "trigger"),
    (P.LEGISLATIVE_TRIGGER, {"trigger_on": TODAY + timedelta(days=92)}, 20, "trigger"),
    (P.LEGISLATIVE_TRIGGER, {"trigger_on": TODAY + timedelta(days=93)}, 13, "trigger"),
    (P.LEGISLATIVE_TRIGGER, {"trigger_on": TODAY + timedelta(days=184)}, 7, "trigger"),
    (P.LEGISLATIVE_TRIGGER, {"trigger_on": TODAY + timedelta(days=367)}, 0, "trigger_far"),
    (P.LEGISLATIVE_TRIGGER, {"trigger_on": TODAY - timedelta(days=1)}, 0, "trigger_passed"),
    (P.CTED_RECOMMENDATION, {"cted": True}, 15, "cted"),
    (P.CTED_RECOMMENDATION, {"cted": None}, 0, "cted_open"),
    (P.SPECIAL_SITUATION, {"groups": ("ldc", "sids")}, 10, "special_situation"),
    (P.NO_SIMILAR_ASSISTANCE, {"similar": None}, 0, "similar_open"),
    (P.NO_SIMILAR_ASSISTANCE, {"similar": False}, 10, "no_similar"),
    (P.NO_SIMILAR_ASSISTANCE, {"similar": True}, 0, "similar"),
    (P.REGIONAL_DEMAND, {"states_alike": STATES_ALIKE - 1}, 0, "no_regional_demand"),
    (P.REGIONAL_DEMAND, {"states_alike": STATES_ALIKE}, 10, "regional_demand"),
    (P.READINESS, {"ready": {"text": True, "host": None, "counterpart": False}}, 3, "ready"),
    (P.READINESS, {"ready": {"text": True, "host": True, "counterpart": True}}, 10, "ready"),
    (P.READINESS, {}, 0, "not_ready"),
]


@pytest.mark.parametrize(("part", "known", "given_points", "code"), TOLD)
def test_points_and_reasons(part: ScorePart, known: dict[str, Any], given_points: int, code: str) -> None:
    found = next(one for one in score_of(ScoreFacts(TODAY, **known), WEIGHTS).parts if one.part is part)
    assert (found.points, found.code) == (given_points, code)


def test_the_total_advises_by_bands() -> None:
    bands = PRIORITY_BANDS.default
    assert [advice(total, bands) for total in (100, 60, 59, 30, 29, 0)] == [
        *[Priority.HIGH] * 2,
        *[Priority.MEDIUM] * 2,
        *[Priority.LOW] * 2,
    ]
