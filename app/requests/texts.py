"""Sentences of this slice."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts

register_texts(
    {
        "answers_checked": _l("Tick the box to say that you checked the answers"),
        "question_unanswered": _l("Answer the question, or say why you cannot answer it"),
        "answered_twice": _l("Either answer the question or say why you cannot answer it; empty one of the two fields"),
        "correction_wrong": _l("This change cannot be taken as it is: %(why)s"),
    }
)
