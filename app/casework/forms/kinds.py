"""Fields that take a stored answer as it is, and give back what the rules check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.utils import unset_value

from app.casework.content.words import YES_NO
from app.casework.forms.choices import currency_options
from app.foundation.field_messages import OwnMessages
from app.foundation.fields import DateThree, choice

CHOOSE = choice("", _l("Choose one"))
YES, NO = "yes", "no"
#: Rows beyond this are cut off; the rules refuse them anyway.
ROWS_SHOWN = 25
#: An amount, in digits of any script.
_AMOUNT = re.compile(r"\d{1,15}(?:\.\d{1,3})?")
#: Digits of a number before the rules look at it; more would only cost time.
_DIGITS = 20


def chosen(words: Mapping[Any, Any]) -> list[Any]:
    """Return the options of a field whose answers are codes."""
    return [choice(code.value, label) for code, label in words.items()]


def answer_of(field: Field) -> Any:
    """Return what was entered in `field`, ready for the rules: parts by name, rows as a list."""
    if isinstance(field, FormField):
        shaped = getattr(field.form, "as_answer", None)
        return shaped() if shaped is not None else {inner.short_name: answer_of(inner) for inner in field.form}
    if isinstance(field, FieldList):
        return [answer_of(entry) for entry in field]
    return field.data


class Part(Form):
    """Base of what stands inside a field: one person, one row."""

    class Meta(OwnMessages):
        """WTForms' own findings in this product's sentences."""


class AnswerDate(DateThree):
    """A date that is stored as text (ISO 8601)."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three inputs, or the stored date."""
        super().process(formdata, date.fromisoformat(data) if isinstance(data, str) and data else data, extra_filters)


class YesNo(RadioField):
    """Yes or no, stored as such; nothing chosen is no answer."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        options = [choice(YES, YES_NO[True]), choice(NO, YES_NO[False])]
        super().__init__(label, choices=options, coerce=_truth, validate_choice=False, **kwargs)


def _truth(given: Any) -> bool | None:
    return {YES: True, NO: False, True: True, False: False}.get(given)


class Codes(SelectMultipleField):
    """Several codes as check boxes; nothing ticked is no answer. `fold` stands each group behind its heading."""

    def __init__(self, label: Any = None, *, fold: bool = False, **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, **kwargs)
        self.fold = fold


class Whole(StringField):
    """A whole number; digits of any script are understood, anything else is left to the rules."""

    data: Any

    def process_formdata(self, valuelist: Any) -> None:
        """Read a number, or keep what was typed."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = int(typed) if typed.isdecimal() and len(typed) < _DIGITS else typed


class MoneyPart(Part):
    """An amount with its currency; kept in minor units."""

    minor = StringField(_l("Value"), render_kw={"inputmode": "decimal"})
    currency = SelectField(
        _l("Currency"), choices=currency_options, validate_choice=False, render_kw={"data_content": True}
    )

    def __init__(self, *args: Any, minor: Any = None, currency: str | None = None, **kwargs: Any) -> None:
        if isinstance(minor, int):
            minor = as_amount(minor, currency)
        super().__init__(*args, minor=minor, currency=currency, **kwargs)

    def as_answer(self) -> dict[str, Any] | None:
        """Return the amount in minor units; what is no amount is left to the rules."""
        minor = minor_units(self.minor.data or "", self.currency.data or "")
        return None if minor == "" else {"minor": minor, "currency": self.currency.data}


def _digits(currency: str | None) -> int:
    """Return the decimal places of a currency; the usual two while none is chosen."""
    return get_currency_precision(currency) if currency else 2


def as_amount(minor: int, currency: str | None) -> str:
    """Return minor units of a currency as somebody would type them: 250050 cents are "2500.50"."""
    digits = _digits(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def minor_units(typed: str, currency: str) -> int | str:
    """Return what was typed in minor units of a currency; what is no amount comes back without its spaces."""
    typed = typed.strip().replace(" ", "").replace("\u00a0", "")
    if not _AMOUNT.fullmatch(typed):
        return typed
    minor = Decimal(typed).scaleb(_digits(currency))
    return int(minor) if minor == minor.to_integral_value() else typed


class RowPart(Part):
    """Base of one row of a list; a ticked `remove` leaves it out. Subclasses name what makes a row more than empty."""

    remove = BooleanField(_l("Remove this row when the page is saved"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return not any(_something(answer_of(field)) for field in self if field.short_name != "remove")

    @property
    def inputs(self) -> list[Field]:
        """The fields that are filled in, those of inner parts among them."""
        return [inner for field in self if field.short_name != "remove" for inner in _flat(field)]

    def as_answer(self) -> dict[str, Any]:
        """Return the answers of the row."""
        return {field.short_name: answer_of(field) for field in self if field.short_name != "remove"}


def _flat(field: Field) -> list[Field]:
    return list(field.form) if isinstance(field, FormField) else [field]


def _something(answer: Any) -> bool:
    if isinstance(answer, Mapping):
        return any(_something(inner) for inner in answer.values())
    return answer not in (None, "", [])


class Rows(FieldList):  # type: ignore[type-arg]  # generic in its stubs only
    """Rows that are added and removed without a script.

    Attributes:
        add_label: words of the button that adds one.
    """

    def __init__(self, part: type[RowPart], row: Any, label: Any = None, *, add_label: Any, **kwargs: Any) -> None:
        super().__init__(FormField(part, label=row), label=label, min_entries=1, **kwargs)
        self.add_label = add_label

    def settle(self, *, add: bool = False) -> None:
        """Leave out rows that are empty or to be removed and count them anew; keep or, on demand, add an empty one."""
        rows = [row for row in self.entries if not row.form.remove.data and not row.form.is_empty]
        self.entries = rows[:ROWS_SHOWN]
        self._compact_indices()  # type: ignore[attr-defined]  # newer than its stubs
        if add or not self.entries:
            self.append_entry()
        if add:
            first = self.entries[-1].form.inputs[0]
            first.render_kw = {**(first.render_kw or {}), "autofocus": True}
