"""Files of the form of `un_holidays_samples.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.reference.parsing.table import CsvFile, Row, read_csv
from app.reference.vocabulary import DutyStation

HOLIDAYS_HEADER = ("duty_station", "year", "date", "name", "source")
STATIONS = {"Vienna": DutyStation.VIENNA, "New York": DutyStation.NEW_YORK}


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A holiday of a duty station, or of a State named by its code of three letters."""

    calendar: DutyStation | str
    year: int
    day: date
    name: str
    source: str


def read_holidays(content: bytes) -> tuple[CsvFile, list[tuple[int, HolidayRow]]]:
    """Read the file; holidays may lie in the future."""
    file = read_csv(content, HOLIDAYS_HEADER)
    return file, [(row.line, made) for row in file.rows if (made := _holiday(row)) is not None]


def _holiday(row: Row) -> HolidayRow | None:
    owner = row.text("duty_station")
    year = row.matching("year", r"\d{4}", "2026")
    day = row.day("date")
    if day is None and row.ok:
        row.fault("date", "required")
    if day is not None and row.ok and day.year != int(year):
        row.fault("date", "other_year", value=day.isoformat(), year=year)
    name, source = row.text("name"), row.text("source")
    if not row.ok or day is None:
        return None
    return HolidayRow(STATIONS.get(owner, owner), int(year), day, name, source)
