"""Words of links: why one is not good any more, and what to do instead."""

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts

REASONS = {
    "unknown": _l("This link is not one of ours, or a part of it is missing. Open it once more from the mail."),
    "revoked": _l("The Branch took this link back."),
    "answered": _l("An answer was given through this link. It is good for one answer."),
    "closed": _l("No answer is waited for any more: the consultation is closed."),
    "expired": _l("This link has expired."),
    "not_shared": _l("The State does not share this request any more."),
}

register_texts({f"link.{code}": words for code, words in REASONS.items()})
register_texts({"link.name_needed": _l("Enter your name and function")})
