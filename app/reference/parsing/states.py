"""Files of States: `member_states.csv`, `demo_states.csv` and the time zones beside them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from app.reference.parsing.table import CsvFile, Row, read_csv
from app.reference.vocabulary import RegionalGroup, StateStatus
from app.reference.workweek import MONDAY_TO_FRIDAY
from app.reference.zones import zone_of

NAMES = ("name_en", "name_fr", "name_es", "name_ru", "name_ar", "name_zh")
STATES_HEADER = (
    *("iso_alpha2", "iso_alpha3", "m49", "un_member", "status", *NAMES, "formal_name_en"),
    *("m49_region_code", "m49_region", "m49_subregion_code", "m49_subregion", "m49_intermediate_region"),
    *("un_regional_group", "regional_group_note", "un_admission_date", "ldc", "ldc_note", "lldc", "sids", "checks"),
)
DEMO_HEADER = (
    *("alpha3", *NAMES, "formal_name_en", "un_regional_group", "ldc", "lldc", "sids"),
    *("time_zone", "working_days", "source"),
)
STATUSES = {"member": StateStatus.MEMBER, "non-member observer State": StateStatus.OBSERVER}
GROUPS = {
    "AFRICAN": RegionalGroup.AFRICAN,
    "ASIA_PACIFIC": RegionalGroup.ASIA_PACIFIC,
    "EEG": RegionalGroup.EASTERN_EUROPEAN,
    "GRULAC": RegionalGroup.LATIN_AMERICAN_CARIBBEAN,
    "WEOG": RegionalGroup.WESTERN_EUROPEAN_OTHERS,
}
GRADUATION = re.compile(r"\b(?:Graduated|expected) (\d{4}-\d{2}-\d{2})")
DEMO_CODE = re.compile(r"X[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class StateRow:
    """One State as a file gives it; the fields are the columns of `states`."""

    alpha3: str
    alpha2: str | None
    m49: str | None
    status: StateStatus
    name_en: str
    name_fr: str
    name_es: str
    name_ru: str
    name_ar: str
    name_zh: str
    formal_name_en: str
    m49_region: str | None
    m49_subregion: str | None
    regional_group: RegionalGroup | None
    regional_group_note: str
    admitted_on: date | None
    ldc: bool
    ldc_until: date | None
    ldc_note: str
    lldc: bool
    sids: bool
    time_zone: str
    working_days: str
    source: str

    def columns(self) -> dict[str, Any]:
        """The values by column."""
        return asdict(self)


def read_states(content: bytes) -> tuple[CsvFile, list[tuple[int, StateRow]]]:
    """Read a file of the form of `member_states.csv`.

    Returns:
        the file with the faults of its rows inside, and the good rows with their line numbers.
    """
    file = read_csv(content, STATES_HEADER)
    return file, [(row.line, state) for row in file.rows if (state := _state(row)) is not None]


def read_demo_states(content: bytes) -> tuple[CsvFile, list[tuple[int, StateRow]]]:
    """Read a file of the form of `demo_states.csv`: invented States only."""
    file = read_csv(content, DEMO_HEADER)
    return file, [(row.line, state) for row in file.rows if (state := _demo_state(row)) is not None]


def _state(row: Row) -> StateRow | None:
    alpha3 = row.matching("iso_alpha3", "[A-Z]{3}", "ABC")
    if DEMO_CODE.fullmatch(alpha3):
        row.fault("iso_alpha3", "real_code", value=alpha3)
    alpha2 = row.matching("iso_alpha2", "[A-Z]{2}", "AB")
    status = row.choice("status", STATUSES)
    is_member = row.flag("un_member")
    if status is not None and is_member != (status is StateStatus.MEMBER):
        row.fault("un_member", "choice", value=row.cells["un_member"], choices="1" if status == "member" else "0")
    zone = zone_of(alpha3, alpha2)
    if zone is None:
        row.fault("iso_alpha3", "time_zone", value=alpha3)
    note = row.text("ldc_note", required=False)
    graduation = GRADUATION.search(note)
    group = row.choice("un_regional_group", GROUPS) if is_member or row.cells["un_regional_group"] else None
    made = StateRow(
        **_names(row),
        alpha3=alpha3,
        alpha2=alpha2,
        m49=row.matching("m49", r"\d{3}", "004"),
        status=status or StateStatus.MEMBER,
        m49_region=row.matching("m49_region_code", r"\d{3}", "002", required=False) or None,
        m49_subregion=row.matching("m49_subregion_code", r"\d{3}", "034", required=False) or None,
        regional_group=group,
        regional_group_note=row.text("regional_group_note", required=False),
        admitted_on=row.past_day("un_admission_date") if is_member else None,
        # A State that graduated was listed before: the flag holds until that day.
        ldc=row.flag("ldc") or graduation is not None,
        ldc_until=date.fromisoformat(graduation[1]) if graduation else None,
        ldc_note=note,
        lldc=row.flag("lldc"),
        sids=row.flag("sids"),
        time_zone=zone or "UTC",
        working_days=MONDAY_TO_FRIDAY,
        source=row.text("checks"),
    )
    return made if row.ok else None


def _demo_state(row: Row) -> StateRow | None:
    alpha3 = row.matching("alpha3", "[A-Z]{3}", "XAB")
    if not DEMO_CODE.fullmatch(alpha3):
        row.fault("alpha3", "demo_code", value=alpha3)
    zone = row.text("time_zone")
    if zone not in available_timezones():
        row.fault("time_zone", "time_zone", value=zone)
    made = StateRow(
        **_names(row),
        alpha3=alpha3,
        alpha2=None,
        m49=None,
        status=StateStatus.DEMO,
        m49_region=None,
        m49_subregion=None,
        regional_group=row.choice("un_regional_group", GROUPS),
        regional_group_note="",
        admitted_on=None,
        ldc=row.flag("ldc"),
        ldc_until=None,
        ldc_note="",
        lldc=row.flag("lldc"),
        sids=row.flag("sids"),
        time_zone=zone,
        working_days=row.matching("working_days", "[01]{7}", MONDAY_TO_FRIDAY),
        source=row.text("source"),
    )
    return made if row.ok else None


def _names(row: Row) -> dict[str, str]:
    return {column: row.text(column) for column in (*NAMES, "formal_name_en")}
