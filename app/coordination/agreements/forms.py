"""Forms of agreements: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField

from app.casework.texts import TYPE_TEXTS
from app.coordination.agreements.texts import KINDS, MEANINGS
from app.documents.fields import UploadField, UploadForm
from app.foundation.fields import DateThree, choice
from app.foundation.forms import CommandForm
from app.reference.agreements import STANDING_TYPES

_TYPES = [choice(kind.value, TYPE_TEXTS[kind]) for kind in sorted(STANDING_TYPES)]
_FIRST_DAY = _l("In New York. Today means from now on.")


class AgreementForm(UploadForm):
    """An agreement as a letter says it."""

    kind = RadioField(
        _l("What CTC/CTED agreed to"),
        choices=[choice(kind.value, words, MEANINGS[kind]) for kind, words in KINDS.items()],
        validate_choice=False,
    )
    types = SelectMultipleField(
        _l("Classes of requests"),
        description=_l("Only for a standing no-objection."),
        choices=_TYPES,
        validate_choice=False,
    )
    letter_reference = StringField(_l("Reference of the letter"), description=_l("As it stands there."))
    letter_date = DateThree(_l("Date of the letter"))
    original = UploadField(_l("Scan of the letter"))
    valid_from = DateThree(_l("In force from"), description=_FIRST_DAY)


class StandingForm(CommandForm):
    """A standing no-objection that a liaison gives."""

    types = SelectMultipleField(_l("Classes of requests"), choices=_TYPES, validate_choice=False)
    valid_from = DateThree(_l("In force from"), description=_FIRST_DAY)


class RevokeForm(CommandForm):
    """Why an agreement is revoked."""

    note = TextAreaField(
        _l("Why it is revoked"), description=_l("It stays on record with the agreement."), render_kw={"rows": 3}
    )
