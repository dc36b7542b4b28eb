"""Forms of the pages of calendars."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField

from app.foundation.fields import DateThree, choice
from app.foundation.forms import CommandForm
from app.reference.texts import WEEKDAYS

_COUNTS_FROM = _l("Counts for what begins from")
_ALSO_EARLIER = _l("A day in the past also moves due dates of requests that run; you see which before it counts")
_SOURCE = _l("Where it is published, for example ST/IC/2026/21")


class HolidayForm(CommandForm):
    """Enter one holiday."""

    day = DateThree(_l("Day"), description=_l("For example 26 10 2026"))
    name = StringField(_l("Name of the holiday"))
    source = StringField(_l("Source"), description=_SOURCE)
    counts_from = DateThree(_COUNTS_FROM, description=_ALSO_EARLIER)


class EndHolidayForm(CommandForm):
    """End one holiday."""

    until = DateThree(_l("Counts no more for what begins from"), description=_ALSO_EARLIER)


class WeekForm(CommandForm):
    """Another zone or other working days."""

    time_zone = StringField(_l("Time zone"), description=_l("A name such as Europe/Vienna"))
    weekdays = SelectMultipleField(
        _l("Working days"), choices=[choice(str(day), words) for day, words in enumerate(WEEKDAYS)], coerce=str
    )
    valid_from = DateThree(_COUNTS_FROM, description=_ALSO_EARLIER)
    reason = StringField(_l("Reason"))


class CircularForm(CommandForm):
    """Read the list of a circular, from a file or as it was copied."""

    year = IntegerField(_l("Year"))
    source = StringField(_l("Circular"), description=_SOURCE)
    source_dated = DateThree(_l("Date of the circular"))
    counts_from = DateThree(_COUNTS_FROM, description=_ALSO_EARLIER)
    file = FileField(
        _l("File"),
        description=_l("CSV in UTF-8 with date and name on each line"),
        render_kw={"accept": ".csv,text/csv,text/plain"},
    )
    text = TextAreaField(
        _l("Or the lines of the circular"),
        description=_l("A date and a name on each line, for example: 1 January, New Year's Day"),
        render_kw={"rows": 12},
    )

    def take_file(self) -> None:
        """Put what the file holds into the text, where it is seen and sent again."""
        given = self.file.data
        content = given.read(_LARGEST) if given else b""
        if content:
            self.text.data = content.decode("utf-8-sig", errors="replace")

    def values(self) -> dict[str, Any]:
        """Return everything but the file."""
        return {name: value for name, value in super().values().items() if name != "file"}


class OpenCalendarForm(CommandForm):
    """Choose the State that is to have a calendar of its own."""

    state = SelectField(_l("State"), render_kw={"data_content": True})


#: In bytes; the command says how long a text may be.
_LARGEST = 1_000_000
