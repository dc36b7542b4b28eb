"""Everything that pages need to be shown, switched on with one call."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from flask import Flask

from app.foundation.assets import init_assets
from app.foundation.csp import init_csp
from app.foundation.fields import init_fields
from app.foundation.formatting import init_formatting
from app.foundation.i18n import Language, Preference, init_babel
from app.foundation.pages import bp as pages
from app.foundation.preferences import init_preferences

DEMO: Final = "demo"


def init_look(
    app: Flask,
    *,
    environment: str,
    base_url: str,
    data_dir: Path,
    preference: Preference = lambda: None,
    extra_languages: Iterable[Language] = (),
) -> None:
    """Give `app` languages, static files, headers, filters, macros' helpers and the pages of the footer.

    Call it before any template is rendered, and make the application with `static_folder=None`.

    Args:
        app: the application.
        environment: `demo` shows the banner on every page.
        base_url: where people reach it.
        data_dir: a private directory; the static files are built below it.
        preference: answers the signed-in person's language, or None.
        extra_languages: beyond the six (the tests' pseudo-locale).
    """
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["is_demo"] = environment == DEMO
    init_babel(app, preference=preference, extra=extra_languages)
    init_formatting(app)
    init_fields(app)
    init_csp(app, base_url=base_url)
    init_assets(app, build_dir=data_dir / "static")
    init_preferences(app)
    app.register_blueprint(pages)
