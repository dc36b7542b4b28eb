"""What invented donors give: pledges, receipts, a budget line, an offer that is not received yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.demo.acts.giving import Giving, record_giving, say_thanks, write_line
from app.demo.director import Story
from app.demo.stage import Stage
from app.funding.vocabulary import LineKind, SourceKind
from app.reference.vocabulary import RegionalGroup
from app.workflow.vocabulary import AssistanceType

DOLLARS = 100
#: A pledge that is reduced later, when some of it is allocated already (see `concluded.approved_in_part`).
PACIFIC: Final = Giving(
    "Contribution to extradition and mutual legal assistance",
    "Principality of Corvaine",
    more={"regions": [RegionalGroup.ASIA_PACIFIC]},
)
JUDGES: Final = Giving(
    "Contribution to the training of judges and prosecutors",
    "Kingdom of Aurelund",
    more={"types": [AssistanceType.JUDICIAL_TRAINING, AssistanceType.PROSECUTORIAL_TRAINING]},
)
_BUDGET: Final = Giving(
    "Regular budget, travel of staff",
    "United Nations",
    kind=SourceKind.EXISTING_REGULAR_BUDGET,
    more={"budget_line": "Section 16, programme 13", "support_percent": 0},
)
_EUROS: Final = Giving("Contribution in euros", "Republic of Narvesta", currency="EUR")
_HALL: Final = Giving(
    "Conference hall with interpretation, offered by a host",
    "Republic of Velquesa",
    kind=SourceKind.IN_KIND,
    more={"from_host": True},
)


def donors(stage: Stage) -> Story:
    """Programme support records what comes in over a year; two donors are thanked."""
    yield stage.on("support2", 240, 10)
    record_giving(stage, JUDGES, LineKind.PLEDGE, 180_000 * DOLLARS)
    yield stage.on("support2", 200, 10)
    write_line(stage, JUDGES.title, LineKind.RECEIPT, 90_000 * DOLLARS, "First of two instalments")
    say_thanks(stage, JUDGES.title)
    yield stage.on("support2", 160, 10)
    budget = replace(_BUDGET, more={**_BUDGET.more, "year": stage.today.year})
    record_giving(stage, budget, LineKind.RECEIPT, 40_000 * DOLLARS)
    yield stage.on("support2", 120, 10)
    record_giving(stage, _EUROS, LineKind.RECEIPT, 25_000 * DOLLARS)
    say_thanks(stage, _EUROS.title)
    yield stage.on("support2", 100, 10)
    record_giving(stage, PACIFIC, LineKind.PLEDGE, 24_000 * DOLLARS)
    yield stage.on("support2", 20, 10)
    record_giving(stage, _HALL, LineKind.PLEDGE, 6_500 * DOLLARS)
