"""The application for `gunicorn wsgi:app` and `flask --app wsgi`."""

from __future__ import annotations

from app import create_app
from config.logging import configure_logging
from config.settings import load_settings

settings = load_settings()
configure_logging(settings)
app = create_app(settings)
