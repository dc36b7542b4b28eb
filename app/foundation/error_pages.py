"""Errors become pages: what happened, what was kept, what to do. Nothing typed is lost."""

from typing import Any

import structlog
from flask import Flask, abort, current_app, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.foundation.errors import (
    AccedeError,
    Forbidden,
    InvalidCommand,
    NotFound,
    NotNow,
    Refused,
    Stale,
    TooManyTries,
    Unavailable,
)
from app.foundation.texts import UnknownCode, text
from app.foundation.wiring import wiring

log = structlog.get_logger(__name__)

#: Statuses that have a page of their own; any other shows the nearest.
PAGES = (400, 403, 404, 405, 409, 413, 422, 429, 500, 503)
#: Seconds after which a browser may ask again while the database is away.
RETRY_AFTER = 30
_NEVER_KEPT = ("csrf_token", "password", "_key", "version", "code", "passcode")

Answer = tuple[str, int, dict[str, str]]


def init_error_pages(app: Flask) -> None:
    """Give every error of `app` its page."""
    app.register_error_handler(AccedeError, _named)
    app.register_error_handler(CSRFError, lambda error: page(400, reasons=[text("csrf")]))
    app.before_request(_refuse_unstorable)
    app.register_error_handler(DataError, _not_storable)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(PoolTimeout, _database_away)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def page(status: int, *, headers: dict[str, str] | None = None, **shown: Any) -> Answer:
    """Render the page of `status` with what the person typed.

    Args:
        status: HTTP status.
        headers: extra response headers.
        shown: values for the template: `reasons` (sentences), `changes` (what happened since).
    """
    name = status if status in PAGES else (400 if status < 500 else 500)
    shown.setdefault("reasons", [])
    shown |= {"status": status, "kept": kept_text(), "page_failed": True}
    # What failed on the server may fail again: such a page asks nobody who is signed in or what waits for them.
    html = _bare(f"errors/{name}.html", shown) if status >= 500 else render_template(f"errors/{name}.html", **shown)
    return html, status, headers or {}


def _bare(template: str, shown: dict[str, Any]) -> str:
    return current_app.jinja_env.get_template(template).render(**shown, request=request)


def kept_text() -> list[tuple[str, str]]:
    """Return what was typed into the form that failed, so that nothing is lost."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # what was sent is too large to be read: there is nothing to show again
        return []
    return [(name, value) for name, value in fields if value.strip() and not _is_secret(name)]


def _is_secret(name: str) -> bool:
    return any(word in name for word in _NEVER_KEPT)


def _named(error: AccedeError) -> Answer:
    if isinstance(error, Stale):
        return page(error.status, changes=_changes(error), back_url=_fresh_page(error))
    if isinstance(error, Refused):
        return page(error.status, reasons=[_say(code, params) for code, params in error.reasons])
    if isinstance(error, InvalidCommand):
        # A button or a hidden field, beside which nothing could stand.
        return page(error.status, reasons=list(dict.fromkeys(_say(one.code, one.params) for one in error.errors)))
    if isinstance(error, TooManyTries):
        return page(error.status, headers={"Retry-After": str(error.retry_after)}, retry_after=error.retry_after)
    if isinstance(error, Unavailable):
        return page(error.status, headers={"Retry-After": str(RETRY_AFTER)})
    if isinstance(error, NotNow):
        return page(error.status, not_now=True, back_url=_fresh_page(error))
    generic = isinstance(error, NotFound | Forbidden)
    return page(error.status, reasons=[] if generic else [_say(error.code, error.params)])


def _say(code: str, params: Any) -> str:
    try:
        return text(code, params)
    except (UnknownCode, KeyError):
        log.exception("error without a text", code=code)
        return text("value_error")


def _changes(error: Stale) -> list[Any]:
    describe = wiring().changes_since
    return list(describe(error)) if describe is not None and error.case_key else []


def _fresh_page(error: Stale | NotNow) -> str:
    endpoint = wiring().case_endpoint
    return url_for(endpoint, key=error.case_key) if endpoint and error.case_key else request.path


def _refuse_unstorable() -> None:
    """Answer an address with U+0000 as one that leads nowhere: no text of the database can equal it."""
    if "\0" in request.path or any("\0" in value for values in request.args.listvalues() for value in values):
        abort(404)


def _not_storable(error: DataError) -> Answer:
    """Answer a value that no column takes (U+0000, a number out of range) as a bad request, not as a fault of ours."""
    log.error("value not storable", error=type(error.orig).__name__)
    return page(400)


def _database_away(error: DBAPIError | PoolTimeout) -> Answer:
    log.error("database unavailable", error=type(error).__name__)
    return page(503, headers={"Retry-After": str(RETRY_AFTER)})


def _http(error: HTTPException) -> Any:
    if error.code is None or error.response is not None or error.code < 400:
        return error.get_response()
    headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    # Of a request that was too large nothing was read; the page says how large it may be.
    limit = {"limit_octets": request.max_content_length} if error.code == 413 else {}
    return page(error.code, headers=headers, **limit)


def _unexpected(error: Exception) -> Answer:
    log.error("unexpected error", exc_info=error)
    return page(500)
