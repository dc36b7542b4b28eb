"""The task "results": what should come of it, what it is linked to, and how it is arranged (paragraphs 8 and 9).

Nothing here is required at submission; State and officers complete it together before `consult` and `agree_plan`.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.casework.content.details import MOST_ROWS
from app.casework.content.fields import Line, MoneyAnswer, Optional, OptionalLine, StateCode, TaskModel, WebAddress
from app.casework.content.needs import Moment, Needed, Types
from app.workflow.vocabulary import AssistanceType as Type

#: Assistance that takes place somewhere.
EVENTS: Types = frozenset(
    {
        Type.NATIONAL_WORKSHOP,
        Type.REGIONAL_WORKSHOP,
        Type.SUBREGIONAL_WORKSHOP,
        Type.MINISTERIAL_CONFERENCE,
        Type.JOINT_VISIT,
    }
)
#: Training has a place when it is held on site.
ON_SITE_TRAINING: Types = frozenset({Type.JUDICIAL_TRAINING, Type.PROSECUTORIAL_TRAINING, Type.MENTORING})
YEARS = (1945, 2100)


class CrimeLink(StrEnum):
    """Other crime that the need is linked to (9)."""

    DRUGS = "drugs"
    ORGANIZED_CRIME = "organized_crime"
    MONEY_LAUNDERING = "money_laundering"
    CORRUPTION = "corruption"
    TRAFFICKING_IN_PERSONS = "trafficking_in_persons"
    ARMS = "arms"
    CYBER = "cyber"
    NONE = "none"


class JusticeMarker(StrEnum):
    """Parts of criminal justice that the assistance strengthens (8)."""

    COURTS = "courts"
    PROSECUTION = "prosecution"
    DEFENCE = "defence"
    INVESTIGATION = "investigation"
    CORRECTIONS = "corrections"
    CENTRAL_AUTHORITY = "central_authority"
    OVERSIGHT = "oversight"
    NONE = "none"


class Modality(StrEnum):
    """How the assistance reaches people."""

    ON_SITE = "on_site"
    REMOTE = "remote"
    HYBRID = "hybrid"


class HostOffer(StrEnum):
    """What the State offers in kind."""

    VENUE = "venue"
    INTERPRETATION = "interpretation"
    TRANSPORT = "transport"
    STAFF = "staff"
    CASH = "cash"


class ExpectedResult(TaskModel):
    """One line of the table of results."""

    result: Line
    indicator: Annotated[OptionalLine, Needed(Moment.CONSULT)] = ""
    baseline: OptionalLine = ""
    target: Annotated[OptionalLine, Needed(Moment.CONSULT)] = ""
    by: Annotated[date | None, Optional, Needed(Moment.CONSULT)] = None


class PreviousAssistance(TaskModel):
    """Assistance that the State had before, from whomever."""

    provider: Line
    year: Annotated[int, Field(ge=YEARS[0], le=YEARS[1])]
    subject: Line
    link: Annotated[WebAddress, Optional] = ""


class Window(TaskModel):
    """Between which days the assistance should take place."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError("range_order", "the end lies before the beginning")
        return self


class Place(TaskModel):
    """Where the assistance should take place."""

    city: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    country: StateCode
    venue: OptionalLine = ""


class HostContribution(TaskModel):
    """Something that the host offers; it counts once it was received."""

    kind: HostOffer
    what: OptionalLine = ""
    value: Annotated[MoneyAnswer | None, Optional] = None


def none_alone(chosen: list[Any]) -> list[Any]:
    """Refuse "none" beside others.

    Raises:
        PydanticCustomError: `none_alone`.
    """
    if len(chosen) > 1 and any(one.value == "none" for one in chosen):
        raise PydanticCustomError("none_alone", "none excludes the others")
    return chosen


def _had_none(answers: Mapping[str, Any], _types: Types) -> bool:
    return answers.get("previous_none") is True


def _needs_no_place(answers: Mapping[str, Any], types: Types) -> bool:
    """Whether only training is asked for, and none of it on site."""
    return not types & EVENTS and answers.get("modality") == Modality.REMOTE


class Results(TaskModel):
    """Task "results"."""

    expected: Annotated[list[ExpectedResult], Field(max_length=MOST_ROWS), Needed(Moment.CONSULT)] = []
    previous: Annotated[
        list[PreviousAssistance], Field(max_length=MOST_ROWS), Needed(Moment.CONSULT, unless=_had_none)
    ] = []
    previous_none: bool = False
    crime_links: Annotated[list[CrimeLink], AfterValidator(none_alone), Needed(Moment.CONSULT)] = []
    justice_markers: Annotated[list[JusticeMarker], AfterValidator(none_alone), Needed(Moment.CONSULT)] = []
    window: Annotated[Window | None, Optional, Needed(Moment.PLAN)] = None
    modality: Annotated[Modality | None, Optional, Needed(Moment.PLAN)] = None
    place: Annotated[Place | None, Optional, Needed(Moment.PLAN, EVENTS | ON_SITE_TRAINING, unless=_needs_no_place)] = (
        None
    )
    host_contribution: Annotated[list[HostContribution], Field(max_length=MOST_ROWS)] = []

    @model_validator(mode="after")
    def _none_or_some(self) -> Self:
        if self.previous_none and self.previous:
            raise PydanticCustomError("previous_none", "none excludes the others")
        return self
