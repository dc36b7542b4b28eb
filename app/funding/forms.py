"""Forms of holds and money: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, RadioField, StringField, TextAreaField

from app.casework.forms.kinds import Codes, MoneyPart, minor_units
from app.casework.steps import StepForm
from app.foundation.errors import FieldError
from app.foundation.fields import choice
from app.foundation.formatting import one_line
from app.foundation.texts import text
from app.funding.sources.queries import SourceOffer
from app.reference.texts import PARAGRAPH_TEXTS
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


class AllocationForm(StepForm):
    """What a request gets of one source; `offer` says of which."""

    source = RadioField(_l("From which source?"), validate_choice=False)
    minor = StringField(_l("Amount"), render_kw={"inputmode": "decimal"})
    cost_lines = Codes(_l("Cost lines that it covers"))
    paragraphs = Codes(
        _l("Paragraphs of the resolution that it serves"),
        choices=[choice(str(number), words) for number, words in PARAGRAPH_TEXTS.items()],
    )
    note = TextAreaField(_l("Note"), render_kw={"rows": 3})
    #: Of the source, in which the amount is read.
    currency = ""

    def offer(self, sources: Sequence[SourceOffer], lines: Sequence[str]) -> None:
        """Offer the sources that have something left, and the cost lines of the plan for what is in kind."""
        self.source.choices = [choice(one.key, one.label, hint=one.hint) for one in sources]
        if lines and any(one.in_kind for one in sources):
            self.cost_lines.choices = [choice(line, one_line(line)) for line in dict.fromkeys(lines)]
        else:
            del self.cost_lines

    def values(self) -> dict[str, Any]:
        """Return what was entered, the amount in minor units of the source's currency."""
        return {**super().values(), "minor": minor_units(self.minor.data or "", self.currency)}


class DecideForm(StepForm):
    """What a second person says to an allocation."""

    allocation = RadioField(_l("Which allocation?"), validate_choice=False)
    approved = RadioField(
        _l("Does it count?"),
        choices=[choice("true", _l("Approve: it counts from now on")), choice("false", _l("Refuse: it is given back"))],
        validate_choice=False,
    )
    note = TextAreaField(_l("Why"), render_kw={"rows": 3})

    def offer(self, proposed: Sequence[tuple[str, Any, Any]]) -> None:
        """Offer what waits: (key, label, hint); a single one is chosen already."""
        self.allocation.choices = [choice(key, label, hint=hint) for key, label, hint in proposed]
        if not self.is_submitted() and len(proposed) == 1:
            self.allocation.data = proposed[0][0]


class KeepForm(StepForm):
    """The State keeps its request."""
