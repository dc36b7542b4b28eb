"""Flask-Security's messages in this product's words. They say how to mend, and nothing about which accounts exist.

`lazy_gettext` puts the words into the catalogue; Flask-Security looks them up there itself.
"""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

_WRONG_SIGN_IN = _l("Check your e-mail address and your password: together they do not open an account.")
_LINK_OVER = _l("This link is no longer good. Ask for a new one.")
_START_AGAIN = _l("This took too long or was done in another window. Start again.")

MESSAGES: Final[dict[str, tuple[LazyString, str]]] = {
    "GENERIC_AUTHN_FAILED": (_WRONG_SIGN_IN, "error"),
    "USER_DOES_NOT_EXIST": (_WRONG_SIGN_IN, "error"),
    "DISABLED_ACCOUNT": (_WRONG_SIGN_IN, "error"),
    "CONFIRMATION_REQUIRED": (_WRONG_SIGN_IN, "error"),
    "INVALID_PASSWORD": (_l("This is not your password. Enter it again."), "error"),
    "PASSWORD_NOT_PROVIDED": (_l("Enter a password"), "error"),
    "EMAIL_NOT_PROVIDED": (_l("Enter your e-mail address"), "error"),
    "INVALID_EMAIL_ADDRESS": (_l("Enter an e-mail address, for example name@example.org"), "error"),
    "RETYPE_PASSWORD_MISMATCH": (_l("The two passwords differ. Enter the same one twice."), "error"),
    "PASSWORD_IS_THE_SAME": (_l("Choose a password that differs from the one you use now."), "error"),
    "PASSWORD_RESET_REQUEST": (
        _l("If there is an account with this address, a link to choose a new password is on its way."),
        "info",
    ),
    "GENERIC_RECOVERY": (
        _l("If there is an account with this address, a link to choose a new password is on its way."),
        "info",
    ),
    "PASSWORD_RESET_EXPIRED": (_LINK_OVER, "error"),
    "INVALID_RESET_PASSWORD_TOKEN": (_LINK_OVER, "error"),
    "PASSWORD_RESET_NO_LOGIN": (_l("Your new password is set. Sign in with it."), "success"),
    "PASSWORD_CHANGE": (_l("Your password is changed. Your other sessions were ended."), "success"),
    "TWO_FACTOR_INVALID_TOKEN": (_l("This code is not right or was used already. Wait for the next one."), "error"),
    "INVALID_RECOVERY_CODE": (_l("This recovery code is not right or was used already."), "error"),
    "NO_RECOVERY_CODES_SETUP": (_l("You have no recovery codes yet."), "info"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_l("You are signed in."), "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (_l("Your second step is set up."), "success"),
    "TWO_FACTOR_PERMISSION_DENIED": (_START_AGAIN, "error"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (_l("Choose one of the answers in the list"), "error"),
    "TWO_FACTOR_DISABLED": (_l("Your second step is switched off."), "success"),
    "TWO_FACTOR_SETUP_EXPIRED": (_START_AGAIN, "error"),
    "API_ERROR": (_START_AGAIN, "error"),
    "REAUTHENTICATION_REQUIRED": (_l("Enter your password once more to go on."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_l("Thank you. You can go on."), "success"),
    "UNAUTHENTICATED": (_l("Sign in to see this page."), "info"),
    "INVALID_REDIRECT": (_l("The page to return to is not part of this service."), "error"),
    "INVALID_INPUT": (_l("Check this answer"), "error"),
    "INVALID_CODE": (_l("This code is not right or was used already. Wait for the next one."), "error"),
}


def message_settings() -> dict[str, tuple[str, str]]:
    """Return the values of `SECURITY_MSG_...`: the words as they stand in the catalogue, untranslated."""
    return {f"SECURITY_MSG_{name}": (msgid_of(words), category) for name, (words, category) in MESSAGES.items()}


def msgid_of(words: LazyString) -> str:
    """Return the English words of a lazy text, as they stand in the code."""
    return str(words._args[0])
