"""Figures for the operator at `/metrics`: requests from this process, everything else asked from the database.

The address exists only with a token, or outside production for this machine alone. Behind a proxy every visitor may
look like this machine, therefore production always needs the token.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import time
from collections.abc import Callable, Iterator, Mapping

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.orm import Session

from app.foundation import access
from app.foundation.db import read_session
from app.foundation.errors import NotFound

#: Figures of one area: name to value.
Source = Callable[[Session], Mapping[str, float]]

REGISTRY = CollectorRegistry()
REQUESTS = Counter("accede_requests", "Requests answered", ["endpoint", "method", "status"], registry=REGISTRY)
SECONDS = Histogram("accede_request_seconds", "Seconds until the answer", ["endpoint"], registry=REGISTRY)

bp = Blueprint("metrics", __name__)


class _FromDatabase(Collector):
    """Gauges that are the same whichever process is asked."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask each source."""
        for area, source in self._sources.items():
            for name, value in source(read_session()).items():
                yield GaugeMetricFamily(f"accede_{area}_{name}", f"{area}: {name}", value=value)


def init_metrics(app: Flask, *, token: str, is_production: bool, sources: Mapping[str, Source]) -> None:
    """Count the requests of `app` and give it `/metrics` where the rules above allow it.

    Args:
        app: the application.
        token: what must be sent as bearer token; empty for none.
        is_production: without a token there is then no such address.
        sources: figures asked from the database at each scrape, by area.
    """
    app.before_request(_begin)
    app.after_request(_count)
    if token or not is_production:
        app.extensions["metrics"] = (token, dict(sources))
        app.register_blueprint(bp)


@bp.get("/metrics")
@access.bare
def metrics() -> Response:
    """Show the figures in Prometheus' text format; to others the address does not exist."""
    token, sources = current_app.extensions["metrics"]
    if not _may_read(token):
        raise NotFound
    registry = CollectorRegistry()
    registry.register(_FromDatabase(sources))
    body = generate_latest(_requests()) + generate_latest(registry)
    return Response(body, content_type=CONTENT_TYPE_LATEST)


def _may_read(token: str) -> bool:
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    return ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - compared, not bound


def _requests() -> CollectorRegistry:
    """The counters of all web processes, when they share a directory; else of this one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared


def _begin() -> None:
    g.metrics_began = time.perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    REQUESTS.labels(endpoint, request.method if request.endpoint else "any", response.status_code).inc()
    if (began := g.pop("metrics_began", None)) is not None:
        SECONDS.labels(endpoint).observe(time.perf_counter() - began)
    return response
