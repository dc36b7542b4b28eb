"""The web server: `gunicorn -c config/gunicorn.py wsgi:app`.

Reading the settings here makes the master refuse a bad configuration before it binds the port.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from pathlib import Path
from typing import Any, Final

from gunicorn.glogging import Logger

from app.foundation.db.schema import NotAtHead, require_head
from config.logging import configure_logging
from config.settings import SettingsError, load_settings

MOST_WORKERS_BY_DEFAULT: Final = 8

try:
    settings = load_settings()
except SettingsError as error:
    sys.exit(str(error))
configure_logging(settings)


class StructuredLogger(Logger):  # type: ignore[misc]
    """Hands gunicorn's own lines to the one pipeline; its access log stays off, the application writes a better one."""

    def setup(self, cfg: Any) -> None:
        """Take gunicorn's handlers away, so that its lines go to the root logger."""
        super().setup(cfg)
        for name in ("gunicorn.error", "gunicorn.access"):
            logger = logging.getLogger(name)
            logger.handlers = []
            logger.propagate = True


def on_starting(_server: Any) -> None:
    """Refuse an old schema, in the master and once: a later migration must not stop a running server."""
    try:
        require_head(settings.database_url)
    except NotAtHead as error:
        sys.exit(f"Accede does not start: {error}")


def when_ready(_server: Any) -> None:
    """Keep what the application is made of out of every collection: workers leave those pages shared and pause less."""
    gc.collect()
    gc.freeze()


bind = f"{settings.host}:{settings.port}"
workers = int(os.environ.get("WEB_CONCURRENCY", "0")) or (
    1 if settings.is_demo else min((os.cpu_count() or 1) * 2, MOST_WORKERS_BY_DEFAULT)
)
worker_class = "gthread"
threads = 4
preload_app = True
"""The master builds the application and workers share its memory; building opens no connection, so none is shared."""

timeout = 60
graceful_timeout = 30
"""Seconds after SIGTERM in which running requests may end; new ones are refused."""
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
"""Workers are renewed now and then, never all at once."""

limit_request_line = 8190
limit_request_fields = 100
forwarded_allow_ips = "127.0.0.1,::1"
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - heartbeat files, not data
control_socket_disable = True
logger_class = StructuredLogger
accesslog = None
