"""What the use cases of holds and money take: the only place where their rules stand."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import CaseCommand, OptionalWords, Words
from app.casework.content.fields import MOST_MINOR_UNITS, empty_is_none
from app.funding.sources.commands import Currency, Minor, no_increase, some
from app.reference.texts import PARAGRAPH_TEXTS
from app.workflow.vocabulary import HoldReason

#: More cost lines than any plan has.
MOST_LINES = 100


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
    minor: Annotated[Minor, Field(validate_default=True)] = None
    currency: Annotated[Currency, Field(validate_default=True)] = None

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
    """Allocate to a request from one source.

    Attributes:
        source: public key of the source; an increase of the regular budget is none (footnote 4).
        minor: minor units of the source's currency, without support cost; in kind, what it is worth.
        cost_lines: in kind, the cost lines of the plan that it covers; none for any.
        paragraphs: operative paragraphs of the resolution that it serves (12).
        note: for the Branch alone.
    """

    source: Annotated[str | None, BeforeValidator(no_increase), Field(validate_default=True)] = None
    minor: Annotated[Minor, Field(validate_default=True)] = None
    cost_lines: Annotated[list[str], Field(max_length=MOST_LINES)] = []
    paragraphs: list[int] = []
    note: OptionalWords = ""

    _some = field_validator("minor")(some)

    @field_validator("source")
    @classmethod
    def _chosen(cls, value: str | None) -> str:
        if value is None:
            raise PydanticCustomError("allocation_source_needed", "a source is needed")
        return value

    @field_validator("paragraphs")
    @classmethod
    def _of_the_resolution(cls, value: list[int]) -> list[int]:
        if not set(value) <= set(PARAGRAPH_TEXTS):
            raise PydanticCustomError("not_offered", "no such paragraph")
        return sorted(set(value))


class DecideAllocation(CaseCommand):
    """Approve or refuse, as a second person, what somebody proposed to allocate.

    Attributes:
        allocation: its public key.
        approved: whether it is approved; a refused one gives back what it reserved.
        note: why; needed where it is refused.
    """

    allocation: Annotated[str | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None
    approved: Annotated[bool | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None
    note: Annotated[OptionalWords, Field(validate_default=True)] = ""

    @field_validator("allocation")
    @classmethod
    def _named(cls, value: str | None) -> str:
        if value is None:
            raise PydanticCustomError("source.allocation_needed", "an allocation is needed")
        return value

    @field_validator("approved")
    @classmethod
    def _answered(cls, value: bool | None) -> bool:
        if value is None:
            raise PydanticCustomError("allocation_answer_needed", "an answer is needed")
        return value

    @field_validator("note")
    @classmethod
    def _with_reason(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("approved") is False and not value:
            raise PydanticCustomError("allocation_reason_needed", "a reason is needed")
        return value


class KeepRequest(CaseCommand):
    """Say that the State keeps a request that has been resting for long."""
