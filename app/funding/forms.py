"""Forms of holds and money: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField, RadioField, StringField, TextAreaField

from app.casework.forms.kinds import MoneyPart, Whole
from app.casework.steps import StepForm
from app.foundation.errors import FieldError
from app.foundation.fields import choice
from app.foundation.texts import text
from app.funding.commands import INCREASE
from app.funding.texts import SOURCE_TEXTS
from app.workflow.vocabulary import HoldReason


class MoneyForm(StepForm):
    """A form with one amount; the command has it as `minor` and `currency`."""

    money = FormField(MoneyPart, label=_l("Amount"))

    def values(self) -> dict[str, Any]:
        """Return what was entered, the amount in minor units."""
        return {**super().values(), **(self.money.form.as_answer() or {"currency": self.money.form.currency.data})}

    def put_beside(self, *errors: FieldError) -> None:
        """Put what is wrong with the amount beside its two fields."""
        inner = {"minor", "currency"}
        super().put_beside(
            *(FieldError(f"money.{one.path}", one.code, one.params) if one.path in inner else one for one in errors)
        )


class HoldForm(MoneyForm):
    """Why a request rests."""

    reason = RadioField(_l("Why does it rest?"), validate_choice=False)
    text = TextAreaField(_l("Why, for the Branch"), render_kw={"rows": 4})
    for_state = TextAreaField(_l("What the State reads besides"), render_kw={"rows": 3})

    def offer(self, reasons: Iterable[HoldReason]) -> None:
        """Offer the reasons for which the reader may put it on hold."""
        ordered = [one for one in HoldReason if one in set(reasons)]
        self.reason.choices = [choice(one.value, text(f"hold_reason.{one.value}")) for one in ordered]
        if not self.is_submitted() and len(ordered) == 1:
            self.reason.data = ordered[0].value
        if HoldReason.MONEY not in ordered:
            del self.money

    def values(self) -> dict[str, Any]:
        """Return what was entered; who may not hold for money was shown no amount."""
        return super().values() if "money" in self else super(MoneyForm, self).values()


class ResumeForm(StepForm):
    """How the cause of a hold ended."""

    text = TextAreaField(_l("How has the cause gone?"), render_kw={"rows": 4})


class AllocationForm(MoneyForm):
    """Money for a request."""

    kind = RadioField(_l("Where does it come from?"), validate_choice=False)
    source = StringField(_l("Name of the source"), render_kw={"maxlength": 200})
    budget_line = StringField(_l("Budget line"), render_kw={"maxlength": 60})
    year = Whole(_l("Year"), render_kw={"inputmode": "numeric"})
    note = TextAreaField(_l("Note"), render_kw={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        kinds = [choice(one.value, words) for one, words in SOURCE_TEXTS.items()]
        self.kind.choices = [*kinds, choice(INCREASE, _("An increase of the regular budget"))]


class KeepForm(StepForm):
    """The State keeps its request."""
