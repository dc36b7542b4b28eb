"""The terms under which a case is found, and what a reader types to find it: pure functions, the same for both.

Accents and case do not count. A word is found by its beginning; a word of a script that joins what others write apart
(Arabic with its article, Chinese without spaces) by any part, because each of its endings is a term of its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

#: Letters of a term that count; the rest of a longer word does not.
LONGEST_TERM: Final = 40
#: Letters of an ending that is kept of a word found by any part; a longer search is cut into pieces of this length.
PIECE: Final = 12
#: What stands after every letter in the order of code points: the end of a range of terms.
AFTER_ALL: Final = "\U0010ffff"
#: Begins the term of a State and that of a number: no letter, so that nobody types it.
STATE_MARK: Final = "@"
NUMBER_MARK: Final = "#"

#: Scripts whose words are found by any part: Hebrew to Syriac and Arabic, South-East Asian, Chinese and its neighbours.
_JOINED: Final = (
    r"\u0590-\u08ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    r"\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
_WORD: Final = re.compile(rf"[{_JOINED}]+|[^\W_{_JOINED}]+")
_IS_JOINED: Final = re.compile(f"[{_JOINED}]")
_NUMBER: Final = re.compile(r"^(?:tpb-?)?(?:(\d{4}|\d{2})-)?(\d{1,9})$", re.ASCII | re.IGNORECASE)
_WHOLE: Final = re.compile(r"^TPB-(\d{4})-(\d{4,9})$")
#: Letters that compatibility decomposition leaves whole, and Arabic ones that are typed one for the other.
_ALIKE: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ى": "ي", "ة": "ه", "ـ": None}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a search: found where a term begins with `beginning`, or equals one of `whole`.

    Attributes:
        beginning: folded.
        whole: terms of numbers.
    """

    beginning: str
    whole: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return `text` without accents and case, digits as 0 to 9: "Été ٢٠٠٥" is "ete 2005"."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    digits = (str(unicodedata.decimal(letter, letter)) for letter in letters)
    return unicodedata.normalize("NFC", "".join(digits)).casefold().translate(_ALIKE)


def terms_of(text: str) -> set[str]:
    """Return the terms under which `text` is found."""
    found: set[str] = set()
    for word in _WORD.findall(fold(text)):
        if _IS_JOINED.match(word):
            found.update(word[place : place + PIECE] for place in range(len(word)))
        else:
            found.add(word[:LONGEST_TERM])
    return found


def terms_of_number(number: str) -> set[str]:
    """Return the terms of a case's number: by its end, with a short year, with a long one."""
    whole = _WHOLE.match(number)
    if whole is None:
        return terms_of(number)
    year, last = whole[1], int(whole[2])
    return {f"{NUMBER_MARK}{last}", f"{NUMBER_MARK}{year[2:]}-{last}", f"{NUMBER_MARK}{year}-{last}"}


def wanted_of(search: str) -> tuple[Wanted, ...]:
    """Return the words of a search, each once: a case is found when all of them are.

    Whoever types "26-0012" or "12" means the end of a number; a bare number may also stand in a title.
    """
    found: dict[Wanted, None] = {}
    for part in search.split():
        number = _NUMBER.match(part)
        if number is not None:
            year, last = number[1], int(number[2])
            ending = f"{year}-{last}" if year else str(last)
            beginning = "" if year else fold(part)
            found[Wanted(beginning, (f"{NUMBER_MARK}{ending}",))] = None
            continue
        for word in _WORD.findall(fold(part)):
            size = PIECE if _IS_JOINED.match(word) else LONGEST_TERM
            pieces = [word[place : place + size] for place in range(0, len(word), size)]
            found.update({Wanted(piece): None for piece in (pieces if size == PIECE else pieces[:1])})
    return tuple(found)
