"""From an upload to a file in the store. Runs before the transaction: no use case waits for a disk or a scanner."""

from __future__ import annotations

import hashlib
import io
from typing import Any, BinaryIO, cast

import structlog
from flask import current_app
from pydantic import BaseModel, ConfigDict
from werkzeug.datastructures import FileStorage

from app.documents.checks import Unfit, look_at
from app.documents.checks.names import clean_name
from app.documents.scanner import ScannerAway, finds_something
from app.documents.storage import new_name, the_store
from app.documents.vocabulary import DocumentStatus
from app.foundation.errors import FieldError, InvalidCommand
from app.foundation.formatting import file_size
from app.foundation.uploads import MEGA
from config.settings import Settings

log = structlog.get_logger(__name__)


class StoredFile(BaseModel):
    """A file that lies in the store and belongs to nothing yet; what no document names is collected at night.

    Attributes:
        storage_name: its name in the store.
        file_name: as the person called it, cleaned.
        media_type: of its content.
        size: in octets.
        sha256: of its content, in hexadecimal digits.
        status: quarantined when the scanner found something in it.
    """

    model_config = ConfigDict(frozen=True)

    storage_name: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    status: DocumentStatus = DocumentStatus.ACCEPTED


def receive(upload: FileStorage, *, field: str = "file") -> StoredFile:
    """Check an uploaded file, have it scanned, and put it into the store.

    Call it before the use case that will call `add_document`, and hand the result over in the command.

    Args:
        upload: from `request.files`.
        field: name of the form's field, beside which an error stands.

    Raises:
        InvalidCommand: the file is not taken; the error names the reason, each with a sentence of its own.
    """
    try:
        return take(upload)
    except Unfit as problem:
        raise InvalidCommand(error_of(problem, field)) from None


def take(upload: FileStorage) -> StoredFile:
    """Do what `receive` does, for a field that shows its own errors.

    Raises:
        Unfit: the file is not taken.
    """
    content, limit = cast("BinaryIO", upload.stream), most_octets()
    if getattr(content, "too_large", False):
        raise Unfit("too_large", limit=limit)
    found = look_at(content, upload.filename or "", limit)
    status = DocumentStatus.QUARANTINED if _is_infected(content) else DocumentStatus.ACCEPTED
    name = new_name(found.sha256)
    the_store().put(name, content)
    return StoredFile(
        storage_name=name,
        file_name=found.file_name,
        media_type=found.media_type,
        size=found.size,
        sha256=found.sha256,
        status=status,
    )


def store_bytes(data: bytes, name: str, media_type: str) -> StoredFile:
    """Put what the system itself made (a letter) into the store; it is not checked again.

    Args:
        data: not empty.
        name: what the file is called when somebody downloads it.
        media_type: such as `application/pdf`.

    Raises:
        ValueError: there is no data.
    """
    if not data:
        raise ValueError("an empty file is no document")
    sha256 = hashlib.sha256(data).hexdigest()
    storage_name = new_name(sha256)
    the_store().put(storage_name, io.BytesIO(data))
    return StoredFile(
        storage_name=storage_name, file_name=clean_name(name), media_type=media_type, size=len(data), sha256=sha256
    )


def most_octets() -> int:
    """Return how many octets one file may have."""
    settings: Settings = current_app.extensions["settings"]
    return settings.document_limit_mb * MEGA


def error_of(problem: Unfit, field: str) -> FieldError:
    """Return the error that stands beside `field`, with sizes in words."""
    params: dict[str, Any] = dict(problem.params)
    if "limit" in params:
        params["limit"] = file_size(params["limit"])
    return FieldError(field, problem.code, params)


def _is_infected(content: BinaryIO) -> bool:
    settings: Settings = current_app.extensions["settings"]
    if not settings.virus_scanner:
        return False
    try:
        found = finds_something(content, settings.virus_scanner)
    except ScannerAway as problem:
        log.error("scanner_away", error=str(problem))
        raise Unfit("not_scanned") from None
    if found:
        log.error("upload_quarantined")
    return found
