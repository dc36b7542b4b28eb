"""The name of an uploaded file: what is shown of it, and what it must not hide."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.documents.checks.unfit import Unfit
from app.documents.models import FILE_NAME_LENGTH
from app.documents.vocabulary import FILE_KINDS, MACRO_ENDINGS, OLD_ENDINGS, PROGRAM_ENDINGS, FileKind

#: Characters that turn the direction of what follows: "law_fdp.exe" can be shown as "law_exe.pdf".
_BIDI_CONTROLS: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ENDING: Final = re.compile(r"\.([A-Za-z0-9]{1,12})$")
_SPACES: Final = re.compile(r"\s+")
_KNOWN: Final = frozenset(FILE_KINDS) | MACRO_ENDINGS | OLD_ENDINGS | PROGRAM_ENDINGS


def clean_name(given: str) -> str:
    """Return the last part of the path `given`, in one form of Unicode, short enough to be stored.

    Raises:
        Unfit: it holds U+0000 or another control character, or turns the direction of its letters.
    """
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    if _BIDI_CONTROLS.search(name):
        raise Unfit("name_direction")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in name):
        raise Unfit("name_control")
    name = _SPACES.sub(" ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    room = FILE_NAME_LENGTH - len(dot) - len(ending)
    return f"{stem[:room].rstrip()}{dot}{ending}" if dot and room > 0 else name[:FILE_NAME_LENGTH]


def kind_by_name(name: str) -> tuple[str, FileKind]:
    """Return the ending of a clean name, in small letters, and the kind of file that it promises.

    Raises:
        Unfit: the ending is missing, doubled, or of a kind that is not taken.
    """
    found = _ENDING.search(name)
    if found is None or found.start() == 0:
        raise Unfit("no_ending")
    ending = found[1].lower()
    if ending in MACRO_ENDINGS:
        raise Unfit("macros")
    if ending in OLD_ENDINGS:
        raise Unfit("old_format", ending=ending)
    if ending not in FILE_KINDS:
        raise Unfit("kind", ending=ending)
    inner = _ENDING.search(name[: found.start()])
    if inner is not None and inner[1].lower() in _KNOWN:
        raise Unfit("two_endings", endings=f".{inner[1].lower()}.{ending}")
    return ending, FILE_KINDS[ending]
