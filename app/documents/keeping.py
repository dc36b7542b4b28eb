"""A good file of a form that comes back with other errors is kept, so that it need not be sent again on a slow line.

The form carries a signed reference to it; the file lies in the store and is collected when nobody uses it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.documents.checks import Unfit
from app.documents.receiving import StoredFile
from app.foundation.clock import now

#: How long a kept file can be used; the collector waits longer.
KEPT_FOR: Final = timedelta(hours=24)


def reference_to(stored: StoredFile, user_id: int | None) -> str:
    """Return what stands for `stored` in the form of `user_id`, for `KEPT_FOR`."""
    until = (now() + KEPT_FOR).isoformat()
    return str(_signer().dumps([user_id, until, stored.model_dump(mode="json")]))


def kept_file(reference: str, user_id: int | None) -> StoredFile:
    """Return the file for which `reference` stands.

    Raises:
        Unfit: it was given to somebody else, is too old, or was never given.
    """
    try:
        owner, until, stored = _signer().loads(reference)
    except BadSignature:
        raise Unfit("kept_expired") from None
    if owner != user_id or datetime.fromisoformat(until) <= now():
        raise Unfit("kept_expired")
    return StoredFile.model_validate(stored)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="kept file of a form")
