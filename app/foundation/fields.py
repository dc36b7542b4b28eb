"""What the one `field` macro needs to know about WTForms fields, and the fields that WTForms lacks."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from flask import Flask
from flask_babel import gettext as _
from jinja2 import Undefined
from markupsafe import Markup
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.utils import unset_value

from app.foundation.i18n import current_locale

_PARTS: Final = ("day", "month", "year")
_YEAR_FIRST: Final = frozenset({"zh"})
_LONGEST: Final = 4
_YEARS: Final = range(1900, 2200)
#: First match wins, so subclasses stand before their bases.
_KINDS: Final[tuple[tuple[type[Field], str], ...]] = (
    (HiddenField, "hidden"),
    (SubmitField, "submit"),
    (BooleanField, "boolean"),
    (RadioField, "radio"),
    (SelectMultipleField, "checkboxes"),
    (SelectField, "select"),
    (TextAreaField, "textarea"),
    (PasswordField, "password"),
    (FileField, "file"),
    (FieldList, "list"),
    (FormField, "form"),
)


def choice(
    value: object, label: object, hint: object = None, group: object = None, shown: object = None
) -> SelectChoice:
    """Return one option of a radio, checkbox or select field.

    Args:
        value: what is posted.
        label: what is read; may be lazy.
        hint: a line below the label (radio and checkbox); may be lazy.
        group: heading under which neighbours with the same heading stand.
        shown: what is chosen, in full, below the label (radio and checkbox).
    """
    more = {name: given for name, given in (("hint", hint), ("shown", shown)) if given}
    return SelectChoice(value=value, label=label, render_kw=more or None, optgroup=group)


class DateThree(Field):
    """A date as three inputs, `<name>-day`, `-month` and `-year`: the form that most people fill in without error.

    `data` is a `date` or None. What was typed is shown again as typed. Digits of any script are understood.
    """

    def __init__(self, label: Any = None, validators: Sequence[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(label, list(validators or ()), **kwargs)
        self.typed: dict[str, str] = dict.fromkeys(_PARTS, "")
        self.bad_parts: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three inputs, or `data` when nothing was posted."""
        super().process(None, data, extra_filters)
        if isinstance(self.data, date):
            self.typed = {part: str(getattr(self.data, part)) for part in _PARTS}
        if formdata is None:
            return
        self.typed = {part: str(formdata.get(f"{self.name}-{part}", "")).strip() for part in _PARTS}
        together = " ".join(self.typed[part] for part in _PARTS).strip()
        self.raw_data = [together] if together else []
        self.data = None
        if together:
            try:
                self.data = self._parse()
            except ValueError as error:
                self.process_errors = [*self.process_errors, str(error)]

    def _parse(self) -> date:
        missing = tuple(part for part in _PARTS if not self.typed[part])
        if missing:
            self.bad_parts = missing
            raise ValueError(_("Enter a day, a month and a year, for example 15 3 2027"))
        self.bad_parts = tuple(part for part in _PARTS if not _is_number(self.typed[part]))
        if self.bad_parts:
            raise ValueError(_("Write the date in numbers, for example 15 3 2027"))
        day, month, year = (int(self.typed[part]) for part in _PARTS)
        if year not in _YEARS:
            self.bad_parts = ("year",)
            raise ValueError(_("Write the year with four digits, for example 2027"))
        try:
            return date(year, month, day)
        except ValueError:
            self.bad_parts = ("day", "month")
            raise ValueError(_("This day is not in the calendar. Check day and month")) from None

    def parts(self) -> list[tuple[str, str, str, bool]]:
        """Return (part, label, what was typed, whether it is wrong) in the order of the reader's language."""
        labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        order = tuple(reversed(_PARTS)) if current_locale().language in _YEAR_FIRST else _PARTS
        wrong = self.bad_parts or (_PARTS if self.errors else ())
        return [(part, labels[part], self.typed[part], part in wrong) for part in order]


def _is_number(typed: str) -> bool:
    return typed.isdecimal() and len(typed) <= _LONGEST


def field_kind(field: Field) -> str:
    """Return which part of the `field` macro renders `field`."""
    if isinstance(field, DateThree):
        return "date"
    if getattr(field, "fold", False):
        return "folded"
    if hasattr(field, "add_label"):
        return "rows"
    return next((kind for cls, kind in _KINDS if isinstance(field, cls)), "input")


def option_groups(field: SelectField) -> list[tuple[str | None, list[tuple[int, Any]]]]:
    """Return the field's options as (heading or None, [(number of the option in the field, option)])."""
    counter = 0
    groups: list[tuple[str | None, list[tuple[int, Any]]]] = []
    for heading, options in _grouped(field):
        rows = list(enumerate(options, counter))
        counter += len(rows)
        groups.append((heading, rows))
    return groups


def _grouped(field: SelectField) -> Iterable[tuple[str | None, list[Any]]]:
    if field.has_groups():
        return [(heading, list(options)) for heading, options in field.iter_groups()]
    return [(None, list(field.iter_choices()))]


def first_input(field: Field) -> str:
    """Return the id of the element that a link of the error summary leads to."""
    kind = field_kind(field)
    if kind == "folded":
        return f"{field.id}-group"
    if isinstance(field, DateThree):
        return f"{field.id}-{next((part for part, _label, _typed, wrong in field.parts() if wrong), 'day')}"
    if kind in {"radio", "checkboxes"}:
        return f"{field.id}-0"
    return str(field.id)


def error_links(form: Form) -> list[tuple[str | None, str]]:
    """Return (id of the input, message) of every error of `form`, each once, in the order of the page.

    The id is None for what concerns the whole form. A message that stands several times names its field.
    """
    whole = [(None, str(message)) for message in getattr(form, "form_errors", ())]
    found = list(dict.fromkeys(_field_errors(form)))
    often = Counter(message for _id, message, _label in found)
    named = (
        (to, _("%(field)s: %(message)s", field=label, message=said) if to and often[said] > 1 else said)
        for to, said, label in found
    )
    return list(dict.fromkeys([*whole, *named]))


def _field_errors(fields: Iterable[Field]) -> Iterator[tuple[str | None, str, str]]:
    """Yield (id of the input, message, label) of every error."""
    for field in fields:
        if isinstance(field, FormField):
            yield from _field_errors(field.form)
        elif isinstance(field, FieldList):
            said = (str(message) for message in field.errors if isinstance(message, str))
            yield from ((f"{field.id}-group", message, str(field.label.text)) for message in said)
            yield from _field_errors(field)
        elif field.errors:
            to = None if field_kind(field) == "hidden" else first_input(field)
            yield to, str(field.errors[0]), str(field.label.text)


def attributes(field: Field, **own: Any) -> Markup:
    """Return the HTML attributes of an input: the field's `render_kw`, overridden by `own`.

    What is None, False, empty or undefined drops out.
    """
    merged = {**(field.render_kw or {}), **own}
    pairs = [
        Markup(" {}").format(name.replace("_", "-"))
        if value is True
        else Markup(' {}="{}"').format(name.replace("_", "-"), value)
        for name, value in merged.items()
        if value is not None and value is not False and value != "" and not isinstance(value, Undefined)
    ]
    return Markup("").join(pairs)


def fresh_key() -> str:
    """Return a new idempotency key for a form that has no WTForms form behind it (a bare button)."""
    return secrets.token_urlsafe(18)


def init_fields(app: Flask) -> None:
    """Give the macros what they ask of a field."""
    app.jinja_env.globals.update(
        field_kind=field_kind,
        option_groups=option_groups,
        error_links=error_links,
        field_attributes=attributes,
        fresh_key=fresh_key,
    )
