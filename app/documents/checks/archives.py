"""Office files are zip archives: what may stand in one, and how much."""

from __future__ import annotations

from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.documents.checks.unfit import Unfit

#: An archive of more entries, or that unfolds to more octets, is no document.
MOST_ENTRIES: Final = 5_000
MOST_OCTETS: Final = 300 * 1000 * 1000
#: Text shrinks to a tenth or a twentieth; what shrinks to less than this was made to fill a disk.
GREATEST_RATIO: Final = 200
_SMALL: Final = 10 * 1000 * 1000
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 256 * 1024
#: Octets of a part that is read as a whole: the lists of what a file holds are far smaller.
_LONGEST_PART: Final = 5 * 1000 * 1000
#: How entries are packed. Office programs write these two; each other way is one more reader of hostile octets.
_PACKED: Final = frozenset({ZIP_STORED, ZIP_DEFLATED})
#: The parts of a file that hold programs; compared in small letters.
_PROGRAMS: Final = ("vbaproject.bin", "vbadata.xml", "xl/macrosheets/", "basic/", "scripts/")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: An office file with a password is an OLE file that holds a stream of this name.
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")


def open_archive(content: BinaryIO) -> ZipFile:
    """Return `content` as an archive of which every entry was unfolded once, within limits.

    Raises:
        Unfit: it is broken, has a password, or unfolds to too much.
    """
    if content.read(len(_OLE)) == _OLE:
        content.seek(0)
        raise Unfit("password" if _ENCRYPTED_PACKAGE in content.read() else "content")
    content.seek(0)
    try:
        archive = ZipFile(content)
        _measure(archive)
    except Unfit:
        raise
    except Exception:  # noqa: BLE001 - what a hostile file makes the reader raise has no common name
        raise Unfit("broken") from None
    return archive


def _measure(archive: ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Unfit("bomb")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unfit("password")
    if any(entry.compress_type not in _PACKED for entry in entries):
        raise Unfit("broken")
    total, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if total > MOST_OCTETS or (total > _SMALL and total > GREATEST_RATIO * max(packed, 1)):
        raise Unfit("bomb")
    for entry in entries:
        _unfold(archive, entry)


def _unfold(archive: ZipFile, entry: ZipInfo) -> None:
    """Read one entry to its end: what it says of its size and sum is checked on the way."""
    with archive.open(entry) as part:
        while part.read(_CHUNK):
            pass


def refuse_programs(archive: ZipFile) -> None:
    """Refuse an archive with a part in which programs are kept.

    Raises:
        Unfit: there is one.
    """
    for name in archive.namelist():
        lowered = name.lower()
        if any(lowered.startswith(part) or lowered.endswith(part) or f"/{part}" in lowered for part in _PROGRAMS):
            raise Unfit("macros")


def part_of(archive: ZipFile, name: str) -> bytes | None:
    """Return the octets of one entry; None when there is none of this name.

    Raises:
        Unfit: it is longer than any such part.
    """
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > _LONGEST_PART:
        raise Unfit("bomb")
    return archive.read(name)
