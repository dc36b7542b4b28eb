"""What the commands of every slice have in common: they are frozen, trimmed, and about one case at one version."""

from typing import Annotated

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

from app.casework.content.fields import plain_text
from app.casework.vocabulary import Changed

#: A person's own words about a step, in characters.
TEXT_LENGTH = 4000
#: More consultations than any case has.
MOST_CONSULTATIONS = 100

#: Words that must be there.
Words = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LENGTH), AfterValidator(plain_text)]
#: Words that may be missing; a field that the page did not show was not sent.
OptionalWords = Annotated[
    str,
    BeforeValidator(lambda value: "" if value is None else value),
    StringConstraints(max_length=TEXT_LENGTH),
    AfterValidator(plain_text),
]


class Command(BaseModel):
    """Base: frozen, trimmed."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid")


class CaseCommand(Command):
    """About one case, as it was when the page was shown.

    Attributes:
        key: public key of the case.
        version: the version that the page showed.
    """

    key: str
    version: Annotated[int, Field(ge=1)]


class RaiseAlerts(Command):
    """Tell of the limits of one case that came near or passed.

    Attributes:
        key: public key of the case.
    """

    key: str


class SaysWhatChanged(CaseCommand):
    """A way back to review: a closed consultation stays valid unless assessment or plan changed in substance.

    Attributes:
        changed: what changed in substance.
        again: public keys of the consultations whose answers no longer hold; the others stay valid.
    """

    changed: tuple[Changed, ...] = ()
    again: Annotated[tuple[str, ...], Field(max_length=MOST_CONSULTATIONS)] = ()

    @field_validator("again")
    @classmethod
    def _only_after_a_change(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if value and not info.data.get("changed"):
            raise PydanticCustomError("changed_needed", "an answer holds unless something changed")
        return value

    @property
    def change(self) -> dict[str, list[str]]:
        """What history keeps of it: codes and keys."""
        return {"changed": [one.value for one in self.changed], "again": list(self.again)}


class CountAgain(Command):
    """Count due dates again after a change of a calendar.

    Attributes:
        change: key of the change.
        key: public key of the case; empty for the end of the count.
        looked: at how many cases was looked.
    """

    change: str
    key: str = ""
    looked: int = 0
