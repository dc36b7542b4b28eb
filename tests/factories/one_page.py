"""What is typed on the one page for a tool or a course, complete for submission."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask

from app.requests.commands import AskOnOnePage
from app.requests.one_page.layout import Subject
from app.requests.one_page.saving import ask_on_one_page
from app.workflow.actor import Actor

WHO: Final[dict[str, Any]] = {
    "contact": {
        "name": "Ana Contact",
        "function": "Counsel",
        "institution": "وزارة العدل",
        "email": "ana@example.org",
        "language": "en",
    },
    "working_language": "en",
}
#: By the name of the input, as a browser sends it.
TYPED: Final[dict[str, dict[str, Any]]] = {
    "tool": {
        "tool": "دليل تشريعي – Legislative guide – 立法指南",
        "language": "ar",
        "copies": "٢٥",
        "problem": "For judges.\r\nWhy now: the law of 2026.",
        "beneficiary": "المحكمة العليا",
        "kind": "courts",
        "confirmed": "y",
        "ctc": "yes",
    },
    "course": {
        "topics": ["evidence", "fair_trial"],
        "profession": "judges",
        "number": "12",
        "level": "basic",
        "problem": "New judges begin in May.",
        "beneficiary": "Supreme Court",
        "kind": "courts",
        "confirmed": "y",
        "ctc": "yes",
    },
}


def one_page_draft(app: Flask, actor: Actor, subject: Subject = Subject.TOOL) -> str:
    """Keep a complete draft of the one page for later; returns its key."""
    entered = {**TYPED[subject.value], "confirmed": True, "ctc": True}
    if subject is Subject.TOOL:
        entered["copies"] = 25
    else:
        entered["number"] = 12
    command = AskOnOnePage(
        key=None, version=0, subject=subject, known={"who": WHO}, title="Guide – دليل", inputs=entered, send=None
    )
    with app.app_context():
        return ask_on_one_page(actor, command).key
