"""Files of the form of `tpb_events_2003_2007.csv`: workshops and conferences on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.reference.parsing.table import CsvFile, Row, read_csv

EVENTS_HEADER = (
    *("event_id", "title", "kind", "scope", "city", "country", "start_date", "end_date", "participating_states"),
    *("observer_states", "participants_as_published", "partner_organizations", "funding_or_in_kind"),
    *("outcome_document", "source", "note"),
)
#: Names of their date, and other spellings, of States that are called otherwise in `member_states.csv`.
OTHER_NAMES = {
    "Côte d'Ivoire": "CIV",
    "The former Yugoslav Republic of Macedonia": "MKD",
    "Turkey": "TUR",
}


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as the file gives it; States by their names of the time."""

    code: str
    title: str
    kind: str
    scope: str
    city: str
    host: str
    started_on: date | None
    ended_on: date | None
    participants: tuple[str, ...]
    observers: tuple[str, ...]
    participants_text: str
    partners: str
    funding: str
    outcome: str
    source: str
    note: str


def read_events(content: bytes) -> tuple[CsvFile, list[tuple[int, EventRow]]]:
    """Read the file; what was not published is empty."""
    file = read_csv(content, EVENTS_HEADER)
    return file, [(row.line, made) for row in file.rows if (made := _event(row)) is not None]


def _event(row: Row) -> EventRow | None:
    started_on, ended_on = row.day("start_date"), row.day("end_date")
    if started_on is not None and (ended_on is None or ended_on < started_on):
        row.fault("end_date", "ends_before")
    made = EventRow(
        code=row.matching("event_id", r"[A-Z]\d{2,3}", "W01"),
        title=row.text("title"),
        kind=row.text("kind"),
        scope=row.text("scope"),
        city=row.text("city"),
        host=row.text("country"),
        started_on=started_on,
        ended_on=ended_on,
        participants=_names(row, "participating_states"),
        observers=_names(row, "observer_states"),
        participants_text=row.text("participants_as_published", required=False),
        partners=row.text("partner_organizations", required=False),
        funding=row.text("funding_or_in_kind", required=False),
        outcome=row.text("outcome_document", required=False),
        source=row.text("source"),
        note=row.text("note", required=False),
    )
    return made if row.ok else None


def _names(row: Row, column: str) -> tuple[str, ...]:
    names = (name.strip() for name in row.text(column, required=False).split(";"))
    return tuple(name for name in names if name)
