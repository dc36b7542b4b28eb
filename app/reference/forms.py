"""Forms of the administrator's pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from app.foundation.fields import DateThree
from app.foundation.forms import CommandForm


class HolidayForm(CommandForm):
    """Enter one holiday."""

    day = DateThree(_l("Day"), description=_l("For example 26 10 2026"))
    name = StringField(_l("Name of the holiday"))
    source = StringField(_l("Source"), description=_l("Where it is published, for example the information circular"))


class EndHolidayForm(CommandForm):
    """End one holiday; the button of its row."""

    key = HiddenField()
