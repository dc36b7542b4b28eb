"""The matrix as its page shows it: a row for each State, a column for each instrument, totals both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from app.foundation.i18n import current_locale
from app.reference.states import InstrumentInfo, all_states, by_name, instruments, state_name
from app.reference.treaty_matrix import StatusRow, lists_held, status_on
from app.reference.treaty_rules import Provenance
from app.states.marks import MARKS, Mark, totals
from app.states.query import ALL, MatrixQuery


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One State: its name, its page, a mark for each instrument, and how many of each kind."""

    name: str
    url: str
    marks: Sequence[Mark]
    totals: Sequence[int]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One instrument: `said_by` is its complete list, None without one."""

    instrument: InstrumentInfo
    said_by: Provenance | None
    is_newer: bool
    """The day asked for lies behind the list: what came between is not known."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything that the page shows; `totals` has a line for each mark, in the order of `MARKS`."""

    query: MatrixQuery
    columns: Sequence[MatrixColumn]
    rows: Sequence[MatrixRow]
    totals: Sequence[Sequence[int]]
    all_url: str | None
    file_url: str


def picture(session: Session, query: MatrixQuery) -> tuple[StatusRow, ...]:
    """Return the cells that `query` asks for, the States in the order of their names."""
    wanted = [state for state in all_states(session, include_demo=True) if query.holds(state)]
    return status_on(session, by_name(wanted, current_locale()), query.on)


def matrix(session: Session, query: MatrixQuery) -> Matrix:
    """Return the matrix in words; costs no statement while reference data is in memory."""
    found = picture(session, query)
    columns = [totals(cells) for cells in zip(*(row.cells for row in found), strict=True)]
    held = lists_held(session)
    return Matrix(
        query=query,
        columns=[_column(one, held.get(one.code), query.on) for one in instruments(session)],
        rows=[_row(row, query) for row in found],
        totals=list(zip(*columns, strict=True)) or [()] * len(MARKS),
        file_url=url_for("states.treaties_file", **query.address()),
        all_url=None if query.group == ALL else url_for("states.treaties", **query.address(group=ALL)),
    )


def _row(row: StatusRow, query: MatrixQuery) -> MatrixRow:
    on = query.on.isoformat() if query.on else None
    return MatrixRow(
        name=state_name(row.state, current_locale()),
        url=url_for("states.state", alpha3=row.state.alpha3, on=on),
        marks=[MARKS[cell.status] for cell in row.cells],
        totals=totals(row.cells),
    )


def _column(instrument: InstrumentInfo, said_by: Provenance | None, on: date | None) -> MatrixColumn:
    newer = said_by is not None and said_by.as_of is not None and on is not None and on > said_by.as_of
    return MatrixColumn(instrument, said_by, newer)
