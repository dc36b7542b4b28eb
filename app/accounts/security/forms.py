"""Flask-Security's forms with this product's words. What is refused about a password is in `Passwords`."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryCodesForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.forms import (
    EmailValidation,
    EqualToLocalize,
    IsString,
    IsStringOrInt,
    RequiredLocalize,
    email_required,
    password_required,
    valid_user_email,
)
from wtforms import EmailField, HiddenField, PasswordField, RadioField, StringField, TelField

from app.accounts.models import User
from app.accounts.second_factor import AUTHENTICATOR, MAILED_CODE, methods_for
from app.foundation.fields import choice

_CURRENT = {"autocomplete": "current-password"}
_NEW = {"autocomplete": "new-password"}
_PASSWORD_HINT = _l("At least 15 characters. Several words that do not belong together are easy to remember.")


def _address(**kwargs: Any) -> EmailField:
    return EmailField(_l("E-mail address"), render_kw={"autocomplete": "username"}, **kwargs)


def _chosen(other: str | None = None) -> PasswordField:
    if other is None:
        return PasswordField(
            _l("New password"), description=_PASSWORD_HINT, render_kw=_NEW, validators=[IsString(), password_required]
        )
    same = EqualToLocalize(other, message="RETYPE_PASSWORD_MISMATCH")
    return PasswordField(_l("New password again"), render_kw=_NEW, validators=[IsString(), same, password_required])


class SignInForm(LoginForm):
    """Address and password; no "remember me", a session ends after 12 hours."""

    email = _address(validators=[IsString(), email_required, EmailValidation(verify=False)])
    password = PasswordField(_l("Password"), render_kw=_CURRENT, validators=[IsString(), password_required])
    remember = None  # type: ignore[assignment]
    submit = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # theirs holds a link in HTML; the page has its own
        self.password.description = ""


class ConfirmPasswordForm(VerifyForm):
    """The password once more, before something that matters."""

    password = PasswordField(_l("Password"), render_kw=_CURRENT, validators=[IsString(), password_required])
    submit = None  # type: ignore[assignment]


class ForgottenForm(ForgotPasswordForm):
    """The address to which a link is sent, if there is such an account."""

    email = _address(validators=[IsString(), email_required, EmailValidation(verify=True), valid_user_email])
    submit = None  # type: ignore[assignment]


class NewPasswordForm(ResetPasswordForm):
    """A new password after a link."""

    password = _chosen()
    password_confirm = _chosen("password")
    submit = None  # type: ignore[assignment]


class PasswordForm(ChangePasswordForm):
    """The password that is used now, and a new one."""

    password = PasswordField(_l("Password that you use now"), render_kw=_CURRENT)
    new_password = _chosen()
    new_password_confirm = _chosen("new_password")
    submit = None  # type: ignore[assignment]


class CodeForm(TwoFactorVerifyCodeForm):
    """The code of the authenticator or of the mail."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits"),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w6"},
        validators=[IsStringOrInt(), RequiredLocalize()],
        filters=[lambda typed: typed.replace(" ", "") if isinstance(typed, str) else typed],
    )
    submit = None  # type: ignore[assignment]


class SecondFactorForm(TwoFactorSetupForm):
    """Which second factor; what is offered depends on the kind of account."""

    setup = RadioField(_l("How do you want to confirm that it is you?"), validate_choice=False)
    phone = TelField(validators=[IsString()])
    submit = None  # type: ignore[assignment]
    _user: User | None = None

    @property  # type: ignore[override]
    def user(self) -> User | None:
        """The person, set by the view."""
        return self._user

    @user.setter
    def user(self, person: User | None) -> None:
        self._user = person
        if person is not None:
            self.setup.choices = _offers(person)

    def validate(self, **kwargs: Any) -> bool:
        """Refuse a method that this kind of account may not use."""
        if not super().validate(**kwargs):
            return False
        if self.user is None or self.setup.data not in {offer.value for offer in _offers(self.user)}:
            self.setup.errors = [*self.setup.errors, _l("Choose one of the answers in the list")]
            return False
        return True


def _offers(person: User) -> list[Any]:
    texts = {
        AUTHENTICATOR: (
            _l("An authenticator app"),
            _l("On a phone or computer, for example FreeOTP or Aegis. Works without a network."),
        ),
        MAILED_CODE: (_l("A code by e-mail"), _l("We send a code to your address each time.")),
    }
    offers = [choice(method, *texts[method]) for method in methods_for(person.kind)]
    if person.tf_primary_method and not person.check_tf_required_setup():
        offers.append(choice("disable", _l("No second step"), _l("Your password alone opens the account.")))
    return offers


class _NotShown(HiddenField):
    """Takes the choices that Flask-Security appends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices: list[Any] = []


class LostDeviceForm(TwoFactorRescueForm):
    """Flask-Security builds it while it asks for a code; the page behind it only explains, so no choice is shown."""

    help_setup = _NotShown()  # type: ignore[assignment]
    submit = None  # type: ignore[assignment]


class RecoveryCodeForm(MfRecoveryForm):
    """A recovery code instead of the second factor."""

    code = StringField(
        _l("Recovery code"),
        description=_l("Three groups of four characters"),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
        validators=[IsString(), RequiredLocalize()],
    )
    submit = None  # type: ignore[assignment]


class RecoveryCodesForm(MfRecoveryCodesForm):
    """Makes new recovery codes."""

    show_codes = None  # type: ignore[assignment]
    generate_new_codes = None  # type: ignore[assignment]


FORMS = {
    "login_form": SignInForm,
    "verify_form": ConfirmPasswordForm,
    "forgot_password_form": ForgottenForm,
    "reset_password_form": NewPasswordForm,
    "change_password_form": PasswordForm,
    "two_factor_verify_code_form": CodeForm,
    "two_factor_setup_form": SecondFactorForm,
    "two_factor_rescue_form": LostDeviceForm,
    "mf_recovery_form": RecoveryCodeForm,
    "mf_recovery_codes_form": RecoveryCodesForm,
}
