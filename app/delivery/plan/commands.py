"""What the use cases of the plan take: the only place where its rules stand. A draft may be saved half done."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from app.casework.content.fields import MOST_MINOR_UNITS, OptionalText, StateCode, empty_is_none, plain_text
from app.casework.content.results import CrimeLink, JusticeMarker, Modality, none_alone
from app.casework.content.tasks import Language
from app.delivery.plan.models import CITY_LENGTH, TITLE_LENGTH
from app.delivery.plan.vocabulary import PARAGRAPHS, PartnerRole, Scope
from app.workflow.vocabulary import AssistanceType

SUMMARY_LENGTH = 6000
#: More would be no plan that anybody reads.
MOST_COSTS = MOST_PARTNERS = 20
MOST_ACTIVITIES = 40
FIRST_DAY_NEEDED: Final = "plan.first_day_needed"


def _amount(value: Any) -> Any:
    if not isinstance(value, int) or value < 1:
        raise PydanticCustomError("money_amount", "not an amount")
    return value


_Plain = AfterValidator(plain_text)
_Line = Annotated[str, StringConstraints(min_length=1, max_length=TITLE_LENGTH), _Plain]
_EmptyIsNone = BeforeValidator(empty_is_none)


class PlanCommand(BaseModel):
    """About the plan of one case, as it was when the page was shown.

    Attributes:
        key: public key of the case.
        version: of the case, from which the page of a conflict says what happened since.
        seen: of the row that the form changes; 0 when there was none.
    """

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid")

    key: str
    version: Annotated[int, Field(ge=1)]
    seen: Annotated[int, Field(ge=0)] = 0


class CostLine(BaseModel):
    """One line of the costs; `minor` in minor units of the plan's currency."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    what: _Line
    minor: Annotated[int, BeforeValidator(_amount), Field(le=MOST_MINOR_UNITS)]


class SaveDraft(PlanCommand):
    """Save what the plan says as a whole.

    Attributes:
        currency: of every cost line (ISO 4217).
    """

    summary: Annotated[str, StringConstraints(min_length=1, max_length=SUMMARY_LENGTH), _Plain]
    expected_results: Annotated[str, StringConstraints(max_length=SUMMARY_LENGTH), _Plain] = ""
    lang: Language
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    costs: Annotated[tuple[CostLine, ...], Field(max_length=MOST_COSTS)] = ()


class Partner(BaseModel):
    """Another organization, and what it does in the activity (1)."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    name: _Line
    role: PartnerRole


class SaveActivity(PlanCommand):
    """Add an activity, or change one.

    Attributes:
        activity: its key; None for a new one.
        participants: codes of the States that take part besides the one that asked (ISO 3166-1 alpha-3).
    """

    activity: str | None = None
    title: _Line
    type: AssistanceType
    starts_on: date | None = None
    ends_on: Annotated[date | None, Field(validate_default=True)] = None
    modality: Modality
    city: Annotated[str, StringConstraints(max_length=CITY_LENGTH), _Plain] = ""
    country: Annotated[StateCode | None, _EmptyIsNone] = None
    scope: Scope
    results: OptionalText = ""
    justice_markers: Annotated[list[JusticeMarker], AfterValidator(none_alone)] = []
    crime_links: Annotated[list[CrimeLink], AfterValidator(none_alone)] = []
    paragraphs: list[int] = []
    partners: Annotated[tuple[Partner, ...], Field(max_length=MOST_PARTNERS)] = ()
    participants: Annotated[list[StateCode], Field(max_length=200)] = []

    @field_validator("type")
    @classmethod
    def _no_follow_up(cls, value: AssistanceType) -> AssistanceType:
        # A follow-up is a request of its own, at the State's request only (3).
        if value is AssistanceType.FOLLOW_UP:
            raise PydanticCustomError("not_offered", "no type of an activity")
        return value

    @field_validator("ends_on")
    @classmethod
    def _in_order(cls, value: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("starts_on")
        if value is not None and start is None and "starts_on" in info.data:
            raise PydanticCustomError(FIRST_DAY_NEEDED, "no first day")
        if value is not None and start is not None and value < start:
            raise PydanticCustomError("plan.dates_order", "the end lies before the beginning")
        return value

    @field_validator("paragraphs")
    @classmethod
    def _of_the_resolution(cls, value: list[int]) -> list[int]:
        if not set(value) <= set(PARAGRAPHS):
            raise PydanticCustomError("not_offered", "no such paragraph")
        return sorted(set(value))

    @field_validator("participants")
    @classmethod
    def _beyond_one_state(cls, value: list[str], info: ValidationInfo) -> list[str]:
        if value and info.data.get("scope") is Scope.NATIONAL:
            raise PydanticCustomError("plan.national_alone", "a national activity names no other State")
        return value


class RemoveActivity(PlanCommand):
    """Take an activity out of the draft."""

    activity: str
