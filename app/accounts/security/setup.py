"""Configures Flask-Security: argon2, two factors, recovery codes, generic answers, and nothing that is not used."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from flask import Flask, current_app, session
from flask_security import Security
from flask_security.utils import hash_password as _hash
from flask_security.utils import set_request_attr

from app.accounts.actor import SessionLimits, signed_in
from app.accounts.identity import find_person
from app.accounts.kinds import AccountKind
from app.accounts.models import User
from app.accounts.passwords import SHORTEST, normalise
from app.accounts.second_factor import AUTHENTICATOR, MAILED_CODE, SecondFactorRule
from app.accounts.security.datastore import Datastore
from app.accounts.security.events import connect
from app.accounts.security.forms import FORMS
from app.accounts.security.messages import message_settings
from app.accounts.security.tools import OneTimeCodes, Passwords, QueuedMail, RecoveryCodes
from app.accounts.security.views import bp
from app.foundation.access import current_actor
from app.foundation.i18n import DOMAIN, TRANSLATIONS
from config.settings import Settings

RESET_WITHIN: Final = timedelta(hours=1)
FRESH_FOR: Final = timedelta(minutes=15)
#: Memory in KiB, rounds, lanes: RFC 9106, second recommended option. Tests do not wait for it.
_ARGON2: Final = {"argon2__memory_cost": 65536, "argon2__rounds": 3, "argon2__parallelism": 4}
_ARGON2_IN_TESTS: Final = {"argon2__memory_cost": 64, "argon2__rounds": 1, "argon2__parallelism": 1}


def init_security(app: Flask, settings: Settings) -> None:
    """Give `app` sign-in, second factor and password pages, and sessions that are rows.

    Call it after `init_db`, the CSRF protection and the languages; `set_mail_queue` must follow.

    Args:
        app: the application.
        settings: secrets, session limits, base URL, environment.
    """
    app.config.update(_security_config(settings) | message_settings())
    app.config["SECURITY_I18N_DIRNAME"] = app.config.get("BABEL_TRANSLATION_DIRECTORIES", str(TRANSLATIONS)).split(";")
    # a session is tied to its row, not to a browser's description of itself
    app.config["SESSION_PROTECTION"] = None
    app.extensions["session_limits"] = SessionLimits(
        timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_max_hours)
    )
    compulsory = frozenset(AccountKind) if settings.is_production else frozenset[AccountKind]()
    app.extensions["second_factor_rule"] = SecondFactorRule(compulsory)
    security = Security(
        app,
        Datastore(),
        register_blueprint=False,
        mail_util_cls=QueuedMail,
        password_util_cls=Passwords,
        totp_cls=OneTimeCodes,
        mf_recovery_codes_util_cls=RecoveryCodes,
        **FORMS,
    )
    security.want_json(lambda _request: False)
    _make_quiet(app, security)
    app.register_blueprint(bp)
    connect(app)


def hash_password(password: str) -> str:
    """Return the argon2 hash of a password that was found good: some hundred milliseconds, never in a transaction."""
    return str(_hash(normalise(password)))


def _make_quiet(app: Flask, security: Any) -> None:
    """Take back what the libraries do on every request: load the person, look at the remember-me cookie."""
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.after_request_funcs[None].remove(security.login_manager._update_remember_cookie)
    processors = app.template_context_processors[None]
    processors[:] = [one for one in processors if one.__module__ != "flask_login.utils"]
    security.login_manager.request_loader(None)
    security.login_manager.user_loader(_load_person)


def _load_person(uniquifier: str) -> User | None:
    """Answer Flask-Login: the person of a session that is still good."""
    if current_actor() is None or (here := signed_in()) is None:
        return None
    person = find_person(fs_uniquifier=uniquifier)
    if person is None or person.id != here.user_id:
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return person


def _security_config(settings: Settings) -> dict[str, Any]:
    values = {
        "PASSWORD_SALT": settings.password_salt,
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": {"argon2"},
        "PASSWORD_HASH_PASSLIB_OPTIONS": _ARGON2_IN_TESTS if settings.environment == "test" else _ARGON2,
        "PASSWORD_LENGTH_MIN": SHORTEST,
        "PASSWORD_NORMALIZE_FORM": None,
        "HASHING_SCHEMES": ["argon2"],
        **_second_step(settings),
        "RECOVERABLE": True,
        "RESET_PASSWORD_WITHIN": RESET_WITHIN,
        "CHANGEABLE": True,
        "POST_CHANGE_VIEW": "accounts.account",
        "POST_RESET_VIEW": "security.login",
        "FRESHNESS": FRESH_FOR,
        "FRESHNESS_GRACE_PERIOD": timedelta(0),
        "FRESHNESS_ALLOW_AUTH_TOKEN": False,
        "API_ENABLED_METHODS": ["session"],
        "RETURN_GENERIC_RESPONSES": True,
        "EMAIL_PLAINTEXT": False,
        "EMAIL_HTML": False,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
        "I18N_DOMAIN": DOMAIN,
    }
    return {f"SECURITY_{name}": value for name, value in values.items()}


def _second_step(settings: Settings) -> dict[str, Any]:
    return {
        "TOTP_SECRETS": {"1": settings.totp_secret},
        "TOTP_ISSUER": "Accede",
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": [AUTHENTICATOR, MAILED_CODE],
        "TWO_FACTOR_ALWAYS_VALIDATE": True,
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 60,
        "TWO_FACTOR_MAIL_VALIDITY": 600,
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_POST_SETUP_VIEW": "security.mf_recovery_codes",
        "TWO_FACTOR_ERROR_VIEW": "security.login",
        "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 10,
    }


def reset_token(person: User) -> str:
    """Return the token of a link to choose a new password: signed, good for an hour, worth nothing after its use."""
    serializer = current_app.extensions["security"].reset_serializer
    return str(serializer.dumps([person.fs_uniquifier, None]))


def one_time_code(secret: str) -> str:
    """Return the code of this half minute for an encrypted secret."""
    return str(current_app.extensions["security"].totp_factory.generate_totp_password(secret))
