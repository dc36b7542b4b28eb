"""Who comes across a text: exactly those for whom it is meant, on every page, in every file, count, list and mail.

`kinds` says which texts there are, `world` in which cases they stand, `walking` how somebody looks for all of them at
once. A new kind of text is a function in `kinds` and a line in `world`.
"""

from __future__ import annotations

from typing import Final

import pytest
from flask import Flask

from tests.integration.audiences.walking import faults_of
from tests.integration.audiences.world import furnish
from tests.support.canaries import READS, alike_on
from tests.support.clock import StoppedClock

#: The two halves of the people take about as long as each other.
SIDES: Final = {
    "the Branch": ("intake_officer", "case_officer", "branch_chief", "programme_support", "manager", "auditor"),
    "everybody else": (
        "focal_point",
        "mission",
        "away_focal_point",
        "away_mission",
        "ctc_liaison",
        "ola_liaison",
        "administrator",
    ),
}


def test_everybody_is_on_one_side() -> None:
    assert sorted(name for people in SIDES.values() for name in people) == sorted(READS)


@pytest.mark.parametrize("side", SIDES)
def test_everybody_finds_exactly_what_is_meant_for_them(app: Flask, clock: StoppedClock, side: str) -> None:
    """On PostgreSQL one of each kind of reader: `ALIKE` says why."""
    world, alike = furnish(app, clock), alike_on(app)
    faults = [fault for name in SIDES[side] if name not in alike for fault in faults_of(app, world, name)]
    assert not faults, "\n".join(faults)
