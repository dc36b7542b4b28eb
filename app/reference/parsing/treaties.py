"""Files of treaty status: dated acts (complete or partial lists) and lists without dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.reference.parsing.table import CsvFile, Row, read_csv
from app.reference.treaty_rules import Provenance
from app.reference.vocabulary import EFFECTS, ActEffect, ActKind, ListedStatus

#: A complete list says for each row whether the participant is a Member State; a partial list does not.
COMPLETE_HEADER = ("instrument", "alpha3", "participant_name", "action", "date", "un_member", "as_of", "source")
PARTIAL_HEADER = ("instrument", "alpha3", "participant_name", "action", "date", "as_of", "source")
SNAPSHOT_HEADER = ("instrument", "alpha3", "status", "as_of", "source")

ACTIONS = {
    "signature": ActKind.SIGNATURE,
    "succession to signature": ActKind.SUCCESSION_TO_SIGNATURE,
    "ratification": ActKind.RATIFICATION,
    "accession": ActKind.ACCESSION,
    "acceptance": ActKind.ACCEPTANCE,
    "approval": ActKind.APPROVAL,
    "succession": ActKind.SUCCESSION,
    "ratification/accession/succession (list does not distinguish)": ActKind.CONSENT,
    "withdrawal": ActKind.WITHDRAWAL,
}
LISTED = {
    "party": ListedStatus.PARTY,
    "signatory": ListedStatus.SIGNATORY,
    "not party": ListedStatus.NOT_PARTY,
    "unknown": ListedStatus.UNKNOWN,
    "listed participant (signatory or party; not distinguished)": ListedStatus.UNDISTINGUISHED,
}
YEAR_MONTH_DAY = re.compile(r"\b(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\b")


@dataclass(frozen=True, slots=True)
class ActRow:
    """A dated act as a list gives it."""

    instrument: str
    participant: str
    participant_name: str
    kind: ActKind
    acted_on: date
    said_by: Provenance

    @property
    def effect(self) -> ActEffect:
        """What the act does."""
        return EFFECTS[self.kind]


@dataclass(frozen=True, slots=True)
class ListingRow:
    """What a list without dates says of a participant."""

    instrument: str
    participant: str
    status: ListedStatus
    said_by: Provenance


def read_acts(content: bytes) -> tuple[CsvFile, list[tuple[int, ActRow]]]:
    """Read dated acts; `file.header == COMPLETE_HEADER` says that the lists claim to be complete."""
    file = read_csv(content, COMPLETE_HEADER, PARTIAL_HEADER)
    return file, [(row.line, made) for row in file.rows if (made := _act(row)) is not None]


def read_listings(content: bytes) -> tuple[CsvFile, list[tuple[int, ListingRow]]]:
    """Read lists without dates."""
    file = read_csv(content, SNAPSHOT_HEADER)
    return file, [(row.line, made) for row in file.rows if (made := _listing(row)) is not None]


def as_of_day(text: str) -> date | None:
    """Return the first day that an as-of text can mean ("c. 2013": 1 January 2013); None without a year."""
    found = YEAR_MONTH_DAY.search(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _act(row: Row) -> ActRow | None:
    if "un_member" in row.cells:
        row.flag("un_member")
    made = ActRow(
        instrument=row.text("instrument"),
        participant=row.matching("alpha3", "[A-Z]{3}", "ABC"),
        participant_name=row.text("participant_name"),
        kind=row.choice("action", ACTIONS) or ActKind.SIGNATURE,
        acted_on=row.past_day("date"),
        said_by=_provenance(row),
    )
    return made if row.ok else None


def _listing(row: Row) -> ListingRow | None:
    made = ListingRow(
        instrument=row.text("instrument"),
        participant=row.matching("alpha3", "[A-Z]{3}", "ABC"),
        status=row.choice("status", LISTED) or ListedStatus.UNKNOWN,
        said_by=_provenance(row),
    )
    return made if row.ok else None


def _provenance(row: Row) -> Provenance:
    text = row.text("as_of")
    return Provenance(row.text("source"), as_of_day(text), text)
