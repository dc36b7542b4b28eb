"""Requests with files: larger than a form of text, streamed to disk, and never fatal for the rest of the form.

A file above the limit of one file is thrown away while it arrives; the text around it is read as always, so that the
page can come back with everything typed. Only a request above the limit of all files together is refused unread.
"""

from __future__ import annotations

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final, TypeVar, cast

from flask import Flask, Request, current_app, request, session

from config.settings import Settings

V = TypeVar("V", bound=Callable[..., Any])

MEGA: Final = 1_000_000
#: What is kept in memory of one file; the rest goes to disk.
_IN_MEMORY: Final = 512 * 1024
_ATTRIBUTE: Final = "__takes_files__"


class BoundedFile(SpooledTemporaryFile[bytes]):
    """A file that arrives; above its limit it is emptied, and what still comes is thrown away.

    Attributes:
        too_large: whether that happened.
    """

    def __init__(self, most_octets: int) -> None:
        super().__init__(max_size=_IN_MEMORY, mode="w+b")
        self._most_octets = most_octets
        self.too_large = False

    def write(self, part: Any) -> int:
        """Take the next part, or throw it away."""
        if self.too_large:
            return len(part)
        if self.tell() + len(part) > self._most_octets:
            self.too_large = True
            self.seek(0)
            self.truncate(0)
            return len(part)
        return super().write(part)


class UploadRequest(Request):
    """A request whose files are bounded one by one."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        settings: Settings = current_app.extensions["settings"]
        return cast("IO[bytes]", BoundedFile(settings.document_limit_mb * MEGA))


def takes_files(view: V) -> V:
    """Mark a view whose form has files: its requests may be as large as the setting `upload_limit_mb`."""
    setattr(view, _ATTRIBUTE, True)
    return view


def init_uploads(app: Flask, settings: Settings) -> None:
    """Let marked views of `app` take files; call it before anything reads a form."""
    app.request_class = UploadRequest

    def allow() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        # Whoever never had a session here has nothing to upload.
        if getattr(view, _ATTRIBUTE, False) and session:
            request.max_content_length = settings.upload_limit_mb * MEGA

    app.before_request(allow)
