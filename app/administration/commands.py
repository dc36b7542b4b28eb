"""What the use cases of these pages are given."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.casework.commands import Command, Words
from app.reference.limits import LimitAmounts
from app.workflow.vocabulary import LimitKey

#: Days that settings may name.
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_LIST = 10


def _numbers(given: Any) -> Any:
    """Read "3, 8"; an empty text is no number, and None leaves the figure out."""
    if not isinstance(given, str):
        return given
    parts = [part for part in re.split(r"[\s,;،、]+", given.strip()) if part]
    if len(parts) > LONGEST_LIST or not all(part.isdecimal() and len(part) <= len("1000") for part in parts):
        raise PydanticCustomError("not_whole_numbers", "not whole numbers")
    return tuple(int(part) for part in parts)


def _in_order(given: tuple[int, ...] | None) -> tuple[int, ...] | None:
    if given is not None and list(given) != sorted(set(given)):
        raise PydanticCustomError("not_in_order", "not in order")
    return given


Amount = Annotated[int, Field(ge=1, le=1_000)]
Numbers = Annotated[tuple[Amount, ...] | None, AfterValidator(_in_order), BeforeValidator(_numbers)]
Day = Annotated[date, Field(ge=FIRST, le=LAST)]


class ChangeLimit(Command):
    """Give a limit other figures, in its own unit, for stays that begin on `valid_from` or later.

    None leaves a figure that the limit does not have out; `reminders_left` count back from its end.
    """

    key: LimitKey
    span: Amount
    urgent: Amount | None = None
    reminders: Numbers = None
    reminders_left: Numbers = None
    more_time: Amount | None = None
    second_round: Amount | None = None
    escalations: Numbers = None
    last: Amount | None = None
    valid_from: Day
    reason: Words

    @property
    def amounts(self) -> LimitAmounts:
        """The figures as they are kept."""
        return LimitAmounts(**self.model_dump(exclude={"key", "valid_from", "reason"}, exclude_none=True))


class ChangeSetting(Command):
    """Give a setting another value from the beginning (UTC) of `valid_from` on."""

    key: str
    value: int | dict[str, int]
    valid_from: Day
    reason: Words
