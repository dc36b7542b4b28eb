"""Files of the form of `instruments.csv`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from app.reference.parsing.table import CsvFile, Row, read_csv

INSTRUMENTS_HEADER = (
    *("code", "seq", "in_2005_set_of_13", "short_name", "full_title", "place", "adoption_date"),
    *("opened_for_signature_date", "entry_into_force_date", "depositary", "unts_citation", "subject_area"),
    *("offences_and_topics", "amends_or_supplements", "sources", "cross_check"),
)
CODE = "[A-Z][A-Z0-9_]{2,39}"
UN_DEPOSITARY = "Secretary-General of the United Nations"


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """One instrument as a file gives it; the fields are the columns of `instruments`."""

    code: str
    seq: int
    in_2005_set: bool
    short_name: str
    full_title: str
    place: str
    adopted_on: date
    opened_on: date | None
    in_force_on: date | None
    depositary: str
    un_depositary: bool
    unts_citation: str
    subject_area: str
    topics: str
    amends: list[str]
    sources: str
    cross_check: str

    def columns(self) -> dict[str, Any]:
        """The values by column."""
        return asdict(self)


def read_instruments(content: bytes) -> tuple[CsvFile, list[tuple[int, InstrumentRow]]]:
    """Read the file; returns it with the faults of its rows inside, and the good rows with their line numbers."""
    file = read_csv(content, INSTRUMENTS_HEADER)
    return file, [(row.line, made) for row in file.rows if (made := _instrument(row)) is not None]


def _instrument(row: Row) -> InstrumentRow | None:
    seq = row.matching("seq", r"[1-9]\d{0,2}", "12")
    depositary = row.text("depositary")
    amends = row.matching("amends_or_supplements", f"{CODE}(;{CODE})*", "TOKYO_1963;HAGUE_1970", required=False)
    made = InstrumentRow(
        code=row.matching("code", CODE, "TOKYO_1963"),
        seq=int(seq) if seq.isdigit() else 0,
        in_2005_set=row.flag("in_2005_set_of_13"),
        short_name=row.text("short_name"),
        full_title=row.text("full_title"),
        place=row.text("place"),
        adopted_on=row.past_day("adoption_date"),
        opened_on=row.day("opened_for_signature_date"),
        in_force_on=row.day("entry_into_force_date"),
        depositary=depositary,
        un_depositary=depositary == UN_DEPOSITARY,
        unts_citation=row.text("unts_citation", required=False),
        subject_area=row.text("subject_area"),
        topics=row.text("offences_and_topics"),
        amends=amends.split(";") if amends else [],
        sources=row.text("sources"),
        cross_check=row.text("cross_check", required=False),
    )
    return made if row.ok else None
