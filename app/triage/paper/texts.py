"""Sentences of this part."""

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts

register_texts(
    {
        "day_to_come": _l("This day lies in the future. Check the date"),
        "received_before_written": _l("A document cannot be received before the day on which it was written"),
        "gist_needed": _l("Say in English what the document says: it is in none of the languages of the list"),
        "note_known": _l("This State has a request with the same number. Tick the box if this is another one"),
    }
)
