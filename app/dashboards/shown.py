"""The columns of a list of records: their headings, and their cells in words for pages and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.casework.content.detail_words import PROFESSIONS
from app.casework.texts import TYPE_TEXTS, limit_text, state_text
from app.coordination.texts import POSITION_TEXTS, SHORT_BODIES
from app.dashboards.measures.base import Kind, Measure
from app.dashboards.measures.times import DAY
from app.dashboards.texts import GENDER_TEXTS, LINE_TEXTS
from app.delivery.plan.texts import SCOPES
from app.foundation.export import Cell
from app.foundation.i18n import current_locale
from app.reference.states import state_by_id, state_name


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: how the template knows it.
        label: its heading; lazy.
        cell: the value of a row: (session, row).
        kind: how the table shows it.
    """

    key: str
    label: Any
    cell: Callable[[Session, Any], Cell]
    kind: str = "plain"


def _state_of(field: str) -> Callable[[Session, Any], Cell]:
    def cell(session: Session, row: Any) -> Cell:
        state_id = getattr(row, field)
        return state_name(state_by_id(session, state_id), current_locale()) if state_id is not None else None

    return cell


def _value(field: str) -> Callable[[Session, Any], Cell]:
    return lambda _session, row: getattr(row, field)


def _word(field: str, words: Mapping[Any, Any]) -> Callable[[Session, Any], Cell]:
    def cell(_session: Session, row: Any) -> Cell:
        code = getattr(row, field)
        return None if code is None else str(words[code])

    return cell


def _days(_session: Session, row: Any) -> Cell:
    return round(float(row.amount) / DAY, 1)


def _amount(_session: Session, row: Any) -> Cell:
    return Decimal(int(row.amount)) / 100


_NUMBER: Final = Column("number", _l("Reference"), _value("number"), "ref")
_TITLE: Final = Column("title", _l("Request"), _value("title"), "main")
_STATE: Final = Column("state", _l("State"), _state_of("state_id"))
_STATUS: Final = Column("status", _l("Status"), lambda _session, row: state_text(row.state), "status")
_RECEIVED: Final = Column("submitted", _l("Submitted (UTC)"), _value("submitted_at"))
_ACTIVITY: Final = Column("activity", _l("Activity"), _value("activity"), "main")
_CASE: Final = (_NUMBER, _TITLE, _STATE, _STATUS, _RECEIVED)
_MONEY: Final = (
    Column("currency", _l("Currency"), _value("currency")),
    Column("sum", _l("Amount"), _amount, "num"),
)
_COLUMNS: Final[Mapping[Kind, tuple[Column, ...]]] = {
    Kind.CASES: _CASE,
    Kind.STATES: (Column("name", _l("State"), _state_of("record"), "main"),),
    Kind.CONSULTATIONS: (
        _NUMBER,
        _TITLE,
        _STATE,
        Column("body", _l("Body"), _word("body", SHORT_BODIES)),
        Column("round", _l("Round"), _value("round"), "num"),
        Column("asked", _l("Asked (UTC)"), _value("asked_at")),
        Column("closed", _l("Closed (UTC)"), _value("closed_at")),
        Column("position", _l("Position"), _word("position", POSITION_TEXTS)),
    ),
    Kind.ACTIVITIES: (
        _NUMBER,
        _ACTIVITY,
        _STATE,
        Column("type", _l("Type"), _word("type", TYPE_TEXTS)),
        Column("scope", _l("Scope"), _word("scope", SCOPES)),
        Column("starts", _l("First day"), _value("starts_on")),
        Column("ends", _l("Last day"), _value("ends_on")),
        Column("agreed", _l("First agreed"), _value("agreed_starts_on")),
    ),
    Kind.PEOPLE: (
        _NUMBER,
        _ACTIVITY,
        Column("ends", _l("Last day"), _value("ends_on")),
        Column("from", _l("Sent by"), _state_of("from_state_id")),
        Column("profession", _l("Profession"), _word("profession", PROFESSIONS)),
        Column("gender", _l("Gender"), _word("gender", GENDER_TEXTS)),
        Column("people", _l("People"), _value("amount"), "num"),
    ),
    Kind.ALLOCATIONS: (
        _NUMBER,
        _TITLE,
        _STATE,
        Column("source", _l("Source"), _value("source")),
        Column("approved", _l("Approved (UTC)"), _value("approved_at")),
        *_MONEY,
    ),
    Kind.LINES: (
        Column("source", _l("Source"), _value("source"), "main"),
        Column("donor", _l("Donor"), _value("donor")),
        Column("line", _l("Entry"), _word("kind", LINE_TEXTS)),
        Column("on", _l("Date"), _value("on_date")),
        *_MONEY,
    ),
    Kind.ALERTS: (
        _NUMBER,
        _TITLE,
        _STATE,
        Column("limit", _l("Limit"), lambda _session, row: limit_text(row.limit_key)),
        Column("began", _l("Began (UTC)"), _value("starts_at")),
        Column("due", _l("Ended (UTC)"), _value("due_at")),
    ),
}


def columns_of(measure: Measure) -> tuple[Column, ...]:
    """Return the columns of the list behind a figure."""
    columns = _COLUMNS[measure.kind]
    if measure.code == "unfunded":
        return (*columns, Column("currency", _l("Currency"), _value("part")), _MONEY[1])
    if measure.code == "parties":
        return (*columns, Column("days", _l("Days"), _days, "num"))
    return columns
