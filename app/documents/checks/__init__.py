"""Looks at an uploaded file before anything else does: name, size, content.

Nothing here trusts what the browser said of the file.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from app.documents.checks.contents import check_content
from app.documents.checks.names import clean_name, kind_by_name
from app.documents.checks.unfit import Unfit

__all__ = ["Looked", "Unfit", "look_at"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be taken.

    Attributes:
        file_name: as the person called it, cleaned.
        media_type: of its content.
        size: in octets.
        sha256: of its content, in hexadecimal digits.
    """

    file_name: str
    media_type: str
    size: int
    sha256: str


def look_at(content: BinaryIO, given_name: str, most_octets: int) -> Looked:
    """Check one file; afterwards `content` stands at its beginning again.

    Args:
        content: seekable.
        given_name: the name that the browser sent.
        most_octets: the setting `document_limit_mb`, in octets.

    Raises:
        Unfit: it may not be taken; says why.
    """
    name = clean_name(given_name)
    _ending, kind = kind_by_name(name)
    size = content.seek(0, io.SEEK_END)
    if size == 0:
        raise Unfit("empty")
    if size > most_octets:
        raise Unfit("too_large", limit=most_octets)
    check_content(content, kind)
    digest = hashlib.sha256()
    while chunk := content.read(1024 * 1024):
        digest.update(chunk)
    content.seek(0)
    return Looked(name, kind.media_type, size, digest.hexdigest())
