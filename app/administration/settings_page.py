"""What the pages of settings show: the value in force, what was and will be, and the form that fits the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import Form, FormField, IntegerField, TextAreaField

from app.accounts.models import User
from app.foundation.clock import now
from app.foundation.errors import FieldError, NotFound
from app.foundation.field_messages import OwnMessages
from app.foundation.fields import DateThree
from app.foundation.formatting import listed, number
from app.foundation.forms import CommandForm
from app.reference.models import SettingValue
from app.reference.settings import SETTINGS, Setting, setting
from app.reference.texts import SETTING_PART_TEXTS, SETTING_TEXTS


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting in the list."""

    key: str
    name: str
    hint: str
    value: str
    since: datetime | None
    next_from: datetime | None


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value in the history of a setting; `valid_from` is None for the default of the product."""

    value: str
    valid_from: datetime | None
    valid_to: datetime | None
    status: str
    reason: str
    by: str | None


class PartsForm(Form):
    """One number for each part of a value."""

    class Meta(OwnMessages):
        """WTForms' own findings in this product's sentences."""


class SettingForm(CommandForm):
    """The value of a setting, with its day and reason; each setting adds the fields that fit its value."""

    value: Any

    def put_beside(self, *errors: FieldError) -> None:
        """Put what is wrong beside its number: what was found of a value of the other kind concerns nobody."""
        super().put_beside(*(one for error in errors if (one := self._of_this_kind(error)) is not None))

    def _of_this_kind(self, error: FieldError) -> FieldError | None:
        """Return `error` without the kind of value that stands in its path (`value.int`); None for the other kind."""
        name, *inside = error.path.split(".")
        if name != "value" or not inside:
            return error
        kind, *part = inside
        if (kind != "int") is not isinstance(self.value, FormField):
            return None
        return FieldError(".".join([name, *part]), error.code, error.params)


def known_setting(key: str) -> Setting[Any]:
    """Return the setting `key`.

    Raises:
        NotFound: there is none.
    """
    if key not in SETTINGS:
        raise NotFound
    return SETTINGS[key]


def form_for(which: Setting[Any], value: Any) -> SettingForm:
    """Return the form of a setting, filled with the value in force: one number, or one for each part."""
    label, hint = SETTING_TEXTS[which.key]
    if isinstance(which.default, Mapping):
        parts = {part: IntegerField(SETTING_PART_TEXTS[part], default=value[part]) for part in which.default}
        field: Any = FormField(type("Parts", (PartsForm,), parts), label)
    else:
        field = IntegerField(label, description=hint, default=value)
    fields = {
        "value": field,
        "valid_from": DateThree(_l("From which day"), description=_l("A day after today; it begins at 00:00 UTC")),
        "reason": TextAreaField(_l("Reason"), render_kw={"rows": 3}),
    }
    made: type[SettingForm] = type("ThisSettingForm", (SettingForm,), fields)
    return made()


def setting_rows(session: Session) -> list[SettingRow]:
    """Return every setting with its value of now: one statement."""
    at = now()
    values = session.scalars(select(SettingValue).order_by(SettingValue.valid_from)).all()
    found = []
    for key, which in SETTINGS.items():
        mine = [row for row in values if row.key == key]
        current = next((row for row in reversed(mine) if row.valid_from <= at), None)
        name, hint = SETTING_TEXTS[key]
        found.append(
            SettingRow(
                key=key,
                name=str(name),
                hint=str(hint),
                value=value_text(setting(session, which)),
                since=current.valid_from if current else None,
                next_from=next((row.valid_from for row in mine if row.valid_from > at), None),
            )
        )
    return found


def value_lines(session: Session, which: Setting[Any]) -> Sequence[ValueLine]:
    """Return what was, is and will be in force of a setting, the latest first: one statement."""
    at = now()
    rows = session.execute(
        select(SettingValue, User.name)
        .outerjoin(User, User.id == SettingValue.set_by)
        .where(SettingValue.key == which.key)
        .order_by(SettingValue.valid_from.desc())
    ).all()
    lines = [
        ValueLine(value_text(row.value), row.valid_from, row.valid_to, _status(row, at), row.reason, name)
        for row, name in rows
    ]
    default = _("Earlier") if any(row.valid_from <= at for row, _name in rows) else _("In force")
    return [*lines, ValueLine(value_text(which.default), None, None, str(default), "", None)]


def value_text(value: Any) -> str:
    """Return a value in words: a number, or each part with its number."""
    if isinstance(value, Mapping):
        return listed(f"{SETTING_PART_TEXTS[part]} {number(amount)}" for part, amount in value.items())
    return number(value)


def _status(row: SettingValue, at: datetime) -> str:
    if row.valid_from > at:
        return str(_("To come"))
    return str(_("Earlier") if row.valid_to is not None and row.valid_to <= at else _("In force"))
