"""What a State writes into a request, complete for submission; a new copy at each call."""

from __future__ import annotations

from typing import Any

from app.workflow.vocabulary import AssistanceType

TYPE = AssistanceType.LEGISLATIVE_DRAFTING


def answers(title: str = "Review of the law on mutual legal assistance") -> dict[str, dict[str, Any]]:
    """The four tasks of a request, as they are stored."""
    return {
        "who": {
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
        },
        "need": {
            "title": title,
            "types": [TYPE.value],
            "problem": "The law of 1987 knows no video hearing, and requests stay unanswered for a year.",
            "urgency": "routine",
            "urgency_trigger": "",
            "urgency_date": None,
            "cted_recommendation": "",
        },
        "rights": {f"q{number}": {"answer": "yes", "remark": ""} for number in range(1, 7)},
        "consents": {"ctc": True, "partners": "none", "partners_listed": "", "public_summary": False},
    }
