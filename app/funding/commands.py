"""What the use cases of holds and money take: the only place where their rules stand."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import CaseCommand, OptionalWords, Words
from app.casework.content.fields import MOST_MINOR_UNITS, amount, empty_is_none
from app.funding.models import SOURCE_LENGTH
from app.funding.sources.models import LINE_LENGTH
from app.funding.vocabulary import SourceKind
from app.workflow.vocabulary import HoldReason

#: What a form may offer and nobody may choose (footnote 4).
INCREASE = "increase"
FIRST_YEAR, LAST_YEAR = 2005, 2100


def _no_increase(value: Any) -> Any:
    if value == INCREASE:
        raise PydanticCustomError("no_increase", "there is no such source")
    return empty_is_none(value)


def _given_amount(value: Any) -> Any:
    return value if value in ("", None) else amount(value)


_Minor = Annotated[int | None, BeforeValidator(_given_amount), BeforeValidator(empty_is_none)]
_Line = Annotated[str, StringConstraints(max_length=LINE_LENGTH)]
_Year = Annotated[int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR), BeforeValidator(empty_is_none)]
_Currency = Annotated[str | None, StringConstraints(pattern=r"^[A-Z]{3}$"), BeforeValidator(empty_is_none)]


class PutOnHold(CaseCommand):
    """Let a request rest.

    Attributes:
        reason: why it rests; the State reads this kind of reason.
        text: why, for the Branch alone.
        for_state: what the State reads besides, in its language of correspondence.
        minor: what is missing, of a hold for money, in minor units of `currency`.
    """

    reason: Annotated[HoldReason | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None
    text: Words = ""
    for_state: OptionalWords = ""
    minor: Annotated[_Minor, Field(validate_default=True)] = None
    currency: Annotated[_Currency, Field(validate_default=True)] = None

    @field_validator("reason")
    @classmethod
    def _chosen(cls, value: HoldReason | None) -> HoldReason:
        if value is None:
            raise PydanticCustomError("hold_reason_needed", "a reason is needed")
        return value

    @field_validator("minor")
    @classmethod
    def _shortfall(cls, value: int | None, info: ValidationInfo) -> int | None:
        if info.data.get("reason") is not HoldReason.MONEY:
            return None
        if value is None or not 0 < value <= MOST_MINOR_UNITS:
            raise PydanticCustomError("shortfall_needed", "what is missing")
        return value

    @field_validator("currency")
    @classmethod
    def _of_the_shortfall(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("reason") is not HoldReason.MONEY:
            return None
        if value is None:
            raise PydanticCustomError("currency_needed", "a currency is needed")
        return value


class Resume(CaseCommand):
    """End a hold.

    Attributes:
        text: how the cause ended, for the Branch alone.
    """

    text: Words = ""


class Allocate(CaseCommand):
    """Allocate money to a request.

    Attributes:
        kind: where it comes from; an increase of the regular budget is no source.
        source: name of the contribution, the budget or the giver.
        budget_line: of the existing regular budget.
        year: of that budget.
        minor: minor units of `currency`.
        note: for the Branch alone.
    """

    kind: Annotated[SourceKind | None, BeforeValidator(_no_increase), Field(validate_default=True)] = None
    source: Annotated[str, StringConstraints(min_length=1, max_length=SOURCE_LENGTH)] = ""
    budget_line: Annotated[_Line, Field(validate_default=True)] = ""
    year: Annotated[_Year, Field(validate_default=True)] = None
    minor: Annotated[_Minor, Field(validate_default=True)] = None
    currency: Annotated[_Currency, Field(validate_default=True)] = None
    note: OptionalWords = ""

    @field_validator("kind")
    @classmethod
    def _chosen(cls, value: SourceKind | None) -> SourceKind:
        if value is None:
            raise PydanticCustomError("source_kind_needed", "a source is needed")
        return value

    @field_validator("minor")
    @classmethod
    def _some(cls, value: int | None) -> int:
        if value is None or not 0 < value <= MOST_MINOR_UNITS:
            raise PydanticCustomError("allocation_needed", "an amount is needed")
        return value

    @field_validator("currency")
    @classmethod
    def _with_currency(cls, value: str | None) -> str:
        if value is None:
            raise PydanticCustomError("currency_needed", "a currency is needed")
        return value

    @model_validator(mode="before")
    @classmethod
    def _only_of_a_budget(cls, data: Any) -> Any:
        """Line and year belong to the existing regular budget; what another source does not show is not kept."""
        if not isinstance(data, dict):
            return data
        if data.get("kind") != SourceKind.EXISTING_REGULAR_BUDGET.value:
            return {**data, "budget_line": "", "year": None}
        return data

    @field_validator("budget_line", "year")
    @classmethod
    def _named(cls, value: Any, info: ValidationInfo) -> Any:
        if info.data.get("kind") is SourceKind.EXISTING_REGULAR_BUDGET and not value:
            raise PydanticCustomError("budget_line_needed", "line and year are needed")
        return value


class KeepRequest(CaseCommand):
    """Say that the State keeps a request that has been resting for long."""
