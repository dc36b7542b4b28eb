"""What the use cases of sources take: the only place where their rules stand."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import Command, OptionalWords
from app.casework.content.fields import MOST_MINOR_UNITS, StateCode, amount, empty_is_none, plain
from app.foundation.clock import now
from app.funding.sources.models import DONOR_LENGTH, LINE_LENGTH, TITLE_LENGTH
from app.funding.vocabulary import LineKind, SourceKind
from app.reference.vocabulary import RegionalGroup
from app.workflow.vocabulary import AssistanceType

#: What a form offers and nobody may choose (footnote 4).
INCREASES: Final = ("regular_budget_increase", "supplemental")
#: The ways in which somebody may try to name them.
_NO_SOURCES: Final = frozenset({*INCREASES, "increase"})
FIRST_YEAR, LAST_YEAR = 2005, 2100


def no_increase(value: Any) -> Any:
    """Refuse an increase of the regular budget and a supplemental request.

    Raises:
        PydanticCustomError: `no_increase`.
    """
    if value in _NO_SOURCES:
        raise PydanticCustomError("no_increase", "there is no such source")
    return empty_is_none(value)


def given_amount(value: Any) -> Any:
    """Leave what is missing to the rules, refuse what is no amount."""
    return value if value in ("", None) else amount(value)


def some(value: int | None) -> int:
    """Refuse nothing, and more than anybody has.

    Raises:
        PydanticCustomError: `allocation_needed`.
    """
    if value is None or not 0 < value <= MOST_MINOR_UNITS:
        raise PydanticCustomError("allocation_needed", "an amount is needed")
    return value


def _past(value: date | None) -> date:
    if value is None:
        raise PydanticCustomError("source.day_needed", "a day is needed")
    if value > now().date():
        raise PydanticCustomError("source.day_ahead", "it lies ahead")
    return value


#: In minor units; missing, or more than anybody has, is refused by `some`.
Minor = Annotated[int | None, BeforeValidator(given_amount), BeforeValidator(empty_is_none)]
Currency = Annotated[str | None, StringConstraints(pattern=r"^[A-Z]{3}$"), BeforeValidator(empty_is_none)]
_Flag = Annotated[bool, BeforeValidator(bool)]
_Year = Annotated[int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR), BeforeValidator(empty_is_none)]
_Day = Annotated[date | None, Field(validate_default=True)]


class RecordSource(Command):
    """Record a source with the first line of its ledger.

    Attributes:
        kind: where it comes from; an increase of the regular budget is no source (footnote 4).
        budget_line: of the existing regular budget, together with `year`.
        regions: earmark, as are `states` and `types`; none for no such earmark.
        firm: a written pledge.
        from_host: offered by the State that hosts the activity.
        what: of a contribution in kind, what is given.
        first: whether it is pledged or received.
        minor: minor units of `currency`; in kind, what it is worth.
        on_date: when it was pledged or received.
    """

    kind: Annotated[SourceKind | None, BeforeValidator(no_increase), Field(validate_default=True)] = None
    donor: Annotated[str, StringConstraints(min_length=1, max_length=DONOR_LENGTH), plain] = ""
    title: Annotated[str, StringConstraints(min_length=1, max_length=TITLE_LENGTH), plain] = ""
    budget_line: Annotated[str, StringConstraints(max_length=LINE_LENGTH), plain, Field(validate_default=True)] = ""
    year: Annotated[_Year, Field(validate_default=True)] = None
    what: Annotated[OptionalWords, Field(validate_default=True)] = ""
    first: Annotated[LineKind | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None
    minor: Annotated[Minor, Field(validate_default=True)] = None
    currency: Annotated[Currency, Field(validate_default=True)] = None
    on_date: _Day = None
    firm: _Flag = False
    from_host: _Flag = False
    support_percent: Annotated[int | None, Field(ge=0, le=100), BeforeValidator(empty_is_none)] = None
    expires_on: date | None = None
    regions: list[RegionalGroup] = []
    states: Annotated[list[StateCode], Field(max_length=200)] = []
    types: list[AssistanceType] = []
    note: OptionalWords = ""

    @model_validator(mode="before")
    @classmethod
    def _only_of_its_kind(cls, data: Any) -> Any:
        """Line and year belong to a budget, the thing and no support cost to what is in kind; the rest is not kept."""
        if not isinstance(data, dict):
            return data
        kind = data.get("kind")
        if kind != SourceKind.EXISTING_REGULAR_BUDGET:
            data = {**data, "budget_line": "", "year": None}
        return {**data, "support_percent": 0} if kind == SourceKind.IN_KIND else {**data, "what": ""}

    @field_validator("kind")
    @classmethod
    def _chosen(cls, value: SourceKind | None) -> SourceKind:
        if value is None:
            raise PydanticCustomError("source_kind_needed", "a source is needed")
        return value

    @field_validator("budget_line", "year")
    @classmethod
    def _named(cls, value: Any, info: ValidationInfo) -> Any:
        if info.data.get("kind") is SourceKind.EXISTING_REGULAR_BUDGET and not value:
            raise PydanticCustomError("budget_line_needed", "line and year are needed")
        return value

    @field_validator("what")
    @classmethod
    def _thing(cls, value: str, info: ValidationInfo) -> str:
        if info.data.get("kind") is SourceKind.IN_KIND and not value:
            raise PydanticCustomError("source.what_needed", "what is given is needed")
        return value

    @field_validator("first")
    @classmethod
    def _pledged_or_received(cls, value: LineKind | None) -> LineKind:
        if value not in (LineKind.PLEDGE, LineKind.RECEIPT):
            raise PydanticCustomError("source.first_needed", "pledged or received")
        return value

    _some = field_validator("minor")(some)
    _on_a_day = field_validator("on_date")(_past)

    @field_validator("currency")
    @classmethod
    def _with_currency(cls, value: str | None) -> str:
        if value is None:
            raise PydanticCustomError("currency_needed", "a currency is needed")
        return value


class OfSource(Command):
    """About one source, as it was when the page was shown.

    Attributes:
        key: public key of the source.
        version: the version that the page showed.
    """

    key: str
    version: Annotated[int, Field(ge=1)]


class RecordLine(OfSource):
    """Write one line into the ledger of a source.

    Attributes:
        kind: what it says.
        minor: minor units of the source's currency.
        on_date: the day of what it records.
        allocation: public key of the allocation that is spent or released, else None.
    """

    kind: LineKind
    minor: Annotated[Minor, Field(validate_default=True)] = None
    on_date: _Day = None
    allocation: Annotated[str | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None
    note: OptionalWords = ""

    _some = field_validator("minor")(some)
    _on_a_day = field_validator("on_date")(_past)

    @field_validator("allocation")
    @classmethod
    def _of_an_allocation(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("kind") not in (LineKind.SPENDING, LineKind.RELEASE):
            return None
        if value is None:
            raise PydanticCustomError("source.allocation_needed", "an allocation is needed")
        return value


class CorrectLine(OfSource):
    """Say what a line of the ledger should have said; a line of its own is written for the difference.

    Attributes:
        line: public key of the line.
        minor: the right amount, in minor units of the source's currency; 0 for none at all.
        note: why.
    """

    line: Annotated[str | None, BeforeValidator(empty_is_none), Field(validate_default=True)] = None
    minor: Annotated[Minor, Field(validate_default=True)] = None
    note: Annotated[str, StringConstraints(min_length=1, max_length=4000), plain] = ""

    @field_validator("line")
    @classmethod
    def _named(cls, value: str | None) -> str:
        if value is None:
            raise PydanticCustomError("source.line_needed", "a line is needed")
        return value

    @field_validator("minor")
    @classmethod
    def _right(cls, value: int | None) -> int:
        if value is None or not 0 <= value <= MOST_MINOR_UNITS:
            raise PydanticCustomError("allocation_needed", "an amount is needed")
        return value


class ThankDonor(OfSource):
    """Record that the donor was thanked (11)."""

    thanked_on: _Day = None

    _on_a_day = field_validator("thanked_on")(_past)
