"""Forms of the account, people and focal point pages: labels and parsing; the rules stand in the commands."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, RadioField, SelectField, StringField, TelField

from app.accounts.kinds import PERSONAL_ROLES
from app.accounts.texts import ROLE_WORDS
from app.foundation.fields import DateThree, choice
from app.foundation.forms import CommandForm
from app.foundation.i18n import offered_languages
from app.foundation.preferences import THEMES
from app.workflow.vocabulary import Role

_OPTIONAL = {"optional": True}
#: Options that are names, not sentences: no browser should translate them.
_NAMES: Final = {"translate": "no"}
#: Zones of places; the rest are older names and machine words such as "localtime".
_PARTS_OF_THE_WORLD: Final = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)


def _optional(field: Any) -> Any:
    """Mark a field whose answer may be left out, so that its label says so."""
    field.kwargs["validators"] = [_Leave()]
    return field


class _Leave:
    """Sets the flag that the `field` macro shows; checks nothing."""

    field_flags = _OPTIONAL

    def __call__(self, form: Any, field: Any) -> None:
        return None


class PersonForm(CommandForm):
    """Who somebody is and how to reach them."""

    name = StringField(_l("Name"), render_kw={"autocomplete": "off"})
    email = EmailField(
        _l("E-mail address"), description=_l("The invitation goes there."), render_kw={"autocomplete": "off"}
    )
    title = _optional(StringField(_l("Title or function")))
    telephone = _optional(TelField(_l("Telephone")))
    locale = SelectField(_l("Language of mails"), validate_choice=False, render_kw=_NAMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locale.choices = [(language.code, language.name) for language in offered_languages()]


class InviteForm(PersonForm):
    """An administrator invites."""

    roles = SelectField(_l("First role"), validate_choice=False)
    state_code = SelectField(
        _l("State"),
        description=_l("Only for a focal point or a Permanent Mission."),
        validate_choice=False,
        render_kw=_NAMES,
    )

    def __init__(self, *args: Any, states: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles.choices = [(role.value, ROLE_WORDS[role]) for role in Role if role in PERSONAL_ROLES]
        self.state_code.choices = [("", _l("No State")), *states]

    def values(self) -> dict[str, Any]:
        """One role is chosen here; further ones are granted on the person's page."""
        return super().values() | {"roles": (self.roles.data,)}


class EditForm(CommandForm):
    """What an administrator may correct."""

    name = StringField(_l("Name"))
    title = _optional(StringField(_l("Title or function")))
    telephone = _optional(TelField(_l("Telephone")))


class OfficeForm(CommandForm):
    """The office of a body."""

    name = StringField(_l("Name of the office"))
    email = EmailField(_l("E-mail address"), render_kw={"autocomplete": "off"})
    telephone = _optional(TelField(_l("Telephone")))


class RoleForm(CommandForm):
    """Grants a role."""

    role = SelectField(_l("Role to grant"), validate_choice=False)


class OwnAccountForm(CommandForm):
    """One's own account."""

    name = StringField(_l("Name"), render_kw={"autocomplete": "name"})
    title = _optional(StringField(_l("Title or function"), render_kw={"autocomplete": "organization-title"}))
    telephone = _optional(TelField(_l("Telephone"), render_kw={"autocomplete": "tel"}))
    locale = SelectField(_l("Language"), validate_choice=False, render_kw=_NAMES)
    time_zone = SelectField(_l("Time zone"), validate_choice=False, render_kw=_NAMES)
    theme = RadioField(_l("Appearance"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locale.choices = [(language.code, language.name) for language in offered_languages()]
        zones = {zone for zone in available_timezones() if zone.split("/")[0] in _PARTS_OF_THE_WORLD}
        present = {"UTC", self.time_zone.data or "UTC"}
        self.time_zone.choices = [(zone, zone) for zone in sorted(zones | present)]
        self.theme.choices = [choice(value, label) for value, label in THEMES.items()]


class KeyForm(CommandForm):
    """A bare button; `key` says for which row."""

    key = HiddenField()


class StandInForm(CommandForm):
    """Who acts in one's absence."""

    stand_in_key = SelectField(_l("Who acts for you"), validate_choice=False, render_kw=_NAMES)
    first_day = DateThree(_l("First day"))
    last_day = DateThree(_l("Last day"))


class ChoosePasswordForm(CommandForm):
    """The first password, after an invitation."""

    password = PasswordField(
        _l("Password"),
        description=_l("At least 15 characters. Several words that do not belong together are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(_l("The same password again"), render_kw={"autocomplete": "new-password"})
