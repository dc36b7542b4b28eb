"""Static files: named by their content, compressed once, served in front of the application.

WhiteNoise answers below `/static/` before Flask sees the request, so a static file never touches session or database.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from wsgiref.headers import Headers

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, has_request_context, request
from flask_compress import Compress
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SOURCE: Final = Path(__file__).resolve().parent / "static"
PREFIX: Final = "/static/"
_HASH_LENGTH: Final = 12
_YEAR: Final = 365 * 24 * 60 * 60
_FINGERPRINTED: Final = re.compile(rf"\.[0-9a-f]{{{_HASH_LENGTH}}}\.\w+$")
_COMPRESSED_TYPES: Final = ["text/html", "text/plain", "text/csv", "application/json", "image/svg+xml"]


class StaticFiles(WhiteNoise):  # type: ignore[misc]
    """WhiteNoise that also answers for what is not there, instead of asking the application."""

    FOREVER = _YEAR

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(PREFIX) and path not in self.files:
            body = b"Not found\n"
            headers = [
                ("Content-Type", "text/plain"),
                ("Content-Length", str(len(body))),
                ("Cache-Control", "no-store"),
            ]
            start_response("404 Not Found", headers)
            return [body]
        answer: Iterable[bytes] = super().__call__(environ, start_response)
        return answer


class PageCompression(Compress):
    """Compresses answers that refuse as well: a form that comes back with its errors is as long as any page."""

    def after_request(self, response: Response | None) -> Response:
        """Compress one answer; a download passes through with its length, so that it can go on where it broke off."""
        if response is not None and response.direct_passthrough:
            return response
        if response is None or response.status_code < HTTPStatus.BAD_REQUEST:
            return super().after_request(response)
        status, response.status_code = response.status, HTTPStatus.OK
        compressed: Response = super().after_request(response)
        compressed.status = status
        return compressed


def fingerprint(content: bytes, name: str) -> str:
    """Return `name` with a digest of `content` before its ending."""
    path = Path(name)
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:_HASH_LENGTH]}{path.suffix}"


def build(source: Path, target: Path) -> dict[str, str]:
    """Write the fingerprinted and compressed forms of every file of `source` that `target` lacks.

    Several processes may do so at once: each file appears complete or not at all.

    Returns:
        name -> fingerprinted name.
    """
    target.mkdir(parents=True, exist_ok=True)
    names = {}
    for path in sorted(source.iterdir()):
        content = path.read_bytes()
        names[path.name] = fingerprint(content, path.name)
        plain = target / names[path.name]
        if not plain.exists():
            _write(plain.with_name(plain.name + ".gz"), gzip.compress(content, 9, mtime=0))
            _write(plain.with_name(plain.name + ".br"), brotli.compress(content, quality=11))
            _write(plain, content)
    return names


def _write(path: Path, content: bytes) -> None:
    handle, fresh = tempfile.mkstemp(dir=path.parent, suffix=".new")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(fresh).replace(path)


def init_assets(app: Flask, *, build_dir: Path | None = None) -> None:
    """Serve the static files in front of `app`, compress its pages, and give templates `static_url(name)`.

    Args:
        app: the application, made with `static_folder=None`.
        build_dir: a private directory that survives the process; the instance path's `static` when None.
    """
    target = build_dir or Path(app.instance_path) / "static"
    names = build(SOURCE, target)
    server = StaticFiles(
        app.wsgi_app,
        max_age=0,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: bool(_FINGERPRINTED.search(url)),
        add_headers_function=_headers,
    )
    for name in names.values():
        server.add_file_to_dictionary(PREFIX + name, str(target / name))
    app.wsgi_app = server  # type: ignore[method-assign]
    app.extensions["static_build"] = target

    def static_url(name: str) -> str:
        root = request.script_root if has_request_context() else ""
        return f"{root}{PREFIX}{names[name]}"

    app.jinja_env.globals["static_url"] = static_url
    app.config.setdefault("COMPRESS_MIMETYPES", _COMPRESSED_TYPES)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    PageCompression(app)


def _headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
