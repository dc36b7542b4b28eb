"""Gives the application its store of documents."""

from flask import Flask

import app.documents.texts  # noqa: F401 - their sentences
from app.documents.storage import EXTENSION, store_for
from config.settings import Settings


def init_documents(app: Flask, settings: Settings) -> None:
    """Open the store that the settings name."""
    app.extensions[EXTENSION] = store_for(settings)
