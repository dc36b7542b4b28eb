"""A document as an answer: always a download, never a page of ours, whatever its content claims to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final, Protocol
from urllib.parse import quote

import structlog
from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from app.documents.storage import FileMissing, the_store
from app.foundation.errors import NotFound, Unavailable

log = structlog.get_logger(__name__)

#: Should a browser show it all the same, it runs nothing, loads nothing and belongs to no site.
POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
_CHUNK: Final = 64 * 1024
#: What RFC 5987 leaves as it is, besides letters and digits.
_PLAIN: Final = "!#$&+-.^_`|~"


class Stored(Protocol):
    """A row that names a file of the store: a document, or an agreement with its letter."""

    @property
    def key(self) -> str:
        """Public key of the row."""

    @property
    def storage_name(self) -> str | None:
        """Name of the file in the store; None when there is none."""

    @property
    def file_name(self) -> str | None:
        """As the person called it."""

    @property
    def media_type(self) -> str | None:
        """Of its content."""

    @property
    def size(self) -> int | None:
        """In octets."""

    @property
    def is_readable(self) -> bool:
        """Whether anybody may have the file."""


def as_download(document: Stored) -> Response:
    """Return the file of `document`, or the part of it that the request's Range names.

    Raises:
        NotFound: there is none, or nobody may have it.
        Unavailable: its file is not in the store; the log names the document.
    """
    if not document.is_readable or document.storage_name is None:
        raise NotFound
    try:
        file = the_store().open(document.storage_name)
    except FileMissing:
        log.error("document_file", document_key=document.key, code="missing")
        raise Unavailable from None
    if request.method == "HEAD":
        file.close()
    response = Response(_parts_of(file), mimetype=document.media_type, direct_passthrough=True)
    response.call_on_close(file.close)
    response.content_length = document.size or 0
    response.headers["Content-Disposition"] = disposition(document.file_name or document.key)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    try:
        response.make_conditional(request.environ, accept_ranges=True, complete_length=document.size)
    except RequestedRangeNotSatisfiable:
        file.close()
        raise
    return response


def _parts_of(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while part := file.read(_CHUNK):
            yield part


def disposition(file_name: str) -> str:
    """Return the header that makes a download under `file_name`: for every browser in ASCII, and whole (RFC 5987)."""
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%' else "_" for letter in file_name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe=_PLAIN)}"
