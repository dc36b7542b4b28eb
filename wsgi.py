"""The application for `gunicorn wsgi:app` and `flask --app wsgi`."""

from __future__ import annotations

from werkzeug.middleware.proxy_fix import ProxyFix

from app import create_app
from config.logging import configure_logging
from config.settings import load_settings

settings = load_settings()
configure_logging(settings)
app = create_app(settings)
if settings.trusted_proxies:
    believed = settings.trusted_proxies
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=believed, x_proto=believed)  # type: ignore[method-assign]
