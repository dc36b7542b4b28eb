"""What a State writes into a request, complete for every moment; a new copy at each call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.casework.content.checking import LIGHT_TYPES
from app.casework.content.details import sections_of
from app.casework.content.instruments import NORMATIVE
from app.workflow.vocabulary import AssistanceType

TYPE = AssistanceType.LEGISLATIVE_DRAFTING
#: A text as the documents package names it in the content.
TEXT = {"key": "0123456789AB", "name": "Draft law.docx", "language": "en", "sha256": "ab" * 32}


def answers(
    title: str = "Review of the law on mutual legal assistance", types: Iterable[AssistanceType] = (TYPE,)
) -> dict[str, dict[str, Any]]:
    """The seven tasks of a request for `types`, as they are stored: complete for submission, `consult` and the plan."""
    wanted = frozenset(types)
    return {
        "who": _who(),
        "need": {
            "title": title,
            "types": sorted(one.value for one in wanted),
            "problem": "The law of 1987 knows no video hearing, and requests stay unanswered for a year.",
            "urgency": "routine",
            "urgency_trigger": "",
            "urgency_date": None,
            "cted_recommendation": "",
            **({"parent": "TPB-2026-0001"} if AssistanceType.FOLLOW_UP in wanted else {}),
        },
        "instruments": _instruments(wanted),
        "details": {name: _SECTIONS[name]() for name in sections_of(wanted)},
        "results": _results(),
        "rights": {"confirmed": True} if wanted <= LIGHT_TYPES else _rights(),
        "consents": {"ctc": True, "partners": "none", "partners_listed": "", "public_summary": False},
    }


def _who() -> dict[str, Any]:
    return {
        "contact": {
            "name": "Ines Marlow",
            "function": "Head of unit",
            "institution": "Ministry of Justice",
            "email": "ines.marlow@example.org",
            "telephone": "",
            "language": "en",
        },
        "beneficiaries": [{"name": "Supreme Court", "kind": "courts"}],
        "working_language": "en",
    }


def _rights() -> dict[str, Any]:
    return {f"q{number}": {"answer": "yes", "remark": ""} for number in range(1, 7)}


def _instruments(types: frozenset[AssistanceType]) -> dict[str, Any]:
    resolutions = {"resolutions": ["1373"]}
    if not types & NORMATIVE:
        return resolutions
    return {
        "list": ["FINANCING_1999", "SUA_1988"],
        "said": [{"instrument": "SUA_1988", "party": "no"}],
        "nuclear_party": False,
        "nuclear_wanted": "later",
        **resolutions,
    }


def _results() -> dict[str, Any]:
    return {
        "expected": [
            {
                "result": "A law that covers video hearings",
                "indicator": "Published in the official gazette",
                "baseline": "No provision",
                "target": "One law",
                "by": "2027-06-30",
            }
        ],
        "previous": [],
        "previous_none": True,
        "crime_links": ["money_laundering"],
        "justice_markers": ["courts", "prosecution"],
        "window": {"start": "2027-01-11", "end": "2027-03-26"},
        "modality": "on_site",
        "place": {"city": "Nairobi", "country": "KEN", "venue": "Judicial training institute"},
        "host_contribution": [
            {"kind": "venue", "what": "Lecture hall", "value": {"minor": 250_000, "currency": "USD"}},
            {"kind": "staff", "what": "", "value": None},
        ],
    }


_SECTIONS: dict[str, Any] = {
    "ratification": lambda: {"stage": "parliament", "obstacle": "Few sittings", "reservation": "no"},
    "drafting": lambda: {"texts": [dict(TEXT)], "bill_date": "2027-05-03"},
    "training": lambda: {
        "professions": [{"profession": "judges", "number": 40, "level": "advanced"}],
        "topics": ["evidence", "fair_trial"],
    },
    "cooperation": lambda: {
        "authority": "Office of the Attorney General",
        "partners": ["FJI"],
        "difficulties": "Answers take a year.",
    },
    "workshop": lambda: {"participating_states": ["FJI", "TON"]},
    "visit": lambda: {"report": "S/2005/800, paragraph 12"},
    "tools": lambda: {"items": [{"tool": "Legislative guide", "language": "fr", "copies": 20}]},
}
