"""What a file holds, family by family: it must be what its name says, whole, open to read, and without programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import BinaryIO, Final

import filetype
from PIL import Image
from pypdf import PdfReader

from app.documents.checks.archives import open_archive, part_of, refuse_programs
from app.documents.checks.unfit import Unfit
from app.documents.vocabulary import FileFamily, FileKind

#: Dots of one picture; more take more memory than the picture is worth.
MOST_PIXELS: Final = 80_000_000
MOST_FRAMES: Final = 500
_HEAD: Final = 8192
_PDF_STARTS_WITHIN: Final = 1024
#: Control characters that text files have.
_TEXT_CONTROLS: Final = frozenset(b"\t\n\r\f\x1a\x1b")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_LOOKS_LIKE_A_PAGE: Final = re.compile(rb"\s*<(?:!doctype|html|script|svg|\?xml)", re.IGNORECASE)
#: Objects of other programs inside rich text start those programs.
_RTF_OBJECT: Final = re.compile(rb"\\obj(?:data|update|class)", re.IGNORECASE)
#: Actions by which a PDF starts a program or runs a script when it is opened.
_PDF_ACTIONS: Final = frozenset({"/Launch", "/JavaScript"})


def check_content(content: BinaryIO, kind: FileKind) -> None:
    """Check that `content` is a sound file of `kind`.

    Args:
        content: at any position; not empty.

    Raises:
        Unfit: it is not, with the reason.
    """
    content.seek(0)
    try:
        _CHECKS[kind.family](content, kind)
    except (RecursionError, MemoryError):
        raise Unfit("broken") from None
    finally:
        content.seek(0)


def _pdf(content: BinaryIO, _kind: FileKind) -> None:
    if b"%PDF-" not in content.read(_PDF_STARTS_WITHIN):
        raise Unfit("content")
    content.seek(0)
    try:
        reader = PdfReader(content)
        # Many published files forbid changes and open without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unfit("password")
        if not len(reader.pages):
            raise Unfit("broken")
        _refuse_actions(reader)
    except Unfit:
        raise
    except Exception:  # noqa: BLE001 - what a hostile file makes the parser raise has no common name
        raise Unfit("broken") from None


def _refuse_actions(reader: PdfReader) -> None:
    root = reader.root_object
    action = root.get("/OpenAction")
    action = action.get_object() if action is not None else None
    names = root.get("/Names")
    named = names.get_object() if names is not None else {}
    opens = action.get("/S") if isinstance(action, dict) else None
    if opens in _PDF_ACTIONS or "/JavaScript" in named:
        raise Unfit("macros")


def _office(content: BinaryIO, kind: FileKind) -> None:
    with open_archive(content) as archive:
        refuse_programs(archive)
        types = part_of(archive, "[Content_Types].xml")
        if types is None or kind.mark not in archive.namelist():
            raise Unfit("content")
        if b"macroenabled" in types.lower():
            raise Unfit("macros")


def _open_document(content: BinaryIO, kind: FileKind) -> None:
    with open_archive(content) as archive:
        if (part_of(archive, "mimetype") or b"").strip() != kind.media_type.encode():
            raise Unfit("content")
        if b"encryption-data" in (part_of(archive, "META-INF/manifest.xml") or b""):
            raise Unfit("password")
        refuse_programs(archive)


def _rich_text(content: BinaryIO, _kind: FileKind) -> None:
    text = content.read()
    if not text.startswith(b"{\\rtf"):
        raise Unfit("content")
    if not text.rstrip(b"\0\r\n\t ").endswith(b"}"):
        raise Unfit("broken")
    if _RTF_OBJECT.search(text):
        raise Unfit("embedded")


def _plain_text(content: BinaryIO, _kind: FileKind) -> None:
    head = content.read(_HEAD)
    if filetype.guess(head) is not None or _LOOKS_LIKE_A_PAGE.match(head):
        raise Unfit("content")
    if head.startswith(_UTF16_MARKS):
        return
    while head:
        if any(octet < 0x20 and octet not in _TEXT_CONTROLS for octet in set(head)):
            raise Unfit("content")
        head = content.read(_HEAD)


def _picture(content: BinaryIO, kind: FileKind) -> None:
    found = filetype.guess(content.read(_HEAD))
    if found is None or found.mime != kind.media_type:
        raise Unfit("content")
    content.seek(0)
    try:
        with Image.open(content, formats=(kind.mark,)) as picture:
            for frame in range(_frames(picture)):
                picture.seek(frame)
                if picture.width * picture.height > MOST_PIXELS:
                    raise Unfit("pixels", megapixels=MOST_PIXELS // 1_000_000)
        content.seek(0)
        with Image.open(content, formats=(kind.mark,)) as picture:
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit("pixels", megapixels=MOST_PIXELS // 1_000_000) from None
    except Unfit:
        raise
    except Exception:  # noqa: BLE001 - what a hostile file makes the reader raise has no common name
        raise Unfit("broken") from None


def _frames(picture: Image.Image) -> int:
    frames = int(getattr(picture, "n_frames", 1))
    if frames > MOST_FRAMES:
        raise Unfit("bomb")
    return frames


_CHECKS: Final[Mapping[FileFamily, Callable[[BinaryIO, FileKind], None]]] = {
    FileFamily.PDF: _pdf,
    FileFamily.OFFICE: _office,
    FileFamily.OPEN_DOCUMENT: _open_document,
    FileFamily.RICH_TEXT: _rich_text,
    FileFamily.PLAIN_TEXT: _plain_text,
    FileFamily.PICTURE: _picture,
}
