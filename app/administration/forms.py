"""Forms of the pages of limits."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField

from app.administration.limits_page import FIGURES
from app.foundation.fields import DateThree
from app.foundation.forms import CommandForm
from app.reference.limits import DAYS, amounts_of
from app.workflow.model import Limit


class LimitForm(CommandForm):
    """Give a limit other figures; `limit_form` leaves out those that the limit does not have."""

    span = IntegerField(FIGURES["span"])
    urgent = IntegerField(FIGURES["urgent"])
    reminders = StringField(FIGURES["reminders"], description=_l("Days with commas between them, for example 3, 8"))
    reminders_left = StringField(
        FIGURES["reminders_left"], description=_l("Days with commas between them, for example 10, 3")
    )
    more_time = IntegerField(FIGURES["more_time"])
    second_round = IntegerField(FIGURES["second_round"])
    escalations = StringField(
        FIGURES["escalations"], description=_l("Days with commas between them, for example 10, 15")
    )
    last = IntegerField(FIGURES["last"])
    valid_from = DateThree(
        _l("From which day"),
        description=_l("It counts for what begins on that day or later"),
    )
    reason = TextAreaField(_l("Reason"), render_kw={"rows": 3})


def limit_form(line: Limit) -> LimitForm:
    """Return the form of a limit, filled with the figures of `line`."""
    figures: dict[str, Any] = amounts_of(line).model_dump(exclude_none=True)
    shown = {name: ", ".join(str(one) for one in value) if name in DAYS else value for name, value in figures.items()}
    form = LimitForm(data=shown)
    for name in FIGURES.keys() - figures.keys():
        delattr(form, name)
    return form
