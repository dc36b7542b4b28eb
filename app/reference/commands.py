"""What the use cases of reference data are given."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

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


class LoadBundle(BaseModel):
    """Load the files that come with the product."""

    model_config = ConfigDict(frozen=True)

    demo: bool
    """Also the invented States and their treaty status."""
    dry_run: bool = False
    again: bool = False
    """Also files that were read before."""


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]


class AddHoliday(BaseModel):
    """One holiday of one calendar."""

    model_config = ConfigDict(frozen=True)

    calendar_key: str
    day: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
    name: Line
    source: Line
    """Where it is published, such as the number of the information circular."""


class EndHoliday(BaseModel):
    """End one holiday."""

    model_config = ConfigDict(frozen=True)

    calendar_key: str
    key: str
