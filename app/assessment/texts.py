"""Words of assessments and of the priority score."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from app.assessment.score import Points
from app.assessment.vocabulary import Finding, NeedFinding, Part, Priority, RiskLevel, ScorePart
from app.casework.texts import ASSESSMENT_PART_TEXTS
from app.foundation.formatting import date_text, listed, number
from app.foundation.texts import register_texts, text
from app.workflow.vocabulary import AssessmentPart

PARTS: dict[Part, LazyString] = {
    **{Part(part.value): ASSESSMENT_PART_TEXTS[part] for part in AssessmentPart},
    Part.RISKS: _l("Risks"),
}
#: What a part is about, in one line.
PART_HINTS: dict[Part, LazyString] = {
    Part.NEED: _l("Whether you see the need that the State describes"),
    Part.EARLIER_ASSISTANCE: _l("What the State had before, from us and from others"),
    Part.RIGHTS_REVIEW: _l("Your findings on the questions that the State answered"),
    Part.CRIME_LINKS: _l("Paragraph 9 of the resolution"),
    Part.JUSTICE_MARKERS: _l("Paragraph 8 of the resolution"),
    Part.RISKS: _l("What could go wrong; not needed for the consultation"),
    Part.COST_ESTIMATE: _l("What the assistance would cost"),
    Part.PRIORITY: _l("The score advises, you decide"),
}
FINDINGS: dict[Finding, LazyString] = {
    Finding.NO_CONCERN: _l("No concern"),
    Finding.CONCERN: _l("Concern"),
    Finding.NOT_APPLICABLE: _l("Does not apply"),
}
NEED_FINDINGS: dict[NeedFinding, LazyString] = {
    NeedFinding.CONFIRMED: _l("Yes"),
    NeedFinding.IN_PART: _l("In part"),
    NeedFinding.NOT_SEEN: _l("No"),
}
RISK_LEVELS: dict[RiskLevel, LazyString] = {
    RiskLevel.LOW: _l("Low"),
    RiskLevel.MEDIUM: _l("Medium"),
    RiskLevel.HIGH: _l("High"),
}
PRIORITIES: dict[Priority, LazyString] = {
    Priority.HIGH: _l("High priority"),
    Priority.MEDIUM: _l("Medium priority"),
    Priority.LOW: _l("Low priority"),
}
SCORE_PARTS: dict[ScorePart, LazyString] = {
    ScorePart.TREATY_GAPS: _l("Treaty gaps"),
    ScorePart.LEGISLATIVE_TRIGGER: _l("Dated event in legislation"),
    ScorePart.CTED_RECOMMENDATION: _l("Recommended by CTED"),
    ScorePart.SPECIAL_SITUATION: _l("LDC, LLDC or SIDS"),
    ScorePart.NO_SIMILAR_ASSISTANCE: _l("No similar assistance in 24 months"),
    ScorePart.REGIONAL_DEMAND: _l("Asked for in the region"),
    ScorePart.READINESS: _l("Readiness"),
}
GROUPS: dict[str, LazyString] = {
    "ldc": _l("Least developed country"),
    "lldc": _l("Landlocked developing country"),
    "sids": _l("Small island developing State"),
}
READY: dict[str, LazyString] = {"text": _l("text"), "host": _l("host"), "counterpart": _l("counterpart")}
#: The rights question of a request that gives one confirmation.
CONFIRMATION = _l("The State confirmed that what it asks for is used in conformity with human rights law")

_WHY: dict[str, LazyString] = {
    "score.treaty_gaps": _l("Not a party to %(gaps)s of %(instruments)s instruments"),
    "score.treaty_gaps_and_unknown": _l(
        "Not a party to %(gaps)s of %(instruments)s instruments; its status under %(unknown)s is not known and counts "
        "for nothing"
    ),
    "score.no_trigger": _l("The request names no dated event"),
    "score.trigger_passed": _l("The dated event, %(day)s, has passed"),
    "score.trigger": _l("Dated event on %(day)s"),
    "score.trigger_far": _l("The dated event, %(day)s, is more than a year ahead"),
    "score.cted": _l("CTED recommends it"),
    "score.no_cted": _l("CTED does not recommend it"),
    "score.cted_open": _l("Not answered yet"),
    "score.special_situation": _l("It is one: %(groups)s"),
    "score.no_special_situation": _l("None of these"),
    "score.no_similar": _l("None found"),
    "score.similar": _l("The State had similar assistance"),
    "score.similar_open": _l("Not answered yet"),
    "score.ready": _l("Named: %(named)s"),
    "score.not_ready": _l("Neither text nor host nor counterpart is named"),
}
register_texts(_WHY)
register_texts(
    {
        "choose_finding": _l("Say whether you see the need"),
        "write_need": _l("Write what is needed"),
        "choose_similar": _l("Say whether the State had similar assistance"),
        "say_what_was_similar": _l("Say what it was and what came of it"),
        "record_says_otherwise": _l(
            "Similar assistance of the last 24 months is on record. Say in the remark why it does not count"
        ),
        "choose_rights_finding": _l("Choose your finding"),
        "concern_needs_remark": _l("Say in the remark what the concern is"),
        "choose_crime_links": _l("Choose the links to other crime, or that there is none"),
        "choose_justice_markers": _l("Choose what is strengthened, or that nothing is"),
        "choose_risk": _l("Choose how high the risk is"),
        "write_risks": _l("Write what could go wrong"),
        "enter_cost": _l("Enter an amount"),
        "write_basis": _l("Say how you estimated it"),
        "choose_yes_or_no": _l("Choose yes or no"),
        "choose_priority": _l("Choose a priority"),
        "departure_needs_reason": _l("The priority departs from what the score advises: say why, in the part Priority"),
        "done.assessment_reopened": _l("Assessment taken up again"),
    }
)


def why(points: Points) -> str:
    """Return why a part of the score gives what it gives, in the reader's language."""
    if points.code in ("regional_demand", "no_regional_demand"):
        num = int(points.params["num"])
        return str(
            ngettext(
                "%(num)s State of the region asked for the same in the last 24 months",
                "%(num)s States of the region asked for the same in the last 24 months",
                num,
            )
        )
    return text(f"score.{points.code}", {name: _shown(name, value) for name, value in points.params.items()})


def _shown(name: str, value: Any) -> str:
    words: Mapping[str, Mapping[str, LazyString]] = {"groups": GROUPS, "named": READY}
    if name in words:
        return listed(words[name][code] for code in value)
    if name == "day":
        return date_text(date.fromisoformat(value))
    return number(value)
