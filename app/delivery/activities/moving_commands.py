"""What is taken to move or to cancel an activity: the only place where their rules stand."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import CaseCommand, OptionalWords, Words
from app.casework.content.fields import MOST_MINOR_UNITS, empty_is_none


class OfActivity(CaseCommand):
    """About one activity of a case.

    Attributes:
        activity: its key.
    """

    activity: Annotated[str | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None

    @field_validator("activity")
    @classmethod
    def _chosen(cls, value: str | None) -> str:
        if value is None:
            raise PydanticCustomError("activity_needed", "an activity is needed")
        return value


class MoveActivity(OfActivity):
    """Propose other dates for an activity.

    Attributes:
        reason: why, for the State and the Branch.
    """

    starts_on: Annotated[date | None, Field(validate_default=True)] = None
    ends_on: Annotated[date | None, Field(validate_default=True)] = None
    reason: Words = ""

    @field_validator("starts_on", "ends_on")
    @classmethod
    def _both(cls, value: date | None, info: ValidationInfo) -> date:
        if value is None:
            raise PydanticCustomError("move.day_needed", "a day is needed")
        start = info.data.get("starts_on")
        if info.field_name == "ends_on" and start is not None and value < start:
            raise PydanticCustomError("plan.dates_order", "the end lies before the beginning")
        return value


class AnswerMove(CaseCommand):
    """Accept other dates, or keep those that were agreed.

    Attributes:
        move: key of what was proposed.
        remark: the State's own words.
    """

    move: str
    accepted: Annotated[bool | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None
    remark: OptionalWords = ""

    @field_validator("accepted")
    @classmethod
    def _answered(cls, value: bool | None) -> bool:
        if value is None:
            raise PydanticCustomError("move.answer_needed", "an answer is needed")
        return value


class CancelActivity(OfActivity):
    """Cancel an activity.

    Attributes:
        reason: why, for the State and the Branch.
        minor: what the cancellation costs, in minor units of `currency`; 0 for nothing.
    """

    reason: Words = ""
    minor: Annotated[Any, Field(validate_default=True)] = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "USD"

    @field_validator("minor")
    @classmethod
    def _cost(cls, value: Any) -> int:
        if not isinstance(value, int) or not 0 <= value <= MOST_MINOR_UNITS:
            raise PydanticCustomError("cancel.cost_needed", "a cost is needed")
        return value
