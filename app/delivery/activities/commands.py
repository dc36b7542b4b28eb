"""What the use cases of activities take. What they need from a stored row is asked there, after the permission."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.casework.commands import CaseCommand, Command, OptionalWords, Words
from app.casework.content.details import Profession
from app.casework.content.fields import StateCode, empty_is_none
from app.delivery.activities.vocabulary import Gender
from app.foundation.clock import now
from app.workflow.vocabulary import Audience

#: More rows would be no count that anybody checks; more people came to no activity.
MOST_ROWS, MOST_PEOPLE = 200, 100_000
AUDIENCES = (Audience.TPB_ONLY, Audience.STATE_TPB)


def _not_in_the_future(value: date | None) -> date | None:
    if value is not None and value > now().date():
        raise PydanticCustomError("activity.not_yet", "a day that has not come")
    return value


#: A day that has come.
PastDay = Annotated[date | None, BeforeValidator(empty_is_none), AfterValidator(_not_in_the_future)]


class OfActivity(CaseCommand):
    """About one activity.

    Attributes:
        activity: its public key.
    """

    activity: str = ""


class BeginActivity(OfActivity):
    """Record that an activity began.

    Attributes:
        began_on: on which day.
    """

    began_on: PastDay = None


class HoldActivity(OfActivity):
    """Record that an activity was held, or correct what was recorded.

    Attributes:
        began_on: its first day.
        ended_on: its last day.
        outcome: what came of it.
    """

    began_on: PastDay = None
    ended_on: Annotated[PastDay, Field(validate_default=True)] = None
    outcome: Words = ""

    @field_validator("ended_on")
    @classmethod
    def _in_order(cls, value: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("began_on")
        if value is not None and first is not None and value < first:
            raise PydanticCustomError("activity.dates_order", "the end lies before the beginning")
        return value


class NoteActivity(OfActivity):
    """Write a line into the log of an activity.

    Attributes:
        happened_on: the day of which it tells.
        audience: who reads it.
    """

    happened_on: PastDay = None
    text: Words = ""
    audience: Audience = Audience.TPB_ONLY

    @field_validator("audience")
    @classmethod
    def _between_state_and_branch(cls, value: Audience) -> Audience:
        if value not in AUDIENCES:
            raise PydanticCustomError("not_offered", "no reader of a log")
        return value


def _people(value: Any) -> Any:
    if not isinstance(value, int) or not 0 < value <= MOST_PEOPLE:
        raise PydanticCustomError("participants.number", "no number of people", {"most": MOST_PEOPLE})
    return value


class CountRow(Command):
    """So many people of one State, profession and gender; `state` is None where nobody noted it."""

    state: Annotated[StateCode | None, BeforeValidator(empty_is_none)] = None
    profession: Profession
    gender: Gender
    number: Annotated[int, BeforeValidator(_people)]

    @property
    def group(self) -> tuple[str | None, Profession, Gender]:
        """What may stand in one row only."""
        return self.state, self.profession, self.gender


class CountParticipants(OfActivity):
    """Count the people who came; what was counted before is replaced.

    Attributes:
        nobody: nobody was to be counted, such as for a text that was delivered.
    """

    rows: Annotated[tuple[CountRow, ...], Field(max_length=MOST_ROWS)] = ()
    nobody: bool = False


class CorrectCount(CountParticipants):
    """Correct after the report how many people came.

    Attributes:
        reason: why, for the State as well.
    """

    reason: Words = ""


class StartDelivery(CaseCommand):
    """Start the delivery, now that the first activity has begun."""


class ReportDelivered(CaseCommand):
    """Report the assistance as delivered.

    Attributes:
        remark: to the State.
    """

    remark: OptionalWords = ""


class MarkEnded(Command):
    """Note that the last day of the last activity of a case is over.

    Attributes:
        key: public key of the case.
    """

    key: str
