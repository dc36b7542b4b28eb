"""What a browser remembers about the look: language, light or dark, keyboard shortcuts. Cookies only, no database."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Flask, abort, has_request_context, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.foundation import access
from app.foundation.i18n import LANGUAGE_COOKIE, is_offered
from app.foundation.redirects import here, local_target

bp = Blueprint("preferences", __name__, url_prefix="/preferences")

THEME_COOKIE: Final = "accede_theme"
KEYS_COOKIE: Final = "accede_keys"
THEMES: Final = {"system": _l("As my device is set"), "light": _l("Light"), "dark": _l("Dark")}
KEYS: Final = {"on": _l("On"), "off": _l("Off")}
_YEAR: Final = 365 * 24 * 60 * 60


def theme() -> str:
    """Return the chosen appearance: system, light or dark."""
    picked = request.cookies.get(THEME_COOKIE) if has_request_context() else None
    return picked if picked in THEMES else "system"


def keys() -> str:
    """Return whether single-key shortcuts work: on or off."""
    return "off" if has_request_context() and request.cookies.get(KEYS_COOKIE) == "off" else "on"


@bp.get("")
@access.public
def show() -> str:
    """Show the choices."""
    back_url = local_target(request.args.get("next"))
    return render_template("pages/preferences.html", themes=THEMES, key_choices=KEYS, back_url=back_url)


@bp.get("/language/<locale>")
@access.public
def set_language(locale: str) -> Response:
    """Remember the language and return to the same page."""
    if not is_offered(locale):
        abort(404)
    return _remember(LANGUAGE_COOKIE, locale)


@bp.get("/theme/<choice>")
@access.public
def set_theme(choice: str) -> Response:
    """Remember the appearance and return to the same page."""
    if choice not in THEMES:
        abort(404)
    return _remember(THEME_COOKIE, choice)


@bp.get("/keys/<choice>")
@access.public
def set_keys(choice: str) -> Response:
    """Remember whether single-key shortcuts work and return to the same page."""
    if choice not in KEYS:
        abort(404)
    return _remember(KEYS_COOKIE, choice)


def _remember(cookie: str, value: str) -> Response:
    answer = redirect(local_target(request.args.get("next")), 303)
    answer.set_cookie(cookie, value, max_age=_YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return answer


def init_preferences(app: Flask) -> None:
    """Register the pages and what the layout asks."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(theme=theme, shortcut_keys=keys, here=here)
