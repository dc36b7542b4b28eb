"""Forms behind a link: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from app.coordination.forms import PositionForm
from app.coordination.texts import POSITION_HINTS, POSITION_TEXTS
from app.coordination.vocabulary import GIVEN_BY_PARTNERS
from app.foundation.fields import choice
from app.foundation.forms import CommandForm


class LinkForm(PositionForm):
    """The position of a body, by somebody who is not signed in."""

    in_name_of = StringField(
        _l("Your name and function"),
        description=_l("It stands with the position. The Branch and the bodies consulted read it."),
        render_kw={"autocomplete": "name"},
    )


class PartnerLinkForm(LinkForm):
    """The answer of a partner, which objects to nothing and names no ground."""

    position = RadioField(
        _l("Your answer"),
        choices=[choice(one.value, POSITION_TEXTS[one], POSITION_HINTS[one]) for one in GIVEN_BY_PARTNERS],
        validate_choice=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.ground


class ReceiptForm(CommandForm):
    """Confirms the receipt; the button alone."""
