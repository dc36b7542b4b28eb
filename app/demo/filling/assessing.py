"""What an officer finds in a filled case, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from app.assessment.answers import questions_of
from app.assessment.vocabulary import Part, Priority, RightsQuestion
from app.demo.filling.contents import phrases


def answers_of(part: Part, chance: Random, cost: int, priority: Priority) -> dict[str, Any]:
    """Return complete answers of a part; those of the six questions are rows of their own.

    Args:
        part: of the assessment.
        chance: where the words are drawn from.
        cost: in US cents.
        priority: what the score advises.
    """
    words = phrases()["findings"]
    found: dict[Part, dict[str, Any]] = {
        Part.NEED: {"finding": "confirmed", "text": chance.choice(words)},
        Part.EARLIER_ASSISTANCE: {"similar": True, "remark": chance.choice(words)},
        Part.RIGHTS_REVIEW: {"safeguards": ""},
        Part.CRIME_LINKS: {"chosen": ["organized_crime"], "remark": ""},
        Part.JUSTICE_MARKERS: {"chosen": ["prosecution"], "remark": ""},
        Part.RISKS: {"level": "low", "text": chance.choice(words), "measures": ""},
        Part.COST_ESTIMATE: {"value": {"minor": cost, "currency": "USD"}, "basis": chance.choice(words)},
        Part.PRIORITY: {
            "cted": True,
            "text_ready": True,
            "host_named": True,
            "counterpart_named": True,
            "priority": priority.value,
            "reason": "",
        },
    }
    return found[part]


def findings_of(part: Part, *, light: bool) -> Sequence[RightsQuestion]:
    """Return the questions of the rights review to which a finding belongs; none for the other parts."""
    return questions_of(confirms=light) if part is Part.RIGHTS_REVIEW else ()
