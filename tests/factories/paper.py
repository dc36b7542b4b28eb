"""Requests that came on paper, registered as intake does it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any, Final

from flask import Flask

from app.triage.paper.commands import RegisterPaper, today
from app.triage.paper.services import register_paper
from app.workflow.actor import Actor
from tests.factories.documents import stored_file
from tests.factories.people import HOME
from tests.support import files

TITLE: Final = "Training of judges on mutual legal assistance"
GIST: Final = "The Ministry asks for the training of twelve judges."


def register(app: Flask, actor: Actor, *, state: str = HOME, ago: int = 5, **changes: Any) -> str:
    """Register a request that was received `ago` days before today; returns its key."""
    given: dict[str, Any] = {
        "state": state,
        "channel": "note_verbale",
        "note_number": "NV/2026/118",
        "note_date": today() - timedelta(days=ago + 2),
        "received_on": today() - timedelta(days=ago),
        "scan": stored_file(app, "note.pdf"),
        "answers": {"need": {"title": TITLE, "types": ["judicial_training"]}, "who": {"working_language": "fr"}},
    }
    with app.app_context():
        return register_paper(actor, RegisterPaper(**(given | changes))).key


def filled_in(note_date: date, received_on: date, **changes: Any) -> dict[str, Any]:
    """The form as an officer fills it in, with a fresh file each time."""
    dates = {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in (("note_date", note_date), ("received_on", received_on))
        for part in ("day", "month", "year")
    }
    values = {
        "state": HOME,
        "channel": "note_verbale",
        "note_number": "رقم ١١٨ / 2026",
        "scan": (io.BytesIO(files.GOOD["pdf"]), "note verbale.pdf"),
        "who-contact-name": "أمل ناصر",
        "who-contact-email": "amal.nasser@example.org",
        "who-contact-language": "ar",
        "who-working_language": "ar",
        "who-beneficiaries-0-name": "المحكمة العليا",
        "who-beneficiaries-0-kind": "courts",
        "need-title": "تدريب القضاة على التعاون القضائي",
        "need-types": "judicial_training",
        "need-problem": "القضاة الجدد لا يعرفون القانون.\r\n新法官不了解法律。",
        "need-urgency": "routine",
        "gist": GIST,
        "ctc": "yes",
    }
    return {**values, **dates, **changes}
