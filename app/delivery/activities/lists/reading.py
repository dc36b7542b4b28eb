"""A list of participants, read row by row: how many people of which group, and what is wrong in which cell.

One row is one person, or so many people where the column "number" says so. Columns that are not known (names, above
all) are not looked at, and nothing of them is kept.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.casework.content.details import Profession
from app.delivery.activities.commands import MOST_PEOPLE
from app.delivery.activities.lists.decoding import Line, decoded, lines_of
from app.delivery.activities.vocabulary import Gender

#: In octets and rows; more people than that came to no activity.
LARGEST, MOST_LINES = 500_000, 5000
#: Characters of a wrong cell that are shown.
_SHOWN: Final = 60
COLUMNS: Final = ("state", "profession", "gender", "number")

Group = tuple[str | None, Profession, Gender]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one line.

    Attributes:
        line: as an editor counts; 0 for the file as a whole.
        column: heading as the file has it; empty for the line as a whole.
        found: what stands there, shortened.
        code: of the sentence that says what to enter.
        params: of that sentence.
    """

    line: int
    column: str
    found: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """What a file may call things, in any of the product's languages: normalized word to code."""

    columns: Mapping[str, str]
    states: Mapping[str, str]
    professions: Mapping[str, Profession]
    genders: Mapping[str, Gender]


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a file says.

    Attributes:
        groups: how many people of each group the good lines name.
        lines: how many lines with people there are.
        good: how many of them are good.
        ignored: headings of columns that were not looked at.
    """

    groups: Mapping[Group, int]
    faults: Sequence[Fault]
    lines: int = 0
    good: int = 0
    ignored: Sequence[str] = ()

    @property
    def people(self) -> int:
        """How many people the good lines name."""
        return sum(self.groups.values())


def normalized(word: str) -> str:
    """Return a word as it is compared: without case, marks, and what stands between letters and digits."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(one for one in plain if one.isalnum())


def read_list(content: bytes, words: Words) -> ReadList:
    """Return what a file says, all its faults among it.

    Args:
        content: the file, at most `LARGEST` octets.
        words: what the file may call things.
    """
    try:
        lines = lines_of(decoded(content), lambda cell: normalized(cell) in words.columns)
    except csv.Error:
        return _nothing("list.no_table")
    if not lines:
        return _nothing("list.empty")
    head, *rest = lines
    places = _places(head, words)
    if "profession" not in places:
        return _nothing("list.no_profession")
    if not rest:
        return _nothing("list.no_lines")
    if len(rest) > MOST_LINES:
        return _nothing("list.too_long", {"most": MOST_LINES})
    known = set(places.values())
    ignored = [cell.strip()[:_SHOWN] for place, cell in enumerate(head.cells) if place not in known and cell.strip()]
    return _counted(rest, head, places, words, ignored)


def _counted(
    rest: Iterable[Line], head: Line, places: Mapping[str, int], words: Words, ignored: Sequence[str]
) -> ReadList:
    groups: Counter[Group] = Counter()
    faults: list[Fault] = []
    good = lines = 0
    for line in rest:
        lines += 1
        group, number, wrong = _person(line, head, places, words)
        if wrong or group is None:
            faults += wrong
            continue
        good += 1
        groups[group] += number
    return ReadList(groups, faults, lines, good, ignored)


def _places(head: Line, words: Words) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(head.cells):
        if (name := words.columns.get(normalized(cell))) is not None:
            found.setdefault(name, place)
    return found


def _person(line: Line, head: Line, places: Mapping[str, int], words: Words) -> tuple[Group | None, int, list[Fault]]:
    """Return the group of one line and how many people it names, or what is wrong with it."""
    cells = {name: line.cells[place].strip() if place < len(line.cells) else "" for name, place in places.items()}
    wrong: list[Fault] = []

    def fault(name: str, code: str, **params: object) -> None:
        wrong.append(Fault(line.number, head.cells[places[name]].strip(), cells[name][:_SHOWN], code, params))

    state = words.states.get(normalized(cells.get("state", "")))
    if cells.get("state") and state is None:
        fault("state", "list.state")
    profession = words.professions.get(normalized(cells["profession"]))
    if profession is None:
        fault("profession", "list.profession" if cells["profession"] else "list.profession_missing")
    gender = words.genders.get(normalized(cells.get("gender", ""))) if cells.get("gender") else Gender.NOT_STATED
    if gender is None:
        fault("gender", "list.gender")
    number = _number(cells.get("number")) if "number" in places else 1
    if number is None:
        fault("number", "list.number", most=MOST_PEOPLE)
    if wrong or profession is None or gender is None or number is None:
        return None, 0, wrong
    return (state, profession, gender), number, wrong


def _number(cell: str | None) -> int | None:
    """Return a number of people; spreadsheets write whole numbers with a decimal part of nothing, too."""
    typed = (cell or "").replace("\u00a0", "").replace(" ", "")
    whole, _point, part = typed.replace(",", ".").partition(".")
    if not whole.isdecimal() or len(whole) > len(str(MOST_PEOPLE)) or part.strip("0"):
        return None
    number = int(whole)
    return number if 0 < number <= MOST_PEOPLE else None


def _nothing(code: str, params: Mapping[str, object] | None = None) -> ReadList:
    return ReadList({}, [Fault(0, "", "", code, params or {})])
