"""Forms of sources: labels and widgets; the rules stand in `commands`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, HiddenField, RadioField, StringField, TextAreaField

from app.casework.forms.choices import grouped_state_options
from app.casework.forms.kinds import Codes, MoneyPart, Whole, chosen, minor_units
from app.casework.texts import TYPE_TEXTS
from app.foundation.errors import FieldError
from app.foundation.fields import DateThree, choice
from app.foundation.forms import CommandForm
from app.funding.sources.commands import INCREASES
from app.funding.texts import SOURCE_TEXTS
from app.reference.texts import REGIONAL_GROUPS
from app.workflow.vocabulary import AssistanceType

#: What somebody may look for, and is told why it does not exist.
_INCREASE_TEXTS = dict(
    zip(INCREASES, (_l("An increase of the regular budget"), _l("A supplemental request")), strict=True)
)
_EXAMPLE = _l("For example 15 3 2027")


class SourceForm(CommandForm):
    """A source with the first line of its ledger."""

    kind = RadioField(
        _l("Where does it come from?"),
        choices=[*chosen(SOURCE_TEXTS), *(choice(code, words) for code, words in _INCREASE_TEXTS.items())],
        validate_choice=False,
    )
    donor = StringField(_l("Who gives it"), render_kw={"maxlength": 200})
    title = StringField(_l("Name of the source"), render_kw={"maxlength": 200})
    budget_line = StringField(_l("Budget line"), render_kw={"maxlength": 60})
    year = Whole(_l("Year"), render_kw={"inputmode": "numeric"})
    what = TextAreaField(_l("What is given in kind"), render_kw={"rows": 3})
    first = RadioField(
        _l("Pledged or received?"),
        choices=[choice("pledge", _l("Pledged")), choice("receipt", _l("Received"))],
        validate_choice=False,
    )
    money = FormField(MoneyPart, label=_l("Amount"))
    on_date = DateThree(_l("On which day"), description=_EXAMPLE)
    firm = BooleanField(_l("The pledge is firm: it was given in writing"))
    from_host = BooleanField(_l("The host of the activity offers it"))
    support_percent = Whole(_l("Support cost in per cent"), render_kw={"inputmode": "numeric"})
    expires_on = DateThree(_l("Last day on which it can be allocated"), description=_EXAMPLE)
    regions = Codes(_l("Only for States of these groups"), choices=chosen(REGIONAL_GROUPS))
    types = Codes(
        _l("Only for these types of assistance"),
        choices=[choice(one.value, words) for one, words in TYPE_TEXTS.items() if one is not AssistanceType.FOLLOW_UP],
    )
    states = Codes(_l("Only for these States"), choices=grouped_state_options, fold=True)
    note = TextAreaField(_l("Note"), render_kw={"rows": 3})

    def values(self) -> dict[str, Any]:
        """Return what was entered, the amount in minor units."""
        return {**super().values(), **(self.money.form.as_answer() or {"currency": self.money.form.currency.data})}

    def put_beside(self, *errors: FieldError) -> None:
        """Put what is wrong with the amount beside its two fields."""
        inner = {"minor", "currency"}
        super().put_beside(
            *(FieldError(f"money.{one.path}", one.code, one.params) if one.path in inner else one for one in errors)
        )


class OfSourceForm(CommandForm):
    """Base of the forms about one source.

    Attributes:
        currency: of the source, in which amounts are read.
    """

    version = HiddenField()
    currency = ""

    def values(self) -> dict[str, Any]:
        """Return what was entered, amounts in minor units."""
        entered = super().values()
        if "minor" in entered:
            entered["minor"] = minor_units(entered["minor"] or "", self.currency)
        return entered


class LineForm(OfSourceForm):
    """One line of the ledger; `offer` says of which allocations."""

    allocation = RadioField(_l("Of which allocation?"), validate_choice=False)
    minor = StringField(_l("Amount"), render_kw={"inputmode": "decimal"})
    on_date = DateThree(_l("On which day"), description=_EXAMPLE)
    note = TextAreaField(_l("Note"), render_kw={"rows": 3})

    def offer(self, options: Sequence[tuple[str, Any, Any]] | None) -> None:
        """Offer (key, label, hint) of allocations; None where the line is about none."""
        if options is None:
            del self.allocation
        else:
            self.allocation.choices = [choice(key, label, hint=hint) for key, label, hint in options]


class CorrectionForm(OfSourceForm):
    """What a line should have said."""

    line = RadioField(_l("Which line?"), validate_choice=False)
    minor = StringField(_l("The right amount"), render_kw={"inputmode": "decimal"})
    note = TextAreaField(_l("Why"), render_kw={"rows": 3})

    def offer(self, options: Sequence[tuple[str, Any, Any]]) -> None:
        """Offer (key, label, hint) of the lines."""
        self.line.choices = [choice(key, label, hint=hint) for key, label, hint in options]


class ThanksForm(OfSourceForm):
    """When the donor was thanked."""

    thanked_on = DateThree(_l("When was the donor thanked?"), description=_EXAMPLE)
