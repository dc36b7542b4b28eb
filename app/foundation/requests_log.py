"""One log line per request: id, user id, route, status, duration; never what was typed or who somebody is."""

import re
import secrets
import time

import structlog
from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

log = structlog.get_logger("accede.request")

_SAFE_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


def init_request_log(app: Flask) -> None:
    """Bind a request id to every log line of a request, and write one line when it is answered."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _SAFE_ID.match(given) else secrets.token_hex(8)
        g.request_began = time.perf_counter()
        clear_contextvars()
        route = request.url_rule.rule if request.url_rule else "-"
        bind_contextvars(request_id=g.request_id, method=request.method, route=route)

    @app.after_request
    def end(response: Response) -> Response:
        actor = g.get("actor")
        duration = (time.perf_counter() - g.get("request_began", time.perf_counter())) * 1000
        user_id = actor.user_id if actor is not None else None
        log.info("request", status=response.status_code, duration_ms=round(duration, 1), user_id=user_id)
        response.headers["X-Request-ID"] = g.get("request_id", "")
        return response
