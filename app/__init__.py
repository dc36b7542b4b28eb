"""Accede: requests for technical assistance against terrorism, from first draft to follow-up.

`create_app` builds the application; `app.composition` holds the one table of what is wired to what.
"""

from flask import Flask

from config.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Build the application.

    Args:
        settings: checked when they were read; see `config.settings.load_settings`.

    Raises:
        UnmarkedView: a route has no access rule.
    """
    from app import cli, composition, extensions, slices  # noqa: PLC0415 - importing the package must not build the world
    from app.foundation import access, wiring  # noqa: PLC0415
    from app.foundation.db.engines import engine_config  # noqa: PLC0415
    from app.foundation.db.sessions import init_db  # noqa: PLC0415
    from app.foundation.error_pages import init_error_pages  # noqa: PLC0415
    from app.foundation.forms import init_forms  # noqa: PLC0415
    from app.foundation.health import init_health  # noqa: PLC0415
    from app.foundation.requests_log import init_request_log  # noqa: PLC0415
    from app.foundation.uploads import init_uploads  # noqa: PLC0415

    app = Flask(__name__, static_folder=None, template_folder="foundation/templates")
    app.config.from_mapping(flask_config(settings))
    app.config["SQLALCHEMY_ENGINES"] = engine_config(settings.database_url, settings.read_database_url)
    app.extensions["settings"] = settings
    init_db(app)
    init_request_log(app)
    init_uploads(app, settings)
    extensions.csrf.init_app(app)
    init_forms(app)
    init_error_pages(app)
    slices.init_slices(app, settings)
    wiring.hang_up(app, composition.WIRING)
    init_health(app)
    cli.init_cli(app)
    access.require_rules(app)
    return app


def flask_config(settings: Settings) -> dict[str, object]:
    """Return Flask's own configuration for `settings`."""
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.environment == "test",
        "ACCEDE_BASE_URL": settings.base_url,
        "SESSION_COOKIE_NAME": "accede",
        "SESSION_COOKIE_SECURE": settings.base_url.startswith("https://"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Forms of this product are text; views that take files have a larger limit (foundation.uploads).
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": None,
    }
