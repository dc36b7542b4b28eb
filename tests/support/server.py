"""The application on a real port, in a thread of the test's process, so that a stopped clock stops there too."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Self

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


class _QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing: a test's output is its own."""


@dataclass(slots=True)
class LiveServer:
    """A running server.

    Attributes:
        app: the application it serves.
        url: its address without a slash at the end.
    """

    app: Flask
    url: str
    _server: object = None
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        port = int(self.url.rsplit(":", 1)[1])
        server = make_server("127.0.0.1", port, self.app, threaded=True, request_handler=_QuietHandler)
        # an idle keep-alive connection of the browser must not hold the end of the test
        server.daemon_threads = True  # type: ignore[attr-defined]
        server.block_on_close = False  # type: ignore[attr-defined]
        self._server = server
        self._thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        assert self._thread is not None
        self._server.shutdown()  # type: ignore[attr-defined]
        self._thread.join(10)
        self._server.server_close()  # type: ignore[attr-defined]
