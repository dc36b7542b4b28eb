"""The page of the instruments: what the depositaries' lists say of the State, and what it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.casework.content.instruments import NUCLEAR_TERRORISM
from app.foundation.fields import choice
from app.foundation.formatting import bdi, date_text
from app.reference.states import instruments
from app.reference.texts import ACT_KINDS, CELL_BASES, CELL_STATUSES
from app.reference.treaties import StatusCell
from app.reference.vocabulary import CellStatus
from app.requests.task_forms import TaskForm

#: The order of the groups: what help is most likely asked with comes first.
_GROUPS = (CellStatus.NOT_PARTY, CellStatus.SIGNATORY, CellStatus.UNKNOWN, CellStatus.PARTY)


def first_instruments(cells: Sequence[StatusCell]) -> dict[str, Any]:
    """Return what the page begins with: the instruments to which the State is not a party; unknown is not assumed."""
    wanted = {CellStatus.NOT_PARTY, CellStatus.SIGNATORY}
    return {"list": [cell.instrument_code for cell in cells if cell.status in wanted]}


def offer_instruments(session: Session, form: TaskForm, cells: Sequence[StatusCell]) -> None:
    """Put into `form` what the lists say, and the question for each instrument of which they say nothing certain."""
    names = {one.code: one.short_name for one in instruments(session)}
    form["list"].choices = [
        choice(cell.instrument_code, bdi(names[cell.instrument_code]), says(cell), _heading(status))
        for status in _GROUPS
        for cell in cells
        if cell.status is status
    ]
    if not form.is_submitted():
        said = {row.form.instrument.data: row.form.party.data for row in form["said"]}
        unknown = [cell.instrument_code for cell in cells if cell.status is CellStatus.UNKNOWN]
        form["said"].process(None, [{"instrument": code, "party": said.get(code)} for code in unknown])
    for row in form["said"]:
        row.form.party.label.text = bdi(names.get(row.form.instrument.data, ""))


def asks_nuclear(cells: Sequence[StatusCell]) -> bool:
    """Tell whether the State is asked about the Nuclear Terrorism Convention: unless the list names it as a party."""
    status = {cell.instrument_code: cell.status for cell in cells}.get(NUCLEAR_TERRORISM)
    return bool(cells) and status is not CellStatus.PARTY


def _heading(status: CellStatus) -> str:
    return str(
        {
            CellStatus.NOT_PARTY: _("Your State is not a party"),
            CellStatus.SIGNATORY: _("Your State has signed and is not a party yet"),
            CellStatus.UNKNOWN: _("We have no list that says whether your State is a party"),
            CellStatus.PARTY: _("Your State is a party: help with putting it into law"),
        }[status]
    )


def says(cell: StatusCell) -> str:
    """Return what is known of one instrument in a line: since when, who says so, as of when."""
    parts = []
    if cell.consent_on is not None:
        kind = str(ACT_KINDS[cell.consent_kind]) if cell.consent_kind else str(CELL_STATUSES[CellStatus.PARTY])
        parts.append(_("%(act)s on %(date)s", act=kind, date=date_text(cell.consent_on)))
    elif cell.signed_on is not None:
        parts.append(_("Signed on %(date)s", date=date_text(cell.signed_on)))
    else:
        parts.append(str(CELL_BASES[cell.basis]))
    if cell.source:
        parts.append(_("source: %(source)s, as of %(date)s", source=cell.source, date=cell.as_of_text or "–"))
    return " · ".join(parts)
