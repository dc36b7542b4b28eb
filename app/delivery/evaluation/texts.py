"""Words of confirmation, evaluation and closure."""

from flask_babel import lazy_gettext as _l

from app.foundation.texts import register_texts

#: The five questions (requests, "The five evaluation questions").
QUESTION_TEXTS = {
    "relevance": _l("Relevance to the need"),
    "quality": _l("Quality of what was delivered"),
    "timeliness": _l("Timeliness"),
    "use": _l("Use for the next step"),
    "cooperation": _l("Cooperation with the Terrorism Prevention Branch"),
}
GRADE_TEXTS = {
    1: _l("1, very poor"),
    2: _l("2, poor"),
    3: _l("3, fair"),
    4: _l("4, good"),
    5: _l("5, very good"),
}

register_texts({"evaluation.grade_needed": _l("Choose a grade from 1 to 5")})
