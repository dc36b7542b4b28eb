"""Which passwords are taken: fifteen characters or more, not on the list, not made of the person's own words.

No rules about kinds of characters and no forced change (NIST SP 800-63B, 3.1.1.2).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

SHORTEST: Final = 15
LONGEST: Final = 256
_FEWEST_DIFFERENT: Final = 6
_FEWEST_LETTERS: Final = 3
_LIST: Final = Path(__file__).parent / "data" / "common_passwords.txt"
#: Words that everybody who attacks this service would try first.
SERVICE_WORDS: Final = (
    "accede", "accession", "unodc", "tpb", "terrorism", "prevention", "branch", "united", "nations", "vienna",
    "mission", "focalpoint", "request", "assistance", "convention",
)  # fmt: skip
_REPLACED: Final = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t"})
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop")
_SHORTEST_WORD: Final = 3


def normalise(password: str) -> str:
    """Return the one form in which a password is hashed, whatever keyboard composed its characters."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, personal: Iterable[str] = ()) -> str | None:
    """Return the code of what is wrong with `password`, or None.

    Args:
        password: in its normal form.
        personal: name and address of the person; their words add nothing to a password.
    """
    if len(password) < SHORTEST:
        return "password_too_short"
    if len(password) > LONGEST:
        return "password_too_long"
    if len(set(password.casefold())) < _FEWEST_DIFFERENT:
        return "password_too_simple"
    own = {word for text in personal for word in _words(text)}
    rest = _without(_plain(password), own | set(SERVICE_WORDS) | _common())
    letters = {character for character in rest if not character.isdigit()}
    too_little = len(set(rest)) < _FEWEST_DIFFERENT or (bool(letters) and len(letters) < _FEWEST_LETTERS)
    return "password_common" if too_little or _is_run(rest) else None


def _plain(text: str) -> str:
    """Lower case, letters and digits and what replaces letters."""
    lowered = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in lowered if character.isalnum() or character in "@$")


def _without(plain: str, words: set[str]) -> str:
    """Return what is left of `plain` without the known words; digits are also read as letters."""
    return min((_cut(reading, words) for reading in (plain, plain.translate(_REPLACED))), key=len)


def _cut(text: str, words: set[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    return text


def _words(text: str) -> list[str]:
    separated = "".join(character if character.isalnum() else " " for character in text.casefold())
    return [word for word in separated.split() if len(word) >= _SHORTEST_WORD]


def _is_run(text: str) -> bool:
    """Whether the text is one walk along a keyboard row or the alphabet, in either direction."""
    return any(text in row * 3 or text[::-1] in row * 3 for row in _ROWS)


@cache
def _common() -> set[str]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}
