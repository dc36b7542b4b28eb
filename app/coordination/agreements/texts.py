"""Words of agreements."""

from flask_babel import lazy_gettext as _l

from app.coordination.agreements.queries import Standing
from app.foundation.texts import register_texts
from app.reference.vocabulary import AgreementKind

KINDS = {
    AgreementKind.SILENCE_RULE: _l("Silence rule"),
    AgreementKind.STANDING_NO_OBJECTION: _l("Standing no-objection"),
}
MEANINGS = {
    AgreementKind.SILENCE_RULE: _l(
        "CTC/CTED agrees in writing that it is deemed to have no objection when it does not answer in time. "
        "In force until it is revoked."
    ),
    AgreementKind.STANDING_NO_OBJECTION: _l(
        "CTC/CTED has no objection to a class of requests, which then go the fast lane. In force for twelve months."
    ),
}
STANDINGS = {
    Standing.IN_FORCE: (_l("In force"), "success"),
    Standing.TO_COME: (_l("Not yet in force"), "info"),
    Standing.ENDED: (_l("Run out"), "neutral"),
    Standing.REVOKED: (_l("Revoked"), "warn"),
}

register_texts(
    {
        "agreement.from_past": _l("Choose today or a later day: what ran before is not changed by an agreement"),
        "agreement.letter_to_come": _l("This day lies in the future. Check the date of the letter"),
        "agreement.types_needed": _l("Choose at least one class of requests"),
        "agreement.withheld": _l("The virus scanner found something in the file. Ask for another copy of the letter"),
        "agreement.silence_agreed_already": _l(
            "The silence rule is agreed already. Revoke that agreement first if another letter takes its place"
        ),
    }
)
