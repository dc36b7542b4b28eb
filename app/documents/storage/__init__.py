"""The store: where the files of documents lie, named by their hash and a random part.

A name is used once: no two uploads share a file, so that nobody learns from the store what somebody else sent, and a
file that no row names can be removed without asking who else has the same content.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from flask import current_app

from app.documents.storage.contract import FileMissing, Kept, Store
from app.documents.storage.disk import DiskStore
from config.settings import Settings

__all__ = ["EXTENSION", "FileMissing", "Kept", "Store", "new_name", "store_for", "the_store"]

EXTENSION: Final = "document_store"
_RANDOM_OCTETS: Final = 9


def new_name(sha256: str) -> str:
    """Return a name that was never used for content with the hash `sha256`."""
    return f"{sha256}-{secrets.token_hex(_RANDOM_OCTETS)}"


def store_for(settings: Settings) -> Store:
    """Return the store that the setting `document_store` names: a folder, or a bucket of S3."""
    address = urlsplit(settings.document_store)
    if address.scheme != "s3":
        return DiskStore(Path(settings.document_store))
    from app.documents.storage.s3 import S3Store, client_for  # noqa: PLC0415 - a large library, for those who use it

    client = client_for(
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key,
    )
    return S3Store(client, address.netloc, address.path.strip("/"))


def the_store() -> Store:
    """Return the store of the running application."""
    found: Store = current_app.extensions[EXTENSION]
    return found
