"""Words of documents: what a document is, whether it can be read, and the kinds of file that are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is to the request."""

    DRAFT_LAW = "draft_law"
    LEGAL_TEXT = "legal_text"
    NOTE_VERBALE = "note_verbale"
    LETTER = "letter"
    CONSENT = "consent"
    REPORT = "report"
    COMMENTS = "comments"
    AGENDA = "agenda"
    PARTICIPANTS = "participants"
    TRAINING_MATERIAL = "training_material"
    TRANSLATION = "translation"
    OTHER = "other"


class DocumentStatus(StrEnum):
    """Whether a document can be downloaded; what the scanner found something in is kept where nobody gets it."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"


class FileFamily(StrEnum):
    """How the content of a file is looked at."""

    PDF = "pdf"
    OFFICE = "office"
    OPEN_DOCUMENT = "open_document"
    RICH_TEXT = "rich_text"
    PLAIN_TEXT = "plain_text"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file.

    Attributes:
        media_type: what the download says.
        family: how its content is looked at.
        mark: what the content must show: the main part of an office file, the format of a picture.
    """

    media_type: str
    family: FileFamily
    mark: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
F = FileFamily

#: What is taken, by the ending of the name. No kind that a computer would run.
FILE_KINDS: Mapping[str, FileKind] = {
    "pdf": FileKind("application/pdf", F.PDF),
    "docx": FileKind(f"{_OFFICE}wordprocessingml.document", F.OFFICE, "word/document.xml"),
    "xlsx": FileKind(f"{_OFFICE}spreadsheetml.sheet", F.OFFICE, "xl/workbook.xml"),
    "pptx": FileKind(f"{_OFFICE}presentationml.presentation", F.OFFICE, "ppt/presentation.xml"),
    "odt": FileKind(f"{_OPEN}text", F.OPEN_DOCUMENT),
    "ods": FileKind(f"{_OPEN}spreadsheet", F.OPEN_DOCUMENT),
    "odp": FileKind(f"{_OPEN}presentation", F.OPEN_DOCUMENT),
    "rtf": FileKind("application/rtf", F.RICH_TEXT),
    "txt": FileKind("text/plain", F.PLAIN_TEXT),
    "csv": FileKind("text/csv", F.PLAIN_TEXT),
    "jpg": FileKind("image/jpeg", F.PICTURE, "JPEG"),
    "jpeg": FileKind("image/jpeg", F.PICTURE, "JPEG"),
    "png": FileKind("image/png", F.PICTURE, "PNG"),
    "tif": FileKind("image/tiff", F.PICTURE, "TIFF"),
    "tiff": FileKind("image/tiff", F.PICTURE, "TIFF"),
}

#: Office files that carry programs; the same text can be saved without them.
MACRO_ENDINGS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"})
#: Office files of before 2007, in which programs cannot be told from text.
OLD_ENDINGS = frozenset({"doc", "dot", "xls", "xlt", "ppt", "pps", "pot"})
#: What some computer runs when it is opened.
PROGRAM_ENDINGS = frozenset(
    {
        *("exe", "com", "bat", "cmd", "scr", "pif", "msi", "msp", "dll", "cpl", "lnk", "url", "hta", "jar", "app"),
        *("js", "jse", "vbs", "vbe", "wsf", "wsh", "ps1", "psm1", "sh", "py", "pl", "rb", "php", "html", "htm"),
        *("svg", "xhtml", "xml", "iso", "img", "dmg", "apk", "deb", "rpm", "reg", "chm"),
    }
)
