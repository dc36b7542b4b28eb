"""The matrix as a file: one row for each State and instrument, with what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.foundation.clock import now
from app.foundation.export import Cell, Export
from app.foundation.formatting import date_text
from app.foundation.i18n import current_locale
from app.reference.states import InstrumentInfo, StateInfo, instruments, state_name
from app.reference.texts import REGIONAL_GROUPS, STATE_STATUSES
from app.reference.treaties import StatusCell
from app.reference.vocabulary import RegionalGroup, StateStatus
from app.states.marks import MARKS, basis_text, consent_text
from app.states.matrix import picture
from app.states.query import ALL, MatrixQuery


def matrix_export(session: Session, query: MatrixQuery) -> Export:
    """Return the cells that `query` asks for, a row each."""
    day = date_text(query.on) if query.on else str(_("The latest that is known"))
    return Export(
        name="treaties",
        title=str(_("States and treaties")),
        columns=[
            *(_("State"), _("ISO code"), _("ISO code of two letters"), _("M49 code"), _("Regional group")),
            *(_("Instrument code"), _("Instrument"), _("Status"), _("Why"), _("Signed"), _("Action"), _("Date")),
            *(_("Source"), _("As of"), _("On the day")),
        ],
        rows=_rows(session, query),
        filters=[(str(_("States")), group_text(query.group)), (str(_("As known on this day")), day)],
        as_of=now(),
        readers=str(_("Everybody: the status of treaties is public")),
    )


def group_text(group: str) -> str:
    """Return the name of a group of the matrix."""
    if group == ALL:
        return str(_("All 193 Member States"))
    if group in set(RegionalGroup):
        return str(REGIONAL_GROUPS[RegionalGroup(group)])
    return str(STATE_STATUSES[StateStatus(group)])


def _rows(session: Session, query: MatrixQuery) -> Iterator[Sequence[Cell]]:
    columns = instruments(session)
    for row in picture(session, query):
        for instrument, cell in zip(columns, row.cells, strict=True):
            yield _row(row.state, instrument, cell, query)


def _row(state: StateInfo, instrument: InstrumentInfo, cell: StatusCell, query: MatrixQuery) -> Sequence[Cell]:
    group = str(REGIONAL_GROUPS[state.regional_group]) if state.regional_group else None
    return (
        *(state_name(state, current_locale()), state.alpha3, state.alpha2, state.m49, group),
        *(instrument.code, instrument.full_title, str(MARKS[cell.status].word), basis_text(cell)),
        *(cell.signed_on, consent_text(cell), cell.consent_on),
        *(cell.source, cell.as_of_text, query.on),
    )
