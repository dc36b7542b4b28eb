"""Files for tests, each as small as its kind allows: good ones, and bad ones of every kind."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

_TYPES: Final = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
_OPEN: Final = b"application/vnd.oasis.opendocument."


def pdf(
    *, title: str = "", password: str | None = None, owner_password: str | None = None, script: bool = False
) -> bytes:
    """A PDF of one empty page; with a password to open it, or only one that forbids changes."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.add_metadata({"/Title": title})
    if script:
        writer.root_object[NameObject("/Names")] = DictionaryObject(
            {NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): ArrayObject()})}
        )
    if password or owner_password:
        writer.encrypt(password or "", owner_password, algorithm="AES-256")
    return _written(writer)


def pdf_that_starts(action: str) -> bytes:
    """A PDF that does `action` ("/Launch") when it is opened."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject(action), NameObject("/F"): TextStringObject("calc.exe")}
    )
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def office(main: str = "word/document.xml", **more: bytes) -> bytes:
    """An office file with its main part, and `more` parts named with "__" for "/" and "_" for "."."""
    extra = {name.replace("__", "/").replace("_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": _TYPES, main: b"<text/>", **extra})


def open_document(kind: bytes = b"text", **parts: bytes) -> bytes:
    """An OpenDocument file."""
    extra = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    return archive({"mimetype": _OPEN + kind, "content.xml": b"<text/>", **extra})


def picture(form: str = "PNG", size: tuple[int, int] = (2, 2)) -> bytes:
    """A picture."""
    out = io.BytesIO()
    Image.new("1", size).save(out, form)
    return out.getvalue()


def huge_picture(width: int, height: int) -> bytes:
    """The head of a PNG that says it has so many dots; nothing is drawn."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack("!2L5B", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def with_password() -> bytes:
    """The beginning of an office file with a password: an OLE file with a stream of that name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(64)


def with_zip_password(content: bytes) -> bytes:
    """`content` with the flag of encryption set on its first entry, in both places where it stands."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


RICH_TEXT: Final = rb"{\rtf1\ansi Text.\par}"

#: One good file of each kind, by the ending of its name.
GOOD: Final[Mapping[str, bytes]] = {
    "pdf": pdf(),
    "docx": office(),
    "xlsx": office("xl/workbook.xml"),
    "pptx": office("ppt/presentation.xml"),
    "odt": open_document(),
    "ods": open_document(b"spreadsheet"),
    "odp": open_document(b"presentation"),
    "rtf": RICH_TEXT,
    "txt": "Проект закона – مشروع قانون\r\n".encode(),
    "csv": b"name;role\r\nA;judge\r\n",
    "jpg": picture("JPEG"),
    "jpeg": picture("JPEG"),
    "png": picture(),
    "tif": picture("TIFF"),
    "tiff": picture("TIFF"),
}


def form_with(fields: Mapping[str, str], name: str, content: bytes, *, field: str = "file") -> dict[str, Any]:
    """The body of a form with a file, as a browser sends it: arguments for `client.post`.

    For large files: the client's own encoder leaves a temporary file open.
    """
    upload = FileStorage(io.BytesIO(content), name)
    boundary, body = encode_multipart({**fields, field: upload})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}
