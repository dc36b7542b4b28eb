"""What the use cases of reference data are given."""

from datetime import date
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.reference.vocabulary import ImportKind


class ImportFile(BaseModel):
    """A file of one of the known forms."""

    model_config = ConfigDict(frozen=True)

    kind: ImportKind
    file_name: str = Field(max_length=200)
    content: bytes
    dry_run: bool = False
    complete: bool | None = None
    """Treaty acts: whether the lists name every participant; None reads it from the header."""
    effective_from: date | None = None
    """Holidays: the first day whose stays are counted with them; None for today."""
    leave_out: bool = False
    """Treaty lists: read the good rows and leave the bad ones out; a complete list is then read as a partial one."""


class LoadBundle(BaseModel):
    """Load the files that come with the product."""

    model_config = ConfigDict(frozen=True)

    demo: bool
    """Also the invented States and their treaty status."""
    dry_run: bool = False
    again: bool = False
    """Also files that were read before."""


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
#: Days that calendars may name.
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]


def known_zone(name: str) -> str:
    """Return a name of the zone database.

    Raises:
        PydanticCustomError: there is no such zone.
    """
    if name not in available_timezones():
        raise PydanticCustomError("unknown_zone", "unknown zone")
    return name


class AddHoliday(BaseModel):
    """One holiday of one calendar, for stays that begin from `counts_from` (None: from today)."""

    model_config = ConfigDict(frozen=True)

    calendar_key: str
    day: Day
    name: Line
    source: Line
    """Where it is published, such as the number of the information circular."""
    source_dated: Day | None = None
    counts_from: Day | None = None


class EndHoliday(BaseModel):
    """End one holiday: stays that begin on `until` or later (None: today) are counted without it."""

    model_config = ConfigDict(frozen=True)

    calendar_key: str
    key: str
    until: Day | None = None


class SetWeek(BaseModel):
    """Another zone or other working days for stays that begin there on `valid_from` or later; Monday is 0."""

    model_config = ConfigDict(frozen=True)

    calendar_key: str
    valid_from: Day
    time_zone: Annotated[str, AfterValidator(known_zone)]
    weekdays: Annotated[frozenset[Annotated[int, Field(ge=0, le=6)]], Field(min_length=1)]
    reason: Line


class ReadCircular(BaseModel):
    """The holidays of one calendar and year from a circular, for stays that begin from `counts_from`."""

    model_config = ConfigDict(frozen=True)

    calendar_key: str
    year: Annotated[int, Field(ge=2000, le=2100)]
    source: Line
    source_dated: Day
    counts_from: Day
    text: Annotated[str, StringConstraints(min_length=1, max_length=50_000)]


class OpenCalendar(BaseModel):
    """Give a State a calendar of its own, by its code of three letters."""

    model_config = ConfigDict(frozen=True)

    state: str
