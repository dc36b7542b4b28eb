"""Forms of invitations: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField

from app.casework.forms.kinds import Codes, RowPart, Rows, answer_of, chosen
from app.delivery.participation.texts import ANSWERS
from app.foundation.forms import CommandForm

#: Name of the button that adds a row; its value is the name of the list.
ADD = "add"


class DiscloseForm(CommandForm):
    """Which States may be told; the pressed button says whether they may."""

    participations = Codes(_l("States and activities"), description=_l("Each is told of this activity and no other."))


class NomineeRow(RowPart):
    """One person whom an invited State nominates."""

    name = StringField(_l("Name"), render_kw={"autocomplete": "off"})
    function = StringField(_l("Function"))
    institution = StringField(_l("Institution"))


class AnswerForm(CommandForm):
    """What an invited State answers."""

    seen = HiddenField()
    answer = RadioField(_l("Your answer"), choices=chosen(ANSWERS), validate_choice=False)
    nominees = Rows(
        NomineeRow,
        _l("Person"),
        _l("People whom you nominate"),
        description=_l("You can name them later as well, until the activity begins."),
        add_label=_l("Add another person"),
    )
    remark = TextAreaField(
        _l("Remark"), description=_l("The host and the Terrorism Prevention Branch read it."), render_kw={"rows": 4}
    )

    def settle_rows(self, add: str | None = None) -> None:
        """Leave out rows that are empty or to be removed; add one on demand."""
        self.nominees.settle(add=add == self.nominees.name)

    def values(self) -> dict[str, Any]:
        """Return what was entered, without empty rows."""
        entered = super().values()
        rows = [answer_of(row) for row in self.nominees if not row.form.is_empty]
        return {**entered, "nominees": rows}
