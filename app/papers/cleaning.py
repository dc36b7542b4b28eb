"""Texts as they can be printed: what would not show, or reorder what stands around it, becomes a visible mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from app.foundation.formatting import BIDI_CONTROLS

#: The replacement character.
MARK: Final = "\ufffd"
#: Controls other than tab and line feed, halves of surrogate pairs, and codes that are no characters.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
#: A run of letters without a place to break, longer than any word; Chinese may break anywhere and needs no help.
_UNBROKEN: Final = re.compile("[^\\s\u2e80-\uffef]{31,}")
_PIECE: Final = re.compile(".{1,12}", re.DOTALL)
_BREAK_HERE: Final = "\u200b"


def cleaned(value: Any) -> Any:
    """Return `value` with every text in it made printable, whatever it is nested in."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {name: cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(inner) for inner in value]
    return value


def printable(text: str) -> str:
    """Return `text` without control characters, with bidirectional controls shown, and never wider than a page."""
    text = _UNPRINTABLE.sub(MARK, text.replace("\r\n", "\n").replace("\r", "\n"))
    text = BIDI_CONTROLS.sub(MARK, text)
    return _UNBROKEN.sub(lambda found: _BREAK_HERE.join(_PIECE.findall(found.group())), text)
