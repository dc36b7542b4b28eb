"""How a status is shown: a symbol, a fill (the CSS class) and the word, so that nothing hangs on colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.reference.texts import ACT_KINDS, CELL_BASES, NOT_ADOPTED
from app.reference.treaties import StatusCell
from app.reference.vocabulary import CellStatus


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in a cell of a status; `css` also names its symbol in the style sheet."""

    css: str
    symbol: str
    word: LazyString
    tone: str


MARKS: Final = {
    CellStatus.PARTY: Mark("p", "●", _l("Party"), "success"),
    CellStatus.SIGNATORY: Mark("s", "◐", _l("Signed, not a party"), "info"),
    CellStatus.NOT_PARTY: Mark("o", "○", _l("Not a party"), "neutral"),
    CellStatus.UNKNOWN: Mark("u", "?", _l("Unknown"), "warn"),
}
#: What is still missing, in the order in which a State's page says it.
GAPS: Final = (CellStatus.NOT_PARTY, CellStatus.SIGNATORY, CellStatus.UNKNOWN)


def totals(cells: Iterable[StatusCell]) -> tuple[int, ...]:
    """Return how many cells have each status, in the order of `MARKS`."""
    counted = Counter(cell.status for cell in cells)
    return tuple(counted[status] for status in MARKS)


def basis_text(cell: StatusCell) -> str:
    """Return why a cell has its status."""
    return str(CELL_BASES[cell.basis] if cell.adopted else NOT_ADOPTED)


def consent_text(cell: StatusCell) -> str:
    """Return in which form the State consented; empty where no dated consent is known."""
    return str(ACT_KINDS[cell.consent_kind]) if cell.consent_kind is not None else ""
