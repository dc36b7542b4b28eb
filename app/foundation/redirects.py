"""Where a `next` parameter may lead: pages of this application, nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def here() -> str | None:
    """Return path and query of this request when it can be asked for again, else None."""
    return request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None


def local_target(wanted: str | None, default: str = "/") -> str:
    """Return `wanted` when it is the path of a page of this application that answers GET, else `default`.

    Args:
        wanted: path and query as they came with the request; never trusted.
        default: a path of this application.
    """
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted:
        return default
    if any(ord(character) < ord(" ") for character in wanted):
        return default
    try:
        parts = urlsplit(wanted)
        current_app.url_map.bind("").match(parts.path, method="GET")
    except (ValueError, RequestRedirect, HTTPException):
        return default
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
